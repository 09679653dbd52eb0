"""The base class that makes a scene fast without another word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from manim import Camera, Scene, config
from manim.constants import RendererType

from fastcairo.levers import Levers
from fastcairo.patches import installed
from fastcairo.renderer import CAMERAS, FastCairoRenderer

if TYPE_CHECKING:
    from manim import CairoRenderer
    from manim.renderer.opengl_renderer import OpenGLRenderer

__all__ = ["FastScene"]


class FastScene(Scene):
    """A scene that is drawn by :class:`~fastcairo.renderer.FastCairoRenderer`.

    It takes the place of :class:`manim.Scene`. Among several bases it comes last, as in
    ``class Zoom(MovingCameraScene, FastScene)``. A scene with a renderer of its own, or a camera
    that is not known to :data:`~fastcairo.renderer.CAMERAS`, is left to manim.

    Parameters
    ----------
    renderer, camera_class, always_update_mobjects, random_seed, skip_animations
        As in :class:`manim.Scene`.
    """

    def __init__(
        self,
        renderer: CairoRenderer | OpenGLRenderer | None = None,
        camera_class: type[Camera] = Camera,
        always_update_mobjects: bool = False,
        random_seed: int | None = None,
        skip_animations: bool = False,
    ) -> None:
        self.levers = Levers.from_environment()
        if renderer is None and camera_class in CAMERAS and config.renderer == RendererType.CAIRO:
            renderer = FastCairoRenderer(camera_class, skip_animations, self.levers)
        super().__init__(
            renderer=renderer,
            camera_class=camera_class,
            always_update_mobjects=always_update_mobjects,
            random_seed=random_seed,
            skip_animations=skip_animations,
        )

    def render(self, preview: bool = False) -> bool:
        """Render with manim's slow spots patched, and take the patches back afterwards."""
        with installed(self.levers):
            return super().render(preview)
