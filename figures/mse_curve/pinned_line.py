"""The data plot of the chapter: examples, a line whose b is held, and names that follow it."""

from __future__ import annotations

import math
from typing import Self

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    Circle,
    DashedLine,
    Succession,
    ValueTracker,
    VGroup,
    linear,
)

from linreg.study.profile import WeightProfile
from visuals.following import Follower
from visuals.formula import formula
from visuals.layout import Slot
from visuals.line_in_plot import NAME_GAP, LineInPlot
from visuals.loss_curve import LossCurve
from visuals.plots import Range, padded
from visuals.roles import ROLES_IN_TRAINING
from visuals.scales import round_range
from visuals.theme import Pace, Radius, Stroke, theme
from visuals.trackers import go
from visuals.typography import Typeset

LEAST_REACH = 2.0
"""Smallest distance from the lowest point up to which weights are tried."""

STAND_OUT = 3.0
"""Losses at the ends of what is tried, at least, in lowest losses."""

ROOM_FOR_NAMES = 1.25
"""Right end of the x axis, in greatest features."""

AIR = 0.13
"""Room above and below the lines, as a share of their span: the name of b stands there."""

START, TURN = 0.1, 0.12
"""First weight, and the turn that shows what is held, as shares of what is tried."""

ERROR = "{{ r : error }} = {{ hat(y) : hat }} - {{ y : y }}"

PIN = 0.13
"""Radius of the ring around the point at which the line is held, in scene units."""


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
        up = padded([*y, b, *(b + w * right for w in self.tried)], AIR, least=1e-6)
        first = low + START * (high - low)
        self.order = np.argsort(-x)
        self.far = int(self.order[0])
        self.num_sticks = ValueTracker(0)
        super().__init__(slot, x, y, first, b, x_range=across, y_range=up)
        self.pin = Pin(self)

    def wiggle(self) -> Animation:
        """Turn the line a little about its b, and back."""
        first = self.w.get_value()
        turn = TURN * (self.tried[1] - self.tried[0])
        return Succession(go(self.w, first + turn), go(self.w, first))

    def mark_one_by_one(self, run_time: float = Pace.MOVE) -> Animation:
        """Give the other examples their sticks too, from right to left."""
        return go(self.num_sticks, len(self.x), run_time, linear)

    def follow(self) -> Self:
        """Put everything where the line is now; sticks stand at the examples that have one."""
        count = round(self.num_sticks.get_value())
        if count:
            self.rows, self.is_marked = self.order[:count], True
        return super().follow()


class Pin(Follower, VGroup):
    """A ring and the name b where the line meets the y axis: what is held.

    Parameters
    ----------
    plot
        The plot.
    """

    def __init__(self, plot: LineInPlot) -> None:
        self.plot = plot
        self.ring = Circle(PIN, color=theme.MODEL, stroke_width=Stroke.LINE)
        self.point = Circle(Radius.SAMPLE, color=theme.MODEL, fill_opacity=1, stroke_width=0)
        self.title = formula("{{ b : b }}", ROLES_IN_TRAINING)
        super().__init__(self.ring, self.point, self.title)
        self.follow().tracked()

    def follow(self) -> Self:
        """Stand where the line meets the axis now."""
        at = self.plot.at(0.0, self.plot.b.get_value())
        self.ring.move_to(at)
        self.point.move_to(at)
        self.title.next_to(at, DOWN + RIGHT, buff=NAME_GAP)
        return self


class ErrorName(Follower, VGroup):
    """The definition of the error, beside the stick of one example.

    Parameters
    ----------
    plot
        The plot.
    row
        Number of the example.
    """

    def __init__(self, plot: LineInPlot, row: int) -> None:
        self.plot, self.row = plot, row
        self.title = formula(
            "{{ r : error }} = {{ hat(y) : hat }} - {{ y : y }}", ROLES_IN_TRAINING
        )
        super().__init__(self.title)
        self.follow().tracked()

    def follow(self) -> Self:
        """Stand right of the middle of the stick of now."""
        x, y = self.plot.x[self.row], self.plot.y[self.row]
        middle = (y + float(self.plot.predict(x))) / 2
        self.title.next_to(self.plot.at(x, middle), RIGHT, buff=NAME_GAP)
        return self


class LowestMark(Follower, VGroup):
    """The weight of the lowest loss: a dashed line from the bottom down to the axis, with its w.

    Parameters
    ----------
    curve
        The loss over the weight.
    name
        The name with the number.
    weight
        The weight.
    """

    def __init__(self, curve: LossCurve, name: Typeset, weight: float) -> None:
        chart = curve.chart
        top = chart.at(weight, curve.function(weight))
        foot = chart.at(weight, chart.y_range[0])
        self.line = DashedLine(top, foot, color=theme.INK, stroke_width=Stroke.THIN)
        self.title = name.next_to(top, UP, buff=3 * NAME_GAP)
        super().__init__(self.line, self.title)


def beside_dot(curve: LossCurve, label: Typeset) -> Typeset:
    """Put a label beside the dot of now, on the side with more room."""
    at = curve.at(curve.w.get_value())
    middle = curve.chart.axes[0].get_center()[0]
    side = RIGHT if at[0] < middle else LEFT
    return label.next_to(at, side, buff=2 * NAME_GAP)
