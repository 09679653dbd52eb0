"""The slope of the loss, drawn below the loss over the same weights."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Self

from manim import (
    DOWN,
    LEFT,
    ORIGIN,
    RIGHT,
    UP,
    Animation,
    Arrow,
    DashedLine,
    Line,
    ValueTracker,
    VGroup,
)

from figures.mse_curve.tried_curve import TriedCurve, name_room
from linreg.study.profile import WeightProfile
from visuals.chart_rooms import charts_over_one_x
from visuals.following import Follower, Picture
from visuals.formula import formula
from visuals.layout import Slot
from visuals.loss_curve import LossCurve
from visuals.plots import LABEL_GAP, Chart, Range
from visuals.roles import ROLES_IN_TRAINING
from visuals.tangents import CurveDot
from visuals.theme import Stroke, theme
from visuals.trackers import go
from visuals.typography import Math

DERIVATIVE = "({{ d : grad_d }} {{ L : loss }}) / ({{ d : grad_e }} {{ w : w }})"

SHARES = 47, 53
"""Heights of the loss and of the slope below it."""

AIR = 1.25
"""Half the height of the chart, in steepest slopes."""

ARROW, TIP = 0.8, 0.25
"""Lengths of the arrow of a side, and of its tip, in scene units."""

NEARLY = 0.35
"""Share of a side that the tangent leaves to the bottom at first."""

SIDE = 0.57
"""Distance of a side's sign from the bottom, as a share of the side."""


class SlopePlot(Picture, VGroup):
    """The derivative of the loss, drawn from both ends to where it is zero.

    Parameters
    ----------
    chart
        The axes, as :func:`slope_chart` makes them.
    profile
        The loss against the weight.
    w
        The tracker that moves the tangent.

    Attributes
    ----------
    w
        As given.
    left_to, right_to
        Trackers of the weights up to which the line is drawn, from the left end and from the right.
    """

    def __init__(self, chart: Chart, profile: WeightProfile, w: ValueTracker) -> None:
        self.chart, self.profile, self.w = chart, profile, w
        low, high = chart.x_range
        self.left_to, self.right_to = ValueTracker(low), ValueTracker(high)
        zero = chart.at(chart.x_range, [0.0, 0.0])
        self.zero = Line(*zero, color=theme.INK, stroke_width=Stroke.AXIS)
        self.left, self.right = (
            Line(*zero, color=theme.GRADIENT, stroke_width=Stroke.LINE) for _ in range(2)
        )
        self.dot = CurveDot(chart, w, profile.slope, theme.GRADIENT)
        super().__init__(chart, self.zero, self.left, self.right, self.dot)
        self.follow().tracked()

    def follow(self) -> Self:
        """Draw both pieces as far as they go now."""
        ends = zip(self.chart.x_range, (self.left_to, self.right_to), strict=True)
        for line, (end, to) in zip((self.left, self.right), ends, strict=True):
            weights = [end, to.get_value()]
            line.set_points_as_corners(
                self.chart.at(weights, [self.profile.slope(weight) for weight in weights])
            )
        self.dot.follow()
        return self

    def go_to_end(self, sign: int) -> Animation:
        """Take the tangent to the left (-1) or right (1) end."""
        return go(self.w, self._end(sign)[0])

    def draw_side(self, sign: int, run_time: float = 1.5) -> list[Animation]:
        """Roll the tangent down one side, -1 or 1, and draw the slope as far as it comes."""
        lowest = self.profile.lowest_at
        end, to = self._end(sign)
        nearly = lowest + NEARLY * (end - lowest)
        return [go(self.w, nearly, run_time), go(to, nearly, run_time)]

    def close(self) -> list[Animation]:
        """Roll the tangent to the bottom, where both pieces of the slope meet."""
        trackers = (self.w, self.left_to, self.right_to)
        return [go(tracker, self.profile.lowest_at) for tracker in trackers]

    def _end(self, sign: int) -> tuple[float, ValueTracker]:
        low, high = self.chart.x_range
        return (low, self.left_to) if sign < 0 else (high, self.right_to)


class Side(VGroup):
    """The sign of the slope on one side of the bottom, and the way to a lower loss.

    Both stand across the zero line from the slope.

    Parameters
    ----------
    plot
        The slope.
    sign
        Of the slope: -1 on the left, 1 on the right.
    slope, change
        The words for a slope, and for the change of the weight that lowers the loss.
    """

    def __init__(self, plot: SlopePlot, sign: int, slope: str, change: str) -> None:
        chart, lowest = plot.chart, plot.profile.lowest_at
        end = chart.x_range[0] if sign < 0 else chart.x_range[1]
        relation = "<" if sign < 0 else ">"
        self.title = Math(f'"{slope}" {relation} 0', color=theme.GRADIENT)
        words = Math(f'"{change}" w', color=theme.MODEL)
        way = LEFT * sign
        arrow = Arrow(
            ORIGIN, way * ARROW, color=theme.MODEL, stroke_width=Stroke.BOLD, buff=0, tip_length=TIP
        )
        self.way = VGroup(words, arrow).arrange(way, buff=LABEL_GAP)
        super().__init__(self.title, self.way)
        self.arrange(DOWN, buff=LABEL_GAP)
        self.next_to(chart.at(lowest + SIDE * (end - lowest), 0.0), -sign * UP, buff=LABEL_GAP)


class Joint(Follower, Line):
    """A thin line from where the tangent touches to the slope below.

    Parameters
    ----------
    curve
        The loss.
    plot
        The slope.
    """

    def __init__(self, curve: LossCurve, plot: SlopePlot) -> None:
        self.curve, self.plot = curve, plot
        super().__init__(color=theme.MUTED, stroke_width=Stroke.THIN)
        self.follow().tracked()

    def follow(self) -> Self:
        """Join both places of now."""
        self.set_points_as_corners([self.curve.dot.get_center(), self.plot.dot.get_center()])
        return self


def zero_to_bottom(curve: LossCurve, plot: SlopePlot) -> DashedLine:
    """Return the dashed line between the bottom of the loss and the zero of the slope."""
    at = plot.profile.lowest_at
    return DashedLine(
        curve.at(at), plot.chart.at(at, 0.0), color=theme.INK, stroke_width=Stroke.LINE
    )


def slope_below(curve: TriedCurve, profile: WeightProfile, slot: Slot) -> tuple[Chart, SlopePlot]:
    """Return axes for the loss in the upper part of a slot, and the slope in the lower part.

    Parameters
    ----------
    curve
        The loss.
    profile
        The loss against the weight, with its slope.
    slot
        The room for both.
    """
    below = partial(_slope_chart, profile, curve.chart.x_range)
    slots = slot.stacked(*SHARES)
    upper, lower = charts_over_one_x([lambda room: curve.chart_above(room), below], slots)
    return upper, SlopePlot(lower, profile, curve.w)


def _slope_chart(profile: WeightProfile, w_range: Range, slot: Slot) -> Chart:
    """Return axes for the slope of the loss; their names stand where they take no height."""
    steepest = AIR * max(abs(profile.slope(weight)) for weight in w_range) or 1.0
    room = replace(slot, right=slot.right - name_room())
    chart = Chart(room, w_range, (-steepest, steepest))
    w_name = formula("{{ w : w }}", ROLES_IN_TRAINING)
    chart.add(w_name.next_to(chart.axes[0], RIGHT, buff=LABEL_GAP))
    corner = chart.axes[1].get_end()
    slope = formula(DERIVATIVE, ROLES_IN_TRAINING)
    chart.add(slope.next_to(corner, DOWN + RIGHT, buff=LABEL_GAP).align_to(corner, UP))
    return chart
