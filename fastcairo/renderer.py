"""The renderer: manim's own, which draws only what changed, here or in forked processes.

It takes manim's place through ``Scene(renderer=...)``.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from manim import CairoRenderer, Camera, Mobject, VMobject, config
from manim.typing import PixelArray
from manim.utils.exceptions import EndSceneEarlyException

from fastcairo.camera import WatchedCamera
from fastcairo.cores import CAN_SHARE, Cores
from fastcairo.costs import Costs
from fastcairo.drawing import CAMERAS, DrawingRenderer
from fastcairo.encoder_settings import cheap_spec, is_plain_h264
from fastcairo.forked import Child, ForkedPlays, has_other_threads
from fastcairo.inheritance import Inheritance
from fastcairo.interpolate import watch
from fastcairo.jumps import must_be_stepped, scene_state, updaters_must_be_stepped
from fastcairo.levers import Levers
from fastcairo.seals import discard, is_sealed
from fastcairo.support import is_supported_manim
from fastcairo.updates import update_of
from fastcairo.writer import FastFileWriter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from manim import Animation, Scene

    from fastcairo.internals import AnimationBuilder, FileWriterSettings, RenderSessionSpec

__all__ = ["CAMERAS", "RESUME_VARIABLE", "FastCairoRenderer"]

RESUME_VARIABLE = "FASTCAIRO_RESUME"
INFLIGHT_ENCODERS = 3  # segments that may be finished while the next ones are drawn


class Part(Enum):
    """Task of this process in the present play."""

    DRAWS = auto()
    LOOKS_ON = auto()  # drawn elsewhere; whether it steps or jumps is not decided yet
    STEPS = auto()  # drawn elsewhere; every frame is gone through without being drawn
    JUMPS = auto()  # drawn elsewhere; the scene goes straight to the end


class FastCairoRenderer(DrawingRenderer):
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
    go by the number of the play, so the variable holds a text that changes with everything that
    is drawn. A segment that is damaged, or was drawn under another text, is drawn again.
    """

    def __init__(
        self,
        camera_class: type[Camera] = Camera,
        skip_animations: bool = False,
        levers: Levers | None = None,
        workers: int | None = None,
    ) -> None:
        super().__init__(
            FastFileWriter,
            camera_class,
            skip_animations,
            Levers.from_environment() if levers is None else levers,
        )
        can_fork = self.levers.forked and is_supported_manim() and CAN_SHARE
        self._cores = Cores.from_environment(workers) if can_fork else None
        self.plays = ForkedPlays(self._cores, self._discard_later)
        self._costs = Costs()
        if isinstance(self.camera, WatchedCamera):
            self.camera.before_a_look = self._catch_up
        self._scene: Scene | None = None
        self._may_fork = False
        self._part = Part.DRAWS
        self._child: Child | None = None
        #: The process whose picture is the present one, or that the scene was not drawn at all.
        self._shown_by: Child | Scene | None = None
        self._series = os.environ.get(RESUME_VARIABLE, "")
        self._segment_is_fresh = True

    def init_scene(
        self,
        scene: Scene,
        session_spec: RenderSessionSpec,
        file_writer_settings: FileWriterSettings,
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
        self.file_writer.series = self._series if config.disable_caching else ""
        if is_plain_h264(spec):
            self.file_writer.takes_updates = self.levers.colour
            self.file_writer.repeats_stills = self.levers.stills

    def construct(self, construct: Callable[[], None]) -> None:
        """Run ``construct`` of a scene; its plays may be drawn by forked processes.

        Raises
        ------
        RuntimeError
            If one of these processes failed.
        """
        self._may_fork = isinstance(self.camera, WatchedCamera)
        try:
            with suppress(EndSceneEarlyException):  # manim ends the scene normally
                construct()
        except BaseException as error:
            if self.plays.is_heir:
                self.file_writer.abort_encode_jobs()
                self.plays.leave_with(error)
            if not isinstance(error, Exception):
                raise
            # Where the parent came to a wrong state, the error need not be the scene's.
            self.plays.wait()
            if self.plays.inheritance is None:
                raise
        finally:
            self._may_fork = False
        if self.plays.is_heir:
            self.file_writer.join_all_encode_jobs()
            self.plays.bequeath(Inheritance.of(self, self._scene))
        self.settle()

    def settle(self) -> None:
        """Wait until all that was played is in its segments."""
        self.plays.wait()
        self.file_writer.join_all_encode_jobs()
        if isinstance(self.plays.inheritance, Inheritance):
            self.plays.inheritance.give_to(self, self._scene)
            self.plays.inheritance = None
            self._shown_by = None

    def _discard_later(self, segment: Path) -> None:
        """Remove what was drawn of the plays after that of ``segment``."""
        self.file_writer.join_all_encode_jobs()
        files = self.file_writer.partial_movie_files
        later = files[files.index(str(segment)) + 1 :]
        for file in later if config.disable_caching else ():
            if file is not None:
                discard(Path(file))

    def play(
        self,
        scene: Scene,
        *args: Animation | Mobject | AnimationBuilder,
        **kwargs: Any,
    ) -> None:
        """Play animations as manim does, each into a segment of its own."""
        if self.plays.inheritance is not None:
            raise EndSceneEarlyException
        self._segment_is_fresh = True
        self.is_playing = self.draws = True
        self._scene = scene
        self._part = Part.DRAWS
        self._child = None
        try:
            super().play(scene, *args, **kwargs)
            if self._part is Part.JUMPS and not scene.is_current_animation_frozen_frame():
                scene.update_mobjects(0)
        except BaseException as error:
            if self.plays.is_child:
                self.file_writer.abort_encode_jobs()
                self.plays.leave_with(error)
            raise
        finally:
            self.is_playing = False
            self._costs.end()
            watch.touched = None
        if self.plays.is_child:
            self.file_writer.join_all_encode_jobs()
            self.plays.leave(scene_state(scene), self.pixels)
        elif self._child is not None:
            self._child.expected_state = scene_state(scene)
            self._shown_by = self._child
        elif not self.draws or self.skip_animations:
            self._shown_by = scene
        if self._part is Part.JUMPS:
            self.skip_animations = False

    def must_write(self, index: int) -> bool:
        """Find out who writes the segment of play ``index``; a forked child where that can be.

        The file writer asks when a segment is about to begin.

        Returns
        -------
        bool
            Whether this process has to write the segment: in the child, and in the parent when
            it did not fork. Nobody has to when the segment is there already.

        Raises
        ------
        EndSceneEarlyException
            If another process turned out to draw the rest of the scene.
        """
        scene = self._scene
        if not self.is_playing or scene is None:
            return True
        segment = Path(self.file_writer.partial_movie_files[index])
        if self._series and config.disable_caching:
            if is_sealed(segment, self._series):
                self._part, self.draws = Part.LOOKS_ON, False
                return False
            discard(segment)
        core = self.plays.find_core() if self._may_fork and not self._is_for_here(scene) else None
        if self.plays.inheritance is not None:
            raise EndSceneEarlyException
        if core is not None:
            self.file_writer.join_all_encode_jobs()
            if has_other_threads():
                self.plays.release(core)
            else:
                if scene.is_current_animation_frozen_frame():
                    self.file_writer.prepare_stills()
                name = f"Play {index} of {type(scene).__name__}"
                self._child = self.plays.fork(name, segment, core, self.pixels.nbytes)
        if self._child is None:
            self._shown_by = None
            return True
        self._part, self.draws = Part.LOOKS_ON, False
        return False

    def _is_for_here(self, scene: Scene) -> bool:
        """Tell whether the present play is done sooner here than by a child."""
        if (
            self._cores is None
            or self.plays.is_child
            or scene.is_current_animation_frozen_frame()
            or not updaters_must_be_stepped(scene, updaters_have_memory=_have_memory(scene))
            or self._costs.favour_forks(self._cores.count)
        ):
            return False
        self._costs.begin()
        return True

    def save_static_frame_data(
        self,
        scene: Scene,
        static_mobjects: Iterable[Mobject],
    ) -> PixelArray | None:
        """Draw the mobjects that stand still, or go to the end of a play that is not drawn here."""
        if self._part is Part.LOOKS_ON:
            self._go_through(scene)
        return super().save_static_frame_data(scene, static_mobjects)

    def _go_through(self, scene: Scene) -> None:
        """Prepare for the end of the present play, which is drawn elsewhere."""
        camera: Any = self.camera
        if any(isinstance(m, VMobject) for m in scene.get_mobject_family_members()):
            camera.get_cairo_context(self.pixels)  # made when manim would first have drawn
        if must_be_stepped(scene, updaters_have_memory=_have_memory(scene)):
            self._part = Part.STEPS
            return
        self._part = Part.JUMPS
        self.skip_animations = True
        tick = 1 / camera.frame_rate
        if scene.is_current_animation_frozen_frame():
            self.time += int(scene.duration / tick) * tick
        else:
            for _ in np.arange(0, scene.duration, 1 / config.frame_rate):
                self.time += tick

    def scene_finished(self, scene: Scene) -> None:
        """Wait for the plays that are still being drawn, then join the segments."""
        self.settle()
        super().scene_finished(scene)

    def get_frame(self) -> PixelArray:
        """Return a copy of the present frame, shape (height, width, 4)."""
        self._catch_up()
        return cast("PixelArray", self.pixels.copy())

    def _catch_up(self) -> None:
        """Bring the pixels to what manim would show now, where nothing was drawn here."""
        source, self._shown_by = self._shown_by, None
        if source is None:
            return
        if isinstance(source, Child):
            pixels = self.pixels
            np.copyto(pixels, self.plays.picture_of(source).reshape(pixels.shape))
        else:
            self.static_image = None
            CairoRenderer.update_frame(self, source)
        if isinstance(self.camera, WatchedCamera):
            self.camera.foreign_writes += 1

    def render(
        self,
        scene: Scene,
        time: float,  # noqa: ARG002  (manim passes it)
        moving_mobjects: Iterable[Mobject] | None = None,
    ) -> None:
        """Draw a frame and hand it to the file writer."""
        self._costs.note_step()
        self.update_frame(scene, moving_mobjects)
        self._add_present_frame(1)
        self._costs.note_drawing()

    def freeze_current_frame(self, duration: float) -> None:
        """Hand the present frame to the file writer, to be shown for ``duration`` seconds."""
        self._add_present_frame(int(duration / (1 / self.camera.frame_rate)))

    def _add_present_frame(self, repeat: int) -> None:
        if self.skip_animations:
            return
        if self._part is Part.STEPS:
            self.time += repeat * (1 / self.camera.frame_rate)
            return
        boxes = self.changed_boxes
        frame: Any
        if boxes is None or self._segment_is_fresh or not self.file_writer.takes_updates:
            frame = self.pixels.copy()
        else:
            frame = update_of(self.pixels, boxes)
        self._segment_is_fresh = False
        self.add_frame(frame, num_frames=repeat)


def _have_memory(scene: Scene) -> bool:
    return bool(getattr(scene, "updaters_have_memory", True))
