"""The part of the renderer that draws, with a canvas that redraws only what changed.

Each play has two canvases, as in manim: one with the mobjects that stand still, and upon it one
with those that move. Both outlive the play, so that the next one starts from what is on screen
instead of from an empty frame. A frame with anything other than plain vectorized mobjects is drawn
by manim.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from manim import Animation, CairoRenderer, Camera, Mobject, MovingCamera, PMobject, VMobject
from manim.mobject.types.image_mobject import AbstractImageMobject
from manim.typing import PixelArray
from manim.utils.iterables import list_update

from fastcairo.camera import FastCamera, FastMovingCamera, WatchedCamera, view_of
from fastcairo.damage import Canvas, Pixels
from fastcairo.dot_shapes import shape_of
from fastcairo.interpolate import interpolate_mobject, watch
from fastcairo.jumps import changes_only_by_interpolation
from fastcairo.levers import Levers
from fastcairo.overrides import has_own
from fastcairo.paths import can_append
from fastcairo.shapes import Box, Shape, shape_key

if TYPE_CHECKING:
    from manim import Scene
    from manim.scene.scene_file_writer import SceneFileWriter

__all__ = ["CAMERAS", "DrawingRenderer"]

#: The cameras whose pictures are drawn exactly, and what stands in for them.
CAMERAS: Mapping[type[Camera], type[Camera]] = {
    Camera: FastCamera,
    MovingCamera: FastMovingCamera,
}
_CAMERA_METHODS = frozenset(
    name for kind in CAMERAS for name, value in vars(kind).items() if callable(value)
)


class DrawingRenderer(CairoRenderer):
    """Draws a scene as :class:`manim.CairoRenderer` does, but only where frames differ.

    Parameters
    ----------
    file_writer_class
        As in manim.
    camera_class
        manim's ``Camera`` or ``MovingCamera``; any other camera is used as it is, slowly.
    skip_animations
        As in manim.
    levers
        The savings to make.

    Attributes
    ----------
    draws
        Whether frames of the present play are drawn in this process.
    changed_boxes
        Where the present frame differs from the one before; ``None`` when that is not known.
    """

    def __init__(
        self,
        file_writer_class: type[SceneFileWriter],
        camera_class: type[Camera],
        skip_animations: bool,
        levers: Levers,
    ) -> None:
        super().__init__(
            file_writer_class=file_writer_class,
            camera_class=CAMERAS.get(camera_class, camera_class),
            skip_animations=skip_animations,
        )
        self.levers = levers
        self._whole_paths = levers.paths and can_append()
        if isinstance(self.camera, WatchedCamera):
            self.camera.whole_paths = self._whole_paths
        self.is_playing = False
        self.draws = True
        self.changed_boxes: list[Box] | None = None
        self._still_canvas: Canvas | None = None
        self._canvas: Canvas | None = None
        self._still_shapes: list[Shape] | None = []
        self._kept_shapes: dict[Mobject, Shape] = {}
        self._known_writes = -1
        self._background: Pixels | None = None
        self._background_copy: Pixels | None = None
        self._background_may_change = False

    @property
    def pixels(self) -> Pixels:
        """The camera's pixels, without telling it that somebody looks at them."""
        camera = self.camera
        own = camera.own_pixels if isinstance(camera, WatchedCamera) else camera.pixel_array
        return cast("Pixels", own)

    def save_static_frame_data(
        self,
        scene: Scene,
        static_mobjects: Iterable[Mobject],
    ) -> PixelArray | None:
        """Draw the mobjects that stand still during this play."""
        self.static_image = None
        self._still_shapes = []
        self._background_may_change = bool(scene.updaters) or any(
            mobject.updaters for mobject in scene.moving_mobjects
        )
        self._look_for_another_background()
        self._begin_to_watch(scene)
        if self.skip_animations or not self.draws or not static_mobjects:
            return None
        shapes = None
        canvas = None
        if self._prepare_canvases(static_mobjects):
            canvas = self._still_canvas
            assert canvas is not None
            assert self._canvas is not None
            canvas.look_from(self._canvas.matrix, self._canvas.view)
            shapes = self._shapes_of(static_mobjects, canvas.shapes)
        if canvas is None or shapes is None:
            self._still_shapes = None
            self.changed_boxes = None
            CairoRenderer.update_frame(self, scene, mobjects=static_mobjects)
            self.static_image = cast("PixelArray", self.pixels.copy())
            return self.static_image
        assert self._background_copy is not None
        canvas.show(shapes, 0, self._background_copy, self._background_copy)
        self._still_shapes = shapes
        self.static_image = cast("PixelArray", canvas.pixels)
        return self.static_image

    def _begin_to_watch(self, scene: Scene) -> None:
        """Find out whether shapes can be kept until their mobjects are interpolated."""
        self._kept_shapes.clear()
        watch.touched = None
        if (
            self.draws
            and not self.skip_animations
            and Animation.interpolate_mobject is interpolate_mobject
            and changes_only_by_interpolation(scene)
        ):
            watch.touched = set()

    def update_frame(
        self,
        scene: Scene,
        mobjects: Iterable[Mobject] | None = None,
        include_submobjects: bool = True,
        ignore_skipping: bool = True,
        **kwargs: Any,
    ) -> None:
        """Bring the camera's pixels up to date; a play that is skipped draws nothing."""
        if self.is_playing and (self.skip_animations or not self.draws):
            return
        if self.is_playing and include_submobjects and not kwargs:
            self.changed_boxes = self._draw_changes(scene, mobjects)
            if self.changed_boxes is not None:
                return
        super().update_frame(scene, mobjects, include_submobjects, ignore_skipping, **kwargs)

    def _draw_changes(self, scene: Scene, mobjects: Iterable[Mobject] | None) -> list[Box] | None:
        """Redraw what changed since the last frame.

        Returns
        -------
        list of Box or None
            The rectangles that were redrawn; ``None`` when manim has to draw this frame.
        """
        below = self._still_shapes
        if not mobjects:
            mobjects = list_update(scene.mobjects, scene.foreground_mobjects)
        if below is None or not self._prepare_canvases(mobjects):
            return None
        if self._background_may_change:
            self._look_for_another_background()
        canvas, background = self._canvas, self._background_copy
        assert canvas is not None
        assert background is not None
        moving = self._shapes_of(mobjects, canvas.shapes[len(below) :])
        if moving is None:
            return None
        base = background if self.static_image is None else cast("Pixels", self.static_image)
        return canvas.show([*below, *moving], len(below), base, background)

    def _look_for_another_background(self) -> None:
        """Copy the camera's background when it is another one, or was written to."""
        camera = self.camera
        if isinstance(camera, WatchedCamera):
            background = cast("Pixels | None", camera.own_background)
            if background is self._background and not camera.background_is_shared:
                return  # nobody else can have written to it
        else:
            background = cast("Pixels | None", camera.background)
        self._background = background
        copy = self._background_copy
        if (
            background is None
            or copy is None
            or copy.shape != background.shape
            or not _are_equal(copy, background)
        ):
            self._background_copy = None if background is None else background.copy()

    def _prepare_canvases(self, mobjects: Iterable[Mobject]) -> bool:
        """Make the canvases fit the camera; ``False`` when it is not one that is known."""
        camera = self.camera
        if not (
            self.levers.damage
            and isinstance(camera, (FastCamera, FastMovingCamera))
            and camera.own_pixels.dtype == np.uint8
            and camera.background_image is None
            and not has_own(camera, _CAMERA_METHODS)
        ):
            return False
        pixels = self.pixels
        if self._background_copy is None or self._background_copy.shape != pixels.shape:
            return False
        # Manim keeps the first matrix that it drew with, and makes it when there is first something
        # to draw: a frame that moves before that counts.
        if camera.get_cached_cairo_context(camera.own_pixels) is None and not any(
            isinstance(mobject, VMobject) for top in mobjects for mobject in top.get_family()
        ):
            return False
        matrix = camera.get_cairo_context(camera.own_pixels).get_matrix()
        view = view_of(camera, matrix)
        canvas = self._canvas
        if canvas is None or canvas.pixels is not pixels:
            canvas = self._canvas = Canvas(pixels, matrix, view)
            self._still_canvas = Canvas(np.empty_like(pixels), matrix, view)
        elif camera.foreign_writes != self._known_writes:
            canvas.forget()
        canvas.look_from(matrix, view)
        self._known_writes = camera.foreign_writes
        return True

    def _shapes_of(self, mobjects: Iterable[Mobject], previous: list[Shape]) -> list[Shape] | None:
        """Return what ``mobjects`` draw, back to front; ``None`` if that cannot be told.

        A shape of ``previous`` at the same place is used again when it is still the same.
        """
        canvas = self._canvas
        assert canvas is not None
        view = canvas.view
        whole_paths = self._whole_paths
        shapes: list[Shape] = []
        known = len(previous)
        kept, touched = self._kept_shapes, watch.touched
        if touched:
            for mobject in touched:
                kept.pop(mobject, None)
            touched.clear()
        for mobject in self.camera.get_mobjects_to_display(mobjects):
            before = kept.get(mobject)
            if before is not None and before.view is view:
                shapes.append(before)
                continue
            if not isinstance(mobject, VMobject):
                if isinstance(mobject, (PMobject, AbstractImageMobject)):
                    return None
                continue  # a tracker: it has points, and manim draws nothing for it
            key = shape_key(mobject)
            if key is None:
                return None
            index = len(shapes)
            before = previous[index] if index < known else None
            if before is not None and before.key == key and before.view is view:
                shape = before
            else:
                shape = shape_of(key, view, whole_paths=whole_paths)
                if before is not None:
                    shape.take_over(before)
            shapes.append(shape)
            if touched is not None:
                kept[mobject] = shape
        return shapes


def _are_equal(one: Pixels, other: Pixels) -> bool:
    """Compare pixels of one shape, eight bytes at a time where that can be."""
    if one.size % 8:
        return np.array_equal(one, other)
    first, second = (pixels.reshape(-1).view(np.uint64) for pixels in (one, other))
    return np.array_equal(first, second)
