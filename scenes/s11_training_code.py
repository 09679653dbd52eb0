"""The loop is the pipeline, it finds the parameters, and its plane predicts a new label."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from manim import (
    Animation,
    Create,
    FadeIn,
    FadeOut,
    ReplacementTransform,
    ValueTracker,
    VGroup,
    linear,
)
from torch import Tensor

from figures.training_code.beside_code import BesideCode
from figures.training_code.epochs import EpochEnds
from figures.training_code.loop_listing import (
    BEGINNING,
    INNER,
    LINE_OF_STATION,
    OUTER,
    YIELD,
    LoopListing,
    go_to,
)
from figures.training_code.plane_step import WALKED, ParameterBlocks, PlaneStep, fly_in
from figures.training_code.run_charts import LossChart, ParameterChart, finite_count, over_one_x
from figures.training_code.step_blocks import StepBlocks
from figures.training_code.terminal import Terminal
from figures.training_code.unseen_example import UnseenExample
from linreg.study.iteration import iterate
from linreg.study.losses import noise_floor
from linreg.study.outcome import NEAR_FLOOR, Outcome
from linreg.study.prediction import predict_unseen
from linreg.study.report import report
from linreg.study.run_losses import arrival, falls_straight, run_losses, seen_outcome
from visuals.listing import Listing
from visuals.pipeline import Station
from visuals.stage import LectureScene
from visuals.theme import Dim, Pace, theme
from visuals.trackers import go

COMMAND = "python -m linreg"

LISTING_LOOK = 3.0
"""Seconds for a listing before its lines are named."""

LINE_TIME = 0.6
"""Seconds of a line in the second step."""

RUN_TIME = 4.0
"""Seconds that the fall of the loss takes on the screen."""


class TrainingCode(LectureScene):
    """The training loop, line by line, step by step, and to its end."""

    illustrations = (*range(1, WALKED + 1),)

    def construct(self) -> None:
        """Read the loop, run a step of it line by line, then all steps, and predict."""
        loop = self.beat(self.the_loop_is_the_pipeline)
        listing, run = self.beat(self.each_line_moves_the_picture, loop)
        if self.trace.num_steps > 1:
            self.beat(self.the_next_step_is_the_same, listing, run)
        self.beat(self.the_run_reaches_the_noise)
        self.beat(self.the_terminal_prints_the_run)
        self.beat(self.the_plane_predicts_an_unseen_label)

    @cached_property
    def losses(self) -> Tensor:
        """The loss of all examples at every step."""
        return run_losses(self.trace)

    @cached_property
    def ending(self) -> Outcome:
        """How the run ended."""
        return seen_outcome(self.losses, self.trace, self.lesson)

    # The code

    def the_loop_is_the_pipeline(self) -> LoopListing:
        """Read the listing: the parameters, two loops, five stations."""
        self.head("whole")
        loop = LoopListing(self.body)
        listing = loop.listing
        with self.saying("this_is_all"):
            self.play(FadeIn(loop))
        self.wait(LISTING_LOOK)
        with self.saying("parameters_first"):
            self.play(loop.make_room(), run_time=Pace.QUICK)
            self.play(listing.focus(BEGINNING), loop.show_beginning())
            self.play(loop.light_recorded())
        self.play(loop.hide_beginning())
        outer, inner = loop.bracket(OUTER), loop.bracket(INNER)
        with self.saying("two_loops") as sentence:
            for text, bracket, mark in ((OUTER, outer, "outer"), (INNER, inner, "inner")):
                sentence.wait_until(mark)
                last = listing.last_line_number(text)
                self.play(listing.focus(text, last), Create(bracket), run_time=Pace.QUICK)
        self.play(FadeOut(outer, inner), run_time=Pace.QUICK / 2)
        with self.saying("five_stations") as sentence:
            for station in LINE_OF_STATION:
                sentence.wait_until(station.value)
                name = loop.names[station]
                self.play(go_to(listing, station, 0.4), FadeIn(name, run_time=0.4))
        with self.saying("yield_changes_nothing"):
            self.play(listing.focus(YIELD))
        self.head("will_it")
        with self.asking("will_it_find_them"):
            self.play(listing.relax())
        return loop

    def each_line_moves_the_picture(self, loop: LoopListing) -> tuple[Listing, PlaneStep]:
        """Run the first step line by line, and look at what each makes."""
        side = loop.to_the_side(self.body)
        gone = VGroup(*loop.names.values())
        self.play(FadeOut(gone), ReplacementTransform(loop.listing, side))
        self.head("slow")
        rooms = BesideCode.of(self.body, side)
        one = iterate(self.trace, 0)
        step, blocks = StepBlocks(rooms.picture, one), ParameterBlocks(rooms.picture, self.trace)
        with self.saying("data_is_rows"):
            self.play(go_to(side, Station.DATA))
            self._play_all(step.deal())
        with self.saying("model_is_a_product"):
            self.play(go_to(side, Station.MODEL))
            self._play_all(step.predict())
        with self.saying("loss_is_half_squares"):
            self.play(go_to(side, Station.LOSS))
            self._play_all(step.measure())
        with self.saying("gradient_fills_grad"):
            self.play(go_to(side, Station.GRADIENT), step.squares.shrink(blocks.upper))
            grads = [block.emptied() for block in blocks.grads]
            self.play(*map(FadeIn, (blocks.w, blocks.b, *grads)))
            self.play(*map(fly_in, blocks.grads))
        self.add(blocks.tracked())
        run = PlaneStep(blocks, rooms.picture, self.words("step"))
        still = self.ending is Outcome.STANDS_STILL
        with self.saying("yield_then_update_stood_still" if still else "yield_then_update"):
            self.play(side.focus(YIELD, run_time=0.4))
            self.play(go_to(side, Station.UPDATE, 0.4), FadeOut(step.squares, run_time=0.4))
            self.play(rooms.raise_code(), blocks.into_a_row(rooms.row), FadeIn(run.plane))
            outline = run.outline()
            self.add(outline)
            self.play(*run.update(1, Pace.MOVE))
            self.wait(Pace.MOVE)
        self.play(FadeOut(outline), FadeIn(run.stand_counter()), run_time=Pace.QUICK)
        self.add(run.number.tracked())
        return side, run

    def the_next_step_is_the_same(self, listing: Listing, run: PlaneStep) -> None:
        """Run the second step in three seconds, and some more at speed."""
        self.head("again")
        with self.saying("same_lines"):
            for station, moves in zip(LINE_OF_STATION, run.run_lines(1, LINE_TIME), strict=True):
                self.play(go_to(listing, station, LINE_TIME), *moves)
        last = min(WALKED, self.trace.num_steps)
        if last > 2:
            self.play(run.walk(last, Pace.SWEEP))
        self.wait(Pace.MOVE)

    # The run

    def the_run_reaches_the_noise(self) -> None:
        """Let the loss fall to its floor, and the parameters run to their true values."""
        self.clear_body(run_time=Pace.QUICK / 2)
        self.head("all_steps")
        floor, step = noise_floor(self.lesson), ValueTracker(0)
        last = finite_count(self.losses) - 1
        names = self.words("step_axis"), self.words("loss_axis")
        chart = LossChart(self.body, self.losses, floor, step, *names)
        epochs = EpochEnds(chart.chart, self.trace, self.text("epoch"))
        self.add(chart.path.tracked())
        key = "ten_times_less" if chart.each_is_a_tenth else "equal_factors"
        with self.saying(key) as sentence:
            self.play(FadeIn(chart.chart), run_time=Pace.QUICK)
            self.play(chart.light_levels(sentence.remaining))
        bend = min(arrival(self.losses, self.lesson), last)
        with self.saying(self._fall(bend)):
            self.play(FadeIn(epochs), go(step, bend, RUN_TIME, linear))
        if self._ends_at_floor:
            with self.saying("only_noise_is_left"):
                self.play(Create(chart.floor[0]), FadeIn(chart.floor[1]), run_time=Pace.QUICK)
                self.play(go(step, last, 2.0, linear))
        self._parameters(chart, epochs, last)

    @property
    def _ends_at_floor(self) -> bool:
        return 0 < float(self.losses[-1]) <= NEAR_FLOOR * noise_floor(self.lesson)

    def _fall(self, bend: int) -> str:
        """Return the key of the sentence that tells how the loss goes, up to a step."""
        if self.ending is Outcome.STANDS_STILL:
            return "it_does_not_move"
        if self.ending is Outcome.DIVERGES:
            return "it_rises" if self.losses.isfinite().all() else "it_overflows"
        return "nearly_straight" if falls_straight(self.losses[: bend + 1]) else "step_by_step"

    def _parameters(self, chart: LossChart, epochs: EpochEnds, last: int) -> None:
        """Draw the parameters below the loss, over the same steps."""
        slots = self.body.stacked(44, 56)
        floor, step = noise_floor(self.lesson), ValueTracker(0)
        above, below = over_one_x(
            lambda slot: LossChart(
                slot, self.losses, floor, ValueTracker(last), None, self.words("loss_axis")
            ),
            lambda slot: ParameterChart(
                slot, self.trace, last, step, self.words("step_axis"), self.words("parameters")
            ),
            slots,
        )
        marks = EpochEnds(above.chart, self.trace, self.text("epoch"))
        lines = EpochEnds(below.chart, self.trace)
        chart.path.clear_updaters()
        self.play(
            FadeOut(chart.levels),
            *chart.change_into(above, Dim.SOFT, self._ends_at_floor),
            ReplacementTransform(epochs, marks),
        )
        coming = (below.chart, lines, below.names)
        self.play(*map(FadeIn, coming), *map(Create, below.truths))
        self.add(below.tracked())
        with self.saying(self._told("parameters")):
            self.play(go(step, last, Pace.SWEEP, linear))
        self.head(self._told("found"))
        self.wait(Pace.MOVE)

    # The result

    def the_terminal_prints_the_run(self) -> None:
        """Print what the command prints: a line an epoch, then a table."""
        self.clear_body(run_time=Pace.QUICK / 2)
        self.head("terminal")
        rows = len(self.trace.true_w) + 2
        terminal = Terminal(self.body, COMMAND, report(self.trace), rows)
        with self.saying("same_in_a_terminal"):
            self.play(FadeIn(terminal), run_time=Pace.QUICK)
            self.play(terminal.type_command(run_time=Pace.MOVE))
            self.play(terminal.print_before_table(run_time=1.5))
        colors = (theme.MODEL, theme.TRUTH, theme.INK)
        marks = ("learned", "true", "error")
        with self.saying("learned_true_error") as sentence:
            self.play(terminal.print_names())
            for number, (mark, color) in enumerate(zip(marks, colors, strict=True)):
                sentence.wait_until(mark)
                self.play(terminal.print_column(number, color))
        self.wait(Pace.HOLD)

    def the_plane_predicts_an_unseen_label(self) -> None:
        """Show the learned plane, predict a new label, and show the label."""
        self.clear_body(run_time=Pace.QUICK / 2)
        self.head("which_plane")
        example = UnseenExample(self.body, self.trace, predict_unseen(self.trace, self.lesson))
        found = self.ending is Outcome.LANDS
        with self.saying("this_plane" if found else "this_plane_not_yet"):
            self._play_all(example.appear())
        if self.ending is Outcome.DIVERGES:
            return
        with self.saying("a_new_example"):
            self._play_all(example.place_features())
        with self.saying("the_plane_predicts"):
            self._play_all(example.predict())
        self.wait(Pace.MOVE)
        near = "its_label_appears"
        off = "its_label_appears_wide_noise" if found else "its_label_appears_away"
        with self.saying(near if example.is_on_plane else off) as sentence:
            sentence.wait_until("y")
            self._play_all(example.show_label())
        self.wait(Pace.HOLD)

    # Parts of beats

    def _told(self, key: str) -> str:
        """Return the key of what is true of a run that ended so."""
        return f"{key}_{self.ending.value}"

    def _play_all(self, moves: Iterable[list[Animation]]) -> None:
        for together in moves:
            self.play(*together)
