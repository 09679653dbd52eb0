"""The rectangle in which gradients are seen, with its scale, and its frame, axes and numbers."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
from manim import DOWN, LEFT, RIGHT, UP, Animation, ValueTracker, VGroup

from figures.batch_gradients.gradient_view import GradientView
from visuals.following import Picture
from visuals.formula import formula
from visuals.layout import Slot
from visuals.numbers import Num
from visuals.plots import TICK_GAP, Points, TickLabel, round_ticks
from visuals.roles import ROLES_IN_TRAINING
from visuals.segments import Segments
from visuals.space import put_lines
from visuals.theme import Pace, Size, Stroke, theme
from visuals.trackers import go

LEFT_ROOM, BELOW, BESIDE = 0.95, 0.6, 0.08
"""Room around the frame for numbers and names, in scene units."""

NAME_ROOM = 0.9
"""Room for the name of an axis at its end, in scene units."""

MOST_TICKS = 4


def window_room(slot: Slot) -> Slot:
    """Return the room of the frame in a slot."""
    return Slot(slot.left + LEFT_ROOM, slot.right - BESIDE, slot.bottom + BELOW, slot.top - BESIDE)


class Window(Picture, VGroup):
    """A frame in which gradients are seen, the axes of both parts, and numbers at its edges.

    Parameters
    ----------
    slot
        Room for the frame, its numbers and its names.
    view
        The part of the plane that is seen.

    Attributes
    ----------
    room
        The inside of the frame.
    reach
        Tracker of half the height of the frame, in units of the gradient.
    ticks_shown
        Tracker from 0 to 1 of the numbers.
    """

    def __init__(self, slot: Slot, view: GradientView) -> None:
        self.room = window_room(slot)
        self.reach = ValueTracker(view.reach)
        self.ticks_shown = ValueTracker(1.0)
        self.right, self.up = ValueTracker(view.middle[0]), ValueTracker(view.middle[1])
        room, nowhere = self.room, np.zeros((1, 3))
        corners = np.array(
            [
                (room.left, room.bottom, 0),
                (room.right, room.bottom, 0),
                (room.right, room.top, 0),
                (room.left, room.top, 0),
            ]
        )
        self.frame = Segments(corners, np.roll(corners, -1, axis=0), theme.MUTED, Stroke.AXIS)
        self.axes = Segments(nowhere, nowhere, theme.MUTED, Stroke.THIN)
        self.names = VGroup(
            formula("{{ g_(w_1) : grad_1 }}", ROLES_IN_TRAINING, size=Size.TITLE),
            formula("{{ g_(w_2) : grad_2 }}", ROLES_IN_TRAINING, size=Size.TITLE),
        )
        self.names[0].next_to(corners[1], DOWN, buff=TICK_GAP).align_to(corners[1], RIGHT)
        self.names[1].next_to(corners[3], LEFT, buff=TICK_GAP).align_to(corners[3], UP)
        self.ticks = VGroup()
        super().__init__(self.frame, self.axes, self.ticks, self.names)
        self.put_ticks()
        self.follow().tracked()

    @property
    def half(self) -> Points:
        """Half of the width and height of the frame, shape (2,)."""
        return np.array([self.room.width, self.room.height]) / 2

    @property
    def unit(self) -> float:
        """Length of a gradient of one, in scene units."""
        return float(self.half[1] / self.reach.get_value())

    @property
    def origin(self) -> Points:
        """Point of the scene at which the gradient is zero, shape (3,)."""
        return self.at(np.zeros(2))

    def at(self, vectors: npt.ArrayLike) -> Points:
        """Return the points of the scene for gradients, shape (2,) or (n, 2)."""
        middle = np.array([self.right.get_value(), self.up.get_value()])
        flat = np.asarray(vectors, dtype=float) - middle
        places = np.concatenate([flat, np.zeros((*flat.shape[:-1], 1))], axis=-1) * self.unit
        return np.asarray(self.room.center + places)

    def zoom_to(self, view: GradientView, run_time: float = Pace.SWEEP) -> list[Animation]:
        """Take the picture to another part of the plane, evenly in the factor."""
        start, reach = self.reach.get_value(), view.reach

        def factor(alpha: float) -> float:
            return (
                alpha
                if start == reach
                else (start - start ** (1 - alpha) * reach**alpha) / (start - reach)
            )

        places = zip((self.right, self.up), view.middle, strict=True)
        return [
            go(self.reach, reach, run_time, factor),
            *(go(tracker, float(value), run_time, factor) for tracker, value in places),
        ]

    def put_ticks(self) -> Self:
        """Write round numbers at the edges as they are now; zooming leaves them out of date."""
        room, (width, height) = self.room, self.half / self.unit
        self.ticks.submobjects = []
        spans = ((self.right, width, DOWN), (self.up, height, LEFT))
        for axis, (middle, span, way) in enumerate(spans):
            center = middle.get_value()
            end = center + span - NAME_ROOM / self.unit
            for value in round_ticks(center - 0.95 * span, end, MOST_TICKS):
                number = _number(value, self.reach.get_value())
                label = TickLabel(number, size=Size.TICK, color=theme.MUTED)
                x, y, _ = self.at([value, value])
                foot = np.array([x, room.bottom, 0.0] if axis == 0 else [room.left, y, 0.0])
                self.ticks.add(label.next_to(foot, way, buff=TICK_GAP))
        return self

    def follow(self) -> Self:
        """Draw the axes where a part of the gradient is zero now."""
        room, (x, y, _) = self.room, self.origin
        starts = np.array([(room.left, y, 0.0), (x, room.bottom, 0.0)])
        ends = np.array([(room.right, y, 0.0), (x, room.top, 0.0)])
        inside = [room.bottom <= y <= room.top, room.left <= x <= room.right]
        put_lines(self.axes, starts[inside], ends[inside], self.origin)
        self.ticks.set_fill(opacity=self.ticks_shown.get_value())
        return self


def _number(value: float, reach: float) -> Num:
    """Return a tick's number with as many places as the axis needs."""
    places = max(0, 1 - int(np.floor(np.log10(reach)))) if value else 0
    if round(value, places - 1) == round(value, places) and places:
        places -= 1
    return Num(value, places)
