"""The gradient is error times input, averaged: seen as pushes, derived, and PyTorch's own."""

from __future__ import annotations

from manim import RIGHT, UP, FadeIn, FadeOut

from figures.gradient_derivation.bracket import Bracket
from figures.gradient_derivation.derivation import Derivation
from figures.gradient_derivation.gauge import Gauge
from figures.gradient_derivation.gradient_check import GradientCheck
from figures.gradient_derivation.pushed_line import PushArrows, PushedLine, stick_middle
from figures.gradient_derivation.row_times_column import RowTimesColumn
from figures.gradient_derivation.side_names import SideNames
from figures.gradient_derivation.signed_areas import SignedAreas
from linreg.study.matrix_product import first_batch
from linreg.study.single_run import run_single
from visuals.equations import Rewrite
from visuals.formula import formula
from visuals.layout import GAP, Slot, is_wide
from visuals.numbers import integer
from visuals.parts import Part
from visuals.plots import LABEL_GAP
from visuals.roles import ROLES_IN_TRAINING
from visuals.stage import LectureScene
from visuals.theme import Pace, Size
from visuals.trackers import go
from visuals.typography import Words

BESIDE_GAUGE, BESIDE_STACKS, HALVES = (8.6, 3.9), (6.2, 6.4), (1, 1)
"""Shares of the plot and of what stands beside it; the last in a tall frame."""


