"""Sides of marks on which their names stand clear of each other and of the marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product

import numpy as np

from visuals.map_frame import Frame
from visuals.map_marks import NAME_AWAY, RING
from visuals.plots import Points

Way = tuple[float, float]

SIDES: tuple[Way, ...] = ((1.0, 0.0), (0.0, 1.0), (0.0, -1.0), (-1.0, 0.0))
"""Right, above, below and left of a mark."""

ENOUGH = 0.12
"""Distance from which on names are clear, in scene units; the first such sides are taken."""


def sides_apart(frame: Frame, weights: Sequence[Points], sizes: Sequence[Points]) -> list[Way]:
    """Return the side of each mark on which its name stands; marks off the map have none.

    Parameters
    ----------
    frame
        The frame of the map.
    weights
        Places of the marks, in units of a weight, shape (2,) each.
    sizes
        Widths and heights of the names, in scene units, shape (2,) each.
    """
    places = [(np.asarray(at) - frame.center) * frame.unit for at in weights]
    seen = [k for k, place in enumerate(places) if (np.abs(place) <= frame.size / 2).all()]
    halves = [np.asarray(sizes[k]) / 2 for k in seen]

    def room(sides: Iterable[Way]) -> float:
        return min(ENOUGH, *_distances(frame, [places[k] for k in seen], halves, tuple(sides)))

    found = dict(zip(seen, max(product(SIDES, repeat=len(seen)), key=room), strict=True))
    return [found.get(k, SIDES[0]) for k in range(len(places))]


def _distances(
    frame: Frame, places: list[Points], halves: list[Points], sides: tuple[Way, ...]
) -> Iterator[float]:
    """Yield the distances of names from each other, from the marks and from the map's edge."""
    boxes = [
        (place + np.array(side) * (NAME_AWAY + half), half)
        for place, half, side in zip(places, halves, sides, strict=True)
    ]
    for (one, half), (other, half_too) in combinations(boxes, 2):
        yield float((np.abs(one - other) - half - half_too).max())
    for number, (middle, half) in enumerate(boxes):
        yield float((frame.size / 2 - np.abs(middle) - half).min())
        for mark, place in enumerate(places):
            if mark != number:
                yield float((np.abs(middle - place) - half - RING).max())
