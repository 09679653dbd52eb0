"""The five parts of the lecture, and the strip in the header that marks the chapter's part."""

from __future__ import annotations

from enum import Enum
from itertools import pairwise

from manim import LEFT, RIGHT, Circle, Line, VGroup

from visuals import language
from visuals.layout import GAP, is_wide
from visuals.theme import Size, Stroke, theme
from visuals.typography import Words


class Part(Enum):
    """The parts of the lecture, in order."""

    LEARNING = "learning"
    DATA = "data"
    GRADIENT = "gradient"
    TRAINING = "training"
    PRACTICE = "practice"

    @property
    def label(self) -> str:
        """The part's name for the viewer."""
        return language.tr(f"part.{self.value}")


class Strip(VGroup):
    """Five small circles in a row, of which the chapter's part is filled and named.

    In a tall frame it has no name: the heading beside it needs the room.

    Parameters
    ----------
    here
        The chapter's part.
    """

    RADIUS = 0.09
    STEP = 0.42

    def __init__(self, here: Part) -> None:
        super().__init__()
        stops = VGroup(*(self._stop(part is here) for part in Part))
        stops.arrange(RIGHT, buff=self.STEP - 2 * self.RADIUS)
        rails = VGroup(
            *(
                Line(a.get_right(), b.get_left(), color=theme.MUTED, stroke_width=Stroke.THIN)
                for a, b in pairwise(stops)
            )
        )
        self.add(rails, stops)
        if is_wide():
            label = Words(here.label, size=Size.BODY, color=theme.INK)
            self.add(label.next_to(stops, LEFT, buff=GAP))

    def _stop(self, is_here: bool) -> Circle:
        color = theme.INK if is_here else theme.MUTED
        return Circle(
            self.RADIUS,
            color=color,
            stroke_width=Stroke.THIN,
            fill_color=color,
            fill_opacity=1.0 if is_here else 0.0,
        )