class GradientDerivation(LectureScene):
    """Pushes lift the line, areas turn it, calculus agrees, and so does autograd."""

    part = Part.GRADIENT

    def construct(self) -> None:
        """See the gradient, derive it, write it as a product, and check it."""
        plot, arrows = self.beat(self.each_example_pushes_the_line)
        self.beat(self.the_gradient_for_b_is_the_mean_error, plot, arrows)
        areas, names = self.beat(self.error_times_input_is_an_area, plot, arrows)
        self.beat(self.the_gradient_for_w_is_the_mean_area, plot, areas, names)
        lines = self.beat(self.calculus_says_the_same)
        self.beat(self.all_at_once_it_is_a_matrix_product, lines)
        self.beat(self.by_hand_equals_autograd)

    # Seen

    def each_example_pushes_the_line(self) -> tuple[PushedLine, PushArrows]:
        """Draw at every example an arrow from the line against its error."""
        plot = PushedLine(self.body, run_single(self.lesson.single_feature))
        arrows = PushArrows(plot)
        plot.line_shown.set_value(0)
        plot.shown.set_value(0)
        self.head("how_move")
        with self.asking("how_should_it_move"):
            self.play(FadeIn(plot.follow()), run_time=Pace.QUICK)
            self.play(plot.deal(Pace.MOVE))
            self.play(plot.show_line())
        with self.saying("pushes_towards_the_label") as sentence:
            self.play(plot.show_errors())
            sentence.wait_until("push")
            self.add(arrows)
            self.play(go(arrows.shown, 1, Pace.MOVE))
        row, side = plot.roomiest()
        arrows.rows = [row]
        name = formula("{{ r : error }} < 0", ROLES_IN_TRAINING, size=Size.TITLE)
        name.next_to(stick_middle(plot, row), side * RIGHT, buff=LABEL_GAP)
        with self.saying("negative_error_push_up") as sentence:
            self.play(go(arrows.alone, 1, Pace.QUICK))
            self.play(FadeIn(name, shift=UP * GAP), run_time=Pace.QUICK)
            sentence.wait_until("push")
            self.play(go(arrows.alone, 0, Pace.MOVE))
        return plot, arrows

    def the_gradient_for_b_is_the_mean_error(self, plot: PushedLine, arrows: PushArrows) -> None:
        """Name the mean error, and lift the line until it is zero."""
        self.head("for_b")
        self.clear_body(plot, arrows)
        left, right = self.body.beside(*(BESIDE_GAUGE if is_wide() else HALVES))
        gauge = Gauge(plot, right, self.words("mean_error"))
        with self.saying("mean_error_is_the_gradient") as sentence:
            self.play(plot.refit(left))
            self.play(FadeIn(gauge), run_time=Pace.QUICK)
            sentence.wait_until("gradient")
            self.play(FadeIn(gauge.gradient))
            self.add(gauge.gradient.tracked())
        with self.saying("until_zero"):
            self.play(plot.lift(plot.lifted[1], 3.0))
            self.head("is_mean_error")
        self.wait(Pace.QUICK)

    def error_times_input_is_an_area(
        self, plot: PushedLine, arrows: PushArrows
    ) -> tuple[SignedAreas, SideNames]:
        """Turn the line by a far push and by a near one, and draw error times input."""
        self.head("for_w")
        self.clear_body(plot, arrows)
        with self.saying("now_turn_it") as sentence:
            self.play(plot.refit(self.body))
            for word, example in (("far", plot.x.argmax()), ("near", plot.x.argmin())):
                sentence.wait_until(word)
                arrows.rows = [int(example)]
                self.play(go(arrows.alone, 1, Pace.QUICK))
                self.play(plot.turn_by_one_push(int(example)))
                self.play(plot.move_line(*plot.lifted, run_time=Pace.QUICK))
        areas = SignedAreas(plot, self._halves()[1])
        names = SideNames(areas)
        with self.saying("error_times_input") as sentence:
            self.play(go(arrows.shown, 0, Pace.QUICK))
            self.remove(arrows)
            self.add(areas, names)
            sentence.wait_until("error")
            self.play(areas.grow_high(Pace.QUICK), go(names.high_shown, 1, Pace.QUICK))
            sentence.wait_until("input")
            self.play(areas.grow_wide(1.5), go(names.wide_shown, 1, 1.5))
        return areas, names

    def _halves(self) -> tuple[Slot, ...]:
        """Return the rooms of the plot and of the stacks."""
        return self.body.beside(*(BESIDE_STACKS if is_wide() else HALVES))

    def the_gradient_for_w_is_the_mean_area(
        self, plot: PushedLine, areas: SignedAreas, names: SideNames
    ) -> None:
        """Sort error times input into two stacks, and turn the line until they are equal."""
        with self.saying("two_stacks"):
            self.play(plot.refit(self._halves()[0]), FadeOut(names, run_time=Pace.QUICK))
            areas.fit()
            self.play(FadeIn(areas.card, areas.ground, areas.names), run_time=Pace.QUICK)
            self.bring_to_front(plot, areas)
            self.play(areas.sort_out(2.2))
        symbol = formula("{{ g_w : grad }} =", ROLES_IN_TRAINING, size=Size.TITLE)
        count = integer(len(plot.x))
        name = Words(f"{self.text('difference')} / %(count)s", count=count)
        with self.saying("mean_of_the_areas", count=count):
            self.play(FadeIn(Bracket(areas, name, symbol)))
        with self.saying("until_equal"):
            self.play(plot.move_line(*plot.balanced, run_time=3.0))
            self.head("is_error_times_input")
        self.wait(Pace.QUICK)

    # Derived

    def calculus_says_the_same(self) -> Derivation:
        """Differentiate the loss: the exponent, the half, the inside, the error."""
        self.head("by_calculus")
        self.clear_body()
        words = (self.words(key) for key in ("error", "input", "mean_error"))
        lines = Derivation(self.body, *words)
        with self.saying("the_loss") as sentence:
            self.play(lines.write_loss())
            sentence.wait_until("sum")
            self.play(lines.light_sum())
            self.play(lines.light_error())
        with self.saying("exponent_comes_down") as sentence:
            self.play(lines.begin(), run_time=Pace.QUICK)
            sentence.wait_until("down")
            self.play(lines.bring_exponent_down())
            sentence.wait_until("cancel")
            self.play(lines.strike_out())
            self.play(*lines.cancel_half())
        with self.saying("inside_leaves_x") as sentence:
            self.play(lines.underline_inside(Pace.MOVE))
            sentence.wait_until("x")
            self.play(lines.leave_input())
        with self.saying("that_is_error_times_input") as sentence:
            self.play(*lines.name_error())
            self.play(lines.call(0), run_time=Pace.QUICK)
            sentence.wait_until("input")
            self.play(lines.call(1), run_time=Pace.QUICK)
            sentence.wait_until("mean")
            self.play(lines.light_mean())
        with self.saying("for_b_input_is_one"):
            self.play(lines.write_for_bias())
            self.play(lines.drop_one())
            self.head("calculus_agrees")
        self.wait(Pace.QUICK)
        return lines

    def all_at_once_it_is_a_matrix_product(self, lines: Derivation) -> None:
        """Multiply each row of the transposed features by the column of errors."""
        self.head("two_features")
        self.clear_body(lines.ground)
        product = RowTimesColumn(self.body, first_batch(self.trace))
        rule = product.place_single(lines.bare())
        table = product.table
        with self.saying("another_batch"):
            self.play(FadeIn(table.ground, table.title, table.names))
            self.play(table.show(1.2))
        with self.saying("row_and_column") as sentence:
            for move in table.turning(2.0):
                self.play(move)
            sentence.wait_until("errors")
            self.play(table.show_errors(Pace.MOVE), FadeIn(rule))
        with self.saying("row_times_column"):
            self.play(Rewrite(rule, product.rule))
            for k, run_time in enumerate([1.6] + [1.0] * (table.num_features - 1)):
                self.play(*product.begin(k), run_time=Pace.QUICK)
                self.play(product.multiply(k, run_time))
                self.play(product.divide(k, Pace.QUICK))
            self.play(product.light_all(), run_time=Pace.QUICK)
            self.head("is_matrix_product")
        self.wait(Pace.QUICK)

    def by_hand_equals_autograd(self) -> None:
        """Compare the gradient by hand with autograd's, digit by digit."""
        self.head("agree")
        self.clear_body()
        names = self.words("hand"), self.words("autograd")
        check = GradientCheck(self.body, self.trace, *names)
        with self.saying("by_hand"):
            self.play(check.show_code(check.by_hand))
            self.play(check.show_numbers(1.2))
        with self.asking("does_backward_agree"):
            self.play(check.show_code(check.by_autograd), run_time=Pace.QUICK)
            self.play(check.by_autograd.listing.focus(".backward"))
            self.play(check.show_covered())
        with self.saying("digit_by_digit") as sentence:
            self.play(check.uncover())
            sentence.wait_until("digits")
            self.play(check.compare(2.0))
            self.head("they_agree")
        self.wait(Pace.QUICK)
