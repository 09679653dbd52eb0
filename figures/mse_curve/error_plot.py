"""Curves over one error: the square, its half, the size, and the bell."""

from __future__ import annotations

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    ApplyMethod,
    DashedLine,
)

from figures.mse_curve.changing_curve import ChangingCurve
from figures.mse_curve.named_marks import CurveName, NamedTangent, PairOfDots, slope_names
from linreg.study import error_curves, normal
from visuals.formula import formula
from visuals.layout import Slot
from visuals.plots import Chart
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Dim, Size, Stroke, theme
from visuals.trackers import Quantity, go
from visuals.typography import Words

REACH, TOP = 2.6, 3.2
"""Greatest error and greatest height of the plot."""

FAR, NEAR, HALF_WAY = 1.8, 0.45, 1.4
"""Errors at which slopes are compared."""

PALE = 0.4
"""Opacity of a curve that was left behind, and of what is past."""

SQUARE, HALF_SQUARE, SIZE = "{{ r : error }}^2", "{{ r : error }}^2 \\/ 2", "|{{ r : error }}|"
BELL = "e^(- {{ r : error }}^2 \\/ 2)"
MINUS_LOG = f"- log {BELL} = {HALF_SQUARE}"


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
    bell
        The normal bell.
    minus_log
        The bell, which changes into minus its logarithm.
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
        self.size = ChangingCurve(chart, error_curves.absolute, color=theme.INK)
        self.bell = ChangingCurve(chart, normal.bell, color=theme.DATA)
        self.minus_log = ChangingCurve(
            chart, normal.bell, error_curves.minus_log_bell, theme.DATA, theme.LOSS
        )
        self.names = {
            "square": CurveName(SQUARE, self.left_behind, -1.55, LEFT + 0.5 * DOWN),
            "half": CurveName(HALF_SQUARE, self.half, -1.6, LEFT + 0.5 * DOWN),
            "size": CurveName(SIZE, self.size, 2.3, RIGHT + 0.5 * DOWN),
            "bell": CurveName(BELL, self.bell, 0.0, UP, Size.TITLE),
            "minus_log": CurveName(MINUS_LOG, self.half, 1.8, LEFT + 0.5 * UP, Size.TITLE),
        }

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

    def size_tangent(self, error: float, slope: str) -> NamedTangent:
        """Return a tangent of the size of the error, with its slope on the inner side."""
        names = slope_names(self.slope, slope)
        return NamedTangent(self.size, error, *names, inside=True)

    def pair(self, error: float) -> PairOfDots:
        """Return the dots of one error on the bell and on the parabola."""
        return PairOfDots(self.bell, self.half, error)

    def recede(self) -> list[Animation]:
        """Dim the half square, and let the name of the upright axis go: a bell is no loss."""
        # A group of animations would take the name out of the chart.
        return [ApplyMethod(self.loss_name.set_opacity, 0), go(self.square.shown, Dim.FAINT)]

    def middle(self) -> DashedLine:
        """Return the dashed line between the bell's top and the parabola's bottom."""
        return DashedLine(
            self.bell.at(0.0), self.half.at(0.0), color=theme.INK, stroke_width=Stroke.LINE
        )
