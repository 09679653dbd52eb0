"""One label among all, on an axis that is zoomed until the noise in it shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

import numpy as np
from manim import (
    LEFT,
    RIGHT,
    UP,
    Animation,
    Circle,
    Create,
    FadeIn,
    GrowFromCenter,
    Line,
    Mobject,
    ValueTracker,
    VGroup,
    linear,
)
from torch import Tensor

from figures.normal_distribution.bell import HEADROOM, Bell
from figures.normal_distribution.bell_labels import AT_SIGMA
from figures.normal_distribution.falling_draw import BELL_REACH
from figures.normal_distribution.label_sum import SUM, places_of_sum
from figures.normal_distribution.live_chart import LiveChart, axis_name
from linreg.study import normal
from linreg.study.example import Example
from visuals.cloud import Cloud
from visuals.following import Follower
from visuals.formula import formula
from visuals.layout import BEHIND, Slot
from visuals.plots import LABEL_GAP, padded
from visuals.readout import Readout
from visuals.segments import Segments
from visuals.theme import Radius, Stroke, theme
from visuals.typography import Math, Words

RUG_RADIUS = 0.05
"""Radius of the labels on their axis."""

RUG_NAME_AT = 0.12
"""Place of the name of all labels, as a share of the axis; on the side away from the example."""

FAR = 10
"""Magnification from which on the noise cannot be seen before."""

ZOOM_TIME = 2.8

UPPER, LOWER, BESIDE, BELOW = 1.3, 1.1, 0.72, 0.5
"""Heights of the sum's name, of the noise, of the label and of the magnification, in heights of
the bell."""

AREA = 0.2
"""Opacity of the area, on which the dashed line of the sum stands out."""

FLAT = 2.2
"""Sigma from its middle to where a bell is so low that a name has room on its axis."""


class NoisyLabel(Follower, VGroup):
    """The axis of the labels, and the bell of the noise around one of them.

    Parameters
    ----------
    slot
        The room for it.
    labels
        All labels, shape (n, 1).
    example
        The example whose noise is shown.
    sigma
        Standard deviation of the noise, > 0.
    name, density, zoom, noise
        Names of all labels, of the upright axis, of the magnification, and of the bell.

    Attributes
    ----------
    chart, rug, bell
        The chart that zooms, all labels as dots on its axis, and the bell.
    rug_name, bell_name
        Names of the dots and of the bell.
    clean_mark
        The label without its noise: a dashed line and the sum that it stands for.
    dot
        The example's label.
    factor
        The magnification.
    """

    def __init__(
        self,
        slot: Slot,
        labels: Tensor,
        example: Example,
        sigma: float,
        name: Words,
        density: Words,
        zoom: str,
        noise: Words,
    ) -> None:
        self.example, self.labels = example, labels.flatten().double().numpy()
        reach = max(BELL_REACH * sigma, 1.5 * abs(example.noise))
        self.near = (example.clean - reach, example.clean + reach)
        self.whole = padded([*self.labels, *self.near])
        top = HEADROOM * normal.constant(sigma)
        self.chart = LiveChart(slot, self.whole, top, axis_name("y"), density)
        self.rug = Cloud(self.chart, self.labels, 0 * self.labels, RUG_RADIUS)
        self.bell = Bell(self.chart, ValueTracker(example.clean), ValueTracker(sigma))
        self.bell.filled.set_value(1.0)
        self.rug_name = name.set_fill(theme.DATA)
        low, high = self.whole
        share = RUG_NAME_AT if example.clean > (low + high) / 2 else 1 - RUG_NAME_AT
        at = self.chart.at(low + share * (high - low), 0)
        self.rug_name.next_to(at, UP, buff=2 * LABEL_GAP)
        self.bell_name = noise.set_fill(theme.DATA)
        self.clean_mark = VGroup(self._upright(), self._clean_name())
        self.dot = Circle(Radius.MARK, color=theme.DATA, fill_opacity=1, stroke_width=0)
        self.factor = Readout.within(zoom, self._magnification, theme.INK)
        super().__init__(self.chart, self.bell, self.rug)
        self.follow()

    @property
    def hidden(self) -> bool:
        """Say whether the noise cannot be seen before the zoom."""
        return normal.magnification(self.whole, self.near) > FAR

    def waiting(self) -> Bell:
        """Return the bell, not yet seen; it follows from here on."""
        self.bell.curve.set_stroke(opacity=0)
        self.bell.area.set_fill(opacity=0)
        return self.bell.tracked()

    def show_sum(self) -> Iterator[list[Animation]]:
        """Yield what is played to show the example's sum, and then its label."""
        yield [FadeIn(self.clean_mark)]
        yield [GrowFromCenter(self.dot)]

    def stand(self) -> list[Animation]:
        """Show the bell around the sum, and its name."""
        return [*self.bell.lit(1.0, AREA), FadeIn(self.bell_name)]

    def zoom(self) -> Animation:
        """Zoom until the bell fills the axis."""
        return self.chart.zoom_to(self.near, ZOOM_TIME, linear)

    def follow(self) -> Self:
        """Draw everything for the present range; labels off the axis are not drawn."""
        self.chart.follow()
        low, high = self.chart.x_range
        seen = self.labels[(self.labels >= low) & (self.labels <= high)]
        self.rug.set_positions(self.chart.at(seen, 0 * seen))
        self.bell.follow()
        flank, _ = self.bell.span(-1, 1, AT_SIGMA)
        self.bell_name.next_to(flank, LEFT, buff=LABEL_GAP)
        self.dot.move_to(self.chart.at(self.example.y, 0))
        self.factor.follow()
        corner = self.chart.at(self.chart.x_range[1], BELOW * self.bell.highest)
        self.factor.shift(UP * (corner - self.factor.pen.get_location())[1])
        self.factor.end_at(float(corner[0]))
        return self

    def show_noise(self, others: Words) -> Iterator[list[Animation]]:
        """Yield what is played to show the way from the sum to the label, and its name.

        Parameters
        ----------
        others
            Name of the other labels.
        """
        clean, y, low = self.example.clean, self.example.y, LOWER * self.bell.highest
        at = self.chart.at
        rise = Line(at(y, 0), at(y, low), color=theme.DATA, stroke_width=Stroke.THIN)
        way = Line(at(clean, low), at(y, low), color=theme.DATA, stroke_width=Stroke.BOLD)
        names = self._outside("y", y, BESIDE), self._neighbours(others)
        yield [Create(way), Create(rise), *map(FadeIn, filter(None, names))]
        yield [FadeIn(self._outside("epsilon", self.example.noise, LOWER))]

    def _neighbours(self, name: Words) -> Words | None:
        """Return a name above a label beside the bell; None where there is none."""
        half = FLAT * self.bell.sigma.get_value()
        away = np.abs(self.labels - self.example.clean)
        near = self.labels[(away > half) & (away < self.near[1] - self.example.clean)]
        near = near[np.abs(near - self.example.y) > half / 2]
        if not len(near):
            return None
        axis, mark = self.chart.axes[0], self.chart.at(near[0], 0)
        name.set_fill(theme.DATA).next_to(mark, UP, buff=2 * LABEL_GAP)
        side = LEFT if near[0] > self.example.clean else RIGHT
        over = (name.get_edge_center(-side) - axis.get_edge_center(-side)) @ -side
        name.shift(side * max(float(over), 0.0))
        clear = abs(self.chart.x_of(name.get_edge_center(side)) - self.example.clean) > half
        return name if clear else None

    def _outside(self, symbol: str, value: float, height: float) -> Readout:
        """Stand a symbol with its value at a height, beyond the label as seen from the sum."""
        place = self.chart.at(self.example.y, height * self.bell.highest)
        label = formula(f"{{{{ {symbol} : {symbol} }}}} =")
        name = Readout(lambda: value, places_of_sum(self.example), label, color=theme.DATA)
        return name.next_to(place, RIGHT if self.example.noise >= 0 else LEFT, buff=LABEL_GAP)

    def _upright(self) -> Segments:
        """Return a dashed line at the sum, behind the bell, which follows the zoom."""
        stand = Bell(self.chart, ValueTracker(self.example.clean), self.bell.sigma)
        return stand.middle(0.95 * UPPER * self.bell.highest).set_z_index(BEHIND)

    def _clean_name(self) -> Math:
        """Return the sum above its dashed line; it follows the zoom inside the chart."""
        name = formula(SUM)

        def follow(name: Mobject) -> None:
            name.next_to(self.chart.at(self.example.clean, UPPER * self.bell.highest), UP, buff=0)
            axis = self.chart.axes[0]
            half = name.width / 2
            low, high = axis.get_left()[0] + half + LABEL_GAP, axis.get_right()[0] - half
            name.set_x(float(np.clip(name.get_x(), low, high)))

        name.add_updater(follow, call_updater=True)
        return name

    def _magnification(self) -> float:
        return normal.magnification(self.whole, self.chart.x_range)
