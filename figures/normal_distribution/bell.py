"""The normal density on a chart, and the marks of its area and its peak."""

from __future__ import annotations

import math
from typing import Self

import numpy as np
import torch
from manim import UP, Animation, ApplyMethod, Circle, ValueTracker, VGroup, VMobject

from linreg.study import normal
from visuals.following import Follower
from visuals.numbers import significant
from visuals.plots import LABEL_GAP, Chart, Points
from visuals.readout import Readout
from visuals.segments import Segments, dashes
from visuals.theme import Dim, Radius, Stroke, theme
from visuals.typography import Words

WIDEST = 8.0
"""Standard deviations from the middle at which a bell is flat on its axis."""

SAMPLES = 160
"""Points of each half of the curve."""

MIDDLE_DASHES = 12
HEADROOM = 1.45
"""Height of the chart of the noise, in heights of its bell."""

FIRST, LAST = -3.0, -0.5
"""Left ends of a piece of the area that slides to the middle, at first and at last."""

AREA, PIECE = 0.4, 0.7
"""Opacities of the area and of a piece of it that is lit."""


class Bell(Follower, VGroup):
    """The curve of a normal distribution, and the area under it.

    Parameters
    ----------
    chart
        The chart on which it is plotted. What rises above the chart is cut off.
    mu, sigma
        Its middle and its width.
    constant
        0 without the constant in front, so that the middle is one high; 1 with it, so that
        the area is one.

    Attributes
    ----------
    curve, area
        The outline, and the region below it as far as it is filled.
    filled
        Share of the chart's width, from the left, on which the region is filled.
    """

    def __init__(
        self,
        chart: Chart,
        mu: ValueTracker | None = None,
        sigma: ValueTracker | None = None,
        constant: ValueTracker | None = None,
    ) -> None:
        self.chart = chart
        # A tracker at 0 is false.
        self.mu = ValueTracker(0.0) if mu is None else mu
        self.sigma = ValueTracker(1.0) if sigma is None else sigma
        self.constant = ValueTracker(1.0) if constant is None else constant
        self.filled = ValueTracker(0.0)
        self.area = shade(AREA)
        self.curve = VMobject(color=theme.INK, stroke_width=Stroke.LINE)
        super().__init__(self.area, self.curve)
        self.follow()

    @property
    def highest(self) -> float:
        """Height of the middle, in the chart's units."""
        share = self.constant.get_value()
        return float(1 - share + share * normal.constant(self.sigma.get_value()))

    def value_at(self, x: torch.Tensor) -> torch.Tensor:
        """Return the present height of the curve at x, any shape."""
        return self.highest * normal.bell(x, self.mu.get_value(), self.sigma.get_value())

    def integral(self) -> float:
        """Return the area that is filled; all of it once the whole chart is."""
        mu, sigma, filled = (t.get_value() for t in (self.mu, self.sigma, self.filled))
        low, high = self.chart.x_range
        up_to = math.inf if filled >= 1 else low + filled * (high - low)
        return normal.area_under(self.value_at, mu, sigma, up_to)

    def region(self, low: float, high: float) -> Points:
        """Return the corners of the region between the curve and two places, shape (m, 3)."""
        mu, sigma = self.mu.get_value(), self.sigma.get_value()
        bell = mu + sigma * np.linspace(-WIDEST, WIDEST, 2 * SAMPLES + 1)
        x = np.concatenate([[low], bell[(bell > low) & (bell < high)], [max(low, high)]])
        x = np.clip(x, *self.chart.x_range)
        outline = self.chart.at(x, self.value_at(torch.from_numpy(x)).numpy())
        feet = outline[[-1, 0]].copy()
        feet[:, 1] = self.chart.axes[0].get_y()
        return np.concatenate([outline, feet, outline[:1]])

    def follow(self) -> Self:
        """Draw the present curve and area."""
        left, right = self._flank(-1), self._flank(1)
        self.curve.clear_points()
        if self.highest <= self.chart.y_range[1]:
            left, right = np.concatenate([left, right[-2::-1]]), right[:0]
        for flank in (left, right):
            if len(flank):
                self.curve.start_new_path(flank[0])
                self.curve.add_points_as_corners(flank[1:])
        low, high = self.chart.x_range
        self.area.clear_points()
        if self.filled.get_value() > 0:
            end = low + self.filled.get_value() * (high - low)
            self.area.set_points_as_corners(self.region(low, end))
        return self

    def lit(self, share: float, area: float = AREA) -> list[Animation]:
        """Light curve and area with a share of their full strength, for the area's opacity."""
        stroke = ApplyMethod(self.curve.set_stroke, None, None, share)
        return [stroke, ApplyMethod(self.area.set_fill, None, share * area)]

    def middle(self, height: float | None = None) -> Segments:
        """Return the dashed line at mu, up to a height or the chart's top; it follows mu."""

        def ends() -> tuple[Points, Points]:
            mu = self.mu.get_value()
            low, high = self.chart.at(mu, 0), self.chart.at(mu, height or self.chart.y_range[1])
            return dashes([low], [high], MIDDLE_DASHES)

        line = Segments(*ends(), theme.TRUTH, Stroke.LINE)
        line.add_updater(lambda line: line.set_segments(*ends()))
        return line

    def span(self, low: float, high: float, height: float) -> tuple[Points, Points]:
        """Return two places in sigma from mu, at a share of the bell's height, in the scene."""
        mu, sigma = self.mu.get_value(), self.sigma.get_value()
        y = height * self.highest
        return self.chart.at(mu + sigma * low, y), self.chart.at(mu + sigma * high, y)

    def upright(self, x: float) -> tuple[Points, Points]:
        """Return the foot on the axis and the point of the curve at a place, in the scene."""
        return self.chart.at(x, 0), self.chart.at(x, float(self.value_at(torch.tensor(x))))

    def normal_at(self, z: float) -> Points:
        """Return the direction out of the bell at so many sigma from mu, in the scene, shape (3,).

        Parameters
        ----------
        z
            Sigma from mu, to either side; not 0.
        """
        corner = self.chart.at([0.0, self.sigma.get_value()], [0.0, self.highest], clip=False)
        width, height = (corner[1] - corner[0])[:2]
        slope = z * math.exp(-(z**2) / 2) * height / width
        return np.array([slope, 1.0, 0.0]) / math.hypot(slope, 1.0)

    def peak(self) -> Points:
        """Return the curve's highest point in the scene, shape (3,)."""
        return self.chart.at(self.mu.get_value(), self.highest)

    def _flank(self, side: int) -> Points:
        """Return half of the curve, from the chart's edge to its middle or the chart's top."""
        mu, sigma = self.mu.get_value(), self.sigma.get_value()
        over = self.highest / self.chart.y_range[1]
        inner = math.sqrt(2 * math.log(over)) if over > 1 else 0.0
        x = mu + side * sigma * np.linspace(WIDEST, inner, SAMPLES)
        edge = self.chart.x_range[0 if side < 0 else 1]
        x = np.clip(np.concatenate([[edge], x]), *self.chart.x_range)
        x = np.minimum.accumulate(x) if side > 0 else np.maximum.accumulate(x)
        return self.chart.at(x, self.value_at(torch.from_numpy(x)).numpy())


