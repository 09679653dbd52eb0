"""Dashes of one length on lines of any length, and labels that stand beside slanted lines."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import Mobject

from visuals.segments import DASH_SHARE


def even_dashes(
    starts: npt.ArrayLike, ends: npt.ArrayLike, length: float
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Cut lines of any lengths into dashes of one length; the last of each may be shorter.

    Parameters
    ----------
    starts, ends
        Ends of the lines, each of shape (n, d).
    length
        Of a dash, in the lines' own units.

    Returns
    -------
    starts, ends
        Ends of the dashes, each of shape (number of dashes, d).
    """
    first, last = np.asarray(starts, dtype=float), np.asarray(ends, dtype=float)
    way = last - first
    whole = np.maximum(np.linalg.norm(way, axis=1), 1e-9)
    counts = np.ceil(whole * DASH_SHARE / length).astype(int)
    line = np.repeat(np.arange(len(first)), counts)
    number = np.concatenate([np.arange(count) for count in counts])
    begin = number * length / DASH_SHARE
    shares = (np.minimum(at, whole[line]) / whole[line] for at in (begin, begin + length))
    cut = [first[line] + way[line] * share[:, None] for share in shares]
    return cut[0], cut[1]


def stand_beside(
    label: Mobject, start: npt.ArrayLike, end: npt.ArrayLike, share: float, gap: float = 0.2
) -> None:
    """Stand a label above a line that rises, falls or lies level, clear of it.

    Parameters
    ----------
    label
        What is moved.
    start, end
        Ends of the line, shape (3,), from left to right.
    share
        Where along the line.
    gap
        Least distance, in scene units.
    """
    first, last = np.asarray(start, dtype=float), np.asarray(end, dtype=float)
    along = (last - first) / max(float(np.linalg.norm(last - first)), 1e-9)
    normal = np.array([-along[1], along[0], 0.0])
    reach = (abs(normal[0]) * label.width + abs(normal[1]) * label.height) / 2
    label.move_to(first + (last - first) * share + normal * (reach + gap))
