"""Three examples and a line in a plot, each example with its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
from manim import DL, DOWN, DR, LEFT, RIGHT, UL, UP, UR, Animation, ValueTracker, VGroup

from linreg.study.three_examples import ThreeExamples
from visuals.label_room import points_along, room_around
from visuals.layout import Slot
from visuals.line_in_plot import LineInPlot
from visuals.plots import Points
from visuals.theme import Pace, theme
from visuals.trackers import go
from visuals.typography import Typeset

NAME_GAP = 0.16
"""Distance of a name from its dot, in scene units."""


SIDES = (RIGHT, LEFT, UP, DOWN, UL, DR, UR, DL)
"""Sides of a dot on which its name may stand."""


class ThreeInPlot(LineInPlot):
    """Three examples with their names, and the line of now.

    Parameters
    ----------
    slot
        The room for it.
    three
        The examples.
    w, b
        Trackers of the line.
    names
        Of the examples.

    Attributes
    ----------
    aside
        Tracker from 0, where it stands in the middle of the frame, to 1, in its own room.
    """

    def __init__(
        self,
        slot: Slot,
        three: ThreeExamples,
        w: ValueTracker,
        b: ValueTracker,
        names: Sequence[Typeset],
    ) -> None:
        self.names_of, self.aside = VGroup(), ValueTracker(1)
        super().__init__(slot, three.x.numpy(), three.y.numpy(), w, b)
        across = np.array(self.chart.x_range)
        ends = [
            self.chart.at(across, slope * across + rise)
            for slope, rise in (three.best, (w.get_value(), b.get_value()))
        ]
        ends += [np.array(axis.get_start_and_end()) for axis in self.chart.axes]
        lines = np.vstack([points_along(both[0], both[1]) for both in ends])
        dots = self.chart.at(self.x, self.y)
        for dot, name in zip(dots, names, strict=True):
            name.set_fill(theme.DATA)
            half = np.array([name.width, name.height, 0.0]) / 2
            places = [dot + side * (half + NAME_GAP) for side in SIDES]
            others = np.vstack([lines, dots])
            room = [room_around(place, half, others) for place in places]
            inside = [self._holds(place, half) for place in places]
            best = max(range(len(places)), key=lambda k: (inside[k], min(room[k], NAME_GAP)))
            self.names_of.add(name.move_to(places[best]))
        self.add(self.names_of)
        self.home = float(self.chart.axes.get_x())

    def follow(self) -> Self:
        """Stand in the middle of the body or aside, and follow the line."""
        if len(self.names_of):
            way = self.home * self.aside.get_value() - self.chart.axes.get_x()
            self.chart.shift(RIGHT * way)
            self.names_of.shift(RIGHT * way)
        return super().follow()

    def stand_aside(self, run_time: float = Pace.MOVE) -> Animation:
        """Move from the middle to the room of its own."""
        return go(self.aside, 1, run_time)

    def _holds(self, place: Points, half: Points) -> bool:
        """Say whether a name lies in the plot."""
        left, right = self.chart.axes[0].get_start_and_end()
        top = self.chart.axes[1].get_end()
        low, high = place - half, place + half
        return bool(left[0] < low[0] and high[0] < right[0] + half[0] and high[1] < top[1])
