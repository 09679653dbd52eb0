"""PyTorch has every part of the loop, under another name; its loss has no half."""

from __future__ import annotations

from functools import cached_property

from manim import Create, FadeIn, FadeOut, Mobject

from figures.concise_implementation import excerpts, renames
from figures.concise_implementation.code_pair import CodePair, Rooms
from figures.concise_implementation.comparison import Comparison
from figures.concise_implementation.dealt_deck import DealtDeck
from figures.concise_implementation.net_plane import NetPlane
from figures.concise_implementation.telling import at_half_the_rate, at_the_same_rate
from figures.concise_implementation.two_losses import TwoLosses
from linreg.study.outcome import Outcome, loss_outcome
from linreg.study.two_runs import (
    ComparedRun,
    loader_epochs,
    own_parameters,
    runs_between,
    scratch_run,
    steps_compared,
)
from visuals.parts import Part
from visuals.stage import LectureScene
from visuals.theme import Pace, theme

RATES = 5
"""Rates from the same to half of it that are really run."""


class ConciseImplementation(LectureScene):
    """Data, model, loss and step by PyTorch's names; then the same run."""

    part = Part.PRACTICE

    def construct(self) -> None:
        """Rename the parts, compare two runs, find the half that is missing, and halve the rate."""
        self.rooms = Rooms.of(self.body)
        self.beat(self.a_loader_deals_every_epoch)
        picture = self.beat(self.the_model_holds_its_parameters)
        self.beat(self.the_loss_takes_the_mean_itself, picture)
        self.beat(self.step_and_zero_grad_update, picture)
        comparison = self.beat(self.the_same_rate_is_another_run)
        self.beat(self.their_loss_has_no_half)
        self.beat(self.half_the_rate_is_the_same_run, comparison)

    @cached_property
    def ending(self) -> Outcome:
        """End of the lecture's own run."""
        return loss_outcome(self.trace, self.lesson)

    @property
    def still(self) -> str:
        """Ending of keys that tell of a rate of zero, or nothing."""
        return "_stood_still" if self.ending is Outcome.STANDS_STILL else ""

    @cached_property
    def steps(self) -> int:
        """Number of steps that are compared."""
        return steps_compared(self.trace, self.lesson)

    @cached_property
    def ours(self) -> ComparedRun:
        """The run from scratch."""
        return scratch_run(self.trace, self.lesson, self.steps)

    @cached_property
    def theirs(self) -> list[ComparedRun]:
        """The runs with PyTorch's parts, at rates from the same to half of it."""
        return runs_between(self.trace, self.lesson, RATES, self.steps)

    def turn_to(self, key: str, *kept: Mobject) -> None:
        """Clear the body of all but what is kept, and show the next heading."""
        self.clear_body(*kept, run_time=Pace.QUICK / 2)
        self.head(key)

    def code(self, lines: excerpts.Excerpts) -> CodePair:
        """Return an excerpt of both programs, in its place."""
        names = self.words("from_scratch"), self.words("with_pytorch")
        return CodePair(lines, *names).put(self.rooms.code)

    # Other names

    def a_loader_deals_every_epoch(self) -> None:
        """Deal a deck by a loader, epoch after epoch."""
        self.head("batches")
        pair = self.code(excerpts.of_data())
        names = self.text("examples"), self.text("batches_of_epoch")
        picture = DealtDeck(self.rooms.picture, self.lesson, *names)
        with self.asking("built_in"):
            self.play(FadeIn(pair.first, picture.deck, picture.name))
        with self.saying("dataset_and_loader") as sentence:
            self.play(pair.open())
            self.play(pair.rename(renames.DATASET))
            sentence.wait_until("loader")
            self.play(pair.rename(renames.LOADER))
        self.add(pair)
        with self.saying("begins_anew"):
            lit = pair.new.focus("for _", "for X", Pace.QUICK / 2)
            self.play(lit, FadeOut(picture.name, run_time=Pace.QUICK / 2))
            self.play(FadeIn(*picture.counters), run_time=Pace.QUICK / 2)
            for move in picture.deal_epochs(loader_epochs(self.lesson, 2)):
                self.play(move)
        self.wait(Pace.QUICK)

    def the_model_holds_its_parameters(self) -> NetPlane:
        """Let a new model begin at random, and copy the learned parameters into it."""
        self.turn_to("model")
        pair, rooms = self.code(excerpts.of_model()), self.rooms
        learned = 0 if self.ending is Outcome.DIVERGES else -1
        (batches,), own = loader_epochs(self.lesson, 1), own_parameters(self.lesson)
        run = learned, self.theirs[0], batches
        picture = NetPlane(rooms.strip, rooms.picture, self.trace, *run, own)
        plane = picture.plane
        with self.saying("linreg_becomes_linear") as sentence:
            self.play(FadeIn(pair.first, pair.names[1], pair.new, plane), run_time=Pace.QUICK)
            self.play(pair.rename(renames.MODEL))
            self.play(pair.new.focus("nn.Linear", "net(X)"))
            self.add(pair)
            lines = [pair.underline("nn.Linear", number) for number in ("2", "1")]
            for line, mark in zip(lines, ("two", "one"), strict=True):
                sentence.wait_until(mark)
                self.play(Create(line), run_time=Pace.QUICK / 2)
        with self.saying("copy_ours") as sentence:
            coming = FadeIn(*picture.theirs), plane.show_plane(Pace.QUICK)
            self.play(FadeOut(*lines), pair.recede(), *coming)
            self.add(picture.tracked())
            sentence.wait_until("ours")
            self.play(FadeIn(*picture.ours), run_time=Pace.QUICK / 2)
            self.play(picture.copy_ours(1.2))
        self.add(pair)
        return picture

    def the_loss_takes_the_mean_itself(self, picture: NetPlane) -> None:
        """Measure the errors of the first batch by MSELoss, and fill the gradients."""
        plane = picture.plane
        self.turn_to("loss", plane, *picture.theirs)
        pair = self.code(excerpts.of_loss())
        with self.saying("back_to_the_start"):
            self.play(FadeIn(pair.first), picture.make_room(), picture.start_again())
        with self.saying("squared_loss_becomes_mse") as sentence:
            self.play(pair.open(), plane.dim_cloud(), picture.show_errors())
            self.play(pair.rename(renames.LOSS))
            sentence.wait_until("backward")
            self.play(pair.rename(renames.BACKWARD))
            line = pair.new.glyphs_of_line("backward")
            self.play(pair.new.focus("backward"), picture.fill_gradients(line))
        self.add(pair)
        self.wait(Pace.QUICK / 2)

    def step_and_zero_grad_update(self, picture: NetPlane) -> None:
        """Take a step by SGD, clear the gradients, and go on."""
        plane = picture.plane
        self.turn_to("update", plane, *picture.theirs, *picture.grads)
        pair = self.code(excerpts.of_step())
        with self.saying("sgd_becomes_sgd"):
            self.play(FadeIn(pair.first), plane.hide_errors(), run_time=Pace.QUICK)
            self.play(pair.open())
            self.play(pair.rename(renames.SGD))
        with self.saying(f"step_moves{self.still}") as sentence:
            self.play(pair.rename(renames.STEP, Pace.QUICK))
            self.play(pair.new.focus("step()"), picture.step())
            sentence.wait_until("clears")
            self.play(pair.rename(renames.ZERO_GRAD, Pace.QUICK))
            self.play(pair.new.focus("zero_grad"), picture.clear_gradients())
            sentence.wait_until("again")
            self.play(pair.new.focus("step()", "zero_grad"), picture.walk(1.2))
        self.add(pair)
        self.wait(Pace.QUICK / 2)

    # The same run

    def the_same_rate_is_another_run(self) -> Comparison:
        """Run both programs at the same rate."""
        self.turn_to("same_rate")
        comparison = Comparison(self.body, self.ours, self.theirs, self.words)
        runs = comparison.runs
        with self.saying("here_is_ours"):
            self.play(FadeIn(runs.chart), run_time=Pace.QUICK)
            self.add(runs.line, runs.rings)
            self.play(*comparison.run_ours(2.0))
        with self.asking("same_run"):
            self.play(*comparison.begin_theirs())
        with self.saying(at_the_same_rate(self.ours, self.theirs[0])):
            self.play(comparison.run_theirs(2.0))
        self.head("no_run" if self.still else "another_run")
        self.wait(Pace.QUICK)
        return comparison

    def their_loss_has_no_half(self) -> None:
        """Lift the square off the half square, and compare their slopes."""
        self.turn_to("why")
        losses = TwoLosses(
            self.body,
            self.words("error_axis").set_fill(theme.LOSS),
            self.words("one_loss_axis").set_fill(theme.LOSS),
            lambda: self.words("slope"),
        )
        with self.saying("ours_is_halved") as sentence:
            self.play(FadeIn(losses.chart), run_time=Pace.QUICK)
            self.play(Create(losses.line), FadeIn(losses.name_line(self.words("half_square"))))
            sentence.wait_until("no")
            self.play(FadeIn(losses.rings), run_time=Pace.QUICK / 2)
            self.play(losses.lift(1.5))
            self.play(FadeIn(losses.name_rings(self.words("square"))), run_time=Pace.QUICK)
        with self.saying("twice_the_slope"):
            self.play(*(FadeIn(part) for part in losses.slopes), run_time=Pace.QUICK)
            self.play(losses.slide(2.0))
        self.head("no_half")
        self.wait(Pace.QUICK)

    def half_the_rate_is_the_same_run(self, comparison: Comparison) -> None:
        """Halve the rate, let the curves grow on each other, and compare every digit."""
        self.turn_to("half_the_rate")
        self.play(comparison.return_())
        self.add(comparison.tracked())
        with self.saying(f"halve_the_rate{self.still}"):
            self.play(comparison.runs.halve_rate())
        with self.saying(at_half_the_rate(self.ours, self.theirs[-1])):
            self.play(*comparison.rewind())
            self.play(*comparison.run_both(2.4))
        self.head("only_names")
        names = comparison.names()
        with self.saying("nothing_new"):
            self.play(FadeOut(comparison.digits), run_time=Pace.QUICK / 2)
            self.play(names.appear(1.6))
        self.wait(Pace.QUICK)
