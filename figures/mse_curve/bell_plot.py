"""The bell of the noise over one error, which minus its logarithm turns into the half square."""

from __future__ import annotations

from typing import Self

from manim import RIGHT, UP, Animation, Line, ValueTracker, VGroup

from figures.mse_curve.changing_curve import ChangingCurve
from figures.mse_curve.error_plot import HALF_SQUARE, REACH
from figures.mse_curve.named_marks import CurveName
from linreg.study import error_curves, normal
from visuals.following import Follower
from visuals.formula import formula
from visuals.layout import Slot
from visuals.plots import Chart
from visuals.roles import ROLES_IN_TRAINING
from visuals.tangents import CurveDot
from visuals.theme import Size, Stroke, theme

TOP = 2.0
"""Greatest height of the plot."""

RARE = 1.8
"""An error that is rare: less than a fifth as likely as none."""

BELL = "e^(-{{ r : error }}^2 \\/ 2)"
LOGARITHM = f"-log {BELL} = {HALF_SQUARE}"


class BellPlot:
    """The bell e^(-r^2 / 2), the curve that it turns into, and one error on both.

    Parameters
    ----------
    slot
        The room.

    Attributes
    ----------
    chart
        The axes: the error to the right, heights up.
    bell
        The bell, which stays.
    curve
        A copy of the bell, which turns into minus its logarithm.
    error
        Tracker of the error that is marked.
    marks
        Its dots on both curves, joined to the axis.
    bell_name, curve_name
        Formulas beside the curves.
    """

    def __init__(self, slot: Slot) -> None:
        r = formula("{{ r : error }}", ROLES_IN_TRAINING)
        self.chart = chart = Chart(slot, (-REACH, REACH), (0.0, TOP), r)
        self.error = ValueTracker(0)
        self.bell = ChangingCurve(chart, normal.bell, color=theme.INK)
        self.curve = ChangingCurve(
            chart, normal.bell, error_curves.minus_log_bell, color=theme.INK, last=theme.LOSS
        )
        self.marks = ErrorOnBoth(self.bell, self.curve, self.error).tracked()
        self.bell_name = CurveName(BELL, self.bell, 0.5, RIGHT + UP, Size.TITLE)
        self.curve_name = CurveName(LOGARITHM, self.curve, -1.5, RIGHT + 0.5 * UP, Size.TITLE)

    def take_logarithm(self, run_time: float) -> Animation:
        """Turn the copy of the bell into minus its logarithm, height by height."""
        return self.curve.change(run_time)


class ErrorOnBoth(Follower, VGroup):
    """One error as a dot on each of two curves, and a thin line that joins them to the axis.

    Parameters
    ----------
    first, second
        The curves, on one chart.
    error
        Tracker of the error.
    """

    def __init__(self, first: ChangingCurve, second: ChangingCurve, error: ValueTracker) -> None:
        self.curves, self.error = (first, second), error
        self.stem = Line(color=theme.MUTED, stroke_width=Stroke.THIN)
        self.dots = [
            CurveDot(curve.chart, error, curve.height_at, color)
            for curve, color in ((first, theme.INK), (second, theme.LOSS))
        ]
        super().__init__(self.stem, *self.dots[::-1])
        self.follow()

    def follow(self) -> Self:
        """Stand at the error of now."""
        error = self.error.get_value()
        highest = max(curve.height_at(error) for curve in self.curves)
        self.stem.set_points_as_corners(self.curves[0].chart.at([error] * 2, [0.0, highest]))
        for dot in self.dots:
            dot.follow()
        return self
