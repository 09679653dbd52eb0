"""Spread of the batches' gradients over the batch size, both on axes of powers of ten.

On an axis of powers zero has no place: the spread of all examples is left out.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import (
    DOWN,
    RIGHT,
    UP,
    Animation,
    Create,
    Dot,
    FadeIn,
    LaggedStart,
    Line,
    Succession,
    VGroup,
)

from linreg.study.batch_fan import Fan, spread_to_expect
from visuals.formula import formula
from visuals.layout import Slot
from visuals.log_chart import LogChart, log_padded, powers_of_ten
from visuals.numbers import Num, integer, significant
from visuals.plots import TICK_GAP
from visuals.theme import Pace, Radius, Stroke, theme
from visuals.typography import TEXT_FONT, Words

CURVE_SAMPLES = 400
CURVE_TIME = 1.8
"""Seconds in which the curve is drawn."""

LAW_AT = 0.68
"""Place of the formula beside the curve, as a share of the curve's length."""

ROOM_FOR_MARKS = 0.45
"""Height of the marks and numbers below the axis, in scene units."""

NAME_AWAY = 0.18
"""Distance of a factor from its line, in scene units."""

AIR = 0.3
"""Room beside the smallest and the largest size, in powers of ten."""


class SpreadPlot(VGroup):
    """A dot for the measured spread of every batch size, on the curve that is expected.

    Parameters
    ----------
    slot
        Room for the plot.
    fans
        Gradients of batches of several sizes, the smallest first, that spread.
    size_name, spread_name
        Names of the axes.
    size
        Name of the size in the formula.

    Attributes
    ----------
    law
        The curve's formula; not yet shown.
    stair
        Lines from the first size to the next, then down to its spread; not yet shown.
    """

    def __init__(
        self, slot: Slot, fans: Sequence[Fan], size_name: Words, spread_name: Words, size: str
    ) -> None:
        super().__init__()
        self.fans = fans
        n = fans[0].num_examples
        sizes = np.log10([fan.batch_size for fan in fans])
        most = max(float(sizes[-1]), 1.0)
        spreads = [fan.spread for fan in fans]
        low, high = log_padded(np.array([*spreads, fans[0].single_spread]), least=1.0)
        exponents = list(range(int(most) + 1))
        # The chart leaves room for a name below its axis; the marks need some as well.
        room = Slot(slot.left, slot.right, slot.bottom + ROOM_FOR_MARKS, slot.top)
        self.chart = LogChart(
            room, (-AIR, most + AIR), (low, high), size_name, spread_name, x_ticks=False
        )
        labels = powers_of_ten(exponents)
        marks = VGroup()
        for power, label in zip(exponents, labels, strict=True):
            foot = self.chart.at(power, low)
            label.next_to(foot, DOWN, buff=TICK_GAP)
            marks.add(Line(foot, foot + 0.08 * DOWN, color=theme.MUTED, stroke_width=Stroke.AXIS))
        size_name.next_to(labels, DOWN, buff=TICK_GAP).align_to(self.chart.axes, RIGHT)
        self.ticks = VGroup(marks, labels)
        self.dots = VGroup(
            *(
                Dot(self.chart.at(at, fan.spread), Radius.MARK, color=theme.INK)
                for at, fan in zip(sizes, fans, strict=True)
            )
        )
        self.dots.set_z_index(1)
        single = fans[0].single_spread
        self.curve = self.chart.curve(
            lambda at: spread_to_expect(single, 10.0**at, n),
            (0.0, float(sizes[-1])),
            theme.INK,
            Stroke.LINE,
            CURVE_SAMPLES,
        )
        law = f'1 \\/ sqrt(#text(font: "{TEXT_FONT}")[{size}])'
        middle = float(sizes[-1]) * LAW_AT
        place = self.chart.at(middle, spread_to_expect(single, 10.0**middle, n))
        self.law = formula(law).next_to(place, UP + RIGHT, buff=0.25)
        self.stair = self._stair(sizes)
        self.add(self.chart, self.ticks)

    @property
    def times_smaller(self) -> Num:
        """Factor by which the spread of the second size is smaller than that of the first."""
        return significant(self.fans[0].times_wider_than(self.fans[1]), 2)

    @property
    def times_more(self) -> Num:
        """Factor by which the second size is larger than the first."""
        return integer(self.fans[1].batch_size / self.fans[0].batch_size)

    def go_along(self, name: Words) -> Animation:
        """Go from the first size to the next; the name tells the factor."""
        return self._draw_stair(0, name.next_to(self.stair[0], UP, buff=NAME_AWAY))

    def go_down(self, name: Words) -> Animation:
        """Go down to the spread of the next size; the name tells the factor."""
        return self._draw_stair(1, name.next_to(self.stair[1], RIGHT, buff=NAME_AWAY))

    def _draw_stair(self, part: int, name: Words) -> Animation:
        naming = FadeIn(name, run_time=Pace.QUICK / 2)
        return Succession(Create(self.stair[part], run_time=Pace.MOVE), naming)

    def _stair(self, sizes: npt.NDArray[np.float64]) -> VGroup:
        """Return a line from the first dot along the sizes, and one down to the second dot."""
        (x, further), (first, second) = sizes[:2], (fan.spread for fan in self.fans[:2])
        corners = [self.chart.at(*at) for at in ((x, first), (further, first), (further, second))]
        return VGroup(
            *(
                Line(*ends, color=theme.MUTED, stroke_width=Stroke.LINE)
                for ends in itertools.pairwise(corners)
            )
        )

    def draw_dots(self) -> Animation:
        """Let the measured spreads appear, one size after the other."""
        return LaggedStart(
            *(FadeIn(dot, scale=2) for dot in self.dots), lag_ratio=0.5, run_time=Pace.MOVE
        )

    def draw_curve(self) -> Animation:
        """Draw the spread that is expected of every size."""
        return Create(self.curve, run_time=CURVE_TIME)
