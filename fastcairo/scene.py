"""The base class that makes a scene fast without another word."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from manim import Camera, Scene, config
from manim.constants import RendererType
from manim.manager import Manager

from fastcairo.conduct import conduct
from fastcairo.levers import Levers
from fastcairo.renderer import FastCairoRenderer

if TYPE_CHECKING:
    from manim import CairoRenderer
    from manim.renderer.opengl_renderer import OpenGLRenderer

__all__ = ["FastScene", "renderer_for"]


def renderer_for(
    camera_class: type[Camera], *, skip_animations: bool = False
) -> FastCairoRenderer | None:
    """Return the engine's renderer for a scene; ``None`` where manim's own has to do it.

    Raises
    ------
    ValueError
        If ``FASTCAIRO_LEVERS`` or ``FASTCAIRO_WORKERS`` is set to something that is not allowed.
    """
    levers = Levers.from_environment()
    if config.renderer != RendererType.CAIRO or levers == Levers.only():
        return None
    return FastCairoRenderer(camera_class, skip_animations, levers)


class FastScene(Scene):
    """A scene that is drawn by :class:`~fastcairo.renderer.FastCairoRenderer`.

    It takes the place of :class:`manim.Scene`. Among several bases it comes last, as in
    ``class Zoom(MovingCameraScene, FastScene)``. A scene with a renderer of its own is left to
    manim; so is every scene when ``FASTCAIRO_LEVERS`` is set and names no lever.

    Parameters
    ----------
    renderer, camera_class, always_update_mobjects, random_seed, skip_animations
        As in :class:`manim.Scene`.
    """

    #: ``False`` promises that an updater without ``dt`` does nothing that depends on how often it
    #: runs; plays that are drawn by forked children then need not be gone through step by step.
    updaters_have_memory = True
    #: Names of attributes that ``construct`` fills and that are wanted when it is done. Where a
    #: forked child draws the rest of a scene, its values take the place of the parent's; they
    #: must be such that they can be pickled.
    handed_over: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self,
        renderer: CairoRenderer | OpenGLRenderer | None = None,
        camera_class: type[Camera] = Camera,
        always_update_mobjects: bool = False,
        random_seed: int | None = None,
        skip_animations: bool = False,
    ) -> None:
        if renderer is None:
            renderer = renderer_for(camera_class, skip_animations=skip_animations)
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
