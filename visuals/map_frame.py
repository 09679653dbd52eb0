"""Frames of the map of the loss: the piece of the weights that it shows, and its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from visuals.layout import Slot
from visuals.plots import Points

LEFT_ROOM, BELOW, BESIDE = 0.72, 0.42, 0.12
"""Room around a map for numbers and names, in scene units."""

BROADEST, TALLEST = 1.75, 1.4
"""Greatest width in heights, and height in widths, of a map."""

AIR = 1.15
"""Size of a frame, in sizes of what it holds."""

LEAST = 1e-3
"""Smallest size of a frame, in units of a weight."""


def map_room(slot: Slot) -> Slot:
    """Return the room in a slot for a map without its numbers and names."""
    left, right = slot.left + LEFT_ROOM, slot.right - BESIDE
    bottom, top = slot.bottom + BELOW, slot.top - BESIDE
    width, height = right - left, top - bottom
    across, along = max(0.0, width - BROADEST * height), max(0.0, height - TALLEST * width)
    return Slot(left + across / 2, right - across / 2, bottom + along / 2, top - along / 2)


@dataclass(frozen=True)
class Frame:
    """A piece of the weights in a rectangle of the scene, with one scale both ways.

    Attributes
    ----------
    middle, size
        Of the rectangle, in scene units, shape (2,).
    center
        The weights at its middle, shape (2,).
    unit
        Length of one unit of a weight, in scene units.
    """

    middle: Points
    size: Points
    center: Points
    unit: float

    @classmethod
    def holding(cls, weights: npt.ArrayLike, slot: Slot) -> Self:
        """Return the frame that fills a slot and holds some weights, shape (k, 2)."""
        room = map_room(slot)
        points = np.asarray(weights, dtype=float).reshape(-1, 2)
        low, high = points.min(axis=0), points.max(axis=0)
        size = np.array([room.width, room.height])
        unit = float((size / np.maximum(high - low, LEAST) / AIR).min())
        return cls(room.center[:2], size, (low + high) / 2, unit)

    @property
    def bounds(self) -> tuple[Points, Points]:
        """Least and greatest weights that it shows, shape (2,) each."""
        half = self.size / 2 / self.unit
        return self.center - half, self.center + half

    @property
    def corners(self) -> Points:
        """The weights at its corners, shape (4, 2)."""
        (a, c), (b, d) = self.bounds
        return np.array([(a, c), (b, c), (b, d), (a, d)])

    @property
    def reach(self) -> float:
        """Half of its shorter side, in units of a weight."""
        return float(self.size.min()) / 2 / self.unit
