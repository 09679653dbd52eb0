"""Numbers that come from where they were read."""

from __future__ import annotations

import numpy.typing as npt
from manim import Animation, FadeIn, VMobject


def fly(number: VMobject, start: npt.ArrayLike) -> Animation:
    """Let a number come from a place of the scene."""
    return FadeIn(number, target_position=start)
