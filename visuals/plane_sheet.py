"""A plane over two features as a translucent sheet, cut to a box."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from visuals.plots import Points
from visuals.segments import Segments
from visuals.space import View, put_lines
from visuals.theme import Stroke, theme

GRID_LINES = 7
"""Lines across the sheet, each way."""

TOP_SIDE, UNDER_SIDE, LINES = 0.3, 0.17, 0.5
"""Opacities of the sheet seen from above and from below, and of its grid."""


def plane_at(features: npt.ArrayLike, parameters: Points) -> Points:
    """Return the heights of a plane, shape (n,).

    Parameters
    ----------
    features
        Shape (n, 2).
    parameters
        The parameters w1, w2 and b, shape (3,).
    """
    x = np.asarray(features, dtype=float)
    with np.errstate(invalid="ignore", over="ignore"):
        return np.asarray(x @ parameters[:2] + parameters[2])


class PlaneSheet(VGroup):
    """The plane y_hat = w1 x1 + w2 x2 + b as far as it lies in the box of a view.

    Parameters
    ----------
    view
        The projection of the box.
    """

    def __init__(self, view: View) -> None:
        self.view = view
        nowhere = np.zeros((1, 3))
        self.fill = VMobject(stroke_width=0, fill_color=theme.MODEL)
        self.grid = Segments(nowhere, nowhere, theme.MODEL, Stroke.THIN)
        self.edge = Segments(nowhere, nowhere, theme.MODEL, Stroke.LINE)
        super().__init__(self.fill, self.grid, self.edge)

    def follow(self, parameters: Points, opacity: float) -> Self:
        """Lie where the plane is; parameters that are not finite leave no sheet.

        Parameters
        ----------
        parameters
            The parameters w1, w2 and b, shape (3,).
        opacity
            From 0 to 1.
        """
        home = self.view.center.get_location()
        around = np.array([home, home])
        lines = np.zeros((0, 3)), np.zeros((0, 3))
        corners = self.corners(parameters)
        if len(corners):
            seen = self.view.project(corners)
            around = np.vstack([seen, seen[:1]])
            starts, ends = self._lines(parameters)
            lines = self.view.project(starts), self.view.project(ends)
        self.fill.set_points_as_corners(around)
        side = TOP_SIDE if self.faces(parameters) >= 0 else UNDER_SIDE
        self.fill.set_fill(opacity=opacity * side)
        put_lines(self.edge, around[:-1], around[1:], home)
        put_lines(self.grid, *lines, home)
        self.edge.set_stroke(opacity=opacity)
        self.grid.set_stroke(opacity=opacity * LINES)
        return self

    def faces(self, parameters: Points) -> float:
        """Return a number that is positive where the eye sees the plane from above."""
        across, rise = self.view.to_eye[:2], self.view.to_eye[2]
        with np.errstate(invalid="ignore", over="ignore"):
            return float(rise - across @ parameters[:2])

    def hides(self, points: Points, parameters: Points, least: float) -> npt.NDArray[np.bool_]:
        """Return which points (n, 3) are behind the plane: the way to the eye crosses it.

        Parameters
        ----------
        points
            In units of the axes.
        parameters
            The parameters w1, w2 and b, shape (3,).
        least
            Distance, in scene units, up to which a point counts as one on the plane.
        """
        if not np.isfinite(parameters).all():
            return np.zeros(len(points), dtype=bool)
        above = points[:, 2] - plane_at(points[:, :2], parameters)
        is_off = np.abs(above) > least / self.view.scale[2]
        return np.asarray((np.sign(above) * np.sign(self.faces(parameters)) < 0) & is_off)

    def corners(self, parameters: Points) -> Points:
        """Return the sheet's corners, shape (k, 3), k from 0 to 6, in units of the axes.

        Parameters
        ----------
        parameters
            The parameters w1, w2 and b, shape (3,).
        """
        if not np.isfinite(parameters).all():
            return np.zeros((0, 3))
        (a, c, low), (b, d, high) = self.view.low, self.view.high
        square = np.array([(a, c), (b, c), (b, d), (a, d)])
        heights = plane_at(square, parameters)
        if not np.isfinite(heights).all():
            return np.zeros((0, 3))
        corners = np.column_stack([square, heights])
        return _kept(_kept(corners, low, 1), high, -1)

    def _lines(self, parameters: Points) -> tuple[Points, Points]:
        """Return both ends of the lines across the sheet within the box, shapes (k, 3)."""
        (a, c, low), (b, d, high) = self.view.low, self.view.high
        starts, ends = [], []
        for share in np.linspace(0, 1, GRID_LINES + 2)[1:-1]:
            x1, x2 = a + share * (b - a), c + share * (d - c)
            for line in ([(x1, c), (x1, d)], [(a, x2), (b, x2)]):
                points = np.column_stack([line, plane_at(line, parameters)])
                inside = _segment_between(points, low, high)
                if inside is not None:
                    starts.append(inside[0])
                    ends.append(inside[1])
        return np.array(starts).reshape(-1, 3), np.array(ends).reshape(-1, 3)


def _kept(corners: Points, height: float, side: int) -> Points:
    """Cut a polygon (k, 3) at a height: keep what is above it (side 1) or below it (side -1).

    Notes
    -----
    One edge of the clipping of Sutherland and Hodgman, 1974.
    """
    inside = side * (corners[:, 2] - height)
    kept: list[Points] = []
    for number, (point, here) in enumerate(zip(corners, inside, strict=True)):
        after = (number + 1) % len(corners)
        if here >= 0:
            kept.append(point)
        if here * inside[after] < 0:
            share = here / (here - inside[after])
            kept.append(point + (corners[after] - point) * share)
    return np.array(kept).reshape(-1, 3)


def _segment_between(points: Points, low: float, high: float) -> Points | None:
    """Return the part of a segment (2, 3) whose heights lie in a range, or nothing."""
    start, end = points
    rise = end[2] - start[2]
    if rise == 0:
        return points if low <= start[2] <= high else None
    shares = np.sort((np.array([low, high]) - start[2]) / rise)
    first, last = max(shares[0], 0.0), min(shares[1], 1.0)
    if first >= last:
        return None
    return np.asarray(start + (end - start) * np.array([[first], [last]]))
