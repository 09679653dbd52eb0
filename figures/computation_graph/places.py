"""Places of a graph's nodes, of values on one side of them and of gradients on the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, config

from visuals.layout import Slot, is_wide
from visuals.plots import Points

NODE = (1.0, 0.74)
"""Width and height of the box of an operation, in scene units."""

LOW_NODE = 0.56
"""Height of the box in a square frame, in scene units."""

LEAF = 0.34
"""Radius of the circle of a parameter, in scene units."""

WIDE_PITCH, TALL_PITCH, SQUARE_PITCH = 1.6, 1.2, 0.9
"""Distance of two stops, in scene units."""

WIDE_ROOM, TALL_ROOM = 1.8, 0.85
"""Height of a column of bars, in scene units."""

WIDE_WIDTH, TALL_WIDTH = 2.6, 1.2
"""Width of a column of bars, in scene units."""

TALL_AWAY = 1.5
"""Distance of columns from the wire of a tall frame, in scene units."""

SLOPES = 0.54
"""Height of the room for slopes below the nodes of a wide frame, in scene units."""

CARD_STOPS = 6.0, 5.9
"""Stops beside which a calculation is shown, in a wide frame and in another one."""

CARD_AWAY = 1.7, 2.1
"""Distance of a calculation from the wire, in a wide frame and in another one."""

AIR = 0.16
"""Space between a node and the column above it, in scene units."""


def node_size() -> tuple[float, float]:
    """Return width and height of the box of an operation in this frame."""
    return NODE if is_wide() or is_high() else (NODE[0], LOW_NODE)


def is_high() -> bool:
    """Say whether the frame is much taller than wide."""
    return bool(config.frame_height > 1.3 * config.frame_width)


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
        tall = TALL_PITCH if is_high() else SQUARE_PITCH
        pitch = WIDE_PITCH if is_wide() else tall
        return np.asarray(self.first + number * pitch * self.along)

    def beside(self, number: int) -> Points:
        """Return the place of a parameter that comes in beside the wire, at a stop."""
        return np.asarray(self.stop(number) + (1.35 if is_wide() else 1.15) * self.across)

    def values(self, number: float) -> Points:
        """Return the middle of a column above the wire, at a stop or between two of them."""
        away = NODE[1] / 2 + AIR + self.room / 2 if is_wide() else TALL_AWAY
        return np.asarray(self.stop(number) + away * self.across)

    def gradients(self, number: float) -> Points:
        """Return the middle of a column below the wire, at a stop or between two of them."""
        away = NODE[1] / 2 + SLOPES + self.room / 2 if is_wide() else TALL_AWAY
        return np.asarray(self.stop(number) - away * self.across)

    def slope(self, number: int) -> Points:
        """Return the place of an operation's slope."""
        away = NODE[1] / 2 + 0.55 * SLOPES if is_wide() else NODE[0] / 2 + 0.56
        return np.asarray(self.stop(number) - away * self.across)

    def card(self, side: int) -> Points:
        """Return the place of a calculation, on the side of the values (1) or gradients (-1)."""
        which = 0 if is_wide() else 1
        return np.asarray(self.stop(CARD_STOPS[which]) + side * CARD_AWAY[which] * self.across)
