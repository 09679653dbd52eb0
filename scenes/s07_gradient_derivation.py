"""The gradient is error times input, averaged: seen as pushes, derived, and PyTorch's own."""

from __future__ import annotations

from dataclasses import replace

from manim import RIGHT, UP, FadeIn, FadeOut

from figures.gradient_derivation.bracket import Bracket
from figures.gradient_derivation.derivation import Derivation
from figures.gradient_derivation.gauge import Gauge
from figures.gradient_derivation.gradient_check import GradientCheck
from figures.gradient_derivation.matrix_numbers import moved
from figures.gradient_derivation.matrix_product import MatrixProduct
from figures.gradient_derivation.pushed_line import PushArrows, PushedLine, stick_middle
from figures.gradient_derivation.signed_areas import SignedAreas
from figures.gradient_derivation.turning import InputWays, ParameterRow, Pin, turned_by
from linreg.study.matrix_product import first_batch
from linreg.study.single_run import run_single
from visuals.equations import Rewrite
from visuals.formula import formula
from visuals.layout import GAP, is_wide
from visuals.numbers import integer
from visuals.parts import Part
from visuals.plots import LABEL_GAP
from visuals.roles import ROLES_IN_TRAINING
from visuals.stage import LectureScene
from visuals.theme import Pace, Size
from visuals.trackers import go
from visuals.typography import Math

AWAY = 0.6
"""Share of its light that the plot loses while formulas are read."""

BESIDE_GAUGE, BESIDE_STACKS, HALVES = (8.2, 4.3), (4.4, 8), (1, 1)
"""Shares of the plot and of what stands beside it; the last in a tall frame."""

CARD_GAP, PIN_ROOM = 0.15, 0.45
"""Space right of the plot, to the ground of the stacks, and left of it, for the pin's name."""

PART_OF_LIFT = 0.7
"""Share of the lift after which pushes of both directions are seen."""


