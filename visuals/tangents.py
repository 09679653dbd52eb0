"""Marks that move along a curve: a dot, a tangent, a plumb line and a stem."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

import numpy as np
from manim import Circle, Line, ManimColor, ValueTracker

from visuals.following import Follower
from visuals.plots import Chart
from visuals.theme import Radius, Stroke, theme

TANGENT_REACH = 0.75
"""Half the length of a tangent, in scene units."""


class CurveDot(Follower, Circle):
    """The dot of a chart at (x, function(x)).

    Parameters
    ----------
    chart
        Where it is plotted.
    at
        Tracker of x.
    function
        The curve that it sits on.
    color
        The model's colour unless said otherwise.
    """

    def __init__(
        self,
        chart: Chart,
        at: ValueTracker,
        function: Callable[[float], float],
        color: ManimColor | None = None,
    ) -> None:
        self.chart, self.at, self.function = chart, at, function
        super().__init__(
            Radius.MARK,
            color=theme.BACKGROUND,
            stroke_width=Stroke.THIN,
            fill_color=color or theme.MODEL,
            fill_opacity=1,
        )
        self.follow()

    def follow(self) -> Self:
        """Move to the curve at the present x."""
        x = self.at.get_value()
        self.move_to(self.chart.at(x, self.function(x)))
        return self


class Tangent(Follower, Line):
    """A short tangent of a curve, cut where it leaves the chart.

    Parameters
    ----------
    chart
        Where the curve is plotted.
    at
        Tracker of x.
    function, slope
        The curve and its derivative.
    color
        The gradient's colour unless said otherwise.
    """

    def __init__(
        self,
        chart: Chart,
        at: ValueTracker,
        function: Callable[[float], float],
        slope: Callable[[float], float],
        color: ManimColor | None = None,
    ) -> None:
        self.chart, self.at, self.function, self.slope = chart, at, function, slope
        super().__init__(color=color or theme.GRADIENT, stroke_width=Stroke.BOLD)
        self.follow()

    def follow(self) -> Self:
        """Touch the curve at the present x."""
        x = self.at.get_value()
        y, slope = self.function(x), self.slope(x)
        if not np.isfinite([x, y, slope]).all():
            self.set_points_as_corners([self.chart.at(x, y)] * 2)
            return self
        origin, one = self.chart.at(x, y, clip=False), self.chart.at(x + 1, y + slope, clip=False)
        reach = TANGENT_REACH / float(np.linalg.norm(one - origin))
        low, high = self.chart.x_range
        span = max(low, x - reach), min(high, x + reach)
        self.chart.put_line(self, slope, y - slope * x, span)
        return self


class Plumb(Follower, Line):
    """A thin upright line over the height of a chart.

    Parameters
    ----------
    chart
        Where it stands.
    at
        Tracker of x.
    """

    def __init__(self, chart: Chart, at: ValueTracker) -> None:
        self.chart, self.at = chart, at
        super().__init__(color=theme.MUTED, stroke_width=Stroke.THIN)
        self.follow()

    def follow(self) -> Self:
        """Stand at the present x."""
        x = self.at.get_value()
        self.put_start_and_end_on(*self.chart.at([x, x], self.chart.y_range))
        return self


class Stem(Follower, Line):
    """An upright line from zero to the curve: the value with its sign, as a length.

    Parameters
    ----------
    chart
        Where the curve is plotted.
    at
        Tracker of x.
    function
        The curve.
    """

    def __init__(self, chart: Chart, at: ValueTracker, function: Callable[[float], float]) -> None:
        self.chart, self.at, self.function = chart, at, function
        super().__init__(color=theme.GRADIENT, stroke_width=Stroke.BOLD)
        self.follow()

    def follow(self) -> Self:
        """Stand at the present x."""
        x = self.at.get_value()
        self.set_points_as_corners([self.chart.at(x, 0.0), self.chart.at(x, self.function(x))])
        return self
