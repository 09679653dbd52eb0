"""The renderer: manim's own, with a canvas that redraws only what changed.

It takes manim's place through ``Scene(renderer=...)``. Each play has two canvases, as in manim: one
with the mobjects that stand still, and upon it one with those that move. Both outlive the play, so
that the next one starts from what is on screen instead of from an empty frame. A frame with
anything other than plain vectorized mobjects is drawn by manim.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from manim import CairoRenderer, Camera, Mobject, MovingCamera, PMobject, VMobject, config
from manim.mobject.types.image_mobject import AbstractImageMobject
from manim.typing import PixelArray
from manim.utils.iterables import list_update

from fastcairo.camera import FastCamera, FastMovingCamera, view_of
from fastcairo.cores import Cores
from fastcairo.damage import Canvas, Pixels
from fastcairo.dot_shapes import shape_of
from fastcairo.encoder_settings import cheap_spec, is_plain_h264
from fastcairo.forked import (
    ForkedPlays,
    has_other_threads,
    must_be_stepped,
    scene_state,
)
from fastcairo.levers import Levers
from fastcairo.patches import is_supported_manim
from fastcairo.shapes import Box, Shape, shape_key
from fastcairo.updates import update_of
from fastcairo.writer import FastFileWriter

if TYPE_CHECKING:
    from manim import Animation, Scene
    from manim._config.render_session import RenderSessionSpec
    from manim.mobject.mobject import _AnimationBuilder
    from manim.scene.scene_file_writer import _SceneFileWriterSettings

__all__ = ["CAMERAS", "RESUME_VARIABLE", "FastCairoRenderer"]

RESUME_VARIABLE = "FASTCAIRO_RESUME"

#: The cameras whose pictures are drawn exactly, and what stands in for them.
CAMERAS: Mapping[type[Camera], type[Camera]] = {
    Camera: FastCamera,
    MovingCamera: FastMovingCamera,
}

INFLIGHT_ENCODERS = 3  # segments that may be finished while the next ones are drawn


class Part(Enum):
    """Task of this process in the present play."""

    DRAWS = auto()
    STEPS = auto()  # drawn elsewhere; every frame is gone through without being drawn
    JUMPS = auto()  # drawn elsewhere; the scene goes straight to the end


class FastCairoRenderer(CairoRenderer):
    """Draw a scene as :class:`manim.CairoRenderer` does, but only where frames differ.

    Parameters
    ----------
    camera_class
        manim's ``Camera`` or ``MovingCamera``; any other camera is used as it is, slowly.
    skip_animations
        As in manim.
    levers
        The savings to make; those of ``FASTCAIRO_LEVERS`` when ``None``.
    workers
        How many plays are drawn at once, each in a forked process; 1 draws them here. What the
        environment says when ``None``, see :meth:`~fastcairo.cores.Cores.from_environment`.

    Notes
    -----
    With ``FASTCAIRO_RESUME`` set, and manim's cache disabled, a play whose segment is in the media
    folder is not drawn again: a render that was killed is taken up where it stopped. Segments then
    go by the number of the play, so whoever sets it vouches that nothing else has changed.
    """

    def __init__(
        self,
        camera_class: type[Camera] = Camera,
        skip_animations: bool = False,
        levers: Levers | None = None,
        workers: int | None = None,
    ) -> None:
        super().__init__(
            file_writer_class=FastFileWriter,
            camera_class=CAMERAS.get(camera_class, camera_class),
            skip_animations=skip_animations,
        )
        self.levers = Levers.from_environment() if levers is None else levers
        if isinstance(self.camera, (FastCamera, FastMovingCamera)):
            self.camera.whole_paths = self.levers.paths
        can_fork = self.levers.forked and is_supported_manim() and hasattr(os, "fork")
        self.plays = ForkedPlays(Cores.from_environment(workers) if can_fork else None)
        self._scene: Scene | None = None
        self._part = Part.DRAWS
        self._resumes = bool(os.environ.get(RESUME_VARIABLE))
        self._still_canvas: Canvas | None = None
        self._canvas: Canvas | None = None
        self._still_shapes: list[Shape] | None = []
        self._known_writes = -1
        self._is_playing = False
        self._segment_is_fresh = True
        self._changed_boxes: list[Box] | None = None

    def init_scene(
        self,
        scene: Scene,
        session_spec: RenderSessionSpec,
        file_writer_settings: _SceneFileWriterSettings,
    ) -> None:
        """Create the file writer, with cheap settings for segments of plain H.264."""
        spec = session_spec.video_encoder
        if spec is not None and is_plain_h264(spec) and self.levers.encoder:
            spec = cheap_spec(spec, config.video_encoder_options)
            scene.session_spec = replace(session_spec, video_encoder=spec)
            file_writer_settings = replace(
                file_writer_settings,
                video_encoder=spec,
                max_inflight_encoders=max(
                    file_writer_settings.max_inflight_encoders, INFLIGHT_ENCODERS
                ),
            )
        super().init_scene(scene, session_spec, file_writer_settings)
        self.file_writer.renderer = self
        if is_plain_h264(spec):
            self.file_writer.takes_updates = self.levers.colour
            self.file_writer.repeats_stills = self.levers.stills

    def play(
        self,
        scene: Scene,
        *args: Animation | Mobject | _AnimationBuilder,
        **kwargs: Any,
    ) -> None:
        """Play animations as manim does, each into a segment of its own."""
        self._segment_is_fresh = True
        self._is_playing = True
        self._scene = scene
        self._part = Part.DRAWS
        start = self.time
        try:
            super().play(scene, *args, **kwargs)
            if self._part is Part.JUMPS:
                self._make_up_for_the_jump(scene, start)
        except BaseException as error:
            if self.plays.is_child:
                self.file_writer.abort_encode_jobs()
                self.plays.leave_with(error)
            raise
        finally:
            self._is_playing = False
        if self.plays.is_child:
            self.file_writer.join_all_encode_jobs()
            self.plays.leave(scene_state(scene.mobjects))

    def must_write(self, index: int) -> bool:
        """Find out who writes the segment of play ``index``; a forked child where that can be.

        The file writer asks when a segment is about to begin.

        Returns
        -------
        bool
            Whether this process has to write the segment: in the child, and in the parent when
            it did not fork. Nobody has to when the segment is there already.
        """
        scene = self._scene
        if not self._is_playing or scene is None:
            return True
        segment = Path(self.file_writer.partial_movie_files[index])
        if self._resumes and config.disable_caching and segment.exists():
            self._go_through(scene)
            return False
        core = self.plays.find_core()
        if core is None:
            return True
        self.file_writer.join_all_encode_jobs()
        if has_other_threads():
            self.plays.release(core)
            return True
        if self.plays.fork(f"Play {index} of {type(scene).__name__}", segment, core):
            return True
        self._go_through(scene)
        return False

    def _go_through(self, scene: Scene) -> None:
        """Bring the scene to the end of the present play without drawing it."""
        has_memory = bool(getattr(scene, "updaters_have_memory", True))
        stepped = must_be_stepped(scene, updaters_have_memory=has_memory)
        self._part = Part.STEPS if stepped else Part.JUMPS
        self.skip_animations = not stepped

    def _make_up_for_the_jump(self, scene: Scene, start: float) -> None:
        """Do what a play does over its frames: count time, and let updaters see the end."""
        tick = 1 / self.camera.frame_rate
        self.time = start
        if scene.is_current_animation_frozen_frame():
            self.time += int(scene.duration / tick) * tick
        else:
            for _ in np.arange(0, scene.duration, 1 / config.frame_rate):
                self.time += tick
            scene.update_mobjects(0)
        self.skip_animations = False
        segment = Path(self.file_writer.partial_movie_files[-1])
        self.plays.expect(segment, scene_state(scene.mobjects))

    def scene_finished(self, scene: Scene) -> None:
        """Wait for the plays that are still being drawn, then join the segments."""
        self.plays.wait()
        super().scene_finished(scene)

    def save_static_frame_data(
        self,
        scene: Scene,
        static_mobjects: Iterable[Mobject],
    ) -> PixelArray | None:
        """Draw the mobjects that stand still during this play."""
        self.static_image = None
        self._still_shapes = []
        if self.skip_animations or self._part is not Part.DRAWS or not static_mobjects:
            return None
        shapes = None
        canvas = None
        if self._prepare_canvases():
            canvas = self._still_canvas
            assert canvas is not None
            assert self._canvas is not None
            canvas.look_from(self._canvas.matrix, self._canvas.view)
            shapes = self._shapes_of(static_mobjects, canvas.shapes)
        if canvas is None or shapes is None:
            self._still_shapes = None
            self._changed_boxes = None
            CairoRenderer.update_frame(self, scene, mobjects=static_mobjects)
            self.static_image = self.get_frame()
            return self.static_image
        background = cast("Pixels", self.camera.background)
        canvas.show(shapes, 0, background, background)
        self._still_shapes = shapes
        self.static_image = cast("PixelArray", canvas.pixels)
        return self.static_image

    def update_frame(
        self,
        scene: Scene,
        mobjects: Iterable[Mobject] | None = None,
        include_submobjects: bool = True,
        ignore_skipping: bool = True,
        **kwargs: Any,
    ) -> None:
        """Bring the camera's pixels up to date; a play that is skipped draws nothing."""
        if self._is_playing and (self.skip_animations or self._part is not Part.DRAWS):
            return
        if self._is_playing and include_submobjects and not kwargs:
            self._changed_boxes = self._draw_changes(scene, mobjects)
            if self._changed_boxes is not None:
                return
        super().update_frame(scene, mobjects, include_submobjects, ignore_skipping, **kwargs)

    def render(
        self,
        scene: Scene,
        time: float,  # noqa: ARG002  (manim passes it)
        moving_mobjects: Iterable[Mobject] | None = None,
    ) -> None:
        """Draw a frame and hand it to the file writer."""
        self.update_frame(scene, moving_mobjects)
        self._add_present_frame(1)

    def freeze_current_frame(self, duration: float) -> None:
        """Hand the present frame to the file writer, to be shown for ``duration`` seconds."""
        self._add_present_frame(int(duration / (1 / self.camera.frame_rate)))

    def _add_present_frame(self, repeat: int) -> None:
        if self.skip_animations:
            return
        if self._part is Part.STEPS:
            self.time += repeat * (1 / self.camera.frame_rate)
            return
        boxes = self._changed_boxes
        frame: Any
        if boxes is None or self._segment_is_fresh or not self._sends_updates:
            frame = self.get_frame()
        else:
            frame = update_of(cast("Pixels", self.camera.pixel_array), boxes)
        self._segment_is_fresh = False
        self.add_frame(frame, num_frames=repeat)

    @property
    def _sends_updates(self) -> bool:
        return bool(self.file_writer.takes_updates)

    def _draw_changes(self, scene: Scene, mobjects: Iterable[Mobject] | None) -> list[Box] | None:
        """Redraw what changed since the last frame.

        Returns
        -------
        list of Box or None
            The rectangles that were redrawn; ``None`` when manim has to draw this frame.
        """
        below = self._still_shapes
        if below is None or not self._prepare_canvases():
            return None
        canvas, background = self._canvas, cast("Pixels | None", self.camera.background)
        assert canvas is not None
        assert background is not None
        if not mobjects:
            mobjects = list_update(scene.mobjects, scene.foreground_mobjects)
        moving = self._shapes_of(mobjects, canvas.shapes[len(below) :])
        if moving is None:
            return None
        base = background if self.static_image is None else cast("Pixels", self.static_image)
        return canvas.show([*below, *moving], len(below), base, background)

    def _prepare_canvases(self) -> bool:
        """Make the canvases fit the camera; ``False`` when it is not one that is known."""
        camera = self.camera
        if not (
            self.levers.damage
            and isinstance(camera, (FastCamera, FastMovingCamera))
            and camera.pixel_array.dtype == np.uint8
            and camera.background_image is None
        ):
            return False
        matrix = camera.get_cairo_context(camera.pixel_array).get_matrix()
        view = view_of(camera, matrix)
        pixels = cast("Pixels", camera.pixel_array)
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
        whole_paths = self.levers.paths
        shapes: list[Shape] = []
        known = len(previous)
        for mobject in self.camera.get_mobjects_to_display(mobjects):
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
                shapes.append(before)
                continue
            shape = shape_of(key, view, whole_paths=whole_paths)
            if before is not None:
                shape.take_over(before)
            shapes.append(shape)
        return shapes
