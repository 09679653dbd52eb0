"""The sum of all gradients so far, as an arrow at the dot on the map that points against it."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import RIGHT, Animation, ValueTracker, VGroup, VMobject

from visuals.following import Picture
from visuals.layout import GAP
from visuals.live_arrow import LiveArrow
from visuals.map_marks import RING, put_beside
from visuals.plates import plate
from visuals.plots import Points
from visuals.run import Run
from visuals.theme import Pace
from visuals.trackers import go
from visuals.weight_map import WeightMap

NAME_AWAY = 0.2
"""Distance of the name from the arrow, in scene units."""

SHORTEST = 1e-3
"""Length from which an arrow has a direction, in scene units."""


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

    Attributes
    ----------
    count
        Tracker of the number of gradients in the sum. Half way to the next number the next gradient
        is at the tip, and from there on the sum takes it in.
    named
        Tracker of the opacity of the name.
    """

    def __init__(self, weight_map: WeightMap, run: Run, unit: float, name: VMobject) -> None:
        self.weight_map, self.run, self.unit = weight_map, run, unit
        self.count, self.named = ValueTracker(0), ValueTracker(0)
        zero = np.zeros((1, 2))
        sums = np.vstack([zero, run.trace.grad_w.double().numpy()])
        self.sums = np.nan_to_num(sums)
        self.whole = LiveArrow(weight_map, run.start, np.zeros(2), 1.0)
        self.added = LiveArrow(weight_map, run.start, np.zeros(2), 1.0)
        self.name_on_plate = VGroup(plate(name), name)
        super().__init__(self.added, self.whole, self.name_on_plate)
        self.follow().tracked()

    def name_it(self, opacity: float, run_time: float = Pace.QUICK) -> Animation:
        """Show its name, or take it away."""
        return go(self.named, opacity, run_time)

    @property
    def here(self) -> Points:
        """The weights of now, shape (2,)."""
        run, at = self.run, np.arange(len(self.run.weights))
        return np.array([np.interp(run.step.get_value(), at, w) for w in run.weights.T])

    def follow(self) -> Self:
        """Draw the sum as it is now."""
        count = min(self.count.get_value(), len(self.sums) - 1.0)
        before = int(count)
        after = min(before + 1, len(self.sums) - 1)
        grown, taken = np.clip([2 * (count - before), 2 * (count - before) - 1], 0, 1)
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
        """Put the name at the arrow: inside the map, and clear of the bottom."""
        view, name = self.weight_map.view, self.name_on_plate
        low, high = view.low[:2], view.high[:2]
        ends = np.clip([self.here, self.here + vector, self.weight_map.lowest], low, high)
        begin, end, bottom = view.project(np.column_stack([ends, np.zeros(3)]))
        way = end - begin if np.linalg.norm(end - begin) > SHORTEST else RIGHT
        side = np.array([-way[1], way[0], 0.0])
        side = side * (1 if np.dot(side, begin - bottom) > 0 else -1)
        middle = (begin + end) / 2
        corner, other = view.project([[*low, 0.0], [*high, 0.0]])[:, :2]
        half = np.array([name.width, name.height]) / 2 + GAP / 2
        for place, to in ((end, way), (middle, side), (middle, -side), (begin, -way)):
            put_beside(name, place, to, NAME_AWAY)
            wanted = name.get_center()[:2]
            inside = np.clip(wanted, corner + half, other - half)
            name.move_to(np.array([*inside, 0.0]))
            clear = np.any(np.abs(inside - bottom[:2]) > half + RING)
            if clear and np.allclose(wanted, inside):
                break
        name.set_fill(opacity=self.named.get_value())
