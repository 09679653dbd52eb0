"""Whole paths handed to Cairo at once, which spares one Python call a curve.

Manim issues ``curve_to`` for every cubic of every submobject on every frame. A path is built here
once, with NumPy, in the memory layout of ``cairo_path_data_t``; ``cairo_append_path`` then takes it
in a single call, as often as the path is drawn. The commands are those that
``manim.Camera.set_cairo_context_path`` would issue, in the same order.
"""

from __future__ import annotations

import ctypes
from functools import cache

import cairo
import numpy as np
import numpy.typing as npt

__all__ = [
    "POINTS_PER_CURVE",
    "CairoPath",
    "append_path",
    "append_path_slowly",
    "cairo_path",
    "can_append",
    "dots_path_data",
    "path_data",
]

PathData = npt.NDArray[np.float64]

POINTS_PER_CURVE = 4
FEW_SUBPATHS = 8  # up to here, a loop is faster than index arithmetic
RELATIVE_TOLERANCE = 1e-5  # that of numpy.isclose, which manim compares anchors with
MOVE_TO, CURVE_TO, CLOSE_PATH = 0, 2, 3


def _header(kind: int, length: int) -> float:
    """Return a ``cairo_path_data_t`` header as the double that has the same bytes."""
    return float(np.array([kind, length], dtype=np.int32).view(np.float64)[0])


MOVE_HEADER = _header(MOVE_TO, 2)
CURVE_HEADER = _header(CURVE_TO, 4)
CLOSE_HEADER = _header(CLOSE_PATH, 1)


class CairoPath(ctypes.Structure):
    """``cairo_path_t``, which is made once for all the times that the path is drawn.

    Attributes
    ----------
    rows
        The data that it points to, which live as long as it does.
    """

    _fields_ = (
        ("status", ctypes.c_int),
        ("data", ctypes.c_void_p),
        ("num_data", ctypes.c_int),
    )
    rows: PathData


def cairo_path(rows: PathData) -> CairoPath:
    """Return the path of rows of ``cairo_path_data_t``."""
    path = CairoPath(0, rows.ctypes.data, len(rows))
    path.rows = rows
    return path


def path_data(points: npt.NDArray[np.float64], tolerance: float) -> PathData | None:
    """Return the path through cubic Bézier ``points`` as rows of ``cairo_path_data_t``.

    Parameters
    ----------
    points
        Control points, shape (n, 3), four a curve; a new subpath starts wherever a curve does
        not begin where the one before it ended.
    tolerance
        Absolute distance under which two anchors count as one.

    Returns
    -------
    numpy.ndarray or None
        Array of shape (rows, 2), or ``None`` when there is nothing to draw.
    """
    count = len(points)
    if count < POINTS_PER_CURVE or not np.isfinite(points).all():
        return None
    xy = points[:, :2]
    first, last = np.zeros(1, dtype=np.intp), np.array([count])
    if count > POINTS_PER_CURVE:
        # A curve that does not begin where the one before it ended opens a subpath.
        following = xy[POINTS_PER_CURVE::POINTS_PER_CURVE]
        ends = xy[POINTS_PER_CURVE - 1 : -1 : POINTS_PER_CURVE]
        # Mostly all are joined exactly, which is sooner told than how far they are apart.
        if tolerance < 0 or not (ends == following).all():
            is_split = np.abs(ends - following) > (
                tolerance + RELATIVE_TOLERANCE * np.abs(following)
            )
            splits = (np.flatnonzero(is_split[:, 0] | is_split[:, 1]) + 1) * POINTS_PER_CURVE
            first = np.concatenate([first, splits])
            last = np.concatenate([splits, last])
    if len(first) <= FEW_SUBPATHS:
        return _few_subpaths(xy, first.tolist(), last.tolist(), tolerance)
    return _many_subpaths(xy, first, last, tolerance)


def _few_subpaths(
    xy: npt.NDArray[np.float64], first: list[int], last: list[int], tolerance: float
) -> PathData:
    """Return the rows of subpaths ``xy[first:last]``, one after the other."""
    data = np.empty((len(xy) + 3 * len(first), 2))
    row = 0
    for start, stop in zip(first, last, strict=True):
        end = start + (stop - start) // POINTS_PER_CURVE * POINTS_PER_CURVE
        if end == start:
            continue
        data[row, 0] = MOVE_HEADER
        data[row + 1] = xy[start]
        curves = data[row + 2 : row + 2 + end - start]
        curves[:] = xy[start:end]
        curves[::POINTS_PER_CURVE, 0] = CURVE_HEADER
        row += 2 + end - start
        (x, y), (end_x, end_y) = xy[start].tolist(), xy[stop - 1].tolist()
        if (
            abs(x - end_x) <= tolerance + RELATIVE_TOLERANCE * abs(end_x)
            and abs(y - end_y) <= tolerance + RELATIVE_TOLERANCE * abs(end_y)
        ):  # fmt: skip
            data[row, 0] = CLOSE_HEADER
            row += 1
    return data[:row]


