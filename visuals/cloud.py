"""Clouds of examples: thousands of points on a chart, drawn as one mobject."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import Create, ManimColor, Transform, linear
from manim.animation.animation import Animation

from fastcairo import DotCloud
from visuals.plots import Chart, Points
from visuals.theme import Pace, Radius, theme

CROWD_OPACITY = 0.72
"""Opacity of a cloud in which some larger dots must stand out."""


class Cloud(DotCloud):
    """Points (x, y) of a chart.

    Parameters
    ----------
    chart
        The chart on which they are plotted.
    x, y
        Coordinates, each of shape (n,). A point that is not finite, or lies off the chart, is
        put on the chart's edge.
    radius
        Radius of a dot, in scene units.
    color
        Colour of the dots; by default that of data.
    opacity
        Opacity of the dots.
    """

    def __init__(
        self,
        chart: Chart,
        x: npt.ArrayLike,
        y: npt.ArrayLike,
        radius: float = Radius.CLOUD,
        color: ManimColor | None = None,
        opacity: float = 1.0,
    ) -> None:
        self.chart = chart
        super().__init__(
            chart.at(x, y),
            radius=radius,
            color=theme.DATA if color is None else color,
            opacity=opacity,
        )

    def appear(self, run_time: float = Pace.SWEEP) -> Animation:
        """Show the points one by one."""
        return Create(self, run_time=run_time, rate_func=linear)

    def room_near(
        self, point: Points, size: tuple[float, float], side: float, reach: float = 1.0
    ) -> Points:
        """Return the center of the first free rectangle above or below a point.

        Parameters
        ----------
        point
            Shape (3,).
        size
            Width and height of the rectangle, in scene units.
        side
            1 to search above the point, -1 to search below it.
        reach
            Largest distance from the point, in scene units. When no place is free, the one with
            the fewest dots is returned.
        """
        half = np.array(size) / 2 + self.radius
        places = [
            point + np.array([across, side * (half[1] + away), 0.0])
            for away in np.arange(0.1, reach, 0.05)
            for across in (0.0, -half[0] / 2, half[0] / 2, -half[0], half[0])
        ]
        taken = [
            int((np.abs(self.positions - place)[:, :2] < half).all(axis=1).sum())
            for place in places
        ]
        freest: Points = places[int(np.argmin(taken))]
        return freest

    def slide_to(
        self, x: npt.ArrayLike, y: npt.ArrayLike, run_time: float = Pace.SWEEP
    ) -> Animation:
        """Slide every point to new coordinates on the same chart."""
        target = self.copy()
        target.set_positions(self.chart.at(x, y))
        return Transform(self, target, run_time=run_time)


def fitting_radius(count: int) -> float:
    """Return the radius of a dot, in scene units, that suits a cloud of ``count`` points."""
    return float(np.clip(0.7 / np.sqrt(max(count, 1)), 0.012, Radius.SAMPLE))
