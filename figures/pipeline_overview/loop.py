"""The training loop as five stations in a ring, which can be as large as the body or small."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import (
    Animation,
    AnimationGroup,
    Create,
    Dot,
    FadeIn,
    LaggedStart,
    Line,
    RoundedRectangle,
    Transform,
    ValueTracker,
    VGroup,
    VMobject,
)

from visuals.following import Follower
from visuals.layout import Slot
from visuals.pipeline import Station, station_name
from visuals.plots import Points
from visuals.theme import Pace, Radius, Size, Stroke, theme

PADDING, HEIGHT = 0.4, 1.7
"""Air beside a name, and the height of a station, in ems of the names."""

LARGE_NAMES = 0.6
"""Height of an em in a ring as large as the body, in scene units."""

BESIDE_ARROW = 0.08
"""Space between an arrow and the stations at its ends, in scene units."""

DOT = 0.45
"""Diameter of a station that is not lit, in ems of the names."""

TIP = 0.5
"""Length and width of an arrow's head, in ems of the names."""

MIDDLE, LOWER = 0.15, 0.7
"""Height of the second row and width of the third, as shares of half the slot."""

GAP_BELOW = 0.8
"""Half the space between the two lower stations, at least, in ems of the names."""

BROADEST, TALLEST = 1.75, 1.2
"""Width over height and height over width of the ring at most."""


class Loop(VGroup):
    """Five stations with arrows from each to the next, clockwise.

    Parameters
    ----------
    slot
        The room for it.
    size
        Height of an em of the names, in scene units.

    Attributes
    ----------
    boxes, names, arrows
        One for each station, in order.
    turns
        Tracker of the token's way: how often it went round.
    """

    def __init__(self, slot: Slot, size: float = Size.BODY) -> None:
        self.slot, self.size = slot, size
        self.turns = ValueTracker(0)
        self.names = VGroup(*(station_name(s).scale(size / Size.BODY) for s in Station))
        width = max(name.width for name in self.names) + 2 * PADDING * size
        self.half = np.array([width, HEIGHT * size]) / 2
        self.boxes = VGroup(*(_box(self.half, size) for _ in Station))
        for box, name, place in zip(self.boxes, self.names, self._places(), strict=True):
            box.move_to(place)
            name.shift(place)
        self.arrows = VGroup(*(Line() for _ in Station))
        super().__init__(self.arrows, self.boxes, self.names)
        self._style(*Station)

    # What can be played

    def draw(self, run_time: float = Pace.SWEEP) -> Animation:
        """Draw the stations clockwise, each with the arrow that leaves it; they have no names."""
        pairs = zip(self.boxes, self.arrows, strict=True)
        parts = [part for box, arrow in pairs for part in (FadeIn(box), Create(arrow))]
        return LaggedStart(*parts, lag_ratio=0.5, run_time=run_time)

    def move_to_other(self, other: Loop, *lit: Station, run_time: float = Pace.MOVE) -> Animation:
        """Move to where another ring is, with its size; the stations that are not lit are dots."""
        other._style(*lit)
        self.slot, self.size, self.half = other.slot, other.size, other.half
        return Transform(self, other, run_time=run_time)

    def light(self, *lit: Station, run_time: float = Pace.QUICK) -> Animation:
        """Light some stations, and let the others be dots."""
        target = Loop(self.slot, self.size)
        target._style(*lit)
        pairs = zip(
            (*self.arrows, *self.boxes, *self.names),
            (*target.arrows, *target.boxes, *target.names),
            strict=True,
        )
        return AnimationGroup(*(Transform(a, b) for a, b in pairs), run_time=run_time)

    def token(self) -> Token:
        """Return a dot that is where the tracker of the turns says."""
        return Token(self)

    # Shape

    def _style(self, *lit: Station) -> None:
        """Give the stations that are lit a box with their name, and the others a dot."""
        dot = np.array([DOT, DOT]) * self.size / 2
        halves = [self.half if station in lit else dot for station in Station]
        for station, box, name, half in zip(Station, self.boxes, self.names, halves, strict=True):
            is_lit = station in lit
            box.become(_box(half, self.size).move_to(box))
            box.set_stroke(station.color if is_lit else theme.MUTED, width=Stroke.LINE)
            box.set_fill(theme.PANEL if is_lit else theme.MUTED)
            name.set_fill(station.color if is_lit else theme.MUTED, opacity=float(is_lit))
        for number, arrow in enumerate(self.arrows):
            arrow.become(self._arrow(number, halves))

    def _places(self) -> Points:
        """Return the centres of the stations, shape (5, 3)."""
        width = min(self.slot.width, BROADEST * self.slot.height)
        height = min(self.slot.height, TALLEST * self.slot.width)
        x, y = np.array([width, height]) / 2 - self.half - Stroke.LINE / 200
        narrow = max(LOWER * x, self.half[0] + GAP_BELOW * self.size)
        ways = [(0, y), (x, MIDDLE * y), (narrow, -y), (-narrow, -y), (-x, MIDDLE * y)]
        return np.asarray(self.slot.center + np.column_stack([ways, np.zeros(5)]))

    def _arrow(self, number: int, halves: Sequence[Points]) -> Line:
        """Return an arrow between stations of which half the widths and heights are given."""
        following = (number + 1) % len(Station)
        start, end = (self.boxes[place].get_center() for place in (number, following))
        way = (end - start) / np.linalg.norm(end - start)
        with np.errstate(divide="ignore"):
            out, into = (
                way * (np.min(halves[place] / np.abs(way[:2])) + BESIDE_ARROW)
                for place in (number, following)
            )
        arrow = Line(start + out, end - into, color=theme.MUTED, stroke_width=Stroke.LINE)
        arrow.add_tip(tip_length=TIP * self.size, tip_width=TIP * self.size)
        return arrow


class Token(Follower, Dot):
    """A dot that goes round a loop.

    Parameters
    ----------
    loop
        The loop, whose ``turns`` it follows.
    """

    def __init__(self, loop: Loop) -> None:
        self.turns = loop.turns
        centers = [box.get_center() for box in loop.boxes]
        self.way = VMobject().set_points_as_corners([*centers, centers[0]])
        super().__init__(radius=Radius.MARK, color=theme.INK)
        self.follow().tracked()

    def follow(self) -> Token:
        """Stand where the tracker says."""
        self.move_to(self.way.point_from_proportion(self.turns.get_value() % 1))
        return self


def _box(half: Points, size: float) -> RoundedRectangle:
    width, height = 2 * half
    return RoundedRectangle(
        corner_radius=min(size / 4, *half),
        width=width,
        height=height,
        fill_color=theme.PANEL,
        fill_opacity=1,
        stroke_width=Stroke.LINE,
    )
