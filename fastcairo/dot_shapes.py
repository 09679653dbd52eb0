"""Drawing of a cloud of dots, compared and drawn by the dot instead of by the cloud.

Manim strokes the whole cloud on every frame. Here a frame in which some dots came, went or moved is
damaged only where these dots are, and only the dots near the damage are drawn again.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from fastcairo.dots import POINTS_PER_DOT
from fastcairo.paths import cairo_path, dots_path_data
from fastcairo.shapes import (
    ANTIALIASING_MARGIN,
    FLOAT64,
    Box,
    Context,
    FloatArray,
    IntArray,
    Shape,
    ShapeKey,
    View,
)

__all__ = ["DotsShape", "shape_of"]

# How Cairo samples the edges in a row of pixels depends on all of a path in that row. Dots with a
# smaller reach, in pixels, have corners of their outlines in every row, so that each can be drawn
# without those beside it.
LARGE_REACH = 7.0


class DotsShape(Shape):
    """The drawing of a :class:`~fastcairo.dots.DotCloud`: damage and drawing go by the dot."""

    __slots__ = ("_centres",)

    def __init__(self, key: ShapeKey, view: View, *, whole_paths: bool) -> None:
        super().__init__(key, view, whole_paths=whole_paths)
        self._centres: FloatArray | None = None

    def take_over(self, other: Shape) -> bool:
        """Take the centres as well."""
        has_same_points = super().take_over(other)
        if has_same_points and isinstance(other, DotsShape):
            self._centres = other._centres
        return has_same_points

    @property
    def reach(self) -> float:
        """Radius of a dot in pixels, rounded up."""
        view = self.view
        radius = self.key.stroke_width * view.unit_line_width / 2
        return radius * max(view.x_scale, -view.y_scale) + ANTIALIASING_MARGIN

    @property
    def reach_beside(self) -> float:
        """Distance to either side of a dot, in pixels, in which the picture depends on it."""
        return self.reach if self.reach < LARGE_REACH else self.view.pixel_width

    @property
    def centres(self) -> FloatArray:
        """Centres of the dots in pixels, shape (2, n)."""
        if self._centres is None:
            self._centres = self._pixels(self.points[: len(self.points) // 4 * 4])
        return self._centres

    def _pixels(self, points: FloatArray) -> FloatArray:
        centres = points[::POINTS_PER_DOT]
        view = self.view
        return np.stack(
            [
                centres[:, 0] * view.x_scale + view.x_offset,
                centres[:, 1] * view.y_scale + view.y_offset,
            ]
        )

    def _boxes(self, points: FloatArray) -> IntArray:
        """Return a row (left, top, right, bottom) for each dot of ``points``."""
        x, y = self._pixels(points)
        reach = self.reach
        beside = self.reach_beside
        boxes = np.stack([x - beside, y - reach, x + beside + 1, y + reach + 1], axis=1)
        limits = np.array(self.view.everything)[[2, 3, 2, 3]]
        clipped: IntArray = np.clip(boxes, 0, limits).astype(np.int64)
        return clipped

    def damage_since(self, previous: Shape) -> list[Box] | IntArray:
        """Return the boxes of the dots that came, went or moved."""
        whole = [previous.bounds, self.bounds]
        if not isinstance(previous, DotsShape) or self.key[1:] != previous.key[1:]:
            return whole
        new, old = self.key.points, previous.key.points
        row = POINTS_PER_DOT * 3 * FLOAT64.itemsize
        if len(new) % row or len(old) % row:  # nothing but manim's lone point
            return whole
        shared = min(len(new), len(old))
        if new[:shared] == old[:shared]:
            rest = new[shared:] or old[shared:]
            return self._boxes(np.frombuffer(rest).reshape(-1, 3))
        dots = shared // row
        before, after = (np.frombuffer(data).reshape(-1, 12) for data in (old, new))
        differs = (before[:dots] != after[:dots]).any(axis=1)
        if differs.sum() * 4 > dots:
            return whole
        changed = [before[:dots][differs], after[:dots][differs], before[dots:], after[dots:]]
        return self._boxes(np.concatenate(changed).reshape(-1, 3))

    def paint_between(
        self, context: Context, top: int, bottom: int, among: npt.NDArray[np.intp]
    ) -> None:
        """Draw dots that may touch the rows from ``top`` to ``bottom``.

        Parameters
        ----------
        context
            What to draw with, clipped to these rows.
        top, bottom
            First row, and the row after the last.
        among
            Indices of the dots to draw; those that lie in other rows are left out.
        """
        y = self.centres[1, among]
        reach = self.reach + 1
        is_near = (y > top - reach) & (y < bottom + reach)
        points = self.points[::POINTS_PER_DOT, :2]
        rows = dots_path_data(points[among[is_near]])
        if rows is not None:
            self.paint(context, cairo_path(rows))


def _is_made_of_dots(data: bytes) -> bool:
    """Tell whether every curve has zero length; a cloud on its way into a circle has others."""
    points = np.frombuffer(data).reshape(-1, 3)
    points = points[: len(points) // POINTS_PER_DOT * POINTS_PER_DOT]
    first = points[::POINTS_PER_DOT]
    return all(bool((points[i::POINTS_PER_DOT] == first).all()) for i in range(1, POINTS_PER_DOT))


def shape_of(key: ShapeKey, view: View, *, whole_paths: bool) -> Shape:
    """Return the shape that ``key`` describes."""
    kind = DotsShape if key.is_dots and _is_made_of_dots(key.points) else Shape
    return kind(key, view, whole_paths=whole_paths)
