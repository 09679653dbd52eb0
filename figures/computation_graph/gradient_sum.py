"""The sum of all gradients so far, as an arrow at the dot on the map that points against it."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import Animation, ValueTracker, VGroup, VMobject

from visuals.following import Picture
from visuals.live_arrow import LiveArrow
from visuals.map_marks import Named
from visuals.plates import plate
from visuals.plots import Points
from visuals.run import Run
from visuals.theme import Pace
from visuals.trackers import go
from visuals.weight_map import WeightMap

NAME_AWAY = 0.2
"""Distance of the name from the arrow, in scene units."""

EDGE = 0.1
"""Distance of the name from the edge of the map, in scene units."""


class GradientSum(Picture, VGroup):
    """An arrow against the sum; each new gradient is put at its tip before the sum takes it in.

    Parameters
    ----------
    weight_map
        The map, seen from above.
    run
        A run without zeroing.
    unit
        Length of a gradient of one, in units of a weight.
    name
        Name of the arrow, which goes along beside it.
    bottom
        Mark of the bottom, of which the name keeps clear.

    Attributes
    ----------
    count
        Tracker of the number of gradients in the sum. Half way to the next number the next gradient
        is at the tip, and from there on the sum takes it in.
    named
        Tracker of the opacity of the name.
    """

    def __init__(
        self, weight_map: WeightMap, run: Run, unit: float, name: VMobject, bottom: Named
    ) -> None:
        self.weight_map, self.run, self.unit, self.bottom = weight_map, run, unit, bottom
        self.count, self.named = ValueTracker(0), ValueTracker(0)
        zero = np.zeros((1, 2))
        sums = np.vstack([zero, run.trace.grad_w.double().numpy()])
        self.sums = np.nan_to_num(sums)
        self.whole = LiveArrow(weight_map, run.start, np.zeros(2), 1.0)
        self.added = LiveArrow(weight_map, run.start, np.zeros(2), 1.0)
        self.name_on_plate = VGroup(plate(name), name)
        super().__init__(self.name_on_plate, self.added, self.whole)
        self.follow().tracked()

    def name_it(self, run_time: float = Pace.QUICK) -> Animation:
        """Show its name."""
        return go(self.named, 1, run_time)

    def vanish(self, run_time: float = Pace.QUICK) -> list[Animation]:
        """Take arrow and name away, while it goes on."""
        trackers = self.named, self.whole.lit, self.added.lit
        return [go(tracker, 0, run_time) for tracker in trackers]

    @property
    def here(self) -> Points:
        """The weights of now, shape (2,)."""
        run, at = self.run, np.arange(len(self.run.weights))
        return np.array([np.interp(run.step.get_value(), at, w) for w in run.weights.T])

    @property
    def held(self) -> float:
        """The number of gradients in the sum now."""
        return min(float(self.count.get_value()), len(self.sums) - 1.0)

    @property
    def grown(self) -> tuple[int, int, float]:
        """Gradients in the sum, with the one that is being added, and its share that is there."""
        before = int(self.held)
        share = min(2 * (self.held - before), 1.0)
        return before, min(before + 1, len(self.sums) - 1), share

    def follow(self) -> Self:
        """Draw the sum as it is now."""
        before, after, grown = self.grown
        taken = max(0.0, 2 * (self.held - before) - 1)
        step = self.sums[after] - self.sums[before]
        whole = self.sums[before] + taken * step
        tip = self.sums[before] + grown * step
        self.whole.start = self.here
        self.whole.vector = -self.unit * whole
        self.added.start = self.here - self.unit * whole
        self.added.vector = -self.unit * (tip - whole)
        self.whole.follow()
        self.added.follow()
        self._put_name(-self.unit * tip)
        return self

    def _put_name(self, vector: Points) -> None:
        """Put the name left of the arrow, or right of it where the map leaves no room."""
        view, name, bottom = self.weight_map.view, self.name_on_plate, self.bottom
        low, high = view.low[:2], view.high[:2]
        ends = np.clip([self.here, self.here + vector], low, high)
        begin, end = view.project(np.column_stack([ends, np.zeros(2)]))
        half = np.array([name.width, name.height]) / 2
        corner, other = view.project([[*low, 0.0], [*high, 0.0]])[:, :2]
        corner, other = corner + half + EDGE, other - half - EDGE
        aside = NAME_AWAY + half[0]
        y = np.clip((begin + end)[1] / 2, corner[1], other[1])
        for x in (min(begin[0], end[0]) - aside, max(begin[0], end[0]) + aside):
            name.move_to(np.array([x, y, 0.0]))
            apart = np.abs(name.get_center() - bottom.get_center())[:2]
            clear = (apart > half + np.array([bottom.width, bottom.height]) / 2).any()
            if corner[0] < x < other[0] and clear:
                break
        else:  # neither side is free: below arrow and bottom
            under = min(begin[1], end[1], bottom.get_bottom()[1]) - NAME_AWAY / 2 - half[1]
            x = np.clip(end[0], corner[0], other[0])
            name.move_to(np.array([x, max(under, corner[1]), 0.0]))
        name.set_fill(opacity=self.named.get_value())
