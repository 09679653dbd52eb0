"""Factors between scales, and ranges whose ends are round numbers."""

from __future__ import annotations

import math


def enlargement(unit: float, other: float) -> float:
    """Return how many times longer a unit is drawn on one axis than on another."""
    return unit / other


def magnification(whole: float, part: float) -> float:
    """Return how many times smaller a part is than the whole, rounded to two digits."""
    return float(f"{whole / part:.2g}")


def round_factor(most: float) -> float:
    """Return the largest number with one digit that is not zero and that is at most a number."""
    power = 10.0 ** math.floor(math.log10(most))
    return max(times * power for times in range(1, 10) if times * power <= most * (1 + 1e-9))


def round_range(middle: float, reach: float) -> tuple[float, float]:
    """Return a range about a number whose ends are shown in full by few digits.

    Parameters
    ----------
    middle
        What the range is about.
    reach
        How far it goes to either side, positive.

    Returns
    -------
    low, high
        Multiples of the largest power of ten that is at most a third of the reach.
    """
    # What is a third but for rounding counts as a third.
    power = math.floor(math.log10(reach / 3) + 1e-9)
    return (
        float(round(middle - reach, -power)),
        float(round(middle + reach, -power)),
    )
