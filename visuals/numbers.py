"""Numbers that are computed, rounded once, and remember what they were."""

from __future__ import annotations

import math
from dataclasses import dataclass

SCIENTIFIC_FROM = 1e5
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Num:
    """A number to show.

    Attributes
    ----------
    value
        The full value, as the package computed it.
    places
        Digits behind the point.
    sign
        Whether a plus is shown.
    """

    value: float
    places: int = 2
    sign: bool = False

    def __str__(self) -> str:
        """Return the number as words show it: a true minus, powers of ten from 10^5 on."""
        if math.isnan(self.value):
            return "nan"
        if math.isinf(self.value):
            return "∞" if self.value > 0 else "−∞"
        plus = "+" if self.sign else ""
        if abs(self.value) >= SCIENTIFIC_FROM and self.places:
            mantissa, exponent = f"{self.value:{plus}.1e}".split("e")
            power = str(int(exponent)).translate(SUPERSCRIPTS)
            return f"{mantissa}×10{power}".replace("-", "−")
        shown = f"{self.value:{plus}.{self.places}f}"
        if float(shown) == 0:
            shown = shown.replace("-", "")
        return shown.replace("-", "−")

    @property
    def math(self) -> str:
        """The number as Typst's math mode takes it."""
        return f'upright("{self}")'


def integer(value: float) -> Num:
    """Return a count."""
    return Num(value, places=0)
