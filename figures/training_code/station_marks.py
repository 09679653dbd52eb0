"""The stations beside the lines of the loop that do their work, and the arrow back to the first."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    ArcBetweenPoints,
    Circle,
    Create,
    FadeIn,
    LaggedStart,
    Transform,
    VGroup,
)

from visuals.code import ASCENT
from visuals.layout import GAP, is_wide
from visuals.listing import Listing
from visuals.pipeline import LOOP_TIP, Station, station_name
from visuals.theme import Pace, Size, Stroke, theme
from visuals.typography import MIDDLE_OF_LETTERS, Words

BEFORE_NAME = 0.18
ABOVE_BAR = 1

BEHIND_NAME = 0.06
"""Space between a name on the listing's panel and the panel's edge."""

WAY_BACK = np.pi / 2
WAY_BACK_INSIDE = -np.pi / 5
"""Angle of the arrow's arc: beside the names, and in the code's indentation."""


class StationMarks(VGroup):
    """Names of the stations, each on the line of a listing that does its work.

    In a wide frame they stand beside the listing. In a tall frame they stand where its lines end,
    and their dots in its indentation, as the marks of a debugger do.

    Parameters
    ----------
    listing
        The loop.
    lines
        For each station what its line holds.

    Attributes
    ----------
    names
        A dot and a name for each station.
    back
        The arrow from the last station to the first.
    """

    RADIUS = 0.09
    LIT_RADIUS = 0.12

    def __init__(self, listing: Listing, lines: Mapping[Station, str]) -> None:
        self.names = {station: self._name(station) for station in lines}
        for station, text in lines.items():
            name = self.names[station]
            name.next_to(listing.panel, RIGHT, buff=GAP)
            name.shift(UP * (listing.y_of_line(text) - name[0].get_y()))
            name[1].shift(DOWN * (self._sunk - MIDDLE_OF_LETTERS * Size.BODY))
        names = VGroup(*self.names.values())
        first, last = names[0], names[-1]
        if is_wide():
            x, angle = names.get_right()[0] + BEFORE_NAME, WAY_BACK
        else:
            self._move_into(listing, listing.glyphs_of_line(next(iter(lines.values()))))
            x, angle = first[0].get_left()[0] - BEFORE_NAME / 2, WAY_BACK_INSIDE
        self.back = ArcBetweenPoints(
            np.array([x, last.get_y(), 0.0]),
            np.array([x, first.get_y(), 0.0]),
            angle=angle,
        ).set_stroke(theme.MUTED, width=Stroke.LINE)
        self.back.add_tip(tip_length=LOOP_TIP, tip_width=LOOP_TIP)
        self.back.tip.set_color(theme.MUTED)
        self.back.set_z_index(ABOVE_BAR)
        super().__init__(self.back, names)

    def appear(self, run_time: float = Pace.SWEEP) -> Animation:
        """Show the stations in order, then the way back."""
        names = (FadeIn(name, shift=0.3 * LEFT) for name in self.names.values())
        return LaggedStart(*names, Create(self.back), lag_ratio=0.5, run_time=run_time)

    def focus(self, *lit: Station, run_time: float = Pace.QUICK) -> Animation:
        """Give some stations their colours, and dim the others."""
        return AnimationGroup(
            *(
                Transform(name, self._shone(station, station in lit))
                for station, name in self.names.items()
            ),
            run_time=run_time,
        )

    def note(self, listing: Listing, text: str, words: Words) -> Words:
        """Put words for a line that is no station into the column of the stations' names."""
        names = VGroup(*(name[1] for name in self.names.values()))
        line = listing.y_of_line(text) - self._sunk
        words.align_to(names, LEFT).shift(UP * (line - words.baseline))
        self.add(words)
        return words.set_fill(theme.MUTED)

    @property
    def _sunk(self) -> float:
        """Distance of the words' baseline below the middle of their line of code.

        Those that follow it on the panel stand where its letters do.
        """
        return MIDDLE_OF_LETTERS * Size.BODY if is_wide() else (ASCENT - 0.5) * Size.CODE

    def _move_into(self, listing: Listing, first: VGroup) -> None:
        """Put the names where the listing's lines end, and the dots before its first station."""
        dots, names = (VGroup(*parts) for parts in zip(*self.names.values(), strict=True))
        dots.set_x(first.get_left()[0] - BEFORE_NAME, direction=RIGHT)
        names.set_x(listing.panel.get_right()[0] - BEHIND_NAME, direction=RIGHT)

    def _name(self, station: Station) -> VGroup:
        dot = Circle(self.RADIUS, stroke_width=0, fill_opacity=1)
        name = station_name(station)
        name.set_x(dot.get_right()[0] + BEFORE_NAME, direction=LEFT)
        return VGroup(dot, name).set_color(station.color)

    def _shone(self, station: Station, lit: bool) -> VGroup:
        """Return a station's name as it is in focus, or out of it."""
        dot, name = shone = self.names[station].copy()
        color = station.color if lit else theme.MUTED
        name.set_fill(color)
        # Where colours look alike, the full dot is the one in focus.
        dot.set(width=2 * (self.LIT_RADIUS if lit else self.RADIUS))
        dot.set_fill(color, opacity=1.0 if lit else 0.0)
        dot.set_stroke(color, width=Stroke.THIN)
        return shone
