"""A box in three dimensions: two horizontal axes on its floor, one upright, seen by two angles.

The projection is orthographic: parallel lines stay parallel, and all upright lengths have one
scale. From the side (elevation 0) the box is a plain chart; from above (elevation 90 degrees) its
floor is one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Self

import numpy as np
import numpy.typing as npt
from manim import (
    DEGREES,
    LEFT,
    UP,
    Animation,
    AnimationGroup,
    Mobject,
    ValueTracker,
    VectorizedPoint,
    VGroup,
)

from fastcairo import DotCloud
from visuals.layout import Slot
from visuals.plots import LABEL_GAP, TICK_GAP, TICK_LENGTH, Points, Range, round_ticks, tick_labels
from visuals.segments import Segments
from visuals.theme import Pace, Stroke
from visuals.trackers import go, step
from visuals.typography import Typeset

HIGHEST = 16 * DEGREES
"""Elevation for which a box leaves room in its slot."""

LEFT_ROOM, RIGHT_ROOM, TOP_ROOM, BOTTOM_ROOM = 0.85, 0.35, 0.2, 0.62
"""Room for numbers and names around a box, in scene units."""

BROADEST, TALLEST = 0.5, 2.4
"""Half a side of the floor at most, as a share of the slot's height; height at most, in halves."""

TICKS, FEW_TICKS = 5, 3
"""Ticks of an axis at most; the few are for numbers that would not stand side by side."""

NUMBERS = 0.4
"""Share of an edge, seen from the side, that its numbers take at most."""

ENDS = 0.06
"""Share of an axis at either end that stays free of ticks, which would meet at the corner."""

GRID = 0.3
"""Opacity of the grid on the floor."""

LEGIBLE = (0.3, 0.5)
"""Seen lengths, as shares of the whole, between which the numbers of an axis come."""

UPRIGHT_SEEN = (65 * DEGREES, 40 * DEGREES)
"""Elevations between which the upright axis comes."""

SLIDE = math.sin(6 * DEGREES)
"""Distance from a side view within which the upright axis slides to the next corner of the box."""


class View:
    """An orthographic projection of a box.

    At azimuth 0 the first axis runs from left to right and the second away from the viewer; at
    a quarter turn the second runs from left to right and the first towards the viewer.

    Parameters
    ----------
    ranges
        Of the three axes; the third is upright.
    half, height
        Half a side of the floor, and the height, in scene units.

    Attributes
    ----------
    azimuth, elevation
        Trackers of the angles, in radians.
    center
        The middle of the box in the scene; moved, everything follows.
    """

    def __init__(self, ranges: Sequence[Range], half: float, height: float) -> None:
        self.half, self.height = half, height
        self.show(*np.array(ranges, dtype=float).T)
        self.azimuth, self.elevation = ValueTracker(0), ValueTracker(HIGHEST)
        self.center = VectorizedPoint()

    def show(self, low: Points, high: Points) -> None:
        """Let the box hold other ranges, from low to high, shape (3,) each; its size stays."""
        self.low, self.high = low, high
        self.scale = np.array([2 * self.half, 2 * self.half, self.height]) / (high - low)

    @property
    def axes(self) -> Points:
        """Right, up and towards the eye, as unit vectors of the box, shape (3, 3)."""
        azimuth, elevation = self.azimuth.get_value(), self.elevation.get_value()
        (c, s), (cos, sin) = ((math.cos(angle), math.sin(angle)) for angle in (azimuth, elevation))
        return np.array([[c, s, 0], [-s * sin, c * sin, cos], [s * cos, -c * cos, sin]])

    @property
    def to_eye(self) -> Points:
        """The way to the eye in units of the three axes, shape (3,); its length says nothing."""
        return np.asarray(self.axes[2] / self.scale)

    def project(self, points: npt.ArrayLike) -> Points:
        """Return where points are seen in the scene, shape (n, 3) for (n, 3)."""
        at = np.asarray(points, dtype=float)
        seen = (at - (self.low + self.high) / 2) * self.scale @ self.axes[:2].T
        middle = self.center.get_location()
        return np.asarray(np.column_stack([seen, np.zeros(len(seen))]) + middle)

    def clipped(self, points: npt.ArrayLike) -> Points:
        """Return points (n, 3) of which what is outside the box is on its surface."""
        finite = np.nan_to_num(np.asarray(points, dtype=float), nan=0.0)
        return np.asarray(np.clip(finite, self.low, self.high))

    def turn_to(
        self, azimuth: float, elevation: float | None = None, run_time: float = Pace.SWEEP
    ) -> Animation:
        """Take the eye to other angles, in radians; the elevation stays unless given."""
        ways = [go(self.azimuth, azimuth, run_time)]
        if elevation is not None:
            ways.append(go(self.elevation, elevation, run_time))
        return AnimationGroup(*ways, run_time=run_time)


