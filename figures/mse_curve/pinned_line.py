"""The data plot of the chapter: examples, a line whose b is held, and names that follow it."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Self

import numpy as np
from manim import LEFT, Animation, Transform, ValueTracker, linear

from figures.mse_curve.line_names import PIN, ErrorName, LineName, Pin
from linreg.study.profile import WeightProfile
from visuals.chart_rooms import chart_in
from visuals.formula import formula
from visuals.layout import Slot
from visuals.line_in_plot import ExampleNames, LineInPlot
from visuals.plots import Chart, Range, padded
from visuals.roles import ROLES_IN_TRAINING
from visuals.scales import round_range
from visuals.theme import Pace
from visuals.trackers import go

LEAST_REACH = 2.0
"""Smallest distance from the lowest point up to which weights are tried."""

STAND_OUT = 3.0
"""Losses at the ends of what is tried, at least, in lowest losses."""

ROOM_FOR_NAMES = 1.42
"""Right end of the x axis, in greatest features."""

AIR = 0.13
"""Room above and below the lines, as a share of their span: the name of b stands there."""

START = 0.1
"""First weight, as a share of what is tried."""

OVER_PIN = 1
"""Depth of the examples, in front of the ring at b."""


def tried_range(profile: WeightProfile) -> Range:
    """Return the weights to try: about the lowest point, as far as the loss stands out."""
    lowest = profile.lowest_at
    noisy = math.sqrt(2 * STAND_OUT * profile.loss(lowest) / (profile.curvature or 1.0))
    return round_range(lowest, max(LEAST_REACH, abs(lowest), noisy))


class PinnedLine(LineInPlot):
    """Examples of one feature and the line through them that turns about its b.

    Parameters
    ----------
    slot
        The room.
    profile
        The loss of the examples against the weight, with b held.

    Attributes
    ----------
    profile
        As given.
    tried
        Least and greatest weight that the plot has room for.
    pin
        Ring and name at the point about which the line turns; it follows the plot.
    line_name
        Name of the line; it follows the plot.
    num_sticks
        Tracker of the number of examples that can have a stick, from the right; 0 for all.
    far
        Number of the example furthest to the right.
    """

    def __init__(self, slot: Slot, profile: WeightProfile) -> None:
        self.profile = profile
        self.tried = low, high = tried_range(profile)
        b = profile.b.item()
        x, y = profile.x.numpy(), profile.labels.flatten().numpy()
        right = float(x.max()) or 1.0
        across = 0.0, ROOM_FOR_NAMES * right
        first = low + START * (high - low)
        up = padded([*y, b, *(b + w * right for w in self.tried)], AIR, least=1e-6)
        self.order = np.argsort(-x)
        self.far = int(self.order[0])
        self.num_sticks = ValueTracker(0)
        super().__init__(_beside_ring(slot), x, y, first, b, x_range=across, y_range=up)
        _clear_of_ring(self.chart)
        for dots in (self.dots, self.marked):
            dots.set_z_index(OVER_PIN)
        rising = low + high >= 0
        self.pin, self.line_name = Pin(self, rising=rising), LineName(self, rising=rising)

    @property
    def reach(self) -> float:
        """Distance from the middle of what is tried to its ends."""
        low, high = self.tried
        return (high - low) / 2

    def hidden(self) -> Self:
        """Hide the examples and the line, which come later."""
        self.line_shown.set_value(0)
        self.shown.set_value(0)
        return self.follow()

    def move(self, slot: Slot) -> Animation:
        """Move to another slot, with room for the ring on the axis."""
        chart = chart_in(_beside_ring(slot), self.chart)
        return Transform(self.chart, _clear_of_ring(chart))

    def name_far(self) -> tuple[ExampleNames, ErrorName]:
        """Return the names of label, prediction and error of the example furthest right."""
        self.num_sticks.set_value(1)
        y, y_hat = (
            formula(name, ROLES_IN_TRAINING) for name in ("{{ y : y }}", "{{ hat(y) : hat }}")
        )
        return self.name_example(self.far, y, y_hat), ErrorName(self, self.far)

    def mark_one_by_one(self, run_time: float = Pace.MOVE) -> Animation:
        """Give the other examples their sticks too, from right to left."""
        return go(self.num_sticks, len(self.x), run_time, linear)

    def follow(self) -> Self:
        """Put everything where the line is now; sticks stand at the examples that have one."""
        count = round(self.num_sticks.get_value())
        if count:
            self.rows, self.is_marked = self.order[:count], True
        return super().follow()


def _beside_ring(slot: Slot) -> Slot:
    return replace(slot, left=slot.left + PIN)


def _clear_of_ring(chart: Chart) -> Chart:
    """Move the numbers of a chart's labels away from a ring on their axis."""
    chart.y_tick_labels.shift(LEFT * PIN)
    return chart
