"""A symbol that is spoken of swells, and shrinks again."""

from __future__ import annotations

from manim import Animation, ApplyMethod, VMobject, there_and_back

SWELL = 1.35
"""Factor by which it grows."""


def swell(part: VMobject) -> Animation:
    """Let a part grow and shrink again where it stands."""
    return ApplyMethod(part.scale, SWELL, rate_func=there_and_back)
