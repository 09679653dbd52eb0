"""Places of a graph's nodes, and the room beside it for the tensors that flow through it."""

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

WIDE_BESIDE, TALL_BESIDE = 1.2, 1.6
"""Distance of a parameter that comes in beside the wire, in scene units."""

SLOPES = 0.3
"""Distance of a slope from its node, in scene units."""

LABELS = 0.95
"""Distance of the tensors from the weights of a wide frame, in scene units."""

SLOPE_ROOM = 1.5
"""Width of the room for slopes in a frame that is not wide, in scene units."""

AIR = 0.16
"""Space between a node and what lies beside it, in scene units."""


def node_size() -> tuple[float, float]:
    """Return width and height of the box of an operation in this frame."""
    return NODE if is_wide() or is_high() else (NODE[0], LOW_NODE)


def is_high() -> bool:
    """Say whether the frame is much taller than wide."""
    return bool(config.frame_height > 1.3 * config.frame_width)


@dataclass(frozen=True)
class Places:
    """Stops along a wire: from left to right at the top, or down the left side of a tall frame.

    Stop 0 is the weights, then comes one for each operation, and the last is the sum.

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
            return cls(np.array([body.left + 0.7, body.top - LEAF - WIDE_BESIDE, 0.0]))
        return cls(np.array([body.left + LEAF + TALL_BESIDE, body.top - LEAF - 2 * AIR, 0.0]))

    @property
    def along(self) -> Points:
        """Unit vector along the wire."""
        return np.asarray(RIGHT if is_wide() else DOWN)

    @property
    def across(self) -> Points:
        """Unit vector from the wire to the bias."""
        return np.asarray(UP if is_wide() else LEFT)

    def stop(self, number: float) -> Points:
        """Return the place of a stop, or one between two of them."""
        tall = TALL_PITCH if is_high() else SQUARE_PITCH
        pitch = WIDE_PITCH if is_wide() else tall
        return np.asarray(self.first + number * pitch * self.along)

    def beside(self, number: int) -> Points:
        """Return the place of a parameter that comes in beside the wire, at a stop."""
        away = WIDE_BESIDE if is_wide() else TALL_BESIDE
        return np.asarray(self.stop(number) + away * self.across)

    def slope(self, number: int) -> Points:
        """Return the middle of an operation's slope, or its left end in a tall frame."""
        if is_wide():
            return np.asarray(self.stop(number) + (NODE[1] / 2 + SLOPES) * UP)
        return np.asarray(self.stop(number) + (NODE[0] / 2 + AIR / 2) * RIGHT)

    def room(self, body: Slot) -> Slot:
        """Return the room for tensors: below the wire, or right of it in a tall frame."""
        if is_wide():
            top = self.first[1] - NODE[1] / 2 - AIR
            return Slot(self.first[0] + LABELS, body.right, body.bottom, top)
        left = self.first[0] + NODE[0] / 2 + SLOPE_ROOM
        return Slot(left, body.right, body.bottom, self.stop(0.7)[1])
