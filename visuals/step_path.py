"""Paths of steps on the bowl of a loss, and dots that stay at their weights."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
from manim import Animation, ManimColor, VGroup, linear
from manim import Dot as Disc

from visuals.following import Follower
from visuals.plots import Points
from visuals.segments import Segments
from visuals.space import put_lines
from visuals.theme import Pace, Radius, Stroke, theme
from visuals.trackers import Quantity, as_tracker, go
from visuals.weight_map import WeightMap

MOST_STEPS = 1500
"""Steps of a path that are drawn."""


class MapDot(Follower, Disc):
    """A dot on the bowl, which stays at its weights however the bowl is seen.

    Parameters
    ----------
    weight_map
        The picture.
    weights
        Shape (2,).
    color
        The model's unless given.
    """

    def __init__(
        self, weight_map: WeightMap, weights: npt.ArrayLike, color: ManimColor | None = None
    ) -> None:
        self.weight_map = weight_map
        self.weights = np.asarray(weights, dtype=float).reshape(-1)
        super().__init__(radius=Radius.MARK, color=color or theme.MODEL)
        self.follow().tracked()

    def follow(self) -> Self:
        """Lie where the weights are seen now."""
        self.move_to(self.weight_map.lifted(self.weights)[0])
        return self


class StepPath(Follower, VGroup):
    """The path of a run on the bowl and the dot at its end; they follow a tracker.

    Off the map the path is cut, and the dot waits at the edge; where the weights are not finite
    the path ends.

    Parameters
    ----------
    weight_map
        The picture.
    weights
        The weights before every step and after the last, shape (steps + 1, 2).
    color
        The model's unless given.
    step
        Number of steps taken: a number, or a tracker that other pictures read too.

    Attributes
    ----------
    step
        Tracker of the number of steps taken; between whole numbers the dot is on its way.
    line, corners, dot
        The path, a small dot at every step taken, and the dot of now.
    """

    def __init__(
        self,
        weight_map: WeightMap,
        weights: npt.ArrayLike,
        color: ManimColor | None = None,
        step: Quantity = 0.0,
    ) -> None:
        self.weight_map, self.step = weight_map, as_tracker(step)
        path = np.asarray(weights, dtype=float).reshape(-1, 2)
        finite = np.isfinite(path).all(axis=1)
        self.path = path[: len(path) if finite.all() else int(finite.argmin())]
        ink = theme.MODEL if color is None else color
        nowhere = np.zeros((1, 3))
        self.line = Segments(nowhere, nowhere, ink, Stroke.LINE)
        self.dot = Disc(radius=Radius.MARK, color=ink)
        super().__init__(self.line, self.dot)
        self.follow().tracked()

    @property
    def here(self) -> Points:
        """The weights of now, shape (2,)."""
        at = np.arange(len(self.path))
        return np.array([np.interp(self.step.get_value(), at, w) for w in self.path.T])

    def to(self, step: float, run_time: float = Pace.MOVE) -> Animation:
        """Take the run to a number of steps, at an even pace."""
        return go(self.step, step, run_time, linear)

    def run(self, run_time: float = 2 * Pace.SWEEP) -> Animation:
        """Take the run to its end, at an even pace."""
        return self.to(len(self.path) - 1, run_time)

    def follow(self) -> Self:
        """Draw the steps that were taken, as they are seen now."""
        done = min(int(self.step.get_value()) + 1, len(self.path))
        taken = self.path[:done]
        if done > MOST_STEPS:
            early = MOST_STEPS // 2
            rest = np.linspace(early, done - 1, early).astype(int)
            taken = np.vstack([taken[:early], taken[rest]])
        here = self.here
        seen = self.weight_map.curve(np.vstack([taken, here]))
        put_lines(self.line, *seen, self.weight_map.view.center.get_location())
        self.dot.move_to(self.weight_map.lifted(here)[0])
        return self
