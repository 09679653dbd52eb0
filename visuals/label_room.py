"""The room around a label, which must not lie on a dot, line or arrow."""

from __future__ import annotations

import numpy as np

from visuals.plots import Points

SEGMENT_SAMPLES = 80
"""Points that stand for a segment when distances to it are measured."""


def points_along(start: Points, end: Points) -> Points:
    """Return evenly spaced points from ``start`` to ``end``, shape (k, 3)."""
    return np.linspace(start, end, SEGMENT_SAMPLES)


def room_around(place: Points, half: Points, points: Points) -> float:
    """Return the distance from a box to the nearest of some points, in scene units.

    Parameters
    ----------
    place
        Centre of the box, shape (3,).
    half
        Half of its width, height and depth, shape (3,).
    points
        The points, shape (n, 3).
    """
    outside = np.maximum(np.abs(points - place) - half, 0.0)
    return float(np.linalg.norm(outside, axis=1).min())
