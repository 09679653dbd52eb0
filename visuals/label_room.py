"""How much room a label has between what is drawn: it must lie on no dot, line or arrow."""

from __future__ import annotations

import numpy as np

from visuals.plots import Points

SEGMENT_SAMPLES = 80


def points_along(start: Points, end: Points) -> Points:
    """Return points along a segment, shape (k, 3)."""
    return np.linspace(start, end, SEGMENT_SAMPLES)


def room_around(place: Points, half: Points, points: Points) -> float:
    """Return how far the nearest of some points is from a box, by its centre and half size."""
    outside = np.maximum(np.abs(points - place) - half, 0.0)
    return float(np.linalg.norm(outside, axis=1).min())
