"""Values that fall on a chart one after another and pile up in the bars of a histogram."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
import torch
from manim import Animation, Transform, ValueTracker, VGroup, VMobject

from linreg.normal import Histogram
from visuals.cloud import Cloud, fitting_radius
from visuals.plots import Chart
from visuals.theme import Dim, Pace, Stroke, theme

FALL = 0.15
"""Share of the rain's time for which one drop falls."""


class Rain(VGroup):
    """Drops, one a value, and the bars that grow where they land.

    A drop falls at its own value and comes to rest on top of those of its bin. The drops that
    have landed have area one, however many they are: each becomes smaller with the next.

    Parameters
    ----------
    chart
        Values across, density up.
    values
        Shape (n,), in the order in which they fall.
    histogram
        Their bins.

    Attributes
    ----------
    progress
        0 before the rain, 1 when all drops have landed.
    drops, bars
        The drops as one cloud, the bars as one outline.
    """

    def __init__(self, chart: Chart, values: torch.Tensor, histogram: Histogram) -> None:
        self.chart, self.histogram = chart, histogram
        self.x = values.double().numpy()
        self.place = histogram.place_in_bin().double().numpy() + 0.5
        self.start = np.arange(len(self.x)) / len(self.x) * (1 - FALL)
        self.progress = ValueTracker(0.0)
        self.bars = VMobject(
            color=theme.DATA,
            stroke_width=Stroke.THIN,
            fill_color=theme.DATA,
            fill_opacity=Dim.FAINT,
        )
        rest = self.place * histogram.unit
        self.drops = Cloud(chart, self.x, rest, radius=fitting_radius(len(self.x)))
        super().__init__(self.bars, self.drops)
        self.follow()

    @property
    def landed(self) -> int:
        """Number of drops that have come to rest."""
        return int((self._fallen() >= 1).sum())

    def settle(self, run_time: float = Pace.MOVE) -> Animation:
        """Let the drops become the bars."""
        self.clear_updaters()
        settled = self.copy()
        settled.drops.set_opacity(0)
        settled.bars.set_fill(opacity=Dim.SOFT)
        return Transform(self, settled, run_time=run_time)

    def follow(self) -> Self:
        """Draw the rain of now."""
        fallen = self._fallen()
        # The first drop is always there: a mobject without points is lost to manim.
        seen = max(int((fallen > 0).sum()), 1)
        top, landed = self.chart.y_range[1], self.landed
        # A drop aims at where it will lie when it lands.
        rest = self.place * self._unit(np.maximum(landed, np.arange(len(self.x)) + 1))
        y = top + (rest - top) * fallen**2
        self.drops.set_positions(self.chart.at(self.x[:seen], y[:seen]))
        self.bars.set_points_as_corners(self._skyline(landed))
        return self

    def tracked(self) -> Self:
        """Follow the progress from now on."""
        self.add_updater(lambda rain: rain.follow())
        return self

    def _unit(self, landed: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Return the height of a drop when so many have landed, any shape."""
        return np.asarray(self.histogram.unit * len(self.x) / np.maximum(landed, 1))

    def _fallen(self) -> npt.NDArray[np.float64]:
        """Return how far along its fall every drop is, 0 to 1, shape (n,)."""
        share = (self.progress.get_value() - self.start) / FALL
        # The last drop starts at 1 - FALL and must not stop short of its rest.
        return np.asarray(np.clip(share + 1e-9, 0.0, 1.0))

    def _skyline(self, landed: int) -> npt.NDArray[np.float64]:
        """Return the corners of the bars of the first values, shape (m, 3)."""
        bins = len(self.histogram.counts)
        counts = torch.bincount(self.histogram.bin_of[:landed], minlength=bins)
        heights = counts.numpy() * self._unit(landed)
        edges = self.histogram.edges.numpy()
        floor = np.zeros_like(heights)
        x = np.stack([edges[:-1], edges[:-1], edges[1:], edges[1:]], axis=1)
        y = np.stack([floor, heights, heights, floor], axis=1)
        return self.chart.at(x.ravel(), y.ravel())
