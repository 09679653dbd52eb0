"""Curves over one error: its size, its square, and the half of the square."""

from __future__ import annotations

from manim import DOWN, LEFT, RIGHT, Animation, AnimationGroup, ApplyMethod

from figures.mse_curve.changing_curve import ChangingCurve
from figures.mse_curve.named_marks import CurveName, NamedTangent, slope_names
from linreg.study import error_curves
from visuals.formula import formula
from visuals.layout import Slot
from visuals.plots import Chart
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import theme
from visuals.trackers import Quantity, go
from visuals.typography import Words

REACH, TOP = 2.6, 3.2
"""Greatest error and greatest height of the plot."""

FAR, NEAR = 1.3, 0.6
"""Errors at which slopes are compared."""

PALE = 0.5
"""Opacity of a curve that was left behind."""

SQUARE, HALF_SQUARE, SIZE = "{{ r : error }}^2", "{{ r : error }}^2 \\/ 2", "|{{ r : error }}|"


class ErrorPlot:
    """The plot of one error, and all curves that are drawn in it.

    Parameters
    ----------
    slot
        The room.
    loss, slope
        The words for what is measured upward, and for the slope of a tangent.

    Attributes
    ----------
    chart
        The axes: the error to the right, heights up.
    square
        The square, which changes into its half.
    left_behind
        A pale copy of the square.
    half, size
        The half square and the size of the error.
    names
        The names of the curves, by the curve's attribute.
    """

    def __init__(self, slot: Slot, loss: str, slope: str) -> None:
        self.slope = slope
        self.loss_name = Words(loss, color=theme.LOSS)
        r = formula("{{ r : error }}", ROLES_IN_TRAINING)
        self.chart = Chart(slot, (-REACH, REACH), (0.0, TOP), r, self.loss_name)
        chart = self.chart
        self.square = ChangingCurve(chart, error_curves.square, error_curves.half_square)
        self.left_behind = ChangingCurve(chart, error_curves.square)
        self.left_behind.shown.set_value(PALE)
        self.half = ChangingCurve(chart, error_curves.half_square)
        self.size = ChangingCurve(chart, error_curves.absolute)
        self.names = {
            "square": CurveName(SQUARE, self.left_behind, -1.55, LEFT + 0.5 * DOWN),
            "half": CurveName(HALF_SQUARE, self.half, -1.6, LEFT + 0.5 * DOWN),
            "size": CurveName(SIZE, self.size, 2.3, RIGHT + 0.5 * DOWN),
        }

    def dim_square(self) -> Animation:
        """Dim the square and its name: another curve is looked at."""
        return AnimationGroup(go(self.square.shown, PALE), self._name_square(PALE))

    def light_square(self) -> Animation:
        """Light the square and its name again."""
        return AnimationGroup(go(self.square.shown, 1), self._name_square(1))

    def _name_square(self, opacity: float) -> Animation:
        return ApplyMethod(self.names["square"].set_opacity, opacity)

    def tangent(self, curve: ChangingCurve, error: Quantity, *slopes: str) -> NamedTangent:
        """Return a tangent with the slope that it has, and those that it will have.

        Parameters
        ----------
        curve
            The curve.
        error
            Where it touches: a number, or a tracker.
        slopes
            The slopes, as math.
        """
        return NamedTangent(curve, error, *slope_names(self.slope, *slopes))
