"""The map of the loss while features change their units: a bowl, a gorge, and paths on it."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
import torch
from manim import DOWN, UP, Animation, AnimationGroup, ValueTracker, VGroup
from manim import Dot as Disc
from torch import Tensor

from linreg.study.rescaling import RescaledBowl, measured
from visuals.blocks import Block
from visuals.clipping import clipped
from visuals.following import Picture
from visuals.formula import formula
from visuals.layout import Slot
from visuals.map_marks import bottom_mark
from visuals.plates import plate
from visuals.plots import Chart, Points
from visuals.roles import ROLES_IN_TRAINING
from visuals.segments import Segments
from visuals.theme import Pace, Radius, Role, Size, Stroke, theme
from visuals.trackers import go
from visuals.typography import Math, Words

RINGS = 5
"""Rings of equal loss up to the one that the start lies on."""

AIR = 0.2
"""Air beside the start and the lowest points, in distances between them."""

LEAST = 2.0
"""Least distance that the map is made for, in units of a weight."""

NAME_AWAY = 0.1
"""Distance of the bottom's name from its mark, in scene units."""

WIDEST = -10.0
"""A number that the table of the first feature has room for."""


class Gorge(Picture, VGroup):
    """Rings of equal loss over both weights, on one scale, and a path of steps.

    Parameters
    ----------
    slot
        The room for it.
    bowl
        The loss.
    start
        Weights before the first step, shape (2,).
    widest
        The smallest factor of the first feature that is shown: the map holds its lowest point.
    bottom_name
        Name of the lowest point.

    Attributes
    ----------
    factors, centred
        Trackers of the factors of both features, and of the share of their means that is off.
    step
        Tracker of the number of steps of the path that were taken.
    path_shown
        Tracker of the path's opacity.
    """

    def __init__(
        self, slot: Slot, bowl: RescaledBowl, start: Tensor, widest: float, bottom_name: Words
    ) -> None:
        self.bowl, self.start = bowl, np.asarray(start, dtype=float).reshape(-1)
        self.factors = ValueTracker(1), ValueTracker(1)
        self.step, self.path_shown = ValueTracker(0), ValueTracker(1)
        self.centred = ValueTracker(0)
        self.weights: Points = self.start[None]
        far = float(bowl.lowest[0]) / widest
        reach = max(abs(far), LEAST)
        first = float(self.start[0])
        x = min(0.0, far, first) - AIR * reach, max(0.0, far, first) + AIR * reach
        draft = Chart(slot, x, (0.0, 1.0), *_names())
        room = draft.axes[1].get_length() / draft.axes[0].get_length()
        middle, half = float(bowl.lowest[1]), room * (x[1] - x[0]) / 2
        self.chart = Chart(slot, x, (middle - half, middle + half), *_names())
        self.climb = max(bowl.climb(torch.tensor(self.start), self._factors), 1e-6)
        nowhere = np.zeros((1, 3))
        self.rings = Segments(nowhere, nowhere, theme.LOSS, Stroke.THIN)
        self.line = Segments(nowhere, nowhere, theme.MODEL, Stroke.LINE)
        self.dot = Disc(radius=Radius.MARK, color=theme.MODEL)
        self.bottom = bottom_mark(theme.INK)
        self.bottom_name = VGroup(plate(bottom_name), bottom_name)
        super().__init__(self.chart, self.rings, self.bottom, self.bottom_name, self.line, self.dot)
        self.follow().tracked()

    def table(self, features: Tensor) -> Block:
        """Return the column of the first feature as numbers in the units of now."""

        def now(row: int, column: int) -> float:
            factors = torch.tensor([f.get_value() for f in self.factors], dtype=features.dtype)
            return float(measured(features, factors, self.centred.get_value())[row, column])

        block = Block(
            "x",
            features[:, :1],
            Role.DATA,
            3,
            Size.BODY,
            live=now,
            shaped=False,
            widest=WIDEST,
        )
        name = formula("{{ x_1 : x }}", ROLES_IN_TRAINING)
        block.title.become(name.next_to(block.ground, UP, buff=NAME_AWAY))
        return block

    def put_path(self, weights: npt.ArrayLike) -> Self:
        """Take the weights of a run, shape (steps + 1, 2), none of its steps taken yet.

        The path ends with the step that leaves the map.
        """
        path = np.asarray(weights, dtype=float)
        low, high = np.array([self.chart.x_range, self.chart.y_range]).T
        with np.errstate(invalid="ignore"):
            inside = ((path >= low) & (path <= high)).all(axis=1)
        # The path ends with the step that leaves the map.
        end = len(path) if inside.all() else int(inside.argmin()) + 1
        path = path[:end]
        self.weights = path[np.isfinite(path).all(axis=1)]
        self.step.set_value(0)
        return self.follow()

    @property
    def num_steps(self) -> int:
        """Number of steps of the path."""
        return len(self.weights) - 1

    # What can be played

    def rescale(
        self,
        first: float,
        second: float = 1.0,
        centred: float = 0.0,
        run_time: float = Pace.SWEEP,
    ) -> Animation:
        """Multiply the features by other factors, and take off a share of their means."""
        ways = [go(f, to, run_time) for f, to in zip(self.factors, (first, second), strict=True)]
        ways.append(go(self.centred, centred, run_time))
        return AnimationGroup(*ways, run_time=run_time)

    # Following

    def follow(self) -> Self:
        """Draw rings, bottom and path as they are now."""
        at = self._factors
        starts, ends = [], []
        for number in range(1, RINGS + 1):
            ring = self.bowl.ring(self.climb * (number / RINGS) ** 2, at)
            first, last = self._cut(ring.numpy())
            starts.append(first)
            ends.append(last)
        self._put(self.rings, np.vstack(starts), np.vstack(ends))
        self.bottom.move_to(self.chart.at(*self.bowl.bottom(at).numpy()))
        step = self.step.get_value()
        done = min(int(step) + 1, len(self.weights))
        here = np.array([np.interp(step, np.arange(len(self.weights)), w) for w in self.weights.T])
        self._put(self.line, *self._cut(np.vstack([self.weights[:done], here])))
        self.dot.move_to(self.chart.at(*here))
        (left, right), (low, high) = self.chart.x_range, self.chart.y_range
        on_map = left <= here[0] <= right and low <= here[1] <= high
        self.line.set_opacity(self.path_shown.get_value())
        self.dot.set_opacity(self.path_shown.get_value() if on_map else 0.0)
        self.bottom_name.next_to(self.bottom, DOWN, buff=NAME_AWAY)
        return self

    @property
    def _factors(self) -> Tensor:
        return torch.tensor([f.get_value() for f in self.factors], dtype=torch.float64)

    def _cut(self, weights: Points) -> tuple[Points, Points]:
        starts, ends = clipped(weights, self.chart.x_range, self.chart.y_range)
        first, last = (self.chart.at(*points.T).reshape(-1, 3) for points in (starts, ends))
        return first, last

    def _put(self, lines: Segments, starts: Points, ends: Points) -> None:
        if not len(starts):
            starts = ends = self.chart.at(*self.start)[None]
        lines.set_segments(starts, ends)


def _names() -> tuple[Math, Math]:
    first, second = (formula(f"{{{{ w_{n} : w }}}}", ROLES_IN_TRAINING) for n in (1, 2))
    return first, second
