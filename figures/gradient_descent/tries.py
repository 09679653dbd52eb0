"""Equal ways in several directions from one place on the map, tried one after the other."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from manim import DEGREES, Animation, FadeIn, ValueTracker, VMobject

from figures.gradient_descent.marks import LossDot
from visuals.formula import formula
from visuals.map_marks import Named
from visuals.numbers import Num
from visuals.plots import Points
from visuals.roles import ROLES_IN_TRAINING
from visuals.segments import Segments
from visuals.theme import Stroke, theme
from visuals.trackers import go
from visuals.weight_map import WeightMap

TURNS = (-125 * DEGREES, 65 * DEGREES)
"""Directions that are tried before the gradient's own, from it on."""

OUT, BACK = 0.6, 0.3
"""Seconds of a way out and back."""

PLACES = 2
"""Digits behind the point of the loss at the end of a way."""

PALE_RAY = 0.6
"""Opacity of the ways that are tried."""


class Tries(LossDot):
    """A dot that goes from a start in several directions, all as far as the gradient is long.

    Parameters
    ----------
    weight_map
        The map, seen from above.
    start, gradient
        Shape (2,) each.

    Attributes
    ----------
    rays
        The ways in the other directions.
    ends
        The loss at the end of each way, that of the gradient's own at last.
    """

    def __init__(self, weight_map: WeightMap, start: Points, gradient: Points) -> None:
        self.start, self.step = start, gradient
        self.out, self.angle = ValueTracker(0), ValueTracker(0)
        super().__init__(weight_map, self.here, -gradient)
        ends = [self._turned(turn) for turn in TURNS]
        pieces = [weight_map.curve(np.array([start, start + end])) for end in ends]
        starts, stops = (np.vstack(part) for part in zip(*pieces, strict=True))
        self.rays = Segments(starts, stops, theme.MODEL, Stroke.LINE).set_opacity(PALE_RAY)
        self.ends = [self._loss_at(turn) for turn in (*TURNS, 0.0)]

    def here(self) -> Points:
        """Return the weights of now, shape (2,)."""
        return np.asarray(self.start + self.out.get_value() * self._turned(self.angle.get_value()))

    def each(self) -> Iterator[list[Animation]]:
        """Yield the ways out and back, the gradient's own at last; the loss at their ends stays."""
        for turn, end in zip((*TURNS, 0.0), self.ends, strict=True):
            self.angle.set_value(turn)
            yield [go(self.out, 1, OUT)]
            yield [FadeIn(end, run_time=BACK), go(self.out, 0, BACK)]

    def _loss_at(self, turn: float) -> Named:
        """Return the loss at the end of a way as a number, beyond this end."""
        way = self._turned(turn)
        loss = float(self.weight_map.losses(self.start + way)[0])
        label = formula(
            "{{ L : loss }} = {{ %(loss)s : loss }}", ROLES_IN_TRAINING, loss=Num(loss, PLACES)
        )
        return Named(self.weight_map, lambda: self.start + way, VMobject(), label, way)

    def _turned(self, angle: float) -> Points:
        cos, sin = math.cos(angle), math.sin(angle)
        return np.asarray(np.array([[cos, -sin], [sin, cos]]) @ self.step)
