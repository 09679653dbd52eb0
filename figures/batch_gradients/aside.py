"""Numbers beside a fan: how many batches there are, how large, and how many of them agree."""

from __future__ import annotations

from collections.abc import Callable

from manim import DOWN, LEFT

from figures.batch_gradients.gradient_fan import GradientFan
from visuals.layout import GAP, Slot, is_wide
from visuals.numbers import integer
from visuals.readout import Readout
from visuals.theme import theme
from visuals.typography import Words

UPPER, LOWER = 0.8, -0.6
"""Places in the room, from -1 at its bottom to 1 at its top."""

BESIDE = 0.5
"""Place of the zoom in a low room, from -1 at its left to 1 at its right."""


class Aside:
    """The room beside a fan, and the texts of what stands in it.

    Parameters
    ----------
    slot
        The room.
    text
        Returns a text by its key.
    """

    def __init__(self, slot: Slot, text: Callable[[str], str]) -> None:
        self.slot, self.text = slot, text

    def batches(self, fan: GradientFan) -> Readout:
        """Return the number of arrows that are drawn."""
        return self._live(lambda: int(fan.shown.get_value() + 1e-9), "batches", UPPER)

    def agreeing(self, fan: GradientFan, of: int) -> Readout:
        """Return the number of judged gradients that agree, of so many."""
        return self._live(lambda: fan.agreeing, "agreeing", UPPER, f" / {of}")

    def still_agreeing(self, fan: GradientFan, of: int, above: Words) -> Readout:
        """Return the same later, below the number at the start."""
        now = self._live(lambda: fan.agreeing, "agreeing_now", UPPER, f" / {of}")
        return now.next_to(above, DOWN, buff=GAP, aligned_edge=LEFT)

    def at_the_start(self, early: int, of: int) -> Words:
        """Return the number that agreed at the start, of so many."""
        words = Words(
            self.text("agreeing_start"), color=theme.MUTED, early=integer(early), of=integer(of)
        )
        return self.slot.place(words, x=-1, y=UPPER, shrink=False)

    def zoom(self, value: Callable[[], float]) -> Readout:
        """Return the factor of an enlargement."""
        readout = Readout.within(self.text("zoom"), value, theme.INK)
        return self.slot.place(readout, x=-1 if is_wide() else BESIDE, y=LOWER, shrink=False)

    def size(self, examples: int) -> Words:
        """Return the size of the batches."""
        words = Words(self.text("size"), examples=integer(examples))
        return self.slot.place(words, x=-1, y=UPPER, shrink=False)

    def _live(self, value: Callable[[], float], key: str, y: float, unit: str = "") -> Readout:
        label = Words(self.text(key))
        readout = Readout(value, 0, label, color=theme.INK, unit=unit)
        return self.slot.place(readout, x=-1, y=y, shrink=False)
