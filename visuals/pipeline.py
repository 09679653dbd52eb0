"""The five stations of training, and the strip in the header that marks the chapter's station."""

from __future__ import annotations

from enum import Enum
from itertools import pairwise

from manim import DOWN, LEFT, RIGHT, Circle, Line, ManimColor, VGroup

from visuals import language
from visuals.layout import GAP
from visuals.theme import Role, Size, Stroke, theme
from visuals.typography import MIDDLE_OF_LETTERS, Words

LOOP_TIP = 0.2
"""Length and width of the heads of the arrows that lead round the loop, in scene units."""


class Station(Enum):
    """The stations of the training loop, in order; the first four are named after their roles."""

    DATA = "data"
    MODEL = "model"
    LOSS = "loss"
    GRADIENT = "gradient"
    UPDATE = "update"

    @property
    def label(self) -> str:
        """The station's name for the viewer."""
        return language.tr(f"station.{self.value}")

    @property
    def color(self) -> ManimColor:
        """Colour of the station's result; an update changes the model."""
        return theme.MODEL if self is Station.UPDATE else theme.of(Role(self.value))


def station_name(station: Station) -> Words:
    """Return a station's name in its colour, vertically centred on y = 0 by its small letters."""
    name = Words(station.label, size=Size.BODY, color=station.color)
    return name.shift(DOWN * (name.baseline + MIDDLE_OF_LETTERS * Size.BODY))


class Strip(VGroup):
    """Five small circles in a row, of which the chapter's station is filled and named.

    Parameters
    ----------
    here
        The chapter's station; None for a chapter about all five, which are then all filled.
    """

    RADIUS = 0.09
    STEP = 0.42

    def __init__(self, here: Station | None) -> None:
        super().__init__()
        stops = VGroup(*(self._stop(station, here) for station in Station))
        stops.arrange(RIGHT, buff=self.STEP - 2 * self.RADIUS)
        rails = VGroup(
            *(
                Line(a.get_right(), b.get_left(), color=theme.MUTED, stroke_width=Stroke.THIN)
                for a, b in pairwise(stops)
            )
        )
        self.add(rails, stops)
        name = language.tr("station.all") if here is None else here.label
        color = theme.INK if here is None else here.color
        label = Words(name, size=Size.BODY, color=color)
        self.add(label.next_to(stops, LEFT, buff=GAP))

    def _stop(self, station: Station, here: Station | None) -> Circle:
        lit = here is None or station is here
        color = station.color if lit else theme.MUTED
        return Circle(
            self.RADIUS,
            color=color,
            stroke_width=Stroke.THIN,
            fill_color=color,
            fill_opacity=1.0 if lit else 0.0,
        )
