"""Lines that were tried and the loss of each: the picture that a loss curve is made of."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    ApplyMethod,
    BackgroundRectangle,
    Create,
    DashedLine,
    Line,
    ManimColor,
    ShowIncreasingSubsets,
    ValueTracker,
    VGroup,
    interpolate_color,
    linear,
    smooth,
)

from linreg.study.profile import WeightProfile, round_step
from visuals.cloud import Cloud, fitting_radius
from visuals.formula import formula
from visuals.gradient_arrow import GradientArrow
from visuals.layout import Slot
from visuals.numbers import places_of
from visuals.plots import LABEL_GAP, Chart, Range, charts_over_one_x, padded
from visuals.readout import Readout
from visuals.residuals import ResidualSquares
from visuals.roles import ROLES_IN_TRAINING
from visuals.scales import round_range
from visuals.tangents import CurveDot, Plumb, Stem, Tangent
from visuals.theme import Dim, Pace, Radius, Stroke, theme
from visuals.typography import Math, Typeset, Words

LOSS_SLOPE = "{{ partial : grad }} {{ L : loss }} \\/ {{ partial : grad_of }} {{ w_1 : w }}"

LEAST_TRIED_REACH = 3.0
"""Smallest distance from the lowest point up to which weights are tried, for unit variance."""

NUM_LINES = 17
"""Number of lines that leave a dot."""

SLOPE_AIR = 1.9
"""Height of the slope's chart, as a multiple of its steepest: words stand beside the line."""

ON_TOP = 1
"""Layer of the present line and dots, above those tried before."""

BELOW_ZERO = 0.08
"""Room under a loss of zero for the ends of a tangent, as a share of the highest loss."""


def tried_range(profile: WeightProfile) -> Range:
    """Return the weights to try: about the lowest point, as far as the loss stands out."""
    lowest, curvature = profile.lowest_at, profile.curvature
    reach = max(LEAST_TRIED_REACH, 1.5 * abs(lowest))
    if curvature > 0:
        reach = max(reach, 2 * math.sqrt(profile.loss(lowest) / curvature))
    return round_range(lowest, reach)


