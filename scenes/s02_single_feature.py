"""Nudge a parameter, see how the loss changes, move the other way.

A formula gives the same number without trying, and many such steps find the line.
"""

from __future__ import annotations

from manim import (
    DOWN,
    RIGHT,
    Animation,
    ApplyMethod,
    Create,
    FadeIn,
    FadeOut,
    GrowFromPoint,
    Indicate,
    VGroup,
)

from figures.single_feature.columns import (
    Derivation,
    FirstStep,
    NudgeQuotient,
    as_name,
    column,
    symbols,
)
from figures.single_feature.ending import comparison, told
from figures.single_feature.flight import fly
from figures.single_feature.growing_square import GrowingSquare, large_error
from figures.single_feature.kept_aside import KeptAside
from figures.single_feature.new_example import NewExample
from figures.single_feature.plot import SHOWN, LineName, TrainingPlot
from figures.single_feature.rows import ErrorOf, RowTable
from figures.single_feature.state import FEW, LINE, LiveNumbers, State
from figures.single_feature.stream import SquareStream
from figures.single_feature.tables import learned_and_true, two_losses
from figures.single_feature.two_gradients import TwoGradients, gradient_number
from linreg.study.outcome import Outcome
from linreg.study.single_run import run_single, single_outcome
from visuals.layout import is_wide
from visuals.numbers import as_typed, integer, significant
from visuals.parts import Part
from visuals.readout import Readout
from visuals.stage import LectureScene
from visuals.theme import Pace, Size, theme
from visuals.trackers import go
from visuals.typography import Math, Words

NUDGES = (0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-6)
NEW_X = 0.5
DIM = 0.3
"""Opacity of examples that are not in focus."""


