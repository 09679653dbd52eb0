"""A drop-in Cairo renderer for manim that draws only what changed.

Derive a scene from :class:`FastScene` instead of ``manim.Scene``; its frames stay the same.
"""

from __future__ import annotations

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
