"""Ticks of a range that is being zoomed: each with its place and its visibility."""

from __future__ import annotations

import math

import numpy as np

from visuals.plots import Range

TICKS = 6
"""Ticks of a step that is fully there; the next finer step is coming while it has a few more."""

COMING = 2


def ticks_of(span: Range) -> list[tuple[float, int, float]]:
    """Return the ticks of a range: where, with how many places, and how visible.

    The finest step (1, 2 or 5 times a power of ten) of at most :data:`TICKS` ticks is there; as
    the range shrinks the next finer one fades in, and what it does not share fades out.
    """
    low, high = span
    exponent = math.floor(math.log10((high - low) / TICKS)) - 1
    steps = [(f, exponent + k) for k in range(4) for f in (1, 2, 5)]
    number = next(
        k for k, (f, e) in enumerate(steps) if (high - low) / (f * 10.0**e) <= TICKS + 1e-9
    )
    there, coming = _ticks(low, high, *steps[number]), _ticks(low, high, *steps[number - 1])
    factor, power = steps[number - 1]
    share = (TICKS + COMING - (high - low) / (factor * 10.0**power)) / COMING
    come = float(np.clip(share, 0.0, 1.0))
    places = {**coming, **there} if come < 0.5 else {**there, **coming}
    opacities = {
        value: (1.0 - come if value in there else 0.0) + (come if value in coming else 0.0)
        for value in places
    }
    return [(value, places[value], opacities[value]) for value in places if opacities[value] > 0]


def _ticks(low: float, high: float, factor: int, exponent: int) -> dict[float, int]:
    """Return the multiples of a step in a range, each with the places that it needs."""
    step, places = factor * 10.0**exponent, max(0, -exponent)
    first, last = int(np.ceil(low / step)), int(np.floor(high / step))
    return {round(float(k * step), places + 1): places for k in range(first, last + 1)}