class GradientDerivation(LectureScene):
    """Pushes lift the line, areas turn it, calculus agrees, and so does autograd."""

    part = Part.GRADIENT

    def construct(self) -> None:
        """See the gradient, derive it, write it as a product, and check it."""
        plot, arrows = self.beat(self.each_example_pushes_the_line)
        self.beat(self.the_gradient_for_b_is_the_mean_error, plot, arrows)
        self.beat(self.the_gradient_for_w_is_error_times_input_averaged, plot, arrows)
        rule = self.beat(self.calculus_says_the_same, plot)
        self.beat(self.all_at_once_it_is_a_matrix_product, rule)
        self.beat(self.by_hand_equals_autograd)

    # Seen

    def each_example_pushes_the_line(self) -> tuple[PushedLine, PushArrows]:
        """Draw at every example an arrow from the line against its error."""
        plot = PushedLine(self.body, run_single(self.lesson.single_feature))
        arrows = PushArrows(plot)
        plot.line_shown.set_value(0)
        plot.shown.set_value(0)
        self.head("how_move")
        with self.saying("before_training", num_shown=integer(len(plot.x))):
            self.play(FadeIn(plot.follow()))
            self.play(plot.deal())
            self.play(plot.show_line())
        with self.asking("how_should_it_move"):
            self.wait(Pace.QUICK)
        with self.saying("pushes_against_the_error") as sentence:
            self.play(plot.show_errors())
            sentence.wait_until("push")
            self.add(arrows)
            self.play(go(arrows.shown, 1, Pace.MOVE))
        row, side = plot.roomiest()
        arrows.rows = [row]
        name = formula("{{ r : error }} < 0", ROLES_IN_TRAINING, size=Size.TITLE)
        name.next_to(stick_middle(plot, row), side * RIGHT, buff=LABEL_GAP)
        with self.saying("too_low_push_up") as sentence:
            self.play(go(arrows.alone, 1, Pace.QUICK))
            sentence.wait_until("error")
            self.play(FadeIn(name, shift=UP * GAP))
            sentence.wait_until("push")
            self.play(go(arrows.alone, 0, Pace.MOVE))
        self.wait(1)
        return plot, arrows

    def the_gradient_for_b_is_the_mean_error(self, plot: PushedLine, arrows: PushArrows) -> None:
        """Lift the line until the mean error is zero, and name the mean error."""
        self.clear_body(plot, arrows)
        self.head("for_b")
        left, right = self.body.beside(*(BESIDE_GAUGE if is_wide() else HALVES))
        self.play(plot.refit(left))
        gauge = Gauge(plot, right, self.words("mean_error"))
        self.play(FadeIn(gauge))
        start, lifted = plot.start[1], plot.lifted[1]
        with self.saying("lift_the_line"):
            self.play(plot.lift(start + PART_OF_LIFT * (lifted - start)))
        with self.saying("until_zero"):
            self.play(plot.lift(lifted, 2))
            for other in (arrows.down_lit, arrows.up_lit):
                self.play(go(other, 0, Pace.QUICK))
                self.play(go(other, 1, Pace.QUICK))
        with self.saying("mean_error_is_the_gradient"):
            self.play(plot.lift(start, 1.5))
            self.play(FadeIn(gauge.gradient))
            self.head("is_mean_error")
            self.add(gauge.gradient.tracked())
            self.play(plot.lift(lifted))
        self.wait(1)

    def the_gradient_for_w_is_error_times_input_averaged(
        self, plot: PushedLine, arrows: PushArrows
    ) -> None:
        """Sort error times input into two stacks, and turn the line until they are equal."""
        self.clear_body(plot, arrows)
        self.head("for_w")
        top, below = self.body.stacked(0.6, 5, gap=GAP / 2)
        left, right = below.beside(*(BESIDE_STACKS if is_wide() else HALVES), gap=CARD_GAP)
        left = replace(left, left=left.left + PIN_ROOM)
        row = ParameterRow(top, plot)
        with self.saying("now_turn_it") as sentence:
            self.play(plot.refit(below))
            for word, example in (("far", plot.x.argmax()), ("near", plot.x.argmin())):
                sentence.wait_until(word)
                self._turn_by_one_push(plot, arrows, int(example))
        ways = InputWays(plot)
        with self.saying("call_x_the_input"):
            self.play(go(arrows.shown, 0, Pace.QUICK))
            self.remove(arrows)
            self.play(*ways.show(), FadeIn(row.model))
            self.play(row.light_input(), ways.light())
        areas = SignedAreas(plot, right)
        with self.saying("error_times_input_is_an_area") as sentence:
            self.add(areas)
            self.play(ways.hide())
            sentence.wait_until("high")
            self.play(areas.grow_high(Pace.QUICK))
            sentence.wait_until("wide")
            self.play(areas.grow_wide(Pace.MOVE))
        with self.saying("two_stacks"):
            self.play(plot.refit(left, run_time=0.8))
            areas.fit()
            self.play(FadeIn(areas.card, areas.ground, areas.names), run_time=Pace.QUICK)
            self.bring_to_front(plot, areas)
            self.play(areas.sort_out(4.0))
        pin, ghost = Pin(plot), areas.ghost()
        with self.saying("until_equal"):
            self.play(FadeIn(pin, row.numbers, ghost), run_time=Pace.QUICK)
            self.bring_to_front(areas)
            self.add(row.tracked())
            self.play(plot.move_line(*plot.balanced, run_time=2.5))
        with self.saying("mean_of_the_areas"):
            self.play(plot.move_line(*plot.lifted, run_time=1.2))
            symbol = formula("{{ g_w : grad }} =", ROLES_IN_TRAINING, size=Size.TITLE)
            bracket = Bracket(areas, self.words("mean"), symbol)
            self.play(FadeOut(ghost), FadeIn(bracket), run_time=Pace.QUICK)
            self.head("is_error_times_input")
            self.play(plot.move_line(*plot.balanced, run_time=2.5))
        self.wait(1)

    def _turn_by_one_push(self, plot: PushedLine, arrows: PushArrows, row: int) -> None:
        """Light one arrow, and let it turn the line and go back."""
        arrows.rows = [row]
        self.play(go(arrows.alone, 1, Pace.QUICK))
        self.play(plot.move_line(*turned_by(plot, row)))
        self.play(plot.move_line(*plot.lifted, run_time=Pace.QUICK))

    # Derived

    def calculus_says_the_same(self, plot: PushedLine) -> Math:
        """Differentiate the loss: the exponent, the half, the inside, the error."""
        self.clear_body(plot)
        self.head("by_calculus")
        left, right = self.body.beside(3.6, 8.8)
        self.play(plot.refit(left), plot.move_line(*plot.lifted))
        lines = Derivation(right)
        with self.saying("the_loss"):
            self.play(lines.write_loss())
            self.play(lines.light_error(), go(plot.errors_lit, 1, Pace.MOVE))
        with self.saying("exponent_comes_down") as sentence:
            self.play(lines.begin(), plot.animate.fade(AWAY), run_time=Pace.QUICK)
            sentence.wait_until("down")
            self.play(lines.bring_exponent_down())
            sentence.wait_until("cancel")
            self.play(lines.strike_out())
            self.play(*lines.cancel_half())
        with self.saying("inside_leaves_x"):
            self.play(lines.underline_inside())
            self.play(lines.leave_input(1.5))
        with self.saying("error_times_input") as sentence:
            sentence.wait_until("error")
            self.play(*lines.name_error())
            sentence.wait_until("input")
            self.play(lines.light_input())
        with self.saying("for_b_input_is_one"):
            self.play(lines.write_for_bias())
            self.play(lines.drop_one())
        self.wait(1)
        return lines.short

    def all_at_once_it_is_a_matrix_product(self, rule: Math) -> None:
        """Multiply each row of the transposed features by the column of errors."""
        self.clear_body(rule)
        self.head("two_features")
        product = MatrixProduct(self.body, first_batch(self.trace), self.words("rounded"))
        with self.saying("another_batch") as sentence:
            self.add(product.cards[0], rule)
            self.play(FadeIn(product.cards[0]), moved(rule, product.right))
            sentence.wait_until("features")
            self.play(product.show_names())
        self.play(product.show_table())
        with self.saying("rows_of_features"):
            self.wait(Pace.QUICK)
            self.play(product.transpose(2.0))
        with self.saying("errors_in_a_column"):
            self.play(Rewrite(rule, product.rule))
            self.play(product.show_errors(1.5))
        with self.saying("row_times_column"):
            self.play(product.stand_up(0, 1.2))
            self.play(product.multiply(0, 3.0))
            self.play(product.add_up(0, 1.2))
        with self.saying("divided_it_is_the_gradient"):
            self.play(product.carry_sum(0, Pace.MOVE))
            self.play(product.divide(0, Pace.MOVE))
            self.play(product.name_result(0, Pace.MOVE))
        with self.saying("second_row"):
            self._second_row(product)
        self.wait(1)

    def _second_row(self, product: MatrixProduct) -> None:
        """Do the same for the other features, faster."""
        for k in range(1, product.num_features):
            self.play(product.clear_columns())
            self.play(product.stand_up(k, 0.6))
            self.play(product.multiply(k, 1.5))
            self.play(product.add_up(k, 0.6))
            self.play(product.carry_sum(k, Pace.QUICK))
            self.play(product.divide(k, 0.3))
            self.play(product.name_result(k, 0.5))
        self.play(FadeIn(product.result_shape))

    def by_hand_equals_autograd(self) -> None:
        """Compare the gradient by hand with autograd's, digit by digit."""
        self.clear_body()
        self.head("agree")
        names = self.words("hand"), self.words("autograd")
        check = GradientCheck(self.body, self.trace, *names)
        with self.saying("by_hand"):
            self.play(check.show_code(check.by_hand))
            self.play(check.show_numbers(2.0))
        with self.saying("backward_finds_them"):
            self.play(check.show_code(check.by_autograd))
            self.play(check.by_autograd.listing.focus(".backward"))
            self.play(check.show_covered())
        with self.asking("do_they_agree"):
            self.wait(Pace.QUICK)
        with self.saying("digit_by_digit") as sentence:
            self.play(check.uncover())
            sentence.wait_until("digits")
            self.play(check.compare(4.0))
        self.wait(1.5)
