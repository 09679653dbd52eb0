"""The loss curve is made of lines you tried, and its slope says which way and how far."""

from __future__ import annotations

from manim import (
    Create,
    FadeIn,
    FadeOut,
    ReplacementTransform,
    VMobject,
)

from figures.mse_curve.floor_zoom import FloorZoom
from figures.mse_curve.half_square import Formulas, HalfSquare
from figures.mse_curve.matched_code import MatchedCode
from figures.mse_curve.tried_lines import TriedLines
from linreg.loss import squared_loss
from linreg.study.dealing import first_dealt, first_error
from linreg.study.losses import noise_floor
from linreg.study.profile import profile_at_truth
from visuals.equations import Derive
from visuals.formula import formula
from visuals.layout import is_wide
from visuals.numbers import as_typed, integer
from visuals.pipeline import Station
from visuals.roles import ROLES_IN_TRAINING
from visuals.source import fitted, line_of
from visuals.stage import LectureScene
from visuals.theme import Pace, Size
from visuals.typography import Math

SHOWN = 10
"""Most examples whose squares are drawn."""

MEAN_LOSS = (
    "{{ L : loss }} = 1/(2 n) sum_(i=1)^n ({{ hat(y)_i : hat }} - {{ y_i : y }})^2, quad n = %(n)s"
)
HALF_SQUARE_IN_PARTS = (
    "{{ ell : loss }} = ({{ hat(y) : hat }} - {{ y : y }})^{{ 2 : square }} {{ \\/ 2 : half }}"
)
TOKENS = {"hat": "y_hat", "y": "y.reshape(y_hat.shape)", "square": "** 2", "half": "/ 2"}
"""The code of each part of the half square."""

STEPS = 2
"""Arrows from either side that the claim is shown with."""


