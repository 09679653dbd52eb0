"""Distance and slope of the dot, and one step against the slope."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

import numpy as np
from manim import DOWN, RIGHT, UP, Arrow, Line, VGroup

from linreg.study.steepest_cut import SteepestCut
from visuals.following import Picture
from visuals.layout import BEHIND, is_wide
from visuals.plots import Chart
from visuals.readout import Readout, readout_column
from visuals.theme import Size, Stroke, theme
from visuals.typography import Math

BAR = 9.0
"""Width of the bar of a distance and of the arrow of a step, in manim's unit."""

RATIO_AT, LEFT_AT = 1.36, 1.15
"""Distances whose losses are the heights of the ratio and of what is left."""

TIP = 0.28
"""Length of the arrow's head, in scene units."""


class DistanceBar(Picture, VGroup):
    """The distance of the dot as a bar on the axis, and an upright to the dot.

    Parameters
    ----------
    chart
        The axes.
    cut
        The loss.
    distance
        Returns the distance of now.
    """

    def __init__(self, chart: Chart, cut: SteepestCut, distance: Callable[[], float]) -> None:
        self.chart, self.cut, self.distance = chart, cut, distance
        self.bar = Line(color=theme.INK, stroke_width=BAR)
        self.upright = Line(color=theme.MUTED, stroke_width=Stroke.THIN)
        self.upright.set_z_index(BEHIND)
        super().__init__(self.upright, self.bar)
        self.follow().tracked()

    def follow(self) -> Self:
        """Reach from the bottom to the dot of now."""
        distance = self.distance()
        home, foot = self.chart.at([0.0, distance], [self.cut.lowest] * 2)
        self.bar.set_points_as_corners([home, foot])
        top = self.chart.at(distance, self.cut.loss(distance))
        self.upright.set_points_as_corners([foot, top])
        return self


class Ratio(VGroup):
    """Distance, slope, and slope over distance as live numbers below each other.

    Parameters
    ----------
    chart
        The axes, in whose bowl it stands.
    cut
        The loss.
    distance
        Returns the distance of now.
    slope, curvature
        The words for the slope and for the ratio.

    Attributes
    ----------
    distance, slope, ratio
        The numbers.
    named
        The name of the ratio, right of it.
    """

    def __init__(
        self,
        chart: Chart,
        cut: SteepestCut,
        distance: Callable[[], float],
        slope: str,
        curvature: str,
    ) -> None:
        size = Size.TITLE if is_wide() else Size.BODY
        ink, blue = theme.INK, theme.GRADIENT
        self.distance = Readout(distance, 2, Math("d =", size=size), size, ink)
        label = Math(f'"{slope}" =', size=size, color=blue)
        self.slope = Readout(lambda: cut.slope(distance()), 2, label, size, blue)
        label = Math(f'{{{{ "{slope}" : slope }}}} / {{{{ d : d }}}} =', size=size)
        label.part("slope").set_fill(blue)
        self.ratio = Readout(lambda: cut.curvature, 2, label, size, ink)
        readout_column(self.distance, self.slope, self.ratio)
        self.ratio.shift(DOWN * (self.ratio.height - self.slope.height) / 2)
        self.named = Math(f'= "{curvature}"', size=size)
        self.named.next_to(self.ratio.digits, RIGHT, buff=0.2)
        self.named.shift(UP * (self.ratio[-1][-1].get_y() - self.named[0].get_y()))
        super().__init__(self.distance, self.slope, self.ratio, self.named)
        self.move_to(chart.at(0.0, cut.loss(RATIO_AT)))

    def tracked(self) -> Self:
        """Follow the distance from now on."""
        self.distance.tracked()
        self.slope.tracked()
        return self

    def rest(self) -> Self:
        """Follow no longer."""
        self.distance.clear_updaters()
        self.slope.clear_updaters()
        return self


def distance_left(chart: Chart, cut: SteepestCut, distance: Callable[[], float]) -> Readout:
    """Return the distance of now as a live number inside the bowl, below a formula."""
    readout = Readout(distance, 2, Math("d =", size=Size.TITLE), Size.TITLE, theme.INK)
    return readout.move_to(chart.at(0.0, cut.loss(LEFT_AT)))


def step_arrow(chart: Chart, cut: SteepestCut, distance: float, lr: float) -> Arrow:
    """Return the arrow of a step on the axis, as long as the learning rate times the slope."""
    ends = np.array([distance, distance - cut.move(distance, lr)])
    start, end = chart.at(ends, [cut.lowest] * 2)
    return Arrow(
        start,
        end,
        color=theme.MODEL,
        stroke_width=BAR,
        buff=0,
        tip_length=min(TIP, float(np.linalg.norm(end - start)) / 2),
        max_tip_length_to_length_ratio=1,
        max_stroke_width_to_length_ratio=1000,
    )
