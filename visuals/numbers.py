"""Numbers to show: the computed value with the way it is rounded and written."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

SCIENTIFIC_FROM = 1e5
SCIENTIFIC_BELOW = 1e-3
LONGEST_WHOLE = 1e6
TYPED_DIGITS = 4
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
PLAIN_DIGITS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "−0123456789")


@dataclass(frozen=True)
class Num:
    """A number to show.

    Attributes
    ----------
    value
        The value as it was computed, not rounded.
    places
        Digits after the decimal point.
    sign
        Whether positive numbers have a plus sign.
    scientific
        Whether it is written as a mantissa with ``places`` digits and a power of ten.
    """

    value: float
    places: int = 2
    sign: bool = False
    scientific: bool = False

    def __str__(self) -> str:
        """Return the number as text: with a true minus, and as a power of ten from 10^5 on."""
        if math.isnan(self.value):
            return "nan"
        if math.isinf(self.value):
            return "∞" if self.value > 0 else "−∞"
        plus = "+" if self.sign else ""
        large = abs(self.value) >= SCIENTIFIC_FROM and self.places
        if self.scientific or large:
            places = self.places if self.scientific else 1
            mantissa, exponent = f"{self.value:{plus}.{places}e}".split("e")
            power = str(int(exponent)).translate(SUPERSCRIPTS)
            return f"{mantissa}×10{power}".replace("-", "−")
        shown = f"{self.value:{plus}.{self.places}f}"
        if float(shown) == 0:
            shown = shown.replace("-", "")
        return shown.replace("-", "−")

    @property
    def math(self) -> str:
        """The number in Typst's math notation, where exponents are scripts of the proper size."""
        mantissa, times, power = str(self).partition("×10")
        if not times:
            return f'upright("{self}")'
        return f'upright("{mantissa}×10")^upright("{power.translate(PLAIN_DIGITS)}")'


def integer(value: float) -> Num:
    """Return a number without decimal places."""
    return Num(value, places=0)


def as_typed(value: float) -> Num:
    """Return a number of the lesson with the digits that the user typed, at most four of them.

    It is a power of ten where it would begin with many zeros.
    """
    decimal = Decimal(f"{value:.{TYPED_DIGITS}g}").normalize()
    _, digits, exponent = decimal.as_tuple()
    places = max(0, -int(exponent))
    if places > TYPED_DIGITS and abs(value) < SCIENTIFIC_BELOW:
        return Num(value, len(digits) - 1, scientific=True)
    return Num(value, places)


def significant(value: float, digits: int = 3) -> Num:
    """Return a number with ``digits`` significant digits, as a power of ten if it is long."""
    size = abs(value)
    if 0 < size < SCIENTIFIC_BELOW or LONGEST_WHOLE <= size < math.inf:
        return Num(value, digits - 1, scientific=True)
    return Num(value, places_of(value, digits))


def places_of(scale: float, digits: int = 3) -> int:
    """Return the decimal places that a number of this size needs for ``digits`` digits."""
    if not (math.isfinite(scale) and scale):
        return digits - 1
    return max(0, digits - 1 - math.floor(math.log10(abs(scale))))