class TriedLines:
    """Points, a line and its squares on the left; on the right its loss, and the slope below.

    Parameters
    ----------
    body
        The room for all three charts.
    profile
        The loss against the line's slope.

    Attributes
    ----------
    w
        The one tracker that moves everything.
    tried
        The first and the last weight.
    step_factor
        What the slope is multiplied by for a step.
    below
        The slot of the slope's chart, free until it comes.
    data_side, loss_side, slope_side
        What is shown on the left, above on the right, and below.
    weight
        The line's present slope, which is never dimmed.
    loss_axis
        The name of the loss chart's horizontal axis, for as long as it stands alone.
    """

    def __init__(self, body: Slot, profile: WeightProfile) -> None:
        self.profile = profile
        self.tried = tried_range(profile)
        self.step_factor = round_step(profile.curvature)
        self.w = ValueTracker(self.tried[0])
        left, right = body.beside(45, 55)
        upper, self.below = right.stacked(55, 45)
        self.data_side = self._data_side(left)
        self.loss_chart, self.slope_chart = charts_over_one_x(
            [self._loss_chart, self._slope_chart], [upper, self.below]
        )
        self.loss_side = self._loss_side()
        self.slope_side = self._slope_side()

    # Animations

    def to(
        self,
        value: float,
        run_time: float = Pace.MOVE,
        rate_func: Callable[[float], float] = smooth,
    ) -> Animation:
        """Turn the line to another slope."""
        return ApplyMethod(self.w.set_value, value, run_time=run_time, rate_func=rate_func)

    def sweep(self, run_time: float) -> tuple[Animation, ...]:
        """Try one line after the other; each leaves itself and a dot behind."""
        return (
            self.to(self.tried[1], run_time, linear),
            self.dots.appear(run_time),
            ShowIncreasingSubsets(self.lines, run_time=run_time, rate_func=linear),
        )

    def roll(self, run_time: float) -> Animation:
        """Roll the tangent over all that was tried, and draw its slope below."""
        return AnimationGroup(
            self.to(self.tried[1], run_time, linear),
            Create(self.slope_curve, run_time=run_time, rate_func=linear),
        )

    def step(self) -> GradientArrow:
        """Draw an arrow against the slope, as long as the slope times the factor."""
        w = self.w.get_value()
        start = self.loss_chart.at(w, self.profile.loss(w))
        end = self.loss_chart.at(self.after_step(), self.profile.loss(w))
        return GradientArrow(start, end)

    def after_step(self) -> float:
        """Return the weight at which the step arrow ends."""
        w = self.w.get_value()
        return w - self.step_factor * self.profile.slope(w)

    # Marks

    def lowest_line(self, chart: Chart) -> DashedLine:
        """Draw the line over the height of a chart at which the loss is lowest."""
        ends = chart.at([self.profile.lowest_at] * 2, chart.y_range[::-1])
        return DashedLine(*ends, color=theme.TRUTH, stroke_width=Stroke.LINE)

    def everything(self) -> VGroup:
        """Return what stays on the stage once the tangent has rolled, from back to front."""
        return VGroup(
            *(self.data_side, self.loss_side, self.slope_side),
            *(self.squares, self.line, self.points, self.veil, self.weight),
            *(self.loss_lowest, self.plumbs[0], self.curve, self.dots, self.stem),
            *(self.slope_curve, self.slope_dot, self.dot),
        )

    def signs(self, negative: Words, positive: Words) -> VGroup:
        """Put words for both signs of the slope where it has that sign, clear of its line."""
        chart, middle = self.slope_chart, self.profile.lowest_at
        low, high = (chart.at(middle, y) for y in chart.y_range)
        negative.next_to(low, UP + LEFT, buff=LABEL_GAP / 2).shift(LEFT * LABEL_GAP / 2)
        positive.next_to(high, DOWN + RIGHT, buff=LABEL_GAP / 2).shift(RIGHT * LABEL_GAP / 2)
        return VGroup(negative, positive)

    def name_slope(self, words: Words) -> Words:
        """Name the first stem, at its foot."""
        foot = self.slope_chart.at(self.tried[0], 0.0)
        return words.next_to(foot, UP, buff=LABEL_GAP).align_to(foot, LEFT)

    def name_step(self, name: Words, meaning: Words) -> VGroup:
        """Name the present arrow below its head, and its length beside the slope's name."""
        head = self.loss_chart.at(self.after_step(), self.profile.loss(self.w.get_value()))
        name.next_to(head, DOWN + LEFT, buff=LABEL_GAP)
        meaning.align_to(self.slope_chart, RIGHT)
        line = _label_line(self.slope_chart)
        return VGroup(name, meaning.shift(UP * (line - meaning.baseline)))

    def name_lowest(self, words: Words) -> Words:
        """Name the line at the lowest loss, over its upper end."""
        words.set_color(theme.TRUTH)
        words.set_x(self.loss_lowest.get_x())
        return words.shift(UP * (_label_line(self.loss_chart) - words.baseline))

    @property
    def moving(self) -> VGroup:
        """Marks of the present weight on the right, from back to front."""
        return VGroup(self.plumbs[0], self.stem, self.dot)

    # The three sides

    def _data_side(self, slot: Slot) -> VGroup:
        x, y = self.profile.x.numpy(), self.profile.free_labels.numpy()
        predictions = np.outer(self.tried, x).flatten()
        label = formula("{{ y : y }} - {{ w_2 : w_2 }} {{ x_2 : x_2 }} - {{ b : b }}")
        ranges = padded(x, 0.12), padded([*y, *predictions, 0.0])
        chart = labelled_chart(slot, *ranges, formula("{{ x_1 : x_1 }}"), label)
        self.points = Cloud(chart, x, y, fitting_radius(len(x)))
        self.line = chart.tracked_line(self.w, ValueTracker(0.0))
        self.squares = ResidualSquares(chart, x, y, lambda: self.w.get_value() * x).tracked()
        past = interpolate_color(theme.BACKGROUND, theme.MODEL, Dim.SOFT)
        self.lines = VGroup(
            *(
                chart.line(w, 0.0, past, width=Stroke.THIN)
                for w in np.linspace(*self.tried, NUM_LINES)
            )
        )
        name = Math("{{ w_1 : w }} =", colors={"w": theme.MODEL})
        self.weight = Readout(self.w.get_value, places_of(max(map(abs, self.tried))), name)
        self.veil = BackgroundRectangle(
            chart, color=theme.BACKGROUND, fill_opacity=1 - Dim.SOFT, buff=LABEL_GAP
        )
        # The heads of both charts stand on one line, whatever hangs below it.
        beside = loss_label()
        line = slot.top - (beside.get_top() - beside.part("loss").get_bottom())[1]
        label.shift(UP * (line - label.part("b").get_bottom()[1]))
        self.weight.align_to(chart.axes, RIGHT).shift(UP * (line - self.weight.pen.get_y()))
        self.weight.tracked()
        return VGroup(chart)

    def _loss_chart(self, slot: Slot) -> Chart:
        highest = max(map(self.profile.loss, self.tried)) or 1.0
        ranges = self._shared(), (-BELOW_ZERO * highest, 1.1 * highest)
        return labelled_chart(slot, *ranges, w_label(), loss_label(), 4)

    def _slope_chart(self, slot: Slot) -> Chart:
        steepest = max(map(abs, map(self.profile.slope, self.tried))) or 1.0
        label = formula(LOSS_SLOPE, ROLES_IN_TRAINING)
        ranges = self._shared(), (-SLOPE_AIR * steepest, SLOPE_AIR * steepest)
        return labelled_chart(slot, *ranges, w_label(), label, 4)

    def _shared(self) -> Range:
        return padded(self.tried, 0.05, least=0.0)

    def _loss_side(self) -> VGroup:
        chart, loss = self.loss_chart, self.profile.loss
        self.loss_axis = chart[-1]
        chart.remove(self.loss_axis)
        self.dot = CurveDot(chart, self.w, loss).tracked().set_z_index(ON_TOP)
        at = np.linspace(*self.tried, NUM_LINES)
        losses = [loss(w) for w in at]
        past = interpolate_color(theme.BACKGROUND, theme.MODEL, Dim.SOFT)
        self.dots = Cloud(chart, at, losses, Radius.SAMPLE, past)
        self.curve = chart.curve(self.profile.losses, self.tried, theme.LOSS)
        self.tangent = Tangent(chart, self.w, loss, self.profile.slope).tracked()
        self.loss_lowest = self.lowest_line(chart)
        readout = after_label(chart, lambda: loss(self.w.get_value()), max(losses), theme.LOSS)
        return VGroup(chart, readout)

    def _slope_side(self) -> VGroup:
        chart, slope = self.slope_chart, self.profile.slope
        zero = Line(
            chart.at(chart.x_range[0], 0),
            chart.at(chart.x_range[1], 0),
            color=theme.MUTED,
            stroke_width=Stroke.AXIS,
        )
        ends = [slope(w) for w in self.tried]
        self.slope_curve = Line(
            *chart.at(self.tried, ends), color=theme.GRADIENT, stroke_width=Stroke.LINE
        )
        self.slope_dot = CurveDot(chart, self.w, slope, theme.GRADIENT).tracked()
        self.slope_dot.set_z_index(ON_TOP)
        self.stem = Stem(chart, self.w, slope).tracked()
        self.plumbs = VGroup(
            Plumb(self.loss_chart, self.w).tracked(), Plumb(chart, self.w).tracked()
        )
        steepest = max(map(abs, ends))
        readout = after_label(chart, lambda: slope(self.w.get_value()), steepest, theme.GRADIENT)
        return VGroup(chart, zero, readout, self.lowest_line(chart))


