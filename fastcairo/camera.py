"""Cameras that draw whole paths and tell when somebody else draws on their pixels.

They draw what manim's cameras draw; the renderer needs to know of every write to the pixel array
that is not its own, because it redraws only what differs from the frame it remembers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

import cairo
from manim import Camera, Mobject, MovingCamera, VMobject
from manim.typing import PixelArray

from fastcairo.dot_shapes import shape_of
from fastcairo.shapes import Context, View, shape_key

__all__ = ["FastCamera", "FastMovingCamera", "view_of"]


def view_of(camera: Camera, matrix: cairo.Matrix) -> View:
    """Return the view that a ``matrix`` of ``camera`` describes."""
    return View(
        matrix.xx,
        matrix.yy,
        matrix.x0,
        matrix.y0,
        camera.cairo_line_width_multiple,
        camera.pixel_width,
        camera.pixel_height,
    )


class _WatchedCamera(Camera):
    """Counts the writes to its pixels, and draws whole paths when asked to."""

    # Slots stay out of __dict__, which manim hashes to name cached segments.
    __slots__ = ("foreign_writes", "whole_paths")

    def __init__(self, **kwargs: Any) -> None:
        self.foreign_writes = 0
        self.whole_paths = False
        super().__init__(**kwargs)

    def set_pixel_array(
        self,
        pixel_array: PixelArray | list[Any] | tuple[Any, ...],
        convert_from_floats: bool = False,
    ) -> None:
        """Set the pixels, and count it."""
        self.foreign_writes += 1
        super().set_pixel_array(pixel_array, convert_from_floats)

    def capture_mobjects(self, mobjects: Iterable[Mobject], **kwargs: Any) -> None:
        """Draw ``mobjects``, and count it."""
        self.foreign_writes += 1
        super().capture_mobjects(mobjects, **kwargs)

    def display_vectorized(self, vmobject: VMobject, ctx: Context) -> Self:
        """Draw ``vmobject``, its path as a whole where that is possible."""
        key = shape_key(vmobject) if self.whole_paths else None
        if key is None:
            return super().display_vectorized(vmobject, ctx)
        shape_of(key, view_of(self, ctx.get_matrix()), whole_paths=True).paint(ctx)
        return self


class FastCamera(_WatchedCamera):
    """Stands in for :class:`manim.Camera`."""

    __slots__ = ()


class FastMovingCamera(_WatchedCamera, MovingCamera):
    """Stands in for :class:`manim.MovingCamera`."""

    __slots__ = ()