def _many_subpaths(
    xy: npt.NDArray[np.float64],
    first: npt.NDArray[np.intp],
    last: npt.NDArray[np.intp],
    tolerance: float,
) -> PathData:
    """Do what :func:`_few_subpaths` does, for all subpaths at once."""
    long_enough = last - first >= POINTS_PER_CURVE
    first, last = first[long_enough], last[long_enough]
    ends = xy[last - 1]
    is_closed = (np.abs(xy[first] - ends) <= tolerance + RELATIVE_TOLERANCE * np.abs(ends)).all(1)
    curves = (last - first) // POINTS_PER_CURVE
    row_ends = np.cumsum(2 + POINTS_PER_CURVE * curves + is_closed)
    row_starts = np.concatenate([[0], row_ends[:-1]])

    data = np.empty((int(row_ends[-1]), 2))
    subpath = np.repeat(np.arange(len(first)), curves)
    curve_in_subpath = np.arange(len(subpath)) - np.repeat(np.cumsum(curves) - curves, curves)
    rows = row_starts[subpath] + 2 + POINTS_PER_CURVE * curve_in_subpath
    points = first[subpath] + POINTS_PER_CURVE * curve_in_subpath
    offsets = np.arange(POINTS_PER_CURVE)
    data[rows[:, None] + offsets] = xy[points[:, None] + offsets]
    data[rows, 0] = CURVE_HEADER
    data[row_starts, 0] = MOVE_HEADER
    data[row_starts + 1] = xy[first]
    data[row_ends[is_closed] - 1, 0] = CLOSE_HEADER
    return data


def dots_path_data(centres: npt.NDArray[np.float64]) -> PathData | None:
    """Return a path of subpaths of no length, which round caps make discs of.

    Cairo strokes a subpath that is closed where it began as it strokes a curve of no length.

    Parameters
    ----------
    centres
        Array of shape (n, 2).
    """
    if not len(centres) or not np.isfinite(centres).all():
        return None
    data = np.empty((len(centres), 3, 2))
    data[:, 0, 0] = MOVE_HEADER
    data[:, 1] = centres
    data[:, 2, 0] = CLOSE_HEADER
    return data.reshape(-1, 2)


@cache
def _cairo_append_path() -> ctypes._NamedFuncPointer | None:
    """Return libcairo's ``cairo_append_path`` if it can be reached and does what it should."""
    try:
        function = ctypes.CDLL("libcairo.so.2").cairo_append_path
    except (OSError, AttributeError):
        return None
    function.argtypes = [ctypes.c_void_p, ctypes.POINTER(CairoPath)]
    function.restype = None
    return function


def append_path(context: cairo.Context[cairo.ImageSurface], path: CairoPath) -> None:
    """Append ``path`` to the current path of ``context``; needs :func:`can_append`."""
    function = _cairo_append_path()
    assert function is not None
    # A pycairo context holds its cairo_t* right behind the object header (struct PycairoContext).
    function(
        ctypes.c_void_p.from_address(id(context) + object.__basicsize__),
        ctypes.byref(path),
    )


def append_path_slowly(context: cairo.Context[cairo.ImageSurface], path: CairoPath) -> None:
    """Append ``path`` with pycairo's calls, one a curve."""
    rows = path.rows.tolist()
    headers = np.ascontiguousarray(path.rows[:, 0]).view(np.int32).reshape(-1, 2)
    row = 0
    while row < len(rows):
        kind, length = headers[row].tolist()
        if kind == MOVE_TO:
            context.move_to(*rows[row + 1])
        elif kind == CURVE_TO:
            context.curve_to(*rows[row + 1], *rows[row + 2], *rows[row + 3])
        else:
            context.close_path()
        row += length


@cache
def can_append() -> bool:
    """Tell whether :func:`append_path` works here, by comparing it with pycairo's own calls."""
    if _cairo_append_path() is None:
        return False
    points = np.array([[0, 0], [1, 2], [3, 4], [5, 6]], dtype=np.float64)
    data = path_data(points, 0.0)
    assert data is not None
    path = cairo_path(data)
    copies = []
    for append in (append_path, append_path_slowly):
        context = cairo.Context(cairo.ImageSurface(cairo.FORMAT_ARGB32, 8, 8))
        append(context, path)
        copies.append(list(context.copy_path()))
    return bool(copies[0] == copies[1] and copies[0])