def _label_line(chart: Chart) -> float:
    """Return the y of the line that the letters over a chart stand on."""
    assert chart.y_label is not None
    return float(chart.y_label[0].get_bottom()[1])


def w_label() -> Math:
    """Name the axis of the weight."""
    return Math("w_1", color=theme.MODEL)


def loss_label(unit: str = "") -> Math:
    """Name the axis of the loss, and the unit it is measured in."""
    return formula("{{ L : loss }} ({{ w_1 : w }}) " + unit, ROLES_IN_TRAINING)


def labelled_chart(
    slot: Slot, x: Range, y: Range, x_label: Typeset, y_label: Typeset | None = None, ticks: int = 5
) -> Chart:
    """Draw a chart whose horizontal axis is named at its end, which saves a line below it."""
    room = replace(slot, right=slot.right - x_label.width - LABEL_GAP)
    chart = Chart(room, x, y, y_label=y_label, ticks=ticks)
    chart.add(x_label.next_to(chart.axes[0].get_end(), RIGHT, buff=LABEL_GAP))
    return chart


def after_label(
    chart: Chart, value: Callable[[], float], scale: float, color: ManimColor
) -> Readout:
    """Show a live number after the name of a chart's vertical axis, as in an equation."""
    assert chart.y_label is not None
    equals = Math("=")
    readout = Readout(value, places_of(scale), equals, color=color)
    place = chart.y_label.get_right() + RIGHT * LABEL_GAP
    readout.shift(place - equals.get_left())
    return readout.shift(UP * (_label_line(chart) - readout.pen.get_y())).tracked()
