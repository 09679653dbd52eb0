"""The base class that makes a scene fast without another word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from manim import Camera, Scene, config
from manim.constants import RendererType
from manim.manager import Manager

from fastcairo.conduct import conduct
from fastcairo.drawing import CAMERAS
from fastcairo.levers import Levers
from fastcairo.renderer import FastCairoRenderer

if TYPE_CHECKING:
    from manim import CairoRenderer
    from manim.renderer.opengl_renderer import OpenGLRenderer

__all__ = ["FastScene"]


class FastScene(Scene):
    """A scene that is drawn by :class:`~fastcairo.renderer.FastCairoRenderer`.

    It takes the place of :class:`manim.Scene`. Among several bases it comes last, as in
    ``class Zoom(MovingCameraScene, FastScene)``. A scene with a renderer of its own, or a camera
    that is not known to :data:`~fastcairo.renderer.CAMERAS`, is left to manim; so is every scene
    when ``FASTCAIRO_LEVERS`` is set and names no lever.

    Parameters
    ----------
    renderer, camera_class, always_update_mobjects, random_seed, skip_animations
        As in :class:`manim.Scene`.
    """

    #: ``False`` promises that an updater without ``dt`` does nothing that depends on how often it
    #: runs; plays that are drawn by forked children then need not be gone through step by step.
    updaters_have_memory = True

    def __init__(
        self,
        renderer: CairoRenderer | OpenGLRenderer | None = None,
        camera_class: type[Camera] = Camera,
        always_update_mobjects: bool = False,
        random_seed: int | None = None,
        skip_animations: bool = False,
    ) -> None:
        levers = Levers.from_environment()
        is_known = camera_class in CAMERAS and config.renderer == RendererType.CAIRO
        if renderer is None and is_known and levers != Levers.only():
            renderer = FastCairoRenderer(camera_class, skip_animations, levers)
        super().__init__(
            renderer=renderer,
            camera_class=camera_class,
            always_update_mobjects=always_update_mobjects,
            random_seed=random_seed,
            skip_animations=skip_animations,
        )

    @property
    def manager(self) -> Manager[Self] | None:
        """The manager that renders this scene, once there is one."""
        manager: Manager[Self] | None = self.__dict__["manager"]
        return manager

    @manager.setter
    def manager(self, manager: Manager[Self] | None) -> None:
        if manager is not None:
            conduct(manager)
        self.__dict__["manager"] = manager
