"""A gradient as an arrow, with labels, or as a dot where it is too short."""

from __future__ import annotations

import numpy as np
from manim import (
    Animation,
    AnimationGroup,
    ApplyMethod,
    Arrow,
    Dot,
    FadeIn,
    GrowArrow,
    Line,
    Transform,
    VGroup,
    VMobject,
)

from visuals.label_room import points_along
from visuals.plots import Points
from visuals.theme import Dim, Radius, Stroke, theme

HEAD_LENGTH = 0.22
"""Length of the head of an arrow of ordinary width, in scene units."""

MOST_HEAD_LENGTH = 0.6
"""Largest length of a head, as a share of its arrow. Shorter arrows are also thinner."""

MOST_HEAD_BREADTH = 1.1
"""Largest breadth of a broad arrow's head, as a share of its arrow, so that short ones are seen."""

RIM_WIDTH = 3.0
"""Width of the rim that separates a broad arrow from those under it, in manim's unit."""

SHORTEST_ARROW = 0.05
"""Length in scene units below which an arrow is drawn as a dot."""


class GradientArrow(VGroup):
    """An arrow from the point of zero gradient to the gradient; a dot if that is too short.

    Labels are added as further submobjects.

    Parameters
    ----------
    start, end
        Points of the scene, shape (3,).
    stroke_width
        Width of the shaft, in manim's unit.
    broad
        Whether it has a wide head even if it is short, and a rim around it.
    """

    def __init__(
        self,
        start: Points,
        end: Points,
        stroke_width: float = Stroke.LINE,
        broad: bool = False,
    ) -> None:
        self.start, self.end = start, end
        length = float(np.linalg.norm(end - start))
        head = HEAD_LENGTH * np.sqrt(stroke_width / Stroke.LINE)
        fitting = min(head, MOST_HEAD_LENGTH * length)
        breadth = min(head, MOST_HEAD_BREADTH * length) if broad else fitting
        self.shaft: VMobject = (
            Arrow(
                start,
                end,
                buff=0,
                color=theme.GRADIENT,
                stroke_width=stroke_width * breadth / head,
                tip_length=fitting,
                tip_style={"width": breadth},
                max_tip_length_to_length_ratio=1,
                max_stroke_width_to_length_ratio=1000,
            )
            if length > SHORTEST_ARROW
            else Dot(end, radius=Radius.SAMPLE, color=theme.GRADIENT)
        )
        if broad and isinstance(self.shaft, Arrow):
            _rim(self.shaft)
        super().__init__(self.shaft)

    @property
    def drawn_points(self) -> Points:
        """Points along the shaft and on the head, shape (k, 3)."""
        outlines = [part.points for part in self.shaft.get_family() if len(part.points)]
        return np.vstack([points_along(self.start, self.end), *outlines])

    def recede(self) -> Animation:
        """Dim it, its labels less than its shaft."""
        labels = (ApplyMethod(label.set_opacity, Dim.LABEL) for label in self[1:])
        return AnimationGroup(ApplyMethod(self.shaft.set_opacity, Dim.SOFT), *labels)

    def hollow(self) -> Animation:
        """Make the head hollow and the shaft thin: a difference that needs no colour."""
        target = self.shaft.copy()
        head = target.tip if isinstance(target, Arrow) else target
        if isinstance(target, Arrow):
            target.set_stroke(width=min(target.stroke_width, Stroke.THIN), family=False)
        head.set_fill(theme.BACKGROUND, opacity=1).set_stroke(theme.GRADIENT, Stroke.THIN)
        return Transform(self.shaft, target)

    def laid_along(self, start: Points, end: Points) -> Animation:
        """Turn a copy of the shaft into a segment between two points, each of shape (3,)."""
        segment = Line(start, end, color=theme.GRADIENT, stroke_width=Stroke.LINE)
        return Transform(self.shaft.copy(), segment)

    def grow(self) -> Animation:
        """Grow the arrow from its start, and show its labels."""
        shaft = self.shaft
        grown = GrowArrow(shaft) if isinstance(shaft, Arrow) else FadeIn(shaft)
        return AnimationGroup(grown, *(FadeIn(label) for label in self[1:]))


def _rim(arrow: Arrow) -> None:
    """Give an arrow a rim in the background's colour, except between its shaft and its head."""
    ground = theme.BACKGROUND
    width = arrow.get_stroke_width() + 2 * RIM_WIDTH
    arrow.set_stroke(ground, width, family=False, background=True)
    point, left, right = arrow.tip.get_start_anchors()
    edge = VMobject(
        fill_color=ground, fill_opacity=1, stroke_color=ground, stroke_width=2 * RIM_WIDTH
    )
    arrow.add_to_back(edge.set_points_as_corners([left, point, right]))
