"""Places of a graph's nodes, of values on one side of them and of gradients on the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP

from visuals.layout import Slot, is_wide
from visuals.plots import Points

NODE = (1.0, 0.74)
"""Width and height of the box of an operation, in scene units."""

LEAF = 0.34
"""Radius of the circle of a parameter, in scene units."""

WIDE_PITCH, TALL_PITCH = 1.6, 1.2
"""Distance of two stops, in scene units."""

WIDE_ROOM, TALL_ROOM = 1.55, 0.85
"""Height of a column of bars, in scene units."""

WIDE_WIDTH, TALL_WIDTH = 1.35, 1.2
"""Width of a column of bars, in scene units."""

TALL_AWAY = 1.5
"""Distance of columns from the wire of a tall frame, in scene units."""

SLOPES, NUMBERS = 0.54, 0.36
"""Heights of the rooms for slopes below the nodes of a wide frame, and for the number below a
column, in scene units."""

AIR = 0.16
"""Space between a node and the column above it, in scene units."""


@dataclass(frozen=True)
class Places:
    """Stops along a wire, from left to right, or from top to bottom in a tall frame.

    Stop 0 is the weights, then comes one for each operation, and the last is the sum. Values stand
    above the wire and gradients below it; in a tall frame left and right of it.

    Attributes
    ----------
    first
        Place of stop 0.
    """

    first: Points

    @classmethod
    def of(cls, body: Slot) -> Places:
        """Return the places in a slot."""
        if is_wide():
            return cls(np.array([body.left + 0.7, body.center[1] + 0.12, 0.0]))
        return cls(np.array([body.center[0], body.top - LEAF - 2 * AIR, 0.0]))

    @property
    def along(self) -> Points:
        """Unit vector along the wire."""
        return np.asarray(RIGHT if is_wide() else DOWN)

    @property
    def across(self) -> Points:
        """Unit vector from the wire to the values."""
        return np.asarray(UP if is_wide() else LEFT)

    @property
    def room(self) -> float:
        """Height of a column of bars."""
        return WIDE_ROOM if is_wide() else TALL_ROOM

    @property
    def width(self) -> float:
        """Width of a column of bars."""
        return WIDE_WIDTH if is_wide() else TALL_WIDTH

    def stop(self, number: float) -> Points:
        """Return the place of a stop, or one between two of them."""
        pitch = WIDE_PITCH if is_wide() else TALL_PITCH
        return np.asarray(self.first + number * pitch * self.along)

    def beside(self, number: int) -> Points:
        """Return the place of a parameter that comes in beside the wire, at a stop."""
        return np.asarray(self.stop(number) + (1.35 if is_wide() else 1.15) * self.across)

    def values(self, number: int) -> Points:
        """Return the middle of the column of an operation's results."""
        away = NODE[1] / 2 + AIR + NUMBERS + self.room / 2 if is_wide() else TALL_AWAY
        return np.asarray(self.stop(number + 0.5) + away * self.across)

    def gradients(self, number: float) -> Points:
        """Return the middle of a column below the wire, at a stop or between two of them."""
        away = NODE[1] / 2 + SLOPES + self.room / 2 if is_wide() else TALL_AWAY
        return np.asarray(self.stop(number) - away * self.across)

    def slope(self, number: int) -> Points:
        """Return the place of an operation's slope."""
        away = NODE[1] / 2 + 0.55 * SLOPES if is_wide() else NODE[0] / 2 + 0.56
        return np.asarray(self.stop(number) - away * self.across)
