"""The training loop as five stations: a ring as large as the body, or a column beside a picture."""

from __future__ import annotations

import numpy as np
from manim import (
    LEFT,
    Animation,
    AnimationGroup,
    Create,
    Dot,
    FadeIn,
    LaggedStart,
    Line,
    Mobject,
    RoundedRectangle,
    Transform,
    ValueTracker,
    VGroup,
    VMobject,
)

from visuals.following import Follower
from visuals.layout import Slot, is_wide
from visuals.pipeline import Station, station_name
from visuals.plots import Points
from visuals.theme import Pace, Radius, Size, Stroke, theme

PADDING, HEIGHT = 0.4, 1.7
"""Air beside a name, and the height of a station, in ems of the names."""

BESIDE_ARROW = 0.08
"""Space between an arrow and the stations at its ends, in scene units."""

WAY_BACK = 0.4
"""Space left of a column for the way from the last station to the first, in scene units."""

LAG = 0.25
"""Delay of each station after the next when they move, in times of one move."""

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

    In a wide frame they stand below each other where the slot is a column.

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
        self.is_column = is_wide() and slot.height > slot.width
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

    def move_to_other(
        self, other: Loop, *lit: Station, run_time: float = 1.2 * Pace.MOVE
    ) -> Animation:
        """Move to where another loop is, with its size and shape; all but the lit are dim."""
        other._style(*lit)
        self.slot, self.size, self.half = other.slot, other.size, other.half
        self.is_column = other.is_column
        # The last goes first: no station crosses another on its way.
        parts = reversed(list(zip(self._stations(), other._stations(), strict=True)))
        moves = (AnimationGroup(*map(Transform, mine, others)) for mine, others in parts)
        return LaggedStart(*moves, lag_ratio=LAG, run_time=run_time)

    def light(self, *lit: Station, run_time: float = Pace.QUICK) -> Animation:
        """Light some stations, and dim the others."""
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

    def _stations(self) -> list[tuple[Mobject, ...]]:
        """Return the arrow, box and name of each station."""
        return list(zip(self.arrows, self.boxes, self.names, strict=True))

    def _style(self, *lit: Station) -> None:
        """Give the stations that are lit their colour, and the others that of what is past."""
        for station, box, name in zip(Station, self.boxes, self.names, strict=True):
            color = station.color if station in lit else theme.MUTED
            box.set_stroke(color, width=Stroke.LINE if station in lit else Stroke.THIN)
            name.set_fill(color)
        for number, arrow in enumerate(self.arrows):
            arrow.become(self._arrow(number))

    def _places(self) -> Points:
        """Return the centres of the stations, shape (5, 3)."""
        if self.is_column:
            x, y = self.half + Stroke.LINE / 200
            rows = np.linspace(self.slot.top - y, self.slot.bottom + y, len(Station))
            left = np.full(len(Station), self.slot.left + WAY_BACK + x)
            return np.column_stack([left, rows, np.zeros(len(Station))])
        width = min(self.slot.width, BROADEST * self.slot.height)
        height = min(self.slot.height, TALLEST * self.slot.width)
        x, y = np.array([width, height]) / 2 - self.half - Stroke.LINE / 200
        narrow = max(LOWER * x, self.half[0] + GAP_BELOW * self.size)
        ways = [(0, y), (x, MIDDLE * y), (narrow, -y), (-narrow, -y), (-x, MIDDLE * y)]
        return np.asarray(self.slot.center + np.column_stack([ways, np.zeros(5)]))

    def corners(self) -> list[Points]:
        """Return the corners of the way back of a column, from the last station to the first."""
        if not self.is_column:
            return []
        left = self.slot.left + Stroke.LINE / 200
        return [np.array([left, self.boxes[row].get_y(), 0.0]) for row in (-1, 0)]

    def _arrow(self, number: int) -> Line:
        """Return the arrow from a station to the next."""
        following = (number + 1) % len(Station)
        if not following and self.is_column:
            return self._arrow_back()
        start, end = (self.boxes[place].get_center() for place in (number, following))
        way = (end - start) / np.linalg.norm(end - start)
        with np.errstate(divide="ignore"):
            off = way * (np.min(self.half / np.abs(way[:2])) + BESIDE_ARROW)
        arrow = Line(start + off, end - off, color=theme.MUTED, stroke_width=Stroke.LINE)
        arrow.add_tip(tip_length=TIP * self.size, tip_width=TIP * self.size)
        return arrow

    def _arrow_back(self) -> Line:
        """Return the arrow from the last station of a column round to the first."""
        lower, upper = self.corners()
        end = self.boxes[0].get_left() + LEFT * BESIDE_ARROW
        arrow = Line(upper, end, color=theme.MUTED, stroke_width=Stroke.LINE)
        arrow.add_tip(tip_length=TIP * self.size, tip_width=TIP * self.size)
        start = self.boxes[-1].get_left() + LEFT * BESIDE_ARROW
        arrow.set_points_as_corners([start, lower, upper, arrow.points[-1]])
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
        self.way = VMobject().set_points_as_corners([*centers, *loop.corners(), centers[0]])
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
