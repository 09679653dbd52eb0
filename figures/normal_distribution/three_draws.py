"""The draws of one example side by side, and the label that they add up to."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from manim import Animation, FadeIn, Indicate

from figures.normal_distribution.falling_draw import FallingDraw
from figures.normal_distribution.label_sum import LabelSum, places_of_sum
from linreg.study.example import Example
from visuals.layout import Slot, is_wide
from visuals.numbers import Num
from visuals.theme import Pace, theme
from visuals.typography import Words

BELLS, SUM = 4.3, 1.2
"""Shares of the height that bells and sum take."""

LEAST_SIGMA = 1e-6
"""Noise below this shows in no tick, nor in the last digit of most labels."""

COUNT_TIME = 0.8
"""Seconds in which y counts up."""

SWELLING = 1.25
"""Size of a name that is pointed at, as a multiple of its size at rest."""


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
    density
        Makes a name of the upright axis; the first alone bears it.

    Attributes
    ----------
    draws
        A bell for each draw.
    total
        The sum.
    """

    def __init__(
        self, body: Slot, example: Example, sigma: float | None, density: Callable[[], Words]
    ) -> None:
        room, below = body.stacked(BELLS, SUM)
        drawn = [("x_1", example.x[0], 1.0), ("x_2", example.x[1], 1.0)]
        if sigma is not None:
            drawn.append(("epsilon", example.noise, sigma))
        places = places_of_sum(example)
        slots = room.beside(*[1] * len(drawn))
        self.draws = [
            FallingDraw(slot, symbol, Num(value, places), std, density())
            for slot, (symbol, value, std) in zip(slots, drawn, strict=True)
        ]
        for draw in self.draws[1:]:
            assert draw.chart.y_label is not None
            draw.chart.remove(draw.chart.y_label)
        above = [draw.middle for draw in self.draws] if is_wide() else []
        self.total = LabelSum(below, example, noisy=sigma is not None, above=above)

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
