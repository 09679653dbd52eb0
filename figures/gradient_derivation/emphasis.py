"""Emphasis of the part that a sentence names: it swells, or has a size of its own."""

from __future__ import annotations

from manim import Animation, ApplyMethod, VMobject, there_and_back

from visuals.layout import is_wide
from visuals.theme import Size

SWELL = 1.12
"""Factor by which a part grows."""

LARGE = 1.2
"""Size of formulas and numbers that are the picture, in sizes of a title."""


def swell(part: VMobject) -> Animation:
    """Let a part grow and shrink again where it stands."""
    return ApplyMethod(part.scale, SWELL, rate_func=there_and_back)


def large() -> float:
    """Return the size of formulas and numbers that are the picture; a title's in a tall frame."""
    return Size.TITLE * (LARGE if is_wide() else 1)
