"""A narrow strip of a plot whose dots alone are lit, so that their order is seen."""

from __future__ import annotations

import numpy as np
from manim import Animation, Rectangle, ValueTracker, VGroup

from figures.feature_scatter.feature_plot import FeaturePlot
from figures.feature_scatter.ramp import Placed, RampDots
from visuals.theme import Dim, Pace, Radius, Stroke, theme
from visuals.trackers import go

NEIGHBOURS = 0.16
"""Share of the examples that count as having almost the same feature."""

LEAST = 0.1
"""Least width of the strip, in scene units."""

LARGER = 1.25
"""Radius of its dots, in radii of the others."""


class Strip(VGroup):
    """A band across a plot with the examples nearest to x = 0, in their colours.

    Parameters
    ----------
    plot
        The plot.

    Attributes
    ----------
    band, dots
        Its parts.
    """

    def __init__(self, plot: FeaturePlot) -> None:
        count = max(1, round(NEIGHBOURS * len(plot.x)))
        self.plot = plot
        self.rows = np.argsort(np.abs(plot.x), kind="stable")[:count]
        reach = float(np.abs(plot.x[self.rows]).max())
        start, end = plot.chart.at([-reach, reach], plot.chart.y_range)
        self.grown = ValueTracker(0)
        self.band = Rectangle(
            width=max(float(end[0] - start[0]), LEAST),
            height=float(end[1] - start[1]),
            stroke_color=theme.MUTED,
            stroke_width=Stroke.THIN,
            fill_color=theme.DATA,
            fill_opacity=Dim.FAINT / 2,
        )
        self.band.move_to((start + end) / 2)
        values = plot.trace.features[:, 1].numpy()[self.rows]
        self.dots = RampDots(values, np.zeros(count), self.places, self.radius)
        self.dots.coloured.set_value(1)
        self.dots.follow()
        super().__init__(self.band, self.dots)

    def radius(self) -> float:
        """Return the radius of its dots."""
        size = self.plot.radius()
        larger = min(max(LARGER * size, size), max(size, Radius.SAMPLE))
        return size + (larger - size) * self.grown.get_value()

    def places(self) -> Placed:
        """Return where its examples are now."""
        seen, _ = self.plot.places()
        return seen[self.rows], np.ones(len(self.rows), dtype=bool)

    def grow(self, run_time: float = Pace.MOVE) -> Animation:
        """Let the dots become larger."""
        return go(self.grown, 1, run_time)
