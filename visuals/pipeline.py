"""The five stations of training."""

from __future__ import annotations

from enum import Enum

from manim import DOWN, ManimColor

from visuals import language
from visuals.theme import Role, Size, theme
from visuals.typography import Words


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
    """Return a station's name in its colour, vertically centred on y = 0 by its letters."""
    name = Words(station.label, size=Size.BODY, color=station.color)
    return name.shift(DOWN * name.middle)