class SingleFeature(LectureScene):
    """One step of gradient descent on one feature, by hand; then a thousand."""

    part = Part.LEARNING
    illustrations = (*NUDGES, NEW_X)

    def construct(self) -> None:
        """Make a table, nudge, derive, step, and look at new examples."""
        self.numbers = self.lesson.single_feature
        self.record = run_single(self.numbers)
        self.ending = single_outcome(self.record, self.numbers)
        self.left, self.right = self.body.beside(42, 58)
        self.upper, self.lower = self.left.stacked(72, 28)
        room, aside = self.body.columns(93, 7)
        self.plot = TrainingPlot(room, self.record, self.numbers, NUDGES[0])
        self.aside = KeptAside(self.plot, aside, self.words("kept_aside"))
        self.state = State(self.plot, self.text("loss"), self.text("step"))
        name = self.beat(self.one_feature_makes_the_model_a_line)
        loss = self.beat(self.the_mean_square_is_the_loss, name)
        two = self.beat(self.nudging_b_shows_its_gradient, loss)
        gradient = self.beat(self.a_formula_gives_the_same_number, two)
        self.beat(self.for_w_each_error_counts_times_x, *gradient)
        live = self.beat(self.a_step_goes_against_the_gradient)
        self.beat(self.the_line_holds_for_new_examples, live)

    # The line and its loss

    def one_feature_makes_the_model_a_line(self) -> LineName:
        """Show the examples and the line, and keep some of them aside."""
        plot = self.plot
        name = LineName(plot)
        self.head("by_hand")
        with self.saying("the_model_is_a_line"):
            self.play(FadeIn(plot.chart), run_time=Pace.QUICK)
            self.add(plot)
            self.play(plot.deal(1.2), FadeIn(self.aside, run_time=1.2))
            self.play(plot.draw_line())
            self.play(FadeIn(name.equation), run_time=Pace.QUICK)
        with self.saying("random_start"):
            self.play(FadeIn(name.params), run_time=Pace.QUICK)
            self.add(name)
            for move in plot.turn_and_lift():
                self.play(move)
        num, num_aside = integer(self.numbers.num_examples), integer(self.numbers.num_test)
        with self.saying("some_are_kept_aside", num=num, num_aside=num_aside):
            self.play(self.aside.leave())
            self.play(FadeIn(self.aside.title), run_time=Pace.QUICK)
        with self.asking("can_it_be_done_by_hand"):
            pass
        return name

    def the_mean_square_is_the_loss(self, name: LineName) -> Readout:
        """Fill a table row by row, and average all squares."""
        self.play(FadeOut(name, self.aside, self.aside.title), run_time=Pace.QUICK / 2)
        self.head("rows")
        table, shown = self._first_row()
        with self.saying("three_more_rows"):
            for row in range(1, SHOWN):
                self.play(table.fill_row(row, shown[row]))
        stream = SquareStream(self.plot, table.dots.get_center())
        loss = self.state.averaged(stream.mean, table.foot, self.text("mean_of"))
        count, first = integer(self.record.num_train), significant(self.record.loss[0].item())
        with self.saying("the_mean_is_the_loss", num_train=count, first_loss=first):
            squares = [FadeOut(error.square) for error in shown]
            self.play(self.plot.show_errors(), FadeIn(loss), table.light_squares(), *squares)
            self.add(stream, loss.tracked())
            self.play(stream.pour(3.2))
            self.remove(stream)
        self.wait(1)
        return loss

    def _first_row(self) -> tuple[RowTable, list[ErrorOf]]:
        """Make room for the table, and fill its first row number by number."""
        with self.saying("take_one_example") as sentence:
            self.play(self.plot.move_to_slot(self.right, 0.8))
            table = RowTable(self.left, self.plot, self.words("rounded"))
            shown = [ErrorOf(self.plot, row) for row in range(SHOWN)]
            one = shown[0]
            self.play(FadeIn(table), FadeIn(one.example, scale=2), self._dots(DIM, Pace.QUICK))
            for key, guide in (("x", one.down), ("y", one.across)):
                sentence.wait_until(key)
                self.play(Create(guide), run_time=Pace.QUICK / 2)
                self.play(table.fill(key, guide.get_end()))
        with self.saying("prediction_and_error") as sentence:
            sentence.wait_until("y_hat")
            self.play(FadeOut(one.down, one.across), FadeIn(one.mark), run_time=Pace.QUICK / 2)
            self.play(table.fill("y_hat", one.prediction))
            sentence.wait_until("r")
            self.play(Create(one.stick), run_time=Pace.QUICK)
            self.play(table.fill("r", one.middle), FadeIn(table.error_is))
        with self.saying("its_square"):
            self.play(GrowFromPoint(one.square, one.middle))
            self.play(table.fill("square", one.inside))
        return table, shown

    # By nudging and by formula

    def nudging_b_shows_its_gradient(self, found: Readout) -> TwoGradients:
        """Raise b a little: change of loss over change of b."""
        plot, nudge = self.plot, NUDGES[0]
        live = self.state.numbers(self.upper, "w", "b", "loss", y=1)
        loss = live.line("loss")
        self.clear_body(plot, found, run_time=Pace.QUICK / 2)
        self.head("nudge")
        with self.asking("if_b_were_larger"):
            self.play(FadeOut(found, target_position=loss), fly(loss, found.get_center()))
            self.play(FadeIn(live.line("w"), live.line("b")))
            self.add(live)
        fraction = NudgeQuotient(self.record, nudge)
        self.upper.place(fraction, *((-1, -0.8) if is_wide() else (1, 0)))
        before = loss.copy().clear_updaters().set_opacity(0.75)
        raised = significant(fraction.raised)
        with self.saying("raise_b", nudge=as_typed(nudge), raised_loss=raised):
            self.add(plot.line_copy(), before)
            self.play(loss.animate.shift(LINE * DOWN), run_time=Pace.QUICK)
            self.play(go(plot.b, fraction.b, 1.5))
        names = [self.words(key, size=Size.TITLE) for key in ("by_nudging", "by_formula")]
        two = TwoGradients(self.lower, self.record, names, NUDGES)
        with self.saying("change_over_change") as sentence:
            losses = zip(("raised", "first"), (loss, before), strict=True)
            self.play(*(fly(fraction.part(key), at.digits.get_center()) for key, at in losses))
            self.play(FadeIn(fraction.unlabelled(), fraction.part("nudge")), run_time=Pace.QUICK)
            self.play(FadeIn(fraction.part("value")), run_time=Pace.QUICK)
            sentence.wait_until("nearly")
            value = fly(two.first_try, fraction.part("value").get_center())
            self.play(value, FadeIn(two.nudging_name))
        return two

    def a_formula_gives_the_same_number(self, two: TwoGradients) -> tuple[Math, Words]:
        """Derive the gradient for b from one square, and compare it digit by digit."""
        plot = self.plot
        self.clear_body(plot, two.first_try, two.nudging_name, run_time=Pace.QUICK / 2)
        self.head("formula")
        mean = self._mean_of("{{ g_b : grad_b }}", "2 {{ r : error }}")
        lines = Derivation(self.upper, mean)
        with self.saying("every_error_changes_by_h"):
            self.play(go(plot.b, self.record.b[0].item(), Pace.QUICK))
            square = GrowingSquare(plot, large_error(plot))
            self.play(plot.hide(plot.errors_shown), self._dots(0), FadeIn(square))
            self.add(plot.line_copy().set_stroke(opacity=0.6))
            self.play(square.move_line(1.5))
            self.play(FadeIn(lines.change))
        with self.saying("its_square_changes"):
            self.play(go(square.square_shown, 1))
            self.play(go(square.strips_shown, 1))
            self.play(FadeIn(lines.is_equal))
        with self.saying("divide_by_h") as sentence:
            self.play(FadeIn(lines.quotient), run_time=Pace.QUICK)
            sentence.wait_until("shrink")
            goes = ApplyMethod(lines.rest.set_opacity, 0, run_time=1.5)
            self.play(square.return_line(1.5), goes, FadeOut(lines.sign), FadeIn(lines.arrow))
        with self.saying("twice_the_mean_error"):
            self.play(FadeOut(square), self._dots(DIM), plot.show_errors())
            self.play(FadeIn(mean))
            self.play(fly(two.by_formula, mean.get_center()), FadeIn(two.formula_name))
        with self.saying("digit_by_digit"):
            for number in range(len(NUDGES)):
                two.show(self, number)
                self.wait(Pace.QUICK)
        return mean, two.by_formula

    # The weight, and steps

    def for_w_each_error_counts_times_x(self, mean: Math, by_formula: Words) -> None:
        """Turn the line: each stick changes by h times its x."""
        plot = self.plot
        self.clear_body(plot, mean, by_formula, run_time=Pace.QUICK / 2)
        self.head("for_w")
        rule = symbols("{{ r : error }} -> {{ r : error }} + h {{ x : x }}")
        for_w = self._mean_of("{{ g_w : grad_w }}", "2 {{ r : error }} {{ x : x }}")
        value = gradient_number(self.record.grad_w[0].item())
        equal_b, equal_w = (VGroup(symbols("="), number) for number in (by_formula.copy(), value))
        for equal in (equal_b, equal_w):
            equal.arrange(RIGHT, buff=0.18)
        places = column(self.left, mean.copy(), equal_b, rule, for_w, equal_w, gap=0.6)
        there = by_formula.animate.move_to(equal_b[1]).set_fill(theme.GRADIENT)
        gains, before = plot.gains(), plot.line_copy()
        with self.saying("w_moves_by_x"):
            self.play(
                mean.animate.move_to(places[0]), there, FadeIn(equal_b[0]), run_time=Pace.QUICK
            )
            self.add(before, gains)
            self.play(plot.turn(2.0))
            self.play(FadeIn(rule, plot.name_of_gain(before)))
        with self.saying("twice_the_mean_of_r_times_x"):
            self.play(FadeIn(for_w))
            self.play(fly(equal_w, for_w.get_center()))

    def a_step_goes_against_the_gradient(self) -> LiveNumbers:
        """Fill the rule of one step with numbers, then let the steps run."""
        plot, record, lr = self.plot, self.record, self.numbers.lr
        self.clear_body(plot, run_time=Pace.QUICK / 2)
        self.head("one_step")
        step = FirstStep(self.upper, record, lr)
        with self.saying("the_other_way"):
            back = go(plot.w, record.w[0].item(), Pace.QUICK)
            self.play(back, plot.show_errors(Pace.QUICK))
            self.play(FadeIn(step.rules))
            self.play(*(Indicate(minus, 1.8, theme.INK) for minus in step.minus))
        with self.saying("multiply_and_subtract", lr=as_typed(lr)) as sentence:
            self.play(FadeIn(step.rates, scale=2))
            self.play(FadeIn(step.filled))
            sentence.wait_until("minus")
            self.play(FadeIn(step.results), run_time=Pace.QUICK)
        counter = self.state.numbers(self.lower, "step", "loss", y=-1)
        with self.saying(told("the_line_jumps", self.ending, Outcome.STANDS_STILL)):
            self.play(FadeIn(counter), run_time=Pace.QUICK)
            self.play(self.state.jump(1))
        return self._walk(VGroup(step.all, counter))

    def _walk(self, gone: VGroup) -> LiveNumbers:
        """Take four more steps one by one, and the others at speed."""
        steps = self.record.num_steps
        live = self.state.numbers(self.left, "step", "w", "b", "loss")
        self.head("many_steps")
        self.play(FadeOut(gone), run_time=Pace.QUICK / 2)
        self.play(FadeIn(live), run_time=Pace.QUICK / 2)
        if steps >= FEW:
            with self.saying("four_more_steps"):
                for number in range(2, FEW + 1):
                    self.play(self.state.jump(number))
                    self.wait(Pace.QUICK / 2)
        if steps > FEW:
            key = told("many_steps_later", self.ending, *Outcome)
            with self.saying(key, num_steps=integer(steps)):
                self.play(self.state.walk(2.8))
        return live

    # New examples

    def the_line_holds_for_new_examples(self, live: LiveNumbers) -> None:
        """Compare the loss of the examples kept aside, predict a new label, show the truth."""
        plot, ending = self.plot, self.ending
        self.play(FadeOut(live), plot.hide(plot.errors_shown), run_time=Pace.QUICK / 2)
        self.head("new_examples")
        loss, *names = (
            self.words(key, size=Size.TITLE) for key in ("loss", "kept_aside", "others")
        )
        losses = two_losses(self.left, self.record, loss, names)
        with self.saying(comparison(self.record, ending)) as sentence:
            self.play(FadeIn(self.aside), self._dots(DIM, Pace.QUICK), run_time=Pace.QUICK)
            self.play(self.aside.enter(1.2))
            sticks = self.aside.sticks()
            sentence.wait_until("loss")
            self.play(Create(sticks), FadeIn(losses.heads, losses.rows[0]))
            self.play(FadeIn(losses.rows[1]))
        new = NewExample(plot, NEW_X)
        with self.saying(told("a_new_x", ending, Outcome.DIVERGES)):
            self.play(new.predict())
        self.wait(1)
        self.play(FadeOut(losses, sticks, new), run_time=Pace.QUICK / 2)
        self.head("learned_and_true")
        heads = [self.words(key, size=Size.TITLE) for key in ("learned", "true")]
        true = {"w": self.numbers.true_w, "b": self.numbers.true_b}
        table = learned_and_true(self.left, self.record, true, heads)
        landed = ending is Outcome.LANDS
        key = "nobody_told_it" if landed else "nobody_told_it_elsewhere"
        with self.saying(key, true_w=as_typed(true["w"]), true_b=as_typed(true["b"])) as sentence:
            sentence.wait_until("learned")
            self.play(FadeIn(table.numbers(0)))
            sentence.wait_until("true")
            self.play(FadeIn(table.numbers(1)), Create(plot.true_line(**true)), self._dots(1))
        self.wait(2)

    # Parts of beats

    def _dots(self, opacity: float, run_time: float = Pace.MOVE) -> Animation:
        """Dim or light the training examples."""
        return ApplyMethod(self.plot.dots.set_opacity, opacity, run_time=run_time)

    def _mean_of(self, name: str, term: str) -> Math:
        """Write that something is the mean of a term."""
        return symbols(f"{name} = {as_name(self.text('mean_of'))} {term}")
