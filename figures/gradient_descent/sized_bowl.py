"""The bowl of the loss in three sizes: a curve as broad as the body, a bowl, and its map."""

from __future__ import annotations

import math
from typing import Self

import numpy as np
import numpy.typing as npt
from manim import DEGREES, Animation, AnimationGroup, ValueTracker

from linreg.study.loss_surface import LossSurface
from visuals.layout import Slot
from visuals.space import BOTTOM_ROOM, LEFT_ROOM, RIGHT_ROOM, TOP_ROOM
from visuals.theme import Pace
from visuals.trackers import Quantity, go
from visuals.weight_map import BOWL_AZIMUTH, WeightMap

ELEVATION = 20 * DEGREES
"""Elevation at which the bowl is seen: flat enough for a broad floor."""

BREADTH = 0.27
"""Half a side of the bowl's floor at most, in widths of the room."""

STEEPEST = 0.6
"""Half a side of the bowl's floor at most, in heights of the room."""


class SizedBowl(WeightMap):
    """The bowl, which from the side is as broad as its slot and from above as small as its map.

    Parameters
    ----------
    slot, surface, b, start
        As those of a :class:`WeightMap`.
    """

    def __init__(self, slot: Slot, surface: LossSurface, b: Quantity, start: npt.ArrayLike) -> None:
        width = slot.width - LEFT_ROOM - RIGHT_ROOM
        free = slot.height - TOP_ROOM - BOTTOM_ROOM
        half = min(BREADTH * width, STEEPEST * free)
        deep = 2 * math.sqrt(2) * half * math.sin(ELEVATION)
        self.bowl_size = half, (free - deep) / math.cos(ELEVATION)
        self.curve_size = width / 2, free
        self.size: list[ValueTracker] = []
        super().__init__(slot, surface, b, start)
        self.map_size = self.view.half, self.view.height
        self.size = [ValueTracker(length) for length in self.map_size]

    def be_curve(self) -> Self:
        """Be seen from the side, as broad and as high as the slot."""
        for tracker, length in zip(self.size, self.curve_size, strict=True):
            tracker.set_value(length)
        self.view.azimuth.set_value(0)
        self.view.elevation.set_value(0)
        return self.follow()

    def to_bowl(self, run_time: float = Pace.SWEEP) -> Animation:
        """Tilt until it is seen as a bowl that fills the slot."""
        turning = self.view.turn_to(BOWL_AZIMUTH, ELEVATION, run_time)
        return AnimationGroup(turning, *self._to(self.bowl_size, run_time), run_time=run_time)

    def to_map(self, run_time: float = Pace.SWEEP) -> Animation:
        """Tilt until it is seen from above, as the map."""
        sizing = self._to(self.map_size, run_time)
        return AnimationGroup(super().to_map(run_time), *sizing, run_time=run_time)

    def follow(self) -> Self:
        """Draw everything at the size of now."""
        if self.size:
            half, height = (tracker.get_value() for tracker in self.size)
            view = self.view
            if (half, height) != (view.half, view.height):
                view.half, view.height = half, height
                view.show(np.array(view.low), np.array(view.high))
                self.seen = ()
        return super().follow()

    def _to(self, size: tuple[float, float], run_time: float) -> list[Animation]:
        return [
            go(tracker, length, run_time) for tracker, length in zip(self.size, size, strict=True)
        ]
