"""Plugin of manim: every plain scene is drawn by the engine, without an edit of the scene.

Manim imports the plugins of all installed packages, asked for or not. This one does something only
where ``plugins = fastcairo`` stands in ``manim.cfg``.
"""

from __future__ import annotations

import functools
from typing import Any

from manim import Camera, Scene, config
from manim.manager import Manager

__all__ = ["activate", "deactivate"]

_manim_init = Scene.__init__
_manager_init = Manager.__init__


@functools.wraps(_manim_init)
def _scene_init(
    self: Scene,
    renderer: Any = None,
    camera_class: type[Camera] = Camera,
    always_update_mobjects: bool = False,
    random_seed: int | None = None,
    skip_animations: bool = False,
) -> None:
    # Only now: the plugin is imported while manim itself is.
    from fastcairo.support import is_supported_manim, warn_about_manim

    if renderer is None and not is_supported_manim():
        warn_about_manim()
    elif renderer is None:
        from fastcairo.scene import renderer_for

        renderer = renderer_for(camera_class, skip_animations=skip_animations)
    _manim_init(self, renderer, camera_class, always_update_mobjects, random_seed, skip_animations)


@functools.wraps(_manager_init)
def _conducted_init(self: Manager[Any], scene: Any) -> None:
    _manager_init(self, scene)
    if type(scene.renderer).__name__ == "FastCairoRenderer":
        from fastcairo.conduct import conduct

        conduct(self)


def activate() -> None:
    """Draw every scene with the engine that has no renderer of its own."""
    Scene.__init__ = _scene_init  # type: ignore[method-assign]
    Manager.__init__ = _conducted_init  # type: ignore[method-assign]


def deactivate() -> None:
    """Leave scenes to manim again."""
    Scene.__init__ = _manim_init  # type: ignore[method-assign]
    Manager.__init__ = _manager_init  # type: ignore[method-assign]


if "fastcairo" in {name.strip() for name in config.plugins}:
    activate()