class Box(VGroup):
    """The floor and the axes of a box, with numbers and names on the edges that face the eye.

    Parameters
    ----------
    slot
        The room for it, numbers and names included, at any azimuth.
    ranges
        Of the three axes; the third is upright.
    names
        What the axes measure.
    highest
        The highest elevation, in radians, at which the box still lies in its slot.
    half
        Half a side of the floor in scene units; as large as fits unless given.

    Attributes
    ----------
    view
        The projection, with trackers for both angles.
    named
        Tracker of the opacity of the names and numbers of both horizontal axes, from 0 to 1.
    """

    def __init__(
        self,
        slot: Slot,
        ranges: Sequence[Range],
        names: Sequence[Typeset],
        highest: float = HIGHEST,
        half: float | None = None,
    ) -> None:
        self.names, self.named = list(names), ValueTracker(1)
        if half is None:
            room = (slot.width - LEFT_ROOM - RIGHT_ROOM) / 2 / math.sqrt(2)
            half = min(room, BROADEST * slot.height)
        free = slot.height - TOP_ROOM - BOTTOM_ROOM
        height = (free - 2 * math.sqrt(2) * half * math.sin(highest)) / math.cos(highest)
        self.view = View(ranges, half, min(height, TALLEST * half))
        middle = slot.center + np.array([LEFT_ROOM - RIGHT_ROOM, BOTTOM_ROOM - TOP_ROOM, 0]) / 2
        self.view.center.move_to(middle)
        self.ticks = [_ticks(span, NUMBERS * 2 * half) for span in ranges[:2]]
        self.ticks.append(round_ticks(*ranges[2], TICKS))
        self.numbers = [tick_labels(ticks) for ticks in self.ticks]
        nowhere = np.zeros((1, 3))
        self.grid = Segments(nowhere, nowhere).set_opacity(GRID)
        self.floor = Segments(nowhere, nowhere, stroke_width=Stroke.AXIS)
        self.rule = Segments(nowhere, nowhere, stroke_width=Stroke.AXIS)
        super().__init__(self.grid, self.floor, self.rule, *self.numbers, *self.names)
        self.follow()

    def give_ticks(self, axis: int, ticks: list[float]) -> None:
        """Give an axis other ticks; those out of its range of now are hidden."""
        self.remove(self.numbers[axis])
        self.ticks[axis], self.numbers[axis] = ticks, tick_labels(ticks)
        self.add(self.numbers[axis])
        self.follow()

    def follow(self) -> Self:
        """Put everything where the eye sees it now."""
        (x1, x2, _), (far1, far2, _) = self.view.low, self.view.high
        bottom = self.view.low[2]
        ring = np.array([(x1, x2), (far1, x2), (far1, far2), (x1, far2), (x1, x2)])
        corners = self.view.project(np.column_stack([ring, np.full(5, bottom)]))
        self.floor.set_segments(corners[:-1], corners[1:])
        across = [[(at, x2), (at, far2)] for at in self.ticks[0] if x1 <= at <= far1]
        across += [[(x1, at), (far1, at)] for at in self.ticks[1] if x2 <= at <= far2]
        ends = np.array(across, dtype=float).reshape(-1, 2)
        seen = self.view.project(np.column_stack([ends, np.full(len(ends), bottom)]))
        put_lines(self.grid, seen[::2], seen[1::2], self.view.center.get_location())
        for axis in range(2):
            self._follow_edge(axis)
        self._follow_upright()
        return self

    def _follow_edge(self, axis: int) -> None:
        """Put the numbers and the name of a horizontal axis along its edge nearest the eye."""
        view, other = self.view, 1 - axis
        near = view.axes[2][other] > 1e-9
        edge = np.tile(view.low, (len(self.ticks[axis]) + 2, 1))
        edge[:, other] = view.high[other] if near else view.low[other]
        edge[:, axis] = [view.low[axis], view.high[axis], *self.ticks[axis]]
        start, end, *feet = view.project(edge)
        length = float(np.linalg.norm(end - start))
        shown = step(length / (2 * view.half), *LEGIBLE) * self.named.get_value()
        way = (end - start) / max(length, 1e-9)
        out = np.array([way[1], -way[0], 0.0])
        middle = (start + end) / 2
        floor = view.project([[*(view.low + view.high)[:2] / 2, view.low[2]]])[0]
        outside = float((middle - floor) @ out)
        if outside < -1e-9 or (abs(outside) <= 1e-9 and out[1] > 0):
            out = -out
        for label, foot in zip(self.numbers[axis], feet, strict=True):
            label.move_to(foot + out * (TICK_GAP + _reach(label, out)))
        widest = max((_reach(label, out) for label in self.numbers[axis]), default=0.0)
        name = self.names[axis]
        name.move_to(middle + out * (TICK_GAP + 2 * widest + LABEL_GAP + _reach(name, out)))
        self._show_numbers(axis, shown)
        name.set_opacity(shown)

    def _show_numbers(self, axis: int, opacity: float) -> None:
        """Show the numbers of an axis that lie in its range of now."""
        low, high = self.view.low[axis], self.view.high[axis]
        for label, tick in zip(self.numbers[axis], self.ticks[axis], strict=True):
            label.set_opacity(opacity if low <= tick <= high else 0)

    def _follow_upright(self) -> None:
        """Stand the upright axis at the corner that is seen furthest left."""
        view, right = self.view, self.view.axes[0]
        corner = (view.low + view.high) / 2
        corner[:2] -= np.clip(right[:2] / SLIDE, -1, 1) * (view.high - view.low)[:2] / 2
        bottom, top = view.low[2], view.high[2]
        heights = np.array([bottom, top, *np.clip(self.ticks[2], bottom, top)])
        line = np.tile(corner, (len(heights), 1))
        line[:, 2] = heights
        low, high, *feet = view.project(line)
        marks = np.array(feet).reshape(-1, 3)
        self.rule.set_segments(
            np.vstack([low, marks]), np.vstack([high, marks + LEFT * TICK_LENGTH])
        )
        for label, foot in zip(self.numbers[2], feet, strict=True):
            label.next_to(foot, LEFT, buff=TICK_GAP)
        self.names[2].next_to(high, UP, buff=LABEL_GAP)
        shown = step(view.elevation.get_value(), *UPRIGHT_SEEN)
        self._show_numbers(2, shown)
        for part in (self.rule, self.names[2]):
            part.set_opacity(shown)


def _ticks(span: Range, room: float) -> list[float]:
    """Return round ticks, none at the ends of their range, whose numbers fit into a width."""
    low, high = span
    air = ENDS * (high - low)
    for most in (TICKS, FEW_TICKS):
        ticks = round_ticks(low + air, high - air, most)
        if sum(label.width for label in tick_labels(ticks)) <= room:
            break
    return ticks


def _reach(label: Mobject, way: Points) -> float:
    """Return half the extent of a label along a way."""
    return float(abs(way[0]) * label.width + abs(way[1]) * label.height) / 2


def put_dots(cloud: DotCloud, positions: Points, home: Points) -> None:
    """Move a cloud's dots to positions (n, 3).

    A cloud without dots keeps a lone point at home, which is drawn as nothing: manim loses sight
    of a mobject without points in the middle of an animation.
    """
    if len(positions):
        cloud.set_positions(positions)
    else:
        cloud.points = home.reshape(1, 3).copy()


def put_lines(lines: Segments, starts: Points, ends: Points, home: Points) -> None:
    """Move segments to ends (n, 3); without any, one of no length stays at home, unseen."""
    if len(starts):
        lines.set_segments(starts, ends)
    else:
        lines.set_segments(home.reshape(1, 3), home.reshape(1, 3))
