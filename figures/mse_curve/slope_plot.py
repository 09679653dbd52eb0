"""The slope of the loss, drawn below the loss over the same weights."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

from manim import (
    DOWN,
    RIGHT,
    UP,
    Animation,
    ApplyMethod,
    Arrow,
    DashedLine,
    Line,
    ValueTracker,
    VGroup,
    VMobject,
)

from linreg.study.profile import WeightProfile
from visuals.following import Follower, Picture
from visuals.formula import formula
from visuals.layout import Slot
from visuals.loss_curve import LossCurve
from visuals.plots import LABEL_GAP, Chart, Range
from visuals.roles import ROLES_IN_TRAINING
from visuals.tangents import CurveDot
from visuals.theme import Size, Stroke, theme
from visuals.typography import Math, Typeset

AIR = 1.25
"""Half the height of the chart, in steepest slopes."""

ARROW = 0.3
"""Length of the arrow of a side, as a share of the side."""

LIT = 0.4
"""Opacity of the part of the zero line on one side, below the arrow."""

SIDE = 0.62
"""How far from the bottom the sign of a side stands, as a share of the side."""


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

    def side(self, sign: int) -> Side:
        """Return sign and arrow of the left (-1) or right (1) side."""
        return Side(self, sign)


class Side(VGroup):
    """The sign of the slope on one side of the bottom, and the way to a lower loss.

    Parameters
    ----------
    plot
        The slope.
    sign
        Of the slope: -1 on the left, 1 on the right.

    Attributes
    ----------
    title, arrow, part
        The sign, the way, and the part of the zero line on that side.
    """

    def __init__(self, plot: SlopePlot, sign: int) -> None:
        chart, lowest = plot.chart, plot.profile.lowest_at
        end = chart.x_range[0 if sign < 0 else 1]
        at = lowest + SIDE * (end - lowest)
        half = ARROW * (end - lowest) / 2
        self.part = Line(
            *chart.at([end, lowest], [0.0, 0.0]), color=theme.MODEL, stroke_width=Stroke.BOLD
        ).set_stroke(opacity=LIT)
        tail, head = chart.at([at + half, at - half], [0.0, 0.0])
        self.arrow = Arrow(
            tail, head, color=theme.MODEL, stroke_width=Stroke.BOLD, buff=0, tip_length=0.25
        )
        self.title = Math("-" if sign < 0 else "+", color=theme.GRADIENT, size=1.6 * Size.TITLE)
        # The sign stands across the zero line from the slope.
        middle = (chart.at(at, 0.0) + chart.at(at, plot.profile.slope(at))) / 2
        self.title.move_to(middle)
        super().__init__(self.part, self.arrow, self.title)


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


def slope_chart(slot: Slot, profile: WeightProfile, w_range: Range) -> Chart:
    """Return axes for the slope of the loss; their names stand where they take no height."""
    w_name = formula("{{ w : w }}", ROLES_IN_TRAINING)
    room = replace(slot, right=slot.right - w_name.width - LABEL_GAP)
    steepest = AIR * max(abs(profile.slope(weight)) for weight in w_range) or 1.0
    chart = Chart(room, w_range, (-steepest, steepest), ticks=4)
    chart.add(w_name.next_to(chart.axes[0], RIGHT, buff=LABEL_GAP))
    name = slope_name()
    corner = chart.axes[1].get_end()
    chart.add(name.next_to(corner, DOWN + RIGHT, buff=LABEL_GAP).align_to(corner, UP))
    return chart


def upper_chart(slot: Slot, chart: Chart) -> Chart:
    """Return the axes of a loss above those of its slope: without numbers and name below.

    Parameters
    ----------
    slot
        The room.
    chart
        The axes of the loss as they stand alone.
    """
    assert chart.y_label is not None
    name_room = formula("{{ w : w }}", ROLES_IN_TRAINING).width + LABEL_GAP
    room = replace(slot, right=slot.right - name_room)
    return Chart(room, chart.x_range, chart.y_range, y_label=chart.y_label.copy(), x_ticks=False)


def hide_foot(chart: Chart) -> list[Animation]:
    """Fade what stands below the x axis of a chart."""
    # A group of animations would take these parts out of the chart.
    return [ApplyMethod(part.set_opacity, 0) for part in _foot(chart)]


def drop_foot(chart: Chart) -> None:
    """Take what was faded below the x axis out of a chart."""
    marks = chart.tick_marks[: len(chart.x_tick_labels)]
    chart.tick_marks.remove(*marks)
    chart.x_tick_labels.remove(*chart.x_tick_labels)
    if chart.x_label is not None:
        chart.remove(chart.x_label)
        chart.x_label = None


def _foot(chart: Chart) -> list[VMobject]:
    marks = chart.tick_marks[: len(chart.x_tick_labels)]
    return [*marks, *chart.x_tick_labels, *([chart.x_label] if chart.x_label else [])]


def slope_name() -> Typeset:
    """Name the derivative of the loss."""
    return formula(
        "({{ d : grad_d }} {{ L : loss }}) / ({{ d : grad_e }} {{ w : w }})", ROLES_IN_TRAINING
    )
