"""A drop-in Cairo renderer for manim that draws only what changed."""

from __future__ import annotations

from fastcairo.dots import DotCloud

__all__ = ["DotCloud"]
