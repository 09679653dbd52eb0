"""A narrow strip of a plot in which the dots move apart, so that their order is seen."""

from __future__ import annotations

import numpy as np
from manim import Animation, Rectangle, ValueTracker, VGroup

from figures.feature_scatter.feature_plot import FeaturePlot
from figures.feature_scatter.ramp import Placed, RampDots
from visuals.theme import Dim, Pace, Radius, Stroke, theme
from visuals.trackers import go

NEIGHBOURS = 0.08
"""Share of the examples that count as having almost the same feature."""

OPENED = 1.3
"""Width of the strip when it is open, in scene units."""

LARGER = 1.6
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
        self.narrow = max(float(end[0] - start[0]), 0.1)
        self.opened = ValueTracker(0)
        self.band = Rectangle(
            width=self.narrow,
            height=float(end[1] - start[1]),
            stroke_color=theme.MUTED,
            stroke_width=Stroke.THIN,
            fill_color=theme.DATA,
            fill_opacity=Dim.FAINT / 2,
        )
        self.band.move_to((start + end) / 2)
        self.middle = float(self.band.get_x())
        self.band.add_updater(lambda band: band.stretch_to_fit_width(self.width_of_now()))
        values = plot.trace.features[:, 1].numpy()[self.rows]
        self.dots = RampDots(values, np.zeros(count), self.places, self.radius)
        self.dots.coloured.set_value(1)
        self.dots.follow()
        super().__init__(self.band, self.dots)

    def width_of_now(self) -> float:
        """Return how wide the strip is now."""
        return self.narrow + max(OPENED - self.narrow, 0.0) * self.opened.get_value()

    def radius(self) -> float:
        """Return the radius of its dots."""
        size = self.plot.radius()
        larger = min(max(LARGER * size, size), max(size, Radius.SAMPLE))
        return size + (larger - size) * self.opened.get_value()

    def places(self) -> Placed:
        """Return where its examples are now: moved apart sideways."""
        seen, _ = self.plot.places()
        places = seen[self.rows]
        apart = 0.85 * self.width_of_now() / self.narrow
        places[:, 0] = self.middle + (places[:, 0] - self.middle) * max(apart, 1.0)
        return places, np.ones(len(places), dtype=bool)

    def open(self, run_time: float = Pace.MOVE) -> Animation:
        """Let the dots move apart."""
        return go(self.opened, 1, run_time)
