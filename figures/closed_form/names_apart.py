"""Sides of marks on which their names stand clear of each other and of the marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product

import numpy as np

from visuals.map_frame import Frame
from visuals.map_marks import RING
from visuals.plots import Points

Way = tuple[float, float]

SIDES: tuple[Way, ...] = ((1.0, 0.0), (0.0, 1.0), (0.0, -1.0), (-1.0, 0.0))
"""Right, above, below and left of a mark."""

AWAY = 0.38
"""Distance of a name from its mark, in scene units."""

SAMPLES = 8
"""Points that stand for a step of a path when distances to it are measured."""

ENOUGH = 0.12
"""Distance from which on names are clear, in scene units; the first such sides are taken."""


def sides_apart(
    frame: Frame, weights: Sequence[Points], sizes: Sequence[Points], path: Points
) -> list[Way]:
    """Return the side of each mark on which its name stands; marks off the map have none.

    Parameters
    ----------
    frame
        The frame of the map.
    weights
        Places of the marks, in units of a weight, shape (2,) each.
    sizes
        Widths and heights of the names, in scene units, shape (2,) each.
    path
        The weights along a path that no name should hide, shape (k, 2).
    """
    steps = steps_seen(frame, path)
    places = [(np.asarray(at) - frame.center) * frame.unit for at in weights]
    seen = [k for k, place in enumerate(places) if (np.abs(place) <= frame.size / 2).all()]
    halves = [np.asarray(sizes[k]) / 2 for k in seen]

    def room(sides: Iterable[Way]) -> float:
        return min(
            ENOUGH, *_distances(frame, [places[k] for k in seen], halves, tuple(sides), steps)
        )

    found = dict(zip(seen, max(product(SIDES, repeat=len(seen)), key=room), strict=True))
    return [found.get(k, SIDES[0]) for k in range(len(places))]


def steps_seen(frame: Frame, path: Points) -> Points:
    """Return points along the steps of a path, from the middle of a frame, in scene units.

    Parameters
    ----------
    frame
        The frame of the map.
    path
        The weights along the path, shape (k, 2).
    """
    shares = np.linspace(0, 1, SAMPLES)[:, None, None]
    with np.errstate(invalid="ignore", over="ignore"):
        points = path[:-1] + shares * (path[1:] - path[:-1])
        places = (points.reshape(-1, 2) - frame.center) * frame.unit
    return np.asarray(places[(np.abs(places) <= frame.size / 2).all(axis=1)])


def _distances(
    frame: Frame,
    places: list[Points],
    halves: list[Points],
    sides: tuple[Way, ...],
    steps: Points,
) -> Iterator[float]:
    """Yield distances of names from each other, the marks, the map's edge and the path's steps."""
    boxes = [
        (place + np.array(side) * (AWAY + half), half)
        for place, half, side in zip(places, halves, sides, strict=True)
    ]
    for (one, half), (other, half_too) in combinations(boxes, 2):
        yield float((np.abs(one - other) - half - half_too).max())
    for number, (middle, half) in enumerate(boxes):
        yield float((frame.size / 2 - np.abs(middle) - half).min())
        if len(steps):
            yield float((np.abs(steps - middle) - half).max(axis=1).min())
        for mark, place in enumerate(places):
            if mark != number:
                yield float((np.abs(middle - place) - half - RING).max())
