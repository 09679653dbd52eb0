"""The loop is the pipeline, it finds the parameters, and its plane predicts a new label."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from manim import Animation, FadeIn, FadeOut, VGroup
from torch import Tensor

from figures.training_code.beside_code import BesideCode
from figures.training_code.learned_and_true import LearnedAndTrue
from figures.training_code.loop_listing import LINE_OF_STATION, LOOPS, LoopListing, go_to
from figures.training_code.parameter_blocks import WALKED, ParameterBlocks
from figures.training_code.plane_step import PlaneStep
from figures.training_code.run_picture import RunPicture
from figures.training_code.step_blocks import StepBlocks
from figures.training_code.telling import fall, update
from figures.training_code.terminal import Terminal
from figures.training_code.unseen_example import UnseenExample
from linreg.study.iteration import iterate
from linreg.study.outcome import Outcome
from linreg.study.report import report
from linreg.study.run_losses import run_losses, seen_outcome
from visuals.listing import Listing
from visuals.parts import Part
from visuals.pipeline import Station
from visuals.stage import LectureScene
from visuals.theme import Pace, theme

COMMAND = "python -m linreg"

LISTING_LOOK = 0.4
"""Seconds for a listing before its lines are named."""

FOUND_LOOK = 2.7
"""Seconds for what became of the parameters."""

TABLE_LOOK = 2.0
"""Seconds for the finished table, after the last sentence."""

LINE_TIME = 0.4
"""Seconds of a line in the second step."""


class TrainingCode(LectureScene):
    """The training loop, line by line, step by step, and to its end."""

    part = Part.TRAINING
    illustrations = (*range(1, WALKED + 1),)

    def construct(self) -> None:
        """Read the loop, run a step of it line by line, then all steps, and predict."""
        loop = self.beat(self.two_loops_are_the_training)
        self.beat(self.the_loop_is_the_pipeline, loop)
        rooms, step = self.beat(self.a_batch_is_predicted, loop)
        blocks = self.beat(self.the_losses_fill_the_gradient, rooms, step)
        self.beat(self.the_update_changes_the_parameters, rooms, step, blocks)
        close = self.beat(self.the_run_reaches_the_noise)
        self.beat(self.the_terminal_prints_the_run)
        self.beat(self.the_plane_predicts_an_unseen_label, close)

    @cached_property
    def losses(self) -> Tensor:
        """The loss of all examples at every step."""
        return run_losses(self.trace)

    @cached_property
    def ending(self) -> Outcome:
        """End of the run."""
        return seen_outcome(self.losses, self.trace, self.lesson)

    # The code

    def two_loops_are_the_training(self) -> LoopListing:
        """Read the listing: the parameters, and the two loops."""
        self.head("whole")
        loop = LoopListing(self.body, self.words("each_epoch"), self.words("each_batch"))
        with self.saying("this_is_all"):
            self.play(FadeIn(loop))
        self.wait(LISTING_LOOK)
        with self.saying("parameters_first") as sentence:
            self.play(loop.make_room(), run_time=Pace.QUICK / 2)
            self.play(loop.show_beginning())
            sentence.wait_until("grad")
            self.play(loop.light_recorded())
        self.play(loop.hide_beginning())
        with self.saying("two_loops") as sentence:
            for which in LOOPS:
                sentence.wait_until(which)
                self.play(loop.show_loop(which))
        self.wait(Pace.QUICK)
        return loop

    def the_loop_is_the_pipeline(self, loop: LoopListing) -> None:
        """Name the station of each line, and ask what the loop finds."""
        listing = loop.listing
        self.head("stations")
        self.play(FadeOut(*loop.loops.values()), run_time=Pace.QUICK / 2)
        with self.saying("five_stations") as sentence:
            for station in LINE_OF_STATION:
                sentence.wait_until(station.value)
                name = loop.names[station]
                self.play(go_to(listing, station, 0.4), FadeIn(name, run_time=0.4))
            sentence.wait_until("yield")
            self.play(loop.light_yield())
        self.head("will_it")
        with self.asking("will_it_find_them"):
            self.play(listing.relax())

    def a_batch_is_predicted(self, loop: LoopListing) -> tuple[BesideCode, StepBlocks]:
        """Deal a batch, and multiply its rows by the weights."""
        side = loop.to_the_side(self.body)
        self.play(FadeOut(*loop.names.values()), *loop.narrow_to(side))
        self.add(side)
        self.head("slow")
        rooms = BesideCode.of(self.body, side)
        step = StepBlocks(rooms.whole, iterate(self.trace, 0))
        with self.saying("data_is_rows"):
            self.play(go_to(side, Station.DATA))
            self._play_all(step.deal())
        with self.saying("model_is_a_product"):
            self.play(go_to(side, Station.MODEL))
            self._play_all(step.predict())
        self.small_picture("a few rows of a batch, as wide as the room beside the code")
        return rooms, step

    def the_losses_fill_the_gradient(self, rooms: BesideCode, step: StepBlocks) -> ParameterBlocks:
        """Turn the errors into half squares, add these, and fill the gradients."""
        side, blocks = rooms.listing, ParameterBlocks(rooms.whole, self.trace)
        with self.saying("loss_is_half_squares"):
            self.play(go_to(side, Station.LOSS))
            self._play_all(step.measure())
        with self.saying("gradient_fills_grad"):
            self.play(go_to(side, Station.GRADIENT))
            self._play_all(step.add_up(blocks.upper))
            grads = [block.emptied() for block in blocks.grads]
            self.play(*map(FadeIn, (blocks.w, blocks.b, *grads)))
            self.play(*blocks.fill_grads())
        self.add(blocks)
        self.small_picture("blocks that stand apart, and together fill the room beside the code")
        return blocks

    def the_update_changes_the_parameters(
        self, rooms: BesideCode, step: StepBlocks, blocks: ParameterBlocks
    ) -> None:
        """Change w and b, zero the gradients, and let the plane of w and b take more steps."""
        side = rooms.listing
        self.add(blocks.tracked())
        with self.saying(update(self.ending)) as sentence:
            self.play(go_to(side, Station.UPDATE, 0.4), FadeOut(step.total, run_time=0.4))
            self.play(blocks.step_to(1, Pace.MOVE))
            sentence.wait_until("zero")
            self.play(blocks.zero_gradients(Pace.QUICK))
        run = PlaneStep(blocks, rooms.picture, self.words("step"))
        gone, down, aside = blocks.into_a_row(rooms.row)
        self.play(*gone)
        self.play(*down, rooms.raise_code(), run_time=Pace.QUICK)
        with self.saying("they_place_the_plane"):
            self.play(*aside, FadeIn(run.plane), run_time=Pace.QUICK)
            self.play(FadeIn(run.stand_counter()), run_time=Pace.QUICK / 2)
            self.add(run.number.tracked())
        if self.trace.num_steps > 1:
            self._take_more_steps(side, run)
        self.wait(Pace.QUICK / 2)

    def _take_more_steps(self, listing: Listing, run: PlaneStep) -> None:
        """Run the second step line by line, and some more at speed."""
        self.head("again")
        with self.saying("same_lines"):
            for station, moves in zip(LINE_OF_STATION, run.run_lines(1, LINE_TIME), strict=True):
                self.play(go_to(listing, station, LINE_TIME), *moves)
            last = min(WALKED, self.trace.num_steps)
            if last > 2:
                self.play(listing.relax(Pace.QUICK / 2))
                self.play(run.walk(last, 2.0))
        self.add(listing)

    def the_run_reaches_the_noise(self) -> bool:
        """Let the loss fall, and the parameters run; say whether they end at the true ones."""
        self.clear_body(run_time=Pace.QUICK / 2)
        self.head("all_steps")
        run = RunPicture(
            *(self.body, self.trace, self.lesson, self.losses, self.words),
            self.text("epoch"),
            self.text("true"),
        )
        loss = run.loss
        self.play(FadeIn(loss.chart), loss.light_levels(Pace.MOVE), run_time=Pace.MOVE)
        self.add(loss.path)
        with self.saying(fall(self.losses[: run.bend + 1], self.losses, self.ending)):
            self.play(*run.fall())
        if run.ends_at_floor:
            with self.saying("only_noise_is_left"):
                self._play_all(run.level_off())
        near = self.ending is Outcome.LANDS and not run.is_close
        with self.saying("parameters_near" if near else self._told("parameters")):
            self._play_all(run.show_parameters())
            self.play(run.show_truths(Pace.QUICK))
            self.add(run.below)
            self._play_all(run.run())
        self.head("found_near" if near else self._told("found"))
        self.wait(FOUND_LOOK)
        return run.is_close

    def the_terminal_prints_the_run(self) -> None:
        """Print what the command prints: a line an epoch, then a table."""
        self.clear_body(run_time=Pace.QUICK / 2)
        self.head("terminal")
        rows = len(self.trace.true_w) + 2
        terminal = Terminal(self.body, COMMAND, report(self.trace), rows)
        columns = {"learned": theme.MODEL, "true": theme.TRUTH, "error": theme.INK}
        with self.saying("in_a_terminal") as sentence:
            self.play(FadeIn(terminal), run_time=Pace.QUICK / 2)
            self.play(terminal.type_command(run_time=Pace.QUICK / 2))
            self.play(terminal.print_before_table(run_time=Pace.MOVE))
            self.play(terminal.print_names(run_time=Pace.QUICK / 2))
            for number, (mark, color) in enumerate(columns.items()):
                sentence.wait_until(mark)
                self.play(terminal.print_column(number, color))
        self.wait(TABLE_LOOK)

    def the_plane_predicts_an_unseen_label(self, close: bool) -> None:
        """Show the learned plane, predict a new label, and show the label."""
        self.clear_body(run_time=Pace.QUICK / 2)
        self.head("the_plane")
        found = self.ending is Outcome.LANDS
        names = self.words("learned"), self.words("true")
        table = LearnedAndTrue(self.trace, *names) if found else VGroup()
        example = UnseenExample(self.body, self.trace, self.lesson, table)
        with self.saying("this_plane" if found else "this_plane_not_yet"):
            self.play(example.appear())
            self.play(example.plane.show_plane())
            if found:
                self.play(example.show_parameters())
        if self.ending is Outcome.DIVERGES:
            return
        with self.saying("predicts_a_new_example"):
            self._play_all(example.place_features())
            self._play_all(example.predict())
        off = "its_label_appears_wide_noise" if found else "its_label_appears_away"
        with self.saying("its_label_appears" if example.is_on_plane else off) as sentence:
            self.play(example.let_label_fall())
            sentence.wait_until("y")
            self.play(example.name_label())
        if found:
            self.head("it_found_the_true" if close else "found_near")
        self.wait(Pace.QUICK)

    def _told(self, key: str) -> str:
        """Return the key of what is true of a run that ended so."""
        return f"{key}_{self.ending.value}"

    def _play_all(self, moves: Iterable[list[Animation]]) -> None:
        for together in moves:
            self.play(*together)
