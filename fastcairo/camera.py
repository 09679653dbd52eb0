"""Cameras that draw whole paths and tell when somebody else looks at their pixels or draws there.

They draw what manim's cameras draw; the renderer needs to know of every write to the pixel array
that is not its own, because it redraws only what differs from the frame it remembers. It also needs
to know when the pixels are looked at, because those of a play that another process draws come late,
and whether anybody else has got hold of the background and may write to it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

import cairo
from manim import Camera, MovingCamera, VMobject
from manim.typing import PixelArray

from fastcairo.dot_shapes import shape_of
from fastcairo.shapes import Context, View, shape_key

__all__ = ["FastCamera", "FastMovingCamera", "WatchedCamera", "view_of"]


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


class WatchedCamera(Camera):
    """Counts the writes to its pixels, and draws whole paths when asked to.

    Attributes
    ----------
    own_pixels
        The pixel array, for the renderer alone. Whoever takes ``pixel_array`` may write to it.
    before_a_look
        Called before somebody else gets the pixel array.
    foreign_writes
        Number of times that somebody else may have written to it.
    own_background
        The background, for the renderer alone.
    background_is_shared
        Whether somebody else has or had the background, and may write to it at any time.
    whole_paths
        Whether Cairo gets a path at once rather than curve by curve.
    """

    # Slots stay out of __dict__, which manim hashes to name cached segments.
    __slots__ = (
        "background_is_shared",
        "before_a_look",
        "foreign_writes",
        "own_background",
        "own_pixels",
        "whole_paths",
    )
    own_background: PixelArray | None
    own_pixels: PixelArray

    def __init__(self, **kwargs: Any) -> None:
        self.before_a_look: Callable[[], None] | None = None
        self.foreign_writes = 0
        self.whole_paths = False
        super().__init__(**kwargs)

    @property
    def pixel_array(self) -> PixelArray:
        """Pixels of the present frame, shape (height, width, 4)."""
        pixels = self.own_pixels
        if self.before_a_look is not None:
            self.before_a_look()
        self.foreign_writes += 1
        return pixels

    @pixel_array.setter
    def pixel_array(self, pixels: PixelArray) -> None:
        self.own_pixels = pixels

    @property
    def background(self) -> PixelArray | None:
        """Pixels behind all that is drawn."""
        self.background_is_shared = True
        return self.own_background

    @background.setter
    def background(self, pixels: PixelArray | None) -> None:
        self.own_background = pixels
        self.background_is_shared = True

    def init_background(self) -> None:
        """Make a new background, which nobody else has yet."""
        super().init_background()
        self.background_is_shared = False

    def reset(self) -> Self:
        """Show the background alone; that does not share it."""
        is_shared = self.background_is_shared
        super().reset()
        self.background_is_shared = is_shared
        return self

    def display_vectorized(self, vmobject: VMobject, ctx: Context) -> Self:
        """Draw ``vmobject``, its path as a whole where that is possible."""
        key = shape_key(vmobject) if self.whole_paths else None
        if key is None:
            return super().display_vectorized(vmobject, ctx)
        shape_of(key, view_of(self, ctx.get_matrix()), whole_paths=True).paint(ctx)
        return self


class FastCamera(WatchedCamera):
    """Stands in for :class:`manim.Camera`."""

    __slots__ = ()


class FastMovingCamera(WatchedCamera, MovingCamera):
    """Stands in for :class:`manim.MovingCamera`."""

    __slots__ = ()
