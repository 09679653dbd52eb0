"""Axes of a drawing, in pixels, and numbers as the script writes them."""

from __future__ import annotations

from dataclasses import dataclass

from visuals.numbers import SCIENTIFIC_FROM, Num, as_typed, significant
from visuals.plots import Range, round_ticks

FRAME = {"width": 320, "height": 280, "left": 42, "right": 312, "top": 22, "bottom": 238}
"""A drawing and, in it, the rectangle of its axes, in pixels where a page is narrow."""

SHAPE = (FRAME["right"] - FRAME["left"]) / (FRAME["bottom"] - FRAME["top"])
"""Width of the rectangle in heights."""


@dataclass(frozen=True)
class Axes:
    """Ranges of the two axes of a drawing."""

    across: Range
    up: Range

    def x(self, value: float) -> float:
        """Return the place of a number on the x axis, in pixels of the drawing."""
        share = (value - self.across[0]) / (self.across[1] - self.across[0])
        return FRAME["left"] + share * (FRAME["right"] - FRAME["left"])

    def y(self, value: float) -> float:
        """Return the place of a number on the y axis."""
        share = (value - self.up[0]) / (self.up[1] - self.up[0])
        return FRAME["bottom"] - share * (FRAME["bottom"] - FRAME["top"])

    @property
    def x_ticks(self) -> list[tuple[float, str]]:
        """Places and texts of the ticks below."""
        return [(self.x(at), str(as_typed(at))) for at in round_ticks(*self.across)]

    @property
    def y_ticks(self) -> list[tuple[float, str]]:
        """Places and texts of the ticks on the left."""
        return [(self.y(at), str(as_typed(at))) for at in round_ticks(*self.up)]


def shown(value: float) -> str:
    """Return a number as the script writes it: three digits, as a power of ten if it is large."""
    if abs(value) < SCIENTIFIC_FROM:
        return str(significant(value))
    return str(Num(value, 2, scientific=True)).replace("∞", "inf")
