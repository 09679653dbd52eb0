"""Equal ways in several directions from one place on the map, tried one after the other."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from manim import DEGREES, Animation, ValueTracker, rate_functions

from figures.gradient_descent.marks import LossDot
from visuals.plots import Points
from visuals.segments import Segments
from visuals.theme import Pace, Stroke, theme
from visuals.trackers import go
from visuals.weight_map import WeightMap

TURNS = (-125 * DEGREES, 65 * DEGREES, -50 * DEGREES)
"""Directions that are tried before the gradient's own, from it on."""

PALE_RAY = 0.6
"""Opacity of the ways that are tried."""


class Tries(LossDot):
    """A dot that goes from a start in several directions, equally far, with the ring it reaches.

    Parameters
    ----------
    weight_map
        The map, seen from above.
    start, gradient
        Shape (2,) each.
    length
        Length of the way, in gradients.

    Attributes
    ----------
    rays
        The ways in the other directions.
    """

    def __init__(
        self, weight_map: WeightMap, start: Points, gradient: Points, length: float
    ) -> None:
        self.start, self.step = start, length * gradient
        self.out, self.angle = ValueTracker(0), ValueTracker(0)
        super().__init__(weight_map, self.here, -gradient)
        ends = [self._turned(turn) for turn in TURNS]
        pieces = [weight_map.curve(np.array([start, start + end])) for end in ends]
        starts, stops = (np.vstack(part) for part in zip(*pieces, strict=True))
        self.rays = Segments(starts, stops, theme.MODEL, Stroke.LINE).set_opacity(PALE_RAY)

    def here(self) -> Points:
        """Return the weights of now, shape (2,)."""
        return np.asarray(self.start + self.out.get_value() * self._turned(self.angle.get_value()))

    def each(self) -> Iterator[Animation]:
        """Yield the ways out and back, the gradient's own at last."""
        for turn in (*TURNS, 0.0):
            self.angle.set_value(turn)
            seconds = 1.0 if turn else 2 * Pace.MOVE
            yield go(self.out, 1, seconds, rate_functions.there_and_back)

    def _turned(self, angle: float) -> Points:
        cos, sin = math.cos(angle), math.sin(angle)
        return np.asarray(np.array([[cos, -sin], [sin, cos]]) @ self.step)
