"""Polylines cut to a rectangle."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from visuals.plots import Points, Range


def clipped(points: npt.ArrayLike, x: Range, y: Range) -> tuple[Points, Points]:
    """Cut a polyline to a rectangle, segment by segment.

    Parameters
    ----------
    points
        Corners, shape (n, 2); further columns go along. Segments to or from a corner that is not
        finite are left out.
    x, y
        The rectangle.

    Returns
    -------
    starts, ends
        What lies inside, each of shape (k, 2), or as many columns as the corners have.

    Notes
    -----
    The parametric clipping of Liang and Barsky, 1984.
    """
    corners = np.asarray(points, dtype=float)
    finite = np.isfinite(corners).all(axis=1)
    start, end = corners[:-1], corners[1:]
    known = finite[:-1] & finite[1:]
    start, way = start[known], (end - start)[known]
    enter, leave = np.zeros(len(start)), np.ones(len(start))
    for axis, (low, high) in enumerate((x, y)):
        at, along = start[:, axis], way[:, axis]
        with np.errstate(divide="ignore", invalid="ignore"):
            first, second = (low - at) / along, (high - at) / along
        # A segment along an edge is inside for its whole length, or nowhere.
        still, between = along == 0, (at >= low) & (at <= high)
        earlier, later = np.minimum(first, second), np.maximum(first, second)
        enter = np.maximum(enter, np.where(still, np.where(between, 0.0, np.inf), earlier))
        leave = np.minimum(leave, np.where(still, 1.0, later))
    inside = enter < leave
    start, way = start[inside], way[inside]
    return start + enter[inside, None] * way, start + leave[inside, None] * way