class AreaPiece(Follower, VGroup):
    """A piece of the area between two places one apart, with its probability above it.

    Parameters
    ----------
    bell
        The bell.
    start
        Left end of the piece.
    name
        Name of the probability.

    Attributes
    ----------
    place
        Its present left end.
    """

    def __init__(self, bell: Bell, start: float, name: Words) -> None:
        self.bell, self.place = bell, ValueTracker(start)
        self.piece = shade(PIECE)
        self.share = Readout(self._share, 2, name, color=theme.INK)
        super().__init__(self.piece, self.share)
        self.follow()

    def follow(self) -> Self:
        """Draw the piece at its present place."""
        low = self.place.get_value()
        corners = self.bell.region(low, low + 1)
        self.piece.set_points_as_corners(corners)
        self.share.follow()
        self._put_share(self.bell.mu.get_value() - low - 0.5)
        return self

    def _put_share(self, side: float) -> None:
        """Stand the probability above the piece, and where the curve rises, clear of it."""
        chart, half = self.bell.chart, self.share.width / 2
        over = max(half - self.piece.width / 2, 0.0)
        x = self.piece.get_x() - over * float(np.clip(side, -1.0, 1.0))
        x = max(x, chart.axes[1].get_x() + LABEL_GAP + half)
        ends = x - half - LABEL_GAP, x + half + LABEL_GAP
        low, high = (chart.x_of(np.array([end, 0.0, 0.0])) for end in ends)
        nearest = min(max(self.bell.mu.get_value(), low), high)
        top = chart.at(nearest, float(self.bell.value_at(torch.tensor(nearest))))
        self.share.next_to(top, UP, buff=LABEL_GAP).set_x(x)

    def _share(self) -> float:
        low, mu, sigma = (t.get_value() for t in (self.place, self.bell.mu, self.bell.sigma))
        return normal.probability_between(low, low + 1, mu, sigma)


class PeakMark(VGroup):
    """A dot at a bell's highest point, and how high that is: ``dot`` and ``readout``."""

    def __init__(self, bell: Bell, name: Words) -> None:
        self.dot = Circle(Radius.SAMPLE, color=theme.INK, fill_opacity=1, stroke_width=0)
        self.dot.move_to(bell.peak())
        height = significant(normal.constant(bell.sigma.get_value()))
        self.readout = Readout(lambda: height.value, height.places, name, color=theme.INK)
        super().__init__(self.dot, self.readout.next_to(self.dot, UP, buff=LABEL_GAP))


def shade(opacity: float = Dim.FAINT) -> VMobject:
    """Return a region that is given its corners later."""
    return VMobject(stroke_width=0, fill_color=theme.DATA, fill_opacity=opacity)
