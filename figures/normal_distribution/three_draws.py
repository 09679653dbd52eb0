"""The draws of one example side by side, and the label that they add up to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from manim import DOWN, LEFT, RIGHT, UP, Animation, FadeIn, Indicate, VGroup

from figures.normal_distribution.falling_draw import FallingDraw
from figures.normal_distribution.label_sum import LabelSum, places_of_sum
from linreg.study.example import Example
from visuals.layout import GAP, Slot
from visuals.numbers import Num, significant
from visuals.plots import LABEL_GAP
from visuals.theme import Pace, Size, theme
from visuals.typography import Words

BELLS, SUM = 4.0, 1.5
"""Shares of the height that bells and sum take."""

LEAST_SIGMA = 1e-6
"""Noise below this shows in no tick, nor in the last digit of most labels."""

COUNT_TIME = 1.2
"""Seconds in which y counts up."""

SWELLING = 1.25
"""Size of a name that is pointed at, as a multiple of its size at rest."""

FROM_FACTOR = 1.5
"""Ratio of the widths from which on it is told."""

TOLD_AT = 0.74
"""Height at which it is told, in heights of the bell."""

LEADING = 1.3
"""Distance of its two lines, in ems."""

Compare: TypeAlias = Callable[[Num], tuple[Words, Words]]


class ThreeDraws:
    """Two features and the noise as dots that fall out of their bells, and the sum of the label.

    Parameters
    ----------
    body
        The room for it.
    example
        The example.
    sigma
        Standard deviation of the noise; None where none was added, and there are two draws.
    compare
        Returns the words for how many times as narrow, and as high, the bell of the noise is; in
        a narrow frame they have no room.

    Attributes
    ----------
    draws
        A bell for each draw.
    total
        The sum.
    """

    def __init__(self, body: Slot, example: Example, sigma: float | None, compare: Compare) -> None:
        room, below = body.stacked(BELLS, SUM)
        self.total = LabelSum(below, example, noisy=sigma is not None)
        drawn = [("x_1", example.x[0], 1.0), ("x_2", example.x[1], 1.0)]
        if sigma is not None:
            drawn.append(("epsilon", example.noise, sigma))
        places = places_of_sum(example)
        slots = room.beside(*[1] * len(drawn))
        self.draws = [
            FallingDraw(slot, symbol, Num(value, places), std)
            for slot, (symbol, value, std) in zip(slots, drawn, strict=True)
        ]
        if sigma is not None:
            self._tell_shape(1 / sigma, compare)

    def _tell_shape(self, factor: float, compare: Compare) -> None:
        """Stand beside the bell of the noise how many times as narrow and high it is."""
        *_, before, noise = self.draws
        narrower, higher = compare(significant(factor))
        higher.align_to(narrower, RIGHT)
        higher.shift(UP * (narrower.baseline - LEADING * Size.BODY - higher.baseline))
        told = VGroup(narrower, higher)
        flank, _ = noise.bell.span(-1, 1, TOLD_AT)
        told.shift(flank + LABEL_GAP * LEFT - told.get_corner(DOWN + RIGHT))
        _, neighbour = before.bell.span(-1, 1, TOLD_AT)
        if told.get_left()[0] > neighbour[0] + GAP and factor >= FROM_FACTOR:
            noise.add(told)

    def appear(self) -> list[Animation]:
        """Show the bells and the formula."""
        return [FadeIn(part) for part in (*self.draws, *self.total.symbols)]

    def make(self, draw: FallingDraw) -> Iterator[list[Animation]]:
        """Yield what is played for one draw: its dot falls, and its name lights up in the sum."""
        yield [FadeIn(draw.dot, run_time=Pace.QUICK / 4)]
        swell = Indicate(self.total.symbol(draw.symbol), SWELLING, theme.INK, run_time=Pace.QUICK)
        yield [draw.fall(), draw.name_value(), swell]

    def add_up(self) -> Iterator[list[Animation]]:
        """Yield what is played while the terms come and the label counts up."""
        for number in range(len(self.total.terms)):
            yield [self.total.come(number)]
        yield [
            FadeIn(part, run_time=0.2) for part in (self.total.equals, self.total.total.tracked())
        ]
        yield [self.total.add_up(COUNT_TIME)]
