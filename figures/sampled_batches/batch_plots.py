"""One large plot that batches are dealt into, and a row of small ones with the same axes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import Animation, ApplyMethod, FadeIn, FadeOut, ReplacementTransform, VGroup

from fastcairo import DotCloud
from visuals.cloud import Cloud, fitting_radius
from visuals.flight import flight
from visuals.layout import GAP, Slot
from visuals.plots import Chart, padded
from visuals.theme import Pace, Radius, theme
from visuals.typography import Math

Numbers = npt.NDArray[np.float64]

PALE = 0.45
"""Opacity of the whole cloud behind a batch, and of a batch that is past."""

SMALL_TICKS = 4


class BatchPlots:
    """The plots of the first batches of an epoch.

    Parameters
    ----------
    slot
        Room for the large plot.
    x, y
        Coordinates of all examples, each of shape (n,).
    batches
        Row numbers of each batch that gets a plot.

    Attributes
    ----------
    large
        The large plot.
    small
        The small plots, once :meth:`spread` has made them.
    dots
        The examples of the batches that were dealt, a cloud each.
    """

    def __init__(
        self, slot: Slot, x: Numbers, y: Numbers, batches: list[npt.NDArray[np.int64]]
    ) -> None:
        self.x, self.y, self.batches = x, y, batches
        self.ranges = padded(x), padded(y)
        self.large = Chart(slot, *self.ranges, *axis_names())
        self.small: list[Chart] = []
        self.dots: list[DotCloud] = []

    def receive(self, flock: DotCloud, run_time: float = Pace.MOVE) -> list[Animation]:
        """Let the cards of the next batch fly to their places; the batch before turns pale."""
        rows = self.batches[len(self.dots)]
        radius = min(Radius.SAMPLE, 1.4 * fitting_radius(len(rows)))
        ends = self.large.at(self.x[rows], self.y[rows])
        past = [ApplyMethod(cloud.set_opacity, PALE) for cloud in self.dots[-1:]]
        self.dots.append(flock)
        return [flight(flock, ends, radius, 0.5, run_time), *past]

    def spread(self, slot: Slot, columns: int) -> list[Animation]:
        """Part the large plot into small ones, each with its batch."""
        self.small = self._small_charts(slot, min(columns, len(self.dots)))
        labels = [part for part in self.large if part is not self.large.axes]
        moves: list[Animation] = [FadeOut(part) for part in labels]
        for chart, cloud, rows in zip(self.small, self.dots, self.batches, strict=True):
            moves.append(ReplacementTransform(self.large.axes.copy(), chart.axes))
            cloud.set_opacity(1)
            radius = min(0.055, 1.4 * fitting_radius(len(rows)))
            moves.append(flight(cloud, chart.at(self.x[rows], self.y[rows]), radius))
        moves.append(FadeOut(self.large.axes, run_time=0.1))
        return moves

    def name_axes(self) -> Animation:
        """Show the numbers and names of the first small plot."""
        first = self.small[0]
        return FadeIn(VGroup(*(part for part in first if part is not first.axes)))

    def clouds(self) -> list[Cloud]:
        """Return the cloud of all examples on each small plot, pale."""
        radius = max(0.6 * fitting_radius(len(self.x)), 0.012)
        return [Cloud(chart, self.x, self.y, radius=radius, opacity=PALE) for chart in self.small]

    def flock(self) -> DotCloud:
        """Return the examples of all plots as dots that can fly, in the order of the deal."""
        places = np.vstack([dots.positions for dots in self.dots])
        return DotCloud(places, self.dots[0].radius, theme.DATA)

    def _small_charts(self, slot: Slot, columns: int) -> list[Chart]:
        """Return small charts in rows; the first has the numbers and names."""
        draft = Chart(slot, *self.ranges, *axis_names(), ticks=SMALL_TICKS)
        low, high = draft.axes[0].get_start(), draft.axes.get_corner(np.array([1.0, 1.0, 0.0]))
        left, below = low[0] - slot.left, low[1] - slot.bottom
        over, above = slot.right - high[0], slot.top - high[1]
        lines = -(-len(self.dots) // columns)
        width = (slot.width - left - over - (columns - 1) * GAP) / columns
        height = (slot.height - lines * (above + below)) / lines
        charts = []
        for number in range(len(self.dots)):
            line, column = divmod(number, columns)
            x = slot.left + left + column * (width + GAP)
            top = slot.top - above - line * (height + above + below)
            plane = Slot(x, x + width, top - height, top)
            if number:
                charts.append(Chart(plane, *self.ranges, ticks=0))
            else:
                room = Slot(x - left, x + width + over, top - height - below, top + above)
                charts.append(Chart(room, *self.ranges, *axis_names(), ticks=SMALL_TICKS))
        return charts


def axis_names() -> tuple[Math, Math]:
    """Return the names of the axes."""
    return Math("x_1", color=theme.DATA), Math("y", color=theme.DATA)
