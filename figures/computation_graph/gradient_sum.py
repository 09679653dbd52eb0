"""The sum of all gradients so far, as a chain of arrows at the dot on the map."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import Animation, ValueTracker, VGroup

from linreg.study.unzeroed import batch_sums
from visuals.following import Picture
from visuals.live_arrow import LiveArrow
from visuals.plots import Points
from visuals.run import Run
from visuals.segments import Segments
from visuals.space import put_lines
from visuals.theme import Pace, Stroke, theme
from visuals.trackers import go
from visuals.weight_map import WeightMap

JOINT = 0.06
"""Gap between two links, in scene units."""


class GradientSum(Picture, VGroup):
    """Links of a chain, one for each gradient in the sum, that point against it.

    Parameters
    ----------
    weight_map
        The map, seen from above.
    run
        A run without zeroing.
    unit
        Length of a gradient of one, in units of a weight.
    most
        Gradients that are told apart; a longer sum is one arrow.

    Attributes
    ----------
    count
        Tracker of the number of gradients in the sum.
    straight
        Tracker of how far the chain is straightened, from 0 to 1.
    """

    def __init__(self, weight_map: WeightMap, run: Run, unit: float, most: int) -> None:
        self.weight_map, self.run, self.unit, self.most = weight_map, run, unit, most
        self.count, self.straight = ValueTracker(0), ValueTracker(0)
        self.added = batch_sums(run.trace).double().numpy()
        self.sums = run.trace.grad_w.double().numpy()
        self.sizes = [len(batch) for batch in run.trace.batches]
        nowhere = np.zeros((1, 3))
        self.links = Segments(nowhere, nowhere, theme.GRADIENT, Stroke.BOLD)
        self.last = LiveArrow(weight_map, run.start, np.zeros(2), 1.0)
        super().__init__(self.links, self.last)
        self.follow().tracked()

    @property
    def here(self) -> Points:
        """The weights of now, shape (2,)."""
        run, at = self.run, np.arange(len(self.run.weights))
        return np.array([np.interp(run.step.get_value(), at, w) for w in run.weights.T])

    def follow(self) -> Self:
        """Draw the sum as it is now."""
        count = min(self.count.get_value(), float(len(self.added)))
        whole = int(count)
        if count > self.most:
            at, sums = np.arange(len(self.sums)), self.sums.T
            total = np.array([np.interp(count - 1, at, values) for values in sums])
            pieces = [-self.unit * total]
        else:
            size = self.sizes[min(max(whole - 1, 0), len(self.sizes) - 1)]
            shares = [1.0] * whole + ([count - whole] if count > whole else [])
            pieces = [-self.unit / size * g * s for g, s in zip(self.added, shares, strict=False)]
        steps = np.nan_to_num(np.array(pieces, dtype=float).reshape(-1, 2))
        corners = self.here + np.vstack([np.zeros((1, 2)), np.cumsum(steps, axis=0)])
        along = np.linspace(0, 1, len(corners))[:, None]
        line = corners[0] + along * (corners[-1] - corners[0])
        self._draw(corners + self.straight.get_value() * (line - corners))
        return self

    def straighten(self, run_time: float = Pace.MOVE) -> Animation:
        """Turn the chain into one arrow from its beginning to its end."""
        return go(self.straight, 1, run_time)

    def _draw(self, corners: Points) -> None:
        view = self.weight_map.view
        seen = view.project(np.column_stack([corners, np.zeros(len(corners))]))
        starts, ends = seen[:-2], seen[1:-1]
        inside = [
            bool(np.allclose(view.clipped([[*corner, 0.0]])[0, :2], corner))
            for corner in corners[1:-1]
        ]
        ways = ends - starts
        lengths = np.linalg.norm(ways, axis=1, keepdims=True)
        ends = ends - ways / np.maximum(lengths, 1e-9) * np.minimum(JOINT, lengths / 2)
        kept = np.array(inside, dtype=bool)
        put_lines(self.links, starts[kept], ends[kept], view.center.get_location())
        last = min(len(corners), 2)
        self.last.start = corners[-last]
        self.last.vector = corners[-1] - corners[-last]
        self.last.follow()
