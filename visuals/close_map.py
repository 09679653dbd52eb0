"""The map of the loss with frames between which it moves and zooms."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Self

import numpy as np
from manim import DOWN, LEFT, Animation, AnimationGroup, ValueTracker, VGroup

from linreg.study.loss_surface import LossSurface
from visuals.formula import formula
from visuals.layout import body
from visuals.map_frame import Frame
from visuals.plots import TICK_GAP, Points, round_ticks, tick_labels
from visuals.roles import ROLES_IN_TRAINING
from visuals.segments import Segments
from visuals.space import GRID, put_lines
from visuals.theme import Pace
from visuals.trackers import Quantity, go
from visuals.weight_map import MAP_ELEVATION, WeightMap

NAME_ROOM = 0.5
"""Room for the name of an axis at its end, in scene units."""

NAME_GAP = 0.15
"""Space between the name of an axis and the number before it, in scene units."""

MOST_RINGS = 60


class CloseMap(WeightMap):
    """The map of the loss over the weights, seen from above, in one of several frames.

    Parameters
    ----------
    surface
        The loss.
    b
        The bias, which the rings follow.
    frames
        The frames by name; the map begins in the first, in which it has no numbers.
    overview
        The same loss as a bowl: the map has the rings of it, and more outside.
    """

    def __init__(
        self,
        surface: LossSurface,
        b: Quantity,
        frames: Mapping[str, Frame],
        overview: WeightMap,
    ) -> None:
        self.frames = dict(frames)
        first = next(iter(self.frames.values()))
        self.shot = [ValueTracker(number) for number in _numbers(first)]
        self.ticks = {name: _Ticks(frame) for name, frame in self.frames.items()}
        self.at_frame: tuple[float, ...] = ()
        super().__init__(body(), surface, b, first.center, first.reach, first.center, overview.top)
        self.view.azimuth.set_value(0)
        self.view.elevation.set_value(MAP_ELEVATION)
        spacing = float(overview.levels[0])
        floor = float(self.losses(self.lowest)[0])
        corners = [corner for frame in self.frames.values() for corner in frame.corners]
        highest = float(self.losses(corners).max())
        count = min(MOST_RINGS, int(max(highest, overview.top) / spacing) + 1)
        self.levels = np.asarray(np.arange(1, count + 1) * spacing, dtype=np.float64)
        self.top = max(self.top, float(self.levels[-1]))
        self.climb = self.top - floor
        self.view.high[2] = self.top
        self.remove(*self.box.submobjects)
        self.box.submobjects = [self.box.floor]
        self.add(*self.ticks.values())
        self.ticks[next(iter(self.frames))].shown.set_value(0)
        self.follow()

    def to_frame(self, name: str, run_time: float = Pace.SWEEP) -> Animation:
        """Move and zoom to a frame."""
        frame = self.frames[name]
        moves = [
            go(tracker, number, run_time)
            for tracker, number in zip(self.shot, _numbers(frame), strict=True)
        ]
        moves += [
            go(ticks.shown, float(key == name), run_time) for key, ticks in self.ticks.items()
        ]
        return AnimationGroup(*moves, run_time=run_time)

    def put_in(self, name: str) -> Self:
        """Lie in a frame at once, with its numbers."""
        for tracker, number in zip(self.shot, _numbers(self.frames[name]), strict=True):
            tracker.set_value(number)
        for key, ticks in self.ticks.items():
            ticks.shown.set_value(float(key == name))
        return self.follow()

    def follow(self) -> Self:
        """Draw the frame of now."""
        numbers = np.array([tracker.get_value() for tracker in self.shot])
        middle, size, center, unit = numbers[:2], numbers[2:4], numbers[4:6], math.exp(numbers[6])
        shown = (ticks.shown.get_value() for ticks in self.ticks.values())
        at_frame = (*numbers, *shown)
        if at_frame != self.at_frame:
            self.at_frame, self.seen = at_frame, ()
            half = size / 2 / unit
            view = self.view
            view.low[:2], view.high[:2] = center - half, center + half
            view.scale[:2] = unit
            view.center.move_to(np.array([*middle, 0.0]))
        fresh = not self.seen
        super().follow()
        if fresh:
            for ticks in self.ticks.values():
                ticks.put(self)
        return self


def _numbers(frame: Frame) -> tuple[float, ...]:
    """Return a frame as numbers that can change evenly: of its unit the logarithm."""
    return (*frame.middle, *frame.size, *frame.center, math.log(frame.unit))


class _Ticks(VGroup):
    """Numbers, grid and names of the axes for one frame; they are put on any.

    Attributes
    ----------
    shown
        Tracker of their opacity.
    """

    def __init__(self, frame: Frame) -> None:
        self.shown = ValueTracker(0)
        low, high = frame.bounds
        ends = high - NAME_ROOM / frame.unit
        air = 0.2 / frame.unit
        self.at = [round_ticks(low[k] + air, ends[k], 5 if k == 0 else 4) for k in (0, 1)]
        self.numbers = [tick_labels(ticks) for ticks in self.at]
        for label, tick in zip(list(self.numbers[0]), list(self.at[0]), strict=True):
            if tick * frame.unit + label.width / 2 + NAME_GAP > ends[0] * frame.unit:
                self.numbers[0].remove(label)
                self.at[0].remove(tick)
        symbols = "{{ w_1 : w }}", "{{ w_2 : w }}"
        self.names = [formula(symbol, ROLES_IN_TRAINING) for symbol in symbols]
        self.grid = Segments(np.zeros((1, 3)), np.zeros((1, 3)))
        super().__init__(self.grid, *self.numbers, *self.names)

    def put(self, close: CloseMap) -> None:
        """Put everything at the edges of the map of now."""
        shown = self.shown.get_value()
        view, home = close.view, close.view.center.get_location()
        (x1, x2), (far1, far2) = view.low[:2], view.high[:2]
        across = [[(at, x2), (at, far2)] for at in self.at[0] if x1 <= at <= far1]
        across += [[(x1, at), (far1, at)] for at in self.at[1] if x2 <= at <= far2]
        ends = _seen(close, np.array(across, dtype=float).reshape(-1, 2))
        put_lines(self.grid, ends[::2], ends[1::2], home)
        self.grid.set_opacity(GRID * shown)
        feet = [(at, x2) for at in self.at[0]], [(x1, at) for at in self.at[1]]
        for axis, way in enumerate((DOWN, LEFT)):
            low, high = view.low[axis], view.high[axis]
            places = _seen(close, np.array(feet[axis], dtype=float).reshape(-1, 2))
            for label, tick, place in zip(self.numbers[axis], self.at[axis], places, strict=True):
                label.next_to(place, way, buff=TICK_GAP)
                label.set_opacity(shown if low <= tick <= high else 0)
        corner = _seen(close, np.array([[far1, x2], [x1, far2]]))
        for name, place, way, edge in zip(
            self.names, corner, (DOWN, LEFT), (LEFT, DOWN), strict=True
        ):
            name.next_to(place, way, buff=TICK_GAP)
            name.align_to(place, -edge).set_opacity(shown)


def _seen(close: CloseMap, weights: Points) -> Points:
    return close.view.project(np.column_stack([weights, np.zeros(len(weights))]))
