"""One label among all, on an axis that is zoomed until the noise in it shows."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import DL, LEFT, RIGHT, UL, UP, Circle, Line, Mobject, ValueTracker, VGroup
from torch import Tensor

from figures.normal_distribution.bell import Bell
from figures.normal_distribution.falling_draw import BELL_REACH
from figures.normal_distribution.label_sum import noise_of
from figures.normal_distribution.zoom import ZoomChart
from linreg.study import normal
from linreg.study.example import Example
from visuals.cloud import Cloud
from visuals.following import Follower
from visuals.formula import formula
from visuals.layout import Slot, is_wide
from visuals.plots import LABEL_GAP, Chart, padded
from visuals.theme import Radius, Stroke, theme
from visuals.typography import Math, Typeset, Words

RUG_RADIUS = 0.05
"""Of the labels on their axis."""

FAR = 10
"""Magnification from which on the noise cannot be seen before."""

NOISE_HEADROOM = 1.45
UPPER, LOWER = 1.32, 1.14
"""Heights of what stands above the bell, in heights of the bell."""


class NoisyLabel(Follower, VGroup):
    """The axis of the labels, and the bell of the noise around one of them.

    Parameters
    ----------
    slot
        The room for it.
    labels
        All labels, shape (n, 1).
    example
        The one whose noise is shown.
    sigma
        Standard deviation of the noise, > 0.
    x_label, y_label
        What the axes measure.

    Attributes
    ----------
    chart, rug, bell
        The chart that zooms, all labels as dots on its axis, and the bell.
    clean_mark
        The label without its noise: a dashed line and what it stands for.
    """

    def __init__(
        self,
        slot: Slot,
        labels: Tensor,
        example: Example,
        sigma: float,
        x_label: str,
        y_label: str,
    ) -> None:
        self.example, self.labels = example, labels.flatten().double().numpy()
        reach = max(BELL_REACH * sigma, 1.5 * abs(example.noise))
        near = (example.clean - reach, example.clean + reach)
        wide = padded([*self.labels, *near])
        y = (0.0, NOISE_HEADROOM * normal.constant(sigma))
        self.chart = ZoomChart(
            slot,
            wide,
            near,
            y,
            Words(x_label, color=theme.DATA),
            Words(y_label),
        )
        self.rug = Cloud(self.chart, self.labels, 0 * self.labels, RUG_RADIUS)
        self.bell = Bell(self.chart, ValueTracker(example.clean), ValueTracker(sigma))
        self.clean_mark = VGroup(self.bell.middle(), self._clean_name())
        super().__init__(self.chart, self.clean_mark, self.bell, self.rug)

    @property
    def hidden(self) -> bool:
        """Say whether the noise cannot be seen before the zoom."""
        (a, b), (c, d) = self.chart.start, self.chart.end
        return (b - a) / (d - c) > FAR

    def stand_where(self, chart: Chart) -> Self:
        """Stand both axes on those of another chart; in a tall frame, which it fills, hang them."""
        corner = DL if is_wide() else UL
        self.shift(chart.axes.get_corner(corner) - self.chart.axes.get_corner(corner))
        return self

    def follow(self) -> Self:
        """Draw everything for the present range; labels off the axis are not drawn."""
        self.chart.follow()
        low, high = self.chart.x_range
        seen = self.labels[(self.labels >= low) & (self.labels <= high)]
        self.rug.set_positions(self.chart.at(seen, 0 * seen))
        self.bell.follow()
        return self

    def noise_mark(self) -> VGroup:
        """Return the noise, from the clean label to the label, which is a dot on the axis."""
        clean, y, peak = self.example.clean, self.example.y, self._peak()
        at = self.chart.at
        dot = Circle(Radius.MARK, color=theme.DATA, fill_opacity=1, stroke_width=0)
        rise = Line(
            at(y, 0), at(y, NOISE_HEADROOM * peak), color=theme.DATA, stroke_width=Stroke.THIN
        )
        way = Line(
            at(clean, LOWER * peak), at(y, LOWER * peak), color=theme.DATA, stroke_width=Stroke.BOLD
        )
        noise = formula(
            "{{ epsilon : epsilon }} = {{ %(noise)s : epsilon_value }}",
            noise=noise_of(self.example),
        )
        name = self._beside(formula("{{ y : y }}"), y, UPPER, outwards=1)
        if noise.width + 2 * LABEL_GAP < way.width:
            noise.next_to(way, UP, buff=LABEL_GAP)
        else:
            self._beside(noise, y, LOWER, outwards=1)
        return VGroup(rise, way, dot.move_to(at(y, 0)), name, noise)

    def _clean_name(self) -> Math:
        """Return what the label without its noise is; it follows the zoom."""
        name = formula(
            "{{ x_1 : x_1 }} {{ w_1 : w_1 }} + {{ x_2 : x_2 }} {{ w_2 : w_2 }} + {{ b : b }}"
        )

        def follow(_: Mobject) -> None:
            self._beside(name, self.example.clean, UPPER, outwards=-1)
            # Where it would leave the chart it comes when the zoom has made room for it.
            axis = self.chart.axes[0]
            left, right = name.get_left() - axis.get_left(), axis.get_right() - name.get_right()
            room = min(left[0], right[0])
            name.set_fill(opacity=float(np.clip(room / LABEL_GAP, 0, 1)))

        name.add_updater(follow, call_updater=True)
        return name

    def _peak(self) -> float:
        return normal.constant(self.bell.sigma.get_value())

    def _beside(self, name: Typeset, x: float, height: float, outwards: int) -> Typeset:
        """Stand a name at a height, away from the clean label or (-1) on its other side."""
        side = RIGHT if (self.example.noise >= 0) == (outwards > 0) else LEFT
        name.next_to(self.chart.at(x, height * self._peak()), side, buff=LABEL_GAP)
        return name
