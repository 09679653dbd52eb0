"""Curves over one error: the square, its half, the size, the bell, and tangents with names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self, TypeAlias

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    DashedLine,
    ManimColor,
    ValueTracker,
    VGroup,
    VMobject,
    interpolate_color,
)
from torch import Tensor

from linreg.study import error_curves, normal
from visuals.following import Follower, Picture
from visuals.formula import formula
from visuals.layout import Slot
from visuals.plots import LABEL_GAP, Chart, Points
from visuals.roles import ROLES_IN_TRAINING
from visuals.tangents import CurveDot, Tangent
from visuals.theme import Pace, Size, Stroke, theme
from visuals.trackers import Quantity, as_tracker, go
from visuals.typography import Typeset, Words

Curve: TypeAlias = Callable[[Tensor], Tensor]

REACH, TOP = 2.6, 3.2
"""Greatest error and greatest height of the plot."""

SAMPLES = 241
"""Points of a curve; an odd number has one at zero."""

FAR, NEAR, HALF_WAY = 2.3, 0.45, 1.4
"""Errors at which slopes are compared."""

PALE = 0.4
"""Opacity of a curve that was left behind, and of what is past."""

SQUARE, HALF_SQUARE, SIZE = "{{ r : error }}^2", "{{ r : error }}^2 \\/ 2", "|{{ r : error }}|"
BELL = "e^(- {{ r : error }}^2 \\/ 2)"
MINUS_LOG = f"- log {BELL} = {HALF_SQUARE}"


class ChangingCurve(Picture, VMobject):
    """A curve that changes into another one, height by height.

    Parameters
    ----------
    chart
        Where it is drawn.
    start, end
        Both curves as functions of the error.
    color, end_color
        Its colours; one unless two are given.

    Attributes
    ----------
    stage
        Tracker: 0 is the first curve, 1 the second.
    shown
        Tracker of its opacity.
    """

    def __init__(
        self,
        chart: Chart,
        start: Curve,
        end: Curve | None = None,
        color: ManimColor | None = None,
        end_color: ManimColor | None = None,
    ) -> None:
        self.chart = chart
        self.functions = start, end or start
        self.colors = [color or theme.LOSS, end_color or color or theme.LOSS]
        self.stage, self.shown = ValueTracker(0), ValueTracker(1)
        self.errors = np.linspace(*chart.x_range, SAMPLES)
        self.ends = [
            np.array([error_curves.height(function, error) for error in self.errors])
            for function in self.functions
        ]
        super().__init__(stroke_width=Stroke.LINE)
        self.follow().tracked()

    def height_at(self, error: float) -> float:
        """Return the height of the curve of now at an error."""
        return self._between(*(error_curves.height(f, error) for f in self.functions))

    def slope_at(self, error: float) -> float:
        """Return the slope of the curve of now at an error."""
        return self._between(*(error_curves.slope(f, error) for f in self.functions))

    def at(self, error: float) -> Points:
        """Return where the curve of now is at an error, shape (3,)."""
        return self.chart.at(error, self.height_at(error))

    def change(self, run_time: float = Pace.SWEEP) -> Animation:
        """Change into the second curve."""
        return go(self.stage, 1, run_time)

    def follow(self) -> Self:
        """Draw the curve of now, as far as it stays on the chart."""
        stage = self.stage.get_value()
        heights = (1 - stage) * self.ends[0] + stage * self.ends[1]
        inside = heights <= self.chart.y_range[1]
        self.set_points_as_corners(self.chart.at(self.errors[inside], heights[inside]))
        color = interpolate_color(self.colors[0], self.colors[1], stage)
        self.set_stroke(color, opacity=self.shown.get_value())
        return self

    def _between(self, start: float, end: float) -> float:
        stage = self.stage.get_value()
        return (1 - stage) * start + stage * end


class NamedTangent(Picture, VGroup):
    """A tangent with its point of touch and a name, that move along a curve.

    Parameters
    ----------
    curve
        The curve.
    error
        The error at which it touches: a number, or a tracker.
    names
        The name, and those that take its place later.
    inside
        Whether the name stands on the inner side of the curve.

    Attributes
    ----------
    names
        As given.
    error
        Tracker of the error.
    named
        Tracker of the number of the name that is shown, -1 for none.
    """

    def __init__(
        self, curve: ChangingCurve, error: Quantity, *names: Typeset, inside: bool = False
    ) -> None:
        self.curve, self.error, self.names = curve, as_tracker(error), VGroup(*names)
        self.inside, self.named = inside, ValueTracker(0)
        self.line = Tangent(curve.chart, self.error, curve.height_at, curve.slope_at)
        self.dot = CurveDot(curve.chart, self.error, curve.height_at, theme.GRADIENT)
        super().__init__(self.line, self.dot, self.names)
        self.follow().tracked()

    def follow(self) -> Self:
        """Touch the curve of now; the name stands on its side."""
        self.line.follow()
        self.dot.follow()
        out = RIGHT if self.error.get_value() > 0 else LEFT
        side = 0.5 * UP - out if self.inside else 0.5 * DOWN + out
        for number, name in enumerate(self.names):
            name.next_to(self.dot, side, buff=LABEL_GAP)
            name.set_opacity(float(number == round(self.named.get_value())))
        return self


class ErrorPlot:
    """The plot of one error, and all curves that are drawn in it.

    Parameters
    ----------
    slot
        The room.
    loss_name
        What is measured upward.

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

    def __init__(self, slot: Slot, loss_name: Words) -> None:
        r = formula("{{ r : error }}", ROLES_IN_TRAINING)
        self.chart = Chart(slot, (-REACH, REACH), (0.0, TOP), r, loss_name)
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
            "half": CurveName(HALF_SQUARE, self.half, -2.0, LEFT + 0.5 * DOWN),
            "size": CurveName(SIZE, self.size, 2.3, RIGHT + 0.5 * DOWN),
            "bell": CurveName(BELL, self.bell, 0.0, UP, Size.TITLE),
            "minus_log": CurveName(MINUS_LOG, self.half, 1.8, LEFT + 0.5 * UP, Size.TITLE),
        }
        self.names["size"].set_color(theme.INK)

    def middle(self) -> DashedLine:
        """Return the dashed line between the bell's top and the parabola's bottom."""
        return DashedLine(
            self.bell.at(0.0), self.half.at(0.0), color=theme.INK, stroke_width=Stroke.LINE
        )


class CurveName(Follower, VGroup):
    """The name of a curve, beside one of its points.

    Parameters
    ----------
    name
        The name, as math.
    curve
        The curve.
    error
        Where it is named.
    side
        Direction from the curve to the name.
    size
        Height of an em, in scene units.
    """

    def __init__(
        self,
        name: str,
        curve: ChangingCurve,
        error: float,
        side: Points,
        size: float = Size.BODY,
    ) -> None:
        self.curve, self.error, self.side = curve, error, side
        self.title = formula(name, ROLES_IN_TRAINING, size)
        super().__init__(self.title)
        self.follow().tracked()

    def follow(self) -> Self:
        """Stand beside the curve of now."""
        self.title.next_to(self.curve.at(self.error), self.side, buff=LABEL_GAP)
        return self
