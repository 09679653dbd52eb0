"""Marks on the map of the loss: a dot with its ring, and paths that are pale or dashed."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
from manim import ValueTracker, VGroup

from visuals.following import Picture
from visuals.formula import formula
from visuals.map_marks import Where, dot_mark, put_beside
from visuals.plates import plate
from visuals.plots import Points
from visuals.readout import Readout
from visuals.roles import ROLES_IN_TRAINING
from visuals.segments import Segments
from visuals.space import put_lines
from visuals.step_path import StepPath
from visuals.theme import Stroke, theme
from visuals.trackers import Quantity, as_tracker
from visuals.weight_map import WeightMap

DASH = 0.13
"""Length of a dash and of the gap after it, in scene units."""

DASHED_SAMPLES = 600


class LossDot(Picture, VGroup):
    """A dot on the map, the ring of its loss, and the number of it.

    Parameters
    ----------
    weight_map
        The map, seen from above.
    where
        Returns the weights of now, shape (2,).
    way
        Direction of the number from the dot, shape (2,); to the bottom unless given.

    Attributes
    ----------
    ring_lit
        Tracker of the opacity of the ring.
    """

    def __init__(self, weight_map: WeightMap, where: Where, way: Points | None = None) -> None:
        self.weight_map, self.where, self.way = weight_map, where, way
        self.ring_lit = ValueTracker(1)
        nowhere = np.zeros((1, 3))
        self.ring = Segments(nowhere, nowhere, theme.LOSS, Stroke.BOLD)
        self.dot = dot_mark()
        label = formula("{{ L : loss }} =", ROLES_IN_TRAINING)
        self.number = Readout(self.loss, label=label, color=theme.LOSS)
        self.ground = plate(self.number)
        super().__init__(self.ring, self.dot, self.ground, self.number)
        self.follow().tracked()

    def loss(self) -> float:
        """Return the loss at the dot."""
        return float(self.weight_map.losses(self.where())[0])

    def follow(self) -> Self:
        """Lie where the weights are seen now."""
        weights = np.asarray(self.where(), dtype=float)
        place = self.weight_map.lifted(weights)[0]
        home = self.weight_map.view.center.get_location()
        put_lines(self.ring, *self.weight_map.curve(self.weight_map.ring(self.loss())), home)
        self.ring.set_opacity(self.ring_lit.get_value())
        self.dot.move_to(place)
        self.number.follow()
        way = self.weight_map.lowest - weights if self.way is None else self.way
        put_beside(self.number, place, way)
        self.ground.move_to(self.number)
        return self


class RunPath(Picture, StepPath):
    """The path of a run, which can be pale.

    Attributes
    ----------
    lit
        Tracker of its opacity.
    """

    def __init__(self, weight_map: WeightMap, weights: npt.ArrayLike, step: Quantity = 0.0) -> None:
        self.lit = ValueTracker(1)
        super().__init__(weight_map, weights, step=step)

    def follow(self) -> Self:
        """Draw the steps that were taken."""
        super().follow()
        self.line.set_opacity(self.lit.get_value())
        self.dot.set_opacity(self.lit.get_value())
        return self


class DashedPath(Picture, VGroup):
    """The path of a run on the map in dashes, and a dot at its end.

    Parameters
    ----------
    weight_map
        The map.
    weights
        Before every step and after the last, shape (steps + 1, 2), finite.
    step
        Number of steps taken: a number, or a tracker that other pictures read too.

    Attributes
    ----------
    lit
        Tracker of its opacity.
    """

    def __init__(self, weight_map: WeightMap, weights: npt.ArrayLike, step: Quantity = 0.0) -> None:
        self.lit = ValueTracker(1)
        self.weight_map, self.step = weight_map, as_tracker(step)
        self.path = np.asarray(weights, dtype=float)
        nowhere = np.zeros((1, 3))
        self.line = Segments(nowhere, nowhere, theme.MODEL, Stroke.LINE)
        self.dot = dot_mark()
        super().__init__(self.line, self.dot)
        self.follow().tracked()

    def follow(self) -> Self:
        """Draw the steps that were taken."""
        steps = np.arange(len(self.path))
        now = min(self.step.get_value(), steps[-1])
        taken = [*range(int(now) + 1), now]
        corners = np.column_stack([np.interp(taken, steps, w) for w in self.path.T])
        scale = self.weight_map.view.scale[0]
        gone = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(corners, axis=0), axis=1))])
        along = np.linspace(0, gone[-1], DASHED_SAMPLES)
        points = np.column_stack([np.interp(along, gone, w) for w in corners.T])
        inked = np.floor(along[1:] * scale / DASH) % 2 == 0
        starts, ends = [np.zeros((0, 3))], [np.zeros((0, 3))]
        for first, last in _stretches(inked):
            one, other = self.weight_map.curve(points[[first, last]])
            starts.append(one)
            ends.append(other)
        home = self.weight_map.view.center.get_location()
        put_lines(self.line, np.vstack(starts), np.vstack(ends), home)
        self.dot.move_to(self.weight_map.lifted(corners[-1])[0])
        self.line.set_opacity(self.lit.get_value())
        self.dot.set_opacity(self.lit.get_value())
        return self


def _stretches(inked: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return beginnings and ends of the stretches of pieces that are drawn."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], inked, [False]]).astype(int)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
