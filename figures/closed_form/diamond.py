"""The mark of the exact answer."""

from __future__ import annotations

from manim import DEGREES, ManimColor, Square

from visuals.theme import Stroke, theme

SIDE = 0.3
"""Side of the mark, in scene units."""


def diamond(color: ManimColor | None = None) -> Square:
    """Return a diamond that has room for a dot; the model's unless a color is given."""
    ink = theme.MODEL if color is None else color
    return Square(SIDE, color=ink, stroke_width=Stroke.LINE).rotate(45 * DEGREES)
