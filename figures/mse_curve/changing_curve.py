"""A curve over one error that changes into another one before the eye."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self, TypeAlias

import numpy as np
from manim import Animation, ManimColor, ValueTracker, VMobject, interpolate_color
from torch import Tensor

from linreg.study import error_curves
from visuals.following import Picture
from visuals.plots import Chart, Points
from visuals.theme import Pace, Stroke, theme
from visuals.trackers import go

Curve: TypeAlias = Callable[[Tensor], Tensor]

SAMPLES = 241
"""Points of a curve; an odd number has one at zero."""


class ChangingCurve(Picture, VMobject):
    """A curve that changes into another one, height by height.

    Parameters
    ----------
    chart
        Where it is drawn.
    start, end
        Both curves as functions of the error.
    color, last
        Colours of both; the loss's unless said otherwise.

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
        last: ManimColor | None = None,
    ) -> None:
        self.chart = chart
        self.functions = start, end or start
        self.stage, self.shown = ValueTracker(0), ValueTracker(1)
        self.errors = np.linspace(*chart.x_range, SAMPLES)
        self.ends = [
            np.array([error_curves.height(function, error) for error in self.errors])
            for function in self.functions
        ]
        first = color or theme.LOSS
        self.first, self.last = first, last or first
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
        color = interpolate_color(self.first, self.last, stage)
        self.set_stroke(color, opacity=self.shown.get_value())
        return self

    def _between(self, start: float, end: float) -> float:
        stage = self.stage.get_value()
        return (1 - stage) * start + stage * end
