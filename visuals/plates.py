"""Grounds under text: a panel for code and tables, and a plate that keeps lines off a label."""

from __future__ import annotations

from manim import BackgroundRectangle, RoundedRectangle, VGroup, VMobject

from visuals.theme import theme

CORNER_RADIUS = 0.08

PADDING = 0.15
"""Border of a panel around what lies on it, in scene units."""

RIM = 5
"""Width of the rim around the letters of a label, half of which lies outside of them."""

PLATE_BORDER = 0.06
"""Border of a plate around its label, in scene units."""


def panel(width: float, height: float, padding: float = PADDING) -> RoundedRectangle:
    """Return the ground that code or a table lies on.

    Parameters
    ----------
    width, height
        Size of what lies on it, in scene units.
    padding
        Border on each side, in scene units.
    """
    return RoundedRectangle(
        corner_radius=CORNER_RADIUS,
        width=width + 2 * padding,
        height=height + 2 * padding,
        stroke_width=0,
        fill_color=theme.PANEL,
        fill_opacity=1,
    )


def plate(label: VMobject, border: float = PLATE_BORDER) -> BackgroundRectangle:
    """Return a rectangle in the frame's own colour, on which a label is clear of dots and lines."""
    return BackgroundRectangle(label, color=theme.BACKGROUND, fill_opacity=1, buff=border)


def rimmed(label: VMobject) -> VGroup:
    """Return a label whose letters have a rim in the frame's colour: it cuts few lines."""
    letters = label.copy().family_members_with_points()
    rim = VGroup(*(letter for letter in letters if isinstance(letter, VMobject)))
    return VGroup(rim.set_stroke(theme.BACKGROUND, RIM), label)
