"""Spread of the batches' gradients over the batch size, with one mark every factor of ten.

On an axis of powers zero has no place: the spread of all examples is left out.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import DOWN, RIGHT, UP, Animation, Create, Dot, FadeIn, LaggedStart, Line, VGroup

from linreg.study.batch_fan import Fan, spread_to_expect
from visuals.formula import formula
from visuals.layout import Slot
from visuals.log_chart import LogChart, log_padded, powers_of_ten
from visuals.plots import TICK_GAP
from visuals.theme import Pace, Radius, Stroke, theme
from visuals.typography import TEXT_FONT, Words

CURVE_SAMPLES = 400
LAW_AT = 0.68
"""Place of the formula beside the curve, as a share of the curve's length."""

ROOM_FOR_MARKS = 0.45
"""Height of the marks and numbers below the axis, in scene units."""

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

    Attributes
    ----------
    law
        The curve's formula; not yet shown.
    """

    def __init__(
        self, slot: Slot, fans: Sequence[Fan], size_name: Words, spread_name: Words
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
                Dot(self.chart.at(at, fan.spread), Radius.MARK, color=theme.GRADIENT)
                for at, fan in zip(sizes, fans, strict=True)
            )
        )
        single = fans[0].single_spread
        self.curve = self.chart.curve(
            lambda at: spread_to_expect(single, 10.0**at, n),
            (0.0, float(sizes[-1])),
            theme.GRADIENT,
            Stroke.LINE,
            CURVE_SAMPLES,
        )
        law = f'1 \\/ sqrt(#text(font: "{TEXT_FONT}")[{size_name.text}])'
        middle = float(sizes[-1]) * LAW_AT
        place = self.chart.at(middle, spread_to_expect(single, 10.0**middle, n))
        self.law = formula(law).next_to(place, UP + RIGHT, buff=0.25)
        self.add(self.chart, self.ticks)

    def draw_dots(self) -> Animation:
        """Let the measured spreads appear, one size after the other."""
        return LaggedStart(
            *(FadeIn(dot, scale=2) for dot in self.dots), lag_ratio=0.5, run_time=Pace.MOVE
        )

    def draw_curve(self) -> Animation:
        """Draw the spread that is expected of every size."""
        return Create(self.curve, run_time=Pace.SWEEP)
