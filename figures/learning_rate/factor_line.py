"""The number line of the factor that a step multiplies the distance by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

import numpy as np
from manim import LEFT, RIGHT, Line, Triangle, ValueTracker, VGroup

from linreg.study.steepest_cut import SteepestCut
from visuals.following import Picture
from visuals.layout import Slot
from visuals.numbers import integer
from visuals.plots import TICK_LENGTH, Points, TickLabel
from visuals.readout import READOUT_LEADING, Readout, readout_column
from visuals.theme import Size, Stroke, theme
from visuals.typography import Math, Words

TOP, BOTTOM = 1.15, -1.95
"""Ends of the line."""

NAMED_AT: Mapping[str, float] = {"creeps": 0.93, "lands": 0.5, "zigzags": -0.5, "explodes": -1.5}
"""Height of each name."""

THICK = 10.0
"""Width of the part between -1 and 1, in manim's unit."""

NAME_GAP, NUMBER_GAP, MARK_GAP, HEAD_GAP = 0.55, 0.25, 0.08, 0.35
"""Space between the line and names, numbers, the mark, and the readouts above."""

MARK = 0.17
"""Radius of the mark, in scene units."""


class FactorLine(Picture, VGroup):
    """An upright number line; a mark stands at the factor of now, and parts of it have names.

    Parameters
    ----------
    slot
        Room for it.
    cut
        The loss.
    lr
        Tracker of the learning rate.
    factor
        The word for the factor.
    names
        The names of the line's parts, by the keys of :data:`NAMED_AT`.

    Attributes
    ----------
    names
        As given, not yet shown.
    """

    def __init__(
        self,
        slot: Slot,
        cut: SteepestCut,
        lr: ValueTracker,
        factor: str,
        names: Mapping[str, Words],
    ) -> None:
        self.cut, self.lr = cut, lr
        rate = Readout(lr.get_value, 2, Math('"lr" ='), color=theme.INK)
        value = Readout(
            lambda: cut.factor(lr.get_value()), 2, Math(f'"{factor}" ='), color=theme.INK
        )
        self.readouts = readout_column(rate, value)
        widest = max(name.width for name in names.values())
        self.x = slot.left + (slot.width - widest) / 2
        top = slot.top - 2 * READOUT_LEADING * Size.BODY - HEAD_GAP
        self.low, self.high = slot.bottom, top
        self.readouts.shift(np.array([self.x, slot.top, 0.0]) - self.readouts.get_top())
        self.line = self._part(TOP, BOTTOM, Stroke.LINE)
        self.inside = self._part(1, -1, THICK)
        self.ticks = VGroup(*(part for number in (1, 0, -1) for part in self._tick(number)))
        self.mark = Triangle(radius=MARK, fill_color=theme.INK, fill_opacity=1, stroke_width=0)
        self.mark.rotate(np.pi / 2)
        self.names = dict(names)
        for key, name in names.items():
            name.next_to(self.at(NAMED_AT[key]), RIGHT, buff=NAME_GAP)
        super().__init__(self.line, self.inside, self.ticks, self.mark, self.readouts)
        self.follow().tracked()

    def at(self, factor: float) -> Points:
        """Return the point of a factor."""
        share = (factor - BOTTOM) / (TOP - BOTTOM)
        return np.array([self.x, self.low + share * (self.high - self.low), 0.0])

    def follow(self) -> Self:
        """Put the mark at the factor of now."""
        factor = min(max(self.cut.factor(self.lr.get_value()), BOTTOM), TOP)
        self.mark.next_to(self.at(factor), RIGHT, buff=MARK_GAP)
        for readout in self.readouts:
            readout.follow()
        return self

    def _part(self, start: float, end: float, width: float) -> Line:
        return Line(self.at(start), self.at(end), color=theme.MUTED, stroke_width=width)

    def _tick(self, number: int) -> tuple[Line, TickLabel]:
        place, half = self.at(number), 2 * TICK_LENGTH * RIGHT
        tick = Line(place - half, place + half, color=theme.INK, stroke_width=Stroke.LINE)
        label = TickLabel(integer(number), size=Size.BODY, color=theme.INK)
        return tick, label.next_to(place, LEFT, buff=NUMBER_GAP)