class MSECurve(LectureScene):
    """Lines become dots, dots a curve, its tangent a slope; then the half and the floor."""

    station = Station.LOSS

    def construct(self) -> None:
        """Tell the chapter."""
        rows = first_dealt(self.trace, SHOWN)
        self.picture = TriedLines(self.body, profile_at_truth(self.trace, rows))
        self.beat(self.one_line_is_one_number)
        self.beat(self.every_line_drops_a_dot)
        self.beat(self.dots_become_a_parabola)
        self.beat(self.slope_changes_sign_at_the_bottom)
        self.beat(self.half_keeps_the_lowest_point)
        self.beat(self.formula_and_code_agree)
        self.beat(self.floor_is_half_the_variance)
        self.beat(self.slope_says_which_way_and_how_far)

    # Lines, dots, curve

    def one_line_is_one_number(self) -> None:
        """Draw a line's misses as squares, and their mean as one dot."""
        picture = self.picture
        self.head("heading_squares")
        self.play(FadeIn(picture.data_side, picture.weight), picture.points.appear(Pace.SWEEP))
        self.bring_to_back(picture.line)
        self.play(Create(picture.line))
        self.bring_to_back(picture.squares)
        self.play(FadeIn(picture.squares))
        self.say("squares_to_number")
        self.wait(1.5 * Pace.MOVE)
        self.formula = picture.below.place(self._mean_loss(), shrink=False)
        self.play(FadeIn(picture.loss_side, picture.loss_axis), FadeIn(self.formula))
        area = picture.squares.copy().clear_updaters()
        self.play(
            FadeOut(area, target_position=picture.dot, scale=0.05),
            FadeIn(picture.dot),
            run_time=1.5 * Pace.MOVE,
        )
        self.hold()

    def every_line_drops_a_dot(self) -> None:
        """Sweep the slope of the line; every loss stays behind as a dot."""
        self.head("heading_dots")
        sweep = self.picture.sweep(run_time=4.5)
        self.bring_to_back(self.picture.lines)
        self.play(*sweep)
        self.hold()

    def dots_become_a_parabola(self) -> None:
        """Draw the exact curve through the dots, and take the line to its lowest point."""
        picture = self.picture
        self.head("heading_parabola")
        self.play(FadeOut(picture.lines), Create(picture.curve), run_time=Pace.SWEEP)
        self.bring_to_front(picture.dots)
        self.play(picture.to(picture.profile.lowest_at, Pace.SWEEP))
        self.lowest = picture.name_lowest(self.words("lowest"))
        self.play(Create(picture.loss_lowest), FadeIn(self.lowest))
        self.hold()

    def slope_changes_sign_at_the_bottom(self) -> None:
        """Roll a tangent along the curve, and draw its slope on the same axis below."""
        picture = self.picture
        self.head("heading_slope")
        self.play(FadeOut(self.formula, picture.loss_axis), picture.to(picture.tried[0]))
        marks = (picture.plumbs, picture.stem, picture.slope_dot, picture.tangent)
        self.bring_to_front(picture.weight)
        self.play(FadeIn(picture.slope_side, picture.veil, *marks))
        self.bring_to_front(picture.weight)
        self.play(picture.roll(run_time=5.5))
        self.signs = picture.signs(self.words("negative"), self.words("positive"))
        self.play(FadeIn(self.signs))
        self.hold(self.signs)

    # The half

    def half_keeps_the_lowest_point(self) -> None:
        """Compare the square and the half square of one error, and their derivatives."""
        self.head("heading_half")
        self.put_away = self.picture.everything()
        gone = (self.picture.plumbs[1], self.picture.tangent, self.signs, self.lowest)
        self.play(FadeOut(self.put_away, *gone), run_time=Pace.QUICK)
        left, right = self.body.beside(55, 45)
        losses = HalfSquare(left, first_error(self.trace))
        square, half = losses.formulas(*right.stacked(50, 50))
        self.play(FadeIn(losses.chart, losses.plumb, losses.square, square.loss, square.loss_now))
        self._derive(square)
        self.say("half_tidies_the_slope")
        self.play(FadeIn(losses.half, half.loss, half.loss_now), run_time=Pace.QUICK)
        self._derive(half)
        self.play(losses.to(0.0))
        self.wait()
        self.play(losses.to(losses.first))
        self.play(losses.recede(), square.recede(), half.light(), run_time=Pace.QUICK)
        self.half_square = half.loss
        self.hold()

    def formula_and_code_agree(self) -> None:
        """Join the parts of the formula to their places in the code that runs."""
        self.head("heading_code")
        self.clear_body(self.half_square)
        loss = formula(HALF_SQUARE_IN_PARTS, ROLES_IN_TRAINING, size=Size.TITLE)
        match = MatchedCode(self.body, loss, self._half_square_code(), TOKENS)
        self.play(ReplacementTransform(self.half_square, match.formula))
        self.play(FadeIn(match.listing), run_time=Pace.QUICK)
        self.play(match.join("hat", "y"))
        self.wait(Pace.MOVE)
        self.play(match.join("square", "half"))
        self.wait(Pace.SWEEP)

    # The floor

    def floor_is_half_the_variance(self) -> None:
        """Enlarge the bottom of the loss over all examples until the floor shows."""
        floor = noise_floor(self.lesson)
        self.head("heading_question" if floor else "heading_no_floor")
        self.clear_body()
        zoom = FloorZoom(self.body, profile_at_truth(self.trace), floor)
        self.play(FadeIn(zoom.wide, zoom.view))
        self.say("floor_shows" if floor else "floor_is_zero")
        if zoom.enlarges:
            self._enlarge(zoom)
        count = integer(self.lesson.num_examples)
        if floor:
            self.head("heading_floor")
        found = zoom.found(self.words("these_examples", n=count))
        self.play(Create(zoom.gap()), FadeIn(found))
        self.hold(found)
        expected = zoom.expected(self.words("expected"))
        self.play(Create(zoom.floor_line()), FadeIn(expected))
        self.hold(found, expected)

    # The claim

    def slope_says_which_way_and_how_far(self) -> None:
        """Step against the slope, the farther the steeper, to the lowest point."""
        picture = self.picture
        self.head("heading_claim")
        self.clear_body()
        left, right = picture.tried
        picture.w.set_value(left)
        slope = picture.name_slope(self.words("slope"))
        # The dot would cover a short stem.
        self.put_away.remove(picture.slope_dot)
        self.play(FadeIn(picture.lines, self.put_away.update(), self.lowest, slope))
        factor = as_typed(-picture.step_factor)
        step = picture.name_step(self.words("step"), self.words("length", factor=factor))
        self._step_down(step)
        self.wait(Pace.MOVE)
        self.play(FadeOut(picture.moving), run_time=Pace.QUICK / 2)
        self.play(picture.to(right, Pace.QUICK))
        self.play(FadeIn(picture.moving.update()), run_time=Pace.QUICK / 2)
        self._step_down()
        self.wait(Pace.HOLD + Pace.MOVE)

    # Parts of beats

    def _step_down(self, *names: VMobject) -> None:
        """Step towards the lowest point; names come with the first arrow."""
        picture = self.picture
        for number in range(STEPS):
            self.add(picture.stem.copy().clear_updaters())
            coming = () if number else [FadeIn(name) for name in names]
            self.play(picture.step().grow(), *coming, run_time=Pace.QUICK)
            if coming:
                self.wait(Pace.SWEEP + Pace.QUICK)
            self.play(picture.to(picture.after_step(), Pace.QUICK))

    def _mean_loss(self) -> Math:
        """Write the loss of a line as the mean of the half squares."""
        return formula(MEAN_LOSS, ROLES_IN_TRAINING, n=integer(len(self.picture.profile.x)))

    def _half_square_code(self) -> str:
        """Return the line of the half square; in a tall frame what it returns, which fits there."""
        line = line_of(squared_loss, "return")
        return line if is_wide() else fitted(line.removeprefix("return "))

    def _derive(self, formulas: Formulas) -> None:
        """Write a derivative below its loss."""
        self.play(Derive(formulas.loss, formulas.slope))
        self.play(FadeIn(formulas.slope_now), run_time=Pace.QUICK)
        self.wait(1.5 * Pace.MOVE)

    def _enlarge(self, zoom: FloorZoom) -> None:
        """Go down to the bottom of the curve; on the way the factor is shown."""
        factor = zoom.factor(self.words("enlarged"))
        self.play(FadeOut(zoom.numbers(zoom.wide)), FadeIn(factor, zoom.scale), run_time=Pace.QUICK)
        self.play(zoom.enlarge(run_time=4.5))
        before, after = zoom.wide.y_label, zoom.near.y_label
        assert before is not None
        assert after is not None
        self.play(FadeOut(before, zoom.scale), run_time=Pace.QUICK / 2)
        self.play(FadeIn(zoom.numbers(zoom.near), after), run_time=Pace.QUICK / 2)
