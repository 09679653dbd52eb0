"""Values that fall on a chart one after another and raise the bars of a histogram."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
import torch
from manim import Animation, ApplyMethod, ValueTracker, VGroup, VMobject, linear

from linreg.study.normal import Histogram
from visuals.cloud import Cloud, fitting_radius
from visuals.following import Follower
from visuals.plots import Chart
from visuals.theme import Stroke, theme

RAIN_TIME = 5.0
"""Seconds in which all drops fall."""

ENOUGH = 100
"""Draws from which on a histogram looks like its curve."""

FALL = 0.12
"""Share of the rain's time for which one drop falls."""

BARS = 0.45
"""Opacity of the bars: they stand out from the ground, and the curve from them."""


class Rain(Follower, VGroup):
    """Drops, one a value, and the bars that grow where they land.

    A drop falls at its own value to the top of its bar, and becomes a part of it. The bars have
    area one, however many have landed: each drop's part becomes smaller with the next. Only the
    first bars, which would be cut by the chart's edge, are as low as if more had landed.

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
        The falling drops as one cloud, the bars as one outline.
    """

    def __init__(self, chart: Chart, values: torch.Tensor, histogram: Histogram) -> None:
        self.chart, self.histogram = chart, histogram
        self.x = values.double().numpy()
        self.place = histogram.place_in_bin().double().numpy() + 1
        self.start = np.arange(len(self.x)) / len(self.x) * (1 - FALL)
        self.progress = ValueTracker(0.0)
        self.bars = VMobject(
            color=theme.DATA,
            stroke_width=Stroke.THIN,
            fill_color=theme.DATA,
            fill_opacity=BARS,
        )
        self.least = _fitting(histogram, chart.y_range[1])
        self.drops = Cloud(chart, self.x, 0 * self.x, radius=fitting_radius(len(self.x)))
        super().__init__(self.bars, self.drops)
        self.follow()

    def fall(self, to: float) -> Animation:
        """Let the rain go on, as fast as ever."""
        run_time = RAIN_TIME * (to - self.progress.get_value())
        return ApplyMethod(self.progress.set_value, to, run_time=run_time, rate_func=linear)

    @property
    def enough(self) -> bool:
        """Say whether the drops are so many that their bars will look like the curve."""
        return len(self.x) >= ENOUGH

    @property
    def landed(self) -> int:
        """Number of drops that have come to rest."""
        return int((self._fallen() >= 1).sum())

    def follow(self) -> Self:
        """Draw drops and bars for the present progress."""
        fallen = self._fallen()
        top, landed = self.chart.y_range[1], self.landed
        # A drop aims at where its bar will end when it lands.
        rest = self.place * self._unit(np.arange(len(self.x)) + 1)
        y = top + (rest - top) * fallen
        seen = int((fallen > 0).sum())
        # One drop is always there, seen or not: a mobject without points is lost to manim.
        falling = slice(min(landed, seen - 1), seen)
        self.drops.set_positions(self.chart.at(self.x[falling], y[falling]))
        self.drops.set_opacity(float(landed < len(self.x)))
        self.bars.set_points_as_corners(self._skyline(landed))
        return self

    def _unit(self, landed: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Return the height of a drop when so many have landed, any shape."""
        return np.asarray(self.histogram.unit * len(self.x) / np.maximum(landed, self.least))

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


def _fitting(histogram: Histogram, top: float) -> int:
    """Return from how many values on no bar is higher than a chart."""
    counted = torch.nn.functional.one_hot(histogram.bin_of).cumsum(0)
    count = torch.arange(1, len(counted) + 1)
    highest = counted.amax(1) * histogram.unit * len(counted) / count
    too_high = (highest > top).nonzero()
    return int(too_high.max()) + 2 if len(too_high) else 1
