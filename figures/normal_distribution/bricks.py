"""Values that fall on a chart as bricks, and heap up to a histogram of area one."""

from __future__ import annotations

import math
from typing import Self

import numpy as np
import numpy.typing as npt
import torch
from manim import (
    LEFT,
    RIGHT,
    Animation,
    Rectangle,
    ValueTracker,
    VGroup,
    VMobject,
    linear,
)

from linreg.study import normal
from visuals.following import Picture
from visuals.numbers import Num
from visuals.plots import LABEL_GAP, Chart
from visuals.segments import Segments
from visuals.theme import Pace, Stroke, theme
from visuals.trackers import go, step
from visuals.typography import Words

FEW = 5
"""Bricks that fall one by one before the rain."""

DROP_TIME, RAIN_TIME = 0.45, 2.2
"""Seconds that a single brick takes, and all others together."""

ENOUGH = 100
"""Draws from which on a heap looks like its curve."""

NARROWER = 2.5
"""Bins of the width that suits a histogram are so many times wider than a brick."""

FALL = 0.15
"""Share of the rain's time for which one brick falls."""

HUNG = 0.2
"""Share of a single brick's way on which it appears at the top."""

MOST_FALLING = 400
"""Bricks that are drawn in the air at one time; of more only some are drawn."""

THINNEST = 0.03
"""Least height of a brick in the air, in scene units."""

HEAP = 0.6
"""Opacity of the heap: it stands out from the ground, and the curve from it."""


class Bricks(Picture, VGroup):
    """The heap of bricks that have landed, and those in the air.

    A brick is as wide as a bin of the histogram, and all n have area 1 / n each, so that the
    heap has area one in the end, as the curve has.

    Parameters
    ----------
    chart
        Values across, density up.
    values
        Shape (n,), in the order in which they fall.

    Attributes
    ----------
    few
        Bricks that fall one by one before the rain, each with its value.
    dropped
        Number of those that have fallen; its fraction is the way of the next.
    rain
        0 before the rain of all others, 1 when they have landed.
    """

    def __init__(self, chart: Chart, values: torch.Tensor) -> None:
        self.chart, self.histogram = chart, normal.histogram(values, NARROWER)
        self.bin_of = self.histogram.bin_of.numpy()
        edges = self.histogram.edges.numpy()
        self.x = ((edges[:-1] + edges[1:]) / 2)[self.bin_of]
        places = self.histogram.place_in_bin().double().numpy()
        self.rest = (places + 0.5) * self.histogram.unit
        self.few = min(FEW, len(values))
        self.dropped, self.rain = ValueTracker(HUNG), ValueTracker(0.0)
        self.heap = VMobject(
            color=theme.DATA,
            stroke_width=Stroke.THIN / 2,
            fill_color=theme.DATA,
            fill_opacity=HEAP,
        )
        corner = chart.at([0.0, edges[1] - edges[0]], [0.0, self.histogram.unit], clip=False)
        self.width_of_brick, height = (corner[1] - corner[0])[:2]
        self.height_of_brick = max(float(height), THINNEST)
        nowhere = np.zeros((1, 3))
        self.falling = Segments(nowhere, nowhere, theme.DATA, 100 * self.height_of_brick)
        self.single = Rectangle(
            width=self.width_of_brick,
            height=self.height_of_brick,
            color=theme.DATA,
            fill_opacity=1,
            stroke_width=0,
        )
        self.names = VGroup(
            *(
                Words("%(value)s", value=Num(value, 2), color=theme.DATA)
                for value in values[: self.few].double().tolist()
            )
        )
        super().__init__(self.heap, self.falling, self.single, self.names)
        self.follow()

    @property
    def enough(self) -> bool:
        """Say whether the values are so many that their heap will look like the curve."""
        return len(self.x) >= ENOUGH

    def highest(self, beyond: float = -math.inf) -> float:
        """Return the height of the highest bar that reaches beyond a place."""
        right = self.histogram.edges[1:] > beyond
        return float(self.histogram.heights[right].max()) if right.any() else 0.0

    def drop(self) -> Animation:
        """Let the first bricks fall, one after the other."""
        return go(self.dropped, self.few, DROP_TIME * self.few, linear)

    def pour(self) -> Animation:
        """Let all other bricks fall, more and more at a time."""
        run_time = RAIN_TIME if len(self.x) > self.few else Pace.QUICK
        return go(self.rain, 1.0, run_time, linear)

    def follow(self) -> Self:
        """Draw heap and bricks at the present moment of the rain."""
        fallen = self._fallen()
        down = int((fallen >= 1).sum())
        self.heap.clear_points()
        if down:
            self.heap.set_points_as_corners(self._skyline(down))
        flying = np.arange(down, int((fallen > 0).sum()))
        flying = flying[:: 1 + len(flying) // MOST_FALLING]
        top = self.chart.y_range[1]
        y = top + (self.rest[flying] - top) * fallen[flying]
        middle = self.chart.at(self.x[flying], y)
        half = np.array([self.width_of_brick / 2, 0.0, 0.0])
        self._hang()
        self.falling.set_opacity(float(len(flying) > 0))
        if len(flying):
            self.falling.set_segments(middle - half, middle + half)
        return self

    @property
    def landed(self) -> int:
        """Number of bricks that fell before the rain."""
        return min(int(self.dropped.get_value() + 1e-6), self.few)

    def _hang(self) -> None:
        """Draw the brick that falls alone, and its value beside it."""
        number, way = self.landed, self.dropped.get_value() - self.landed
        for k, name in enumerate(self.names):
            name.set_fill(opacity=step(way, 0.0, HUNG) if k == number else 0.0)
        self.single.set_fill(opacity=step(way, 0.0, HUNG) if number < self.few else 0.0)
        if number < self.few:
            top = self.chart.y_range[1] - self.histogram.unit / 2
            y = top + (self.rest[number] - top) * step(way, 1.5 * HUNG, 1.0) ** 2
            self.single.move_to(self.chart.at(self.x[number], y))
            side = RIGHT if self.x[number] >= 0 else LEFT
            self.names[number].next_to(self.single, side, buff=LABEL_GAP)

    def _fallen(self) -> npt.NDArray[np.float64]:
        """Return the share of its fall that every brick has behind it, 0 to 1, shape (n,)."""
        number = np.arange(len(self.x)) - self.landed
        start = np.sqrt(np.clip(number, 0, None) / max(len(self.x) - self.landed, 1)) * (1 - FALL)
        # The last brick must not stop short of its rest.
        share = np.clip((self.rain.get_value() - start) / FALL + 1e-9, 0.0, 1.0)
        share = np.where(number < 0, 1.0, share if self.rain.get_value() > 0 else 0.0)
        return np.asarray(share**1.5)

    def _skyline(self, down: int) -> npt.NDArray[np.float64]:
        """Return the corners of the bars of the first values, shape (m, 3)."""
        counts = np.bincount(self.bin_of[:down], minlength=len(self.histogram.counts))
        heights = counts * self.histogram.unit
        edges = self.histogram.edges.numpy()
        floor = np.zeros_like(heights)
        x = np.stack([edges[:-1], edges[:-1], edges[1:], edges[1:]], axis=1)
        y = np.stack([floor, heights, heights, floor], axis=1)
        return self.chart.at(x.ravel(), y.ravel())


def highest_bar(values: torch.Tensor) -> float:
    """Return the height of the highest bar of a sample's heap."""
    return float(normal.histogram(values, NARROWER).heights.max())
