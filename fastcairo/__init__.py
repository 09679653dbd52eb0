"""A drop-in Cairo renderer for manim that draws only what changed.

Derive a scene from :class:`FastScene` instead of ``manim.Scene``, or write ``plugins = fastcairo``
in ``manim.cfg``; its frames stay the same. With a version of manim that the engine does not know,
``FastScene`` is manim's ``Scene`` and one warning says so.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fastcairo.dots import DotCloud
    from fastcairo.levers import Levers
    from fastcairo.patches import install, installed, uninstall
    from fastcairo.renderer import FastCairoRenderer
    from fastcairo.scene import FastScene

__all__ = [
    "DotCloud",
    "FastCairoRenderer",
    "FastScene",
    "Levers",
    "install",
    "installed",
    "uninstall",
]

# Imported when they are asked for: manim imports this package whenever it is installed.
_PLACES = {
    "DotCloud": "dots",
    "FastCairoRenderer": "renderer",
    "FastScene": "scene",
    "Levers": "levers",
    "install": "patches",
    "installed": "patches",
    "uninstall": "patches",
}
_IN_OTHER_VERSIONS = {"FastCairoRenderer": "CairoRenderer", "FastScene": "Scene"}


def __getattr__(name: str) -> Any:
    place = _PLACES.get(name)
    if place is None:
        raise AttributeError(f"module 'fastcairo' has no attribute {name!r}")
    if name in _IN_OTHER_VERSIONS:
        from fastcairo.support import is_supported_manim, warn_about_manim

        if not is_supported_manim():
            warn_about_manim()
            return getattr(import_module("manim"), _IN_OTHER_VERSIONS[name])
    return getattr(import_module(f"fastcairo.{place}"), name)
