"""Lines that were tried and the loss of each: the picture that a loss curve is made of."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from manim import (
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    ApplyMethod,
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

from linreg.profile import WeightProfile
from visuals.arrows import GradientArrow
from visuals.cloud import Cloud, fitting_radius
from visuals.formula import formula
from visuals.layout import Slot
from visuals.numbers import places_of
from visuals.plots import LABEL_GAP, Chart, Range, padded, share_x
from visuals.readout import Readout
from visuals.squares import ResidualSquares
from visuals.tangents import CurveDot, Plumb, Stem, Tangent
from visuals.theme import Dim, Dot, Pace, Stroke, theme
from visuals.typography import Math, Typeset, Words

LEAST_REACH = 3.0
"""How far from the lowest point weights are tried at least, where features have variance one."""

LINES = 17
"""Number of lines that leave a dot."""

STEP_SHARE = 0.55
"""Share of the way to the lowest point that a step arrow covers."""


def tried_range(profile: WeightProfile) -> Range:
    """Return the weights to try: about the lowest point, as far as the loss stands out."""
    lowest, curvature = profile.lowest_at, profile.curvature
    reach = max(LEAST_REACH, 1.5 * abs(lowest))
    if curvature > 0:
        reach = max(reach, 2 * math.sqrt(profile.loss(lowest) / curvature))
    return lowest - reach, lowest + reach


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
    below
        The slot of the slope's chart, free until it comes.
    data_side, loss_side, slope_side
        What is shown on the left, above on the right, and below.
    """

    def __init__(self, body: Slot, profile: WeightProfile) -> None:
        self.profile = profile
        self.tried = tried_range(profile)
        self.w = ValueTracker(self.tried[0])
        left, right = body.beside(45, 55)
        upper, self.below = right.stacked(55, 45)
        self.data_side = self._data_side(left)
        self.loss_chart, self.slope_chart = share_x(
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
        """Draw an arrow against the slope, as long in proportion as the slope is large."""
        w = self.w.get_value()
        start = self.loss_chart.at(w, self.profile.loss(w))
        end = self.loss_chart.at(self.after_step(), self.profile.loss(w))
        return GradientArrow(start, end)

    def after_step(self) -> float:
        """Return the weight at which the step arrow ends."""
        curvature = self.profile.curvature
        w = self.w.get_value()
        return w - STEP_SHARE * self.profile.slope(w) / curvature if curvature else w

    # Marks

    def lowest_line(self, chart: Chart) -> DashedLine:
        """Draw the line over the height of a chart at which the loss is lowest."""
        ends = chart.at([self.profile.lowest_at] * 2, chart.y_range[::-1])
        return DashedLine(*ends, color=theme.TRUTH, stroke_width=Stroke.LINE)

    def everything(self) -> VGroup:
        """Return what stays on the stage once the tangent has rolled, from back to front."""
        return VGroup(
            *(self.data_side, self.loss_side, self.slope_side),
            *(self.loss_lowest, self.plumbs, self.curve, self.stem),
            *(self.squares, self.line, self.points, self.slope_curve, self.slope_dot, self.dot),
        )

    def signs(self, negative: Words, positive: Words) -> VGroup:
        """Put words for both signs of the slope where its chart is free."""
        chart, middle = self.slope_chart, self.profile.lowest_at
        high = chart.y_range[1] / 2
        negative.move_to(chart.at((self.tried[0] + middle) / 2, high))
        positive.move_to(chart.at((self.tried[1] + middle) / 2, -high))
        return VGroup(negative, positive)

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
        past = interpolate_color(theme.BACKGROUND, theme.MODEL, 2 * Dim.FAINT)
        self.lines = VGroup(
            *(chart.line(w, 0.0, past, width=Stroke.THIN) for w in np.linspace(*self.tried, LINES))
        )
        name = Math("{{ w_1 : w }} =", colors={"w": theme.MODEL})
        readout = Readout(self.w.get_value, places_of(max(map(abs, self.tried))), name)
        readout.align_to(chart.axes, RIGHT).shift(UP * (label.get_y() - name[-1].get_y()))
        return VGroup(chart, readout.tracked())

    def _loss_chart(self, slot: Slot) -> Chart:
        highest = max(map(self.profile.loss, self.tried)) or 1.0
        label = Math("L(w_1)", color=theme.LOSS)
        return labelled_chart(slot, self._shared(), (0.0, 1.1 * highest), w_label(), label, 4)

    def _slope_chart(self, slot: Slot) -> Chart:
        steepest = max(map(abs, map(self.profile.slope, self.tried))) or 1.0
        label = Math("partial L \\/ partial w_1", color=theme.GRADIENT)
        ranges = self._shared(), (-1.15 * steepest, 1.15 * steepest)
        return labelled_chart(slot, *ranges, w_label(), label, 4)

    def _shared(self) -> Range:
        return padded(self.tried, 0.05, least=0.0)

    def _loss_side(self) -> VGroup:
        chart, loss = self.loss_chart, self.profile.loss
        self.dot = CurveDot(chart, self.w, loss).tracked()
        at = np.linspace(*self.tried, LINES)
        losses = [loss(w) for w in at]
        past = interpolate_color(theme.BACKGROUND, theme.MODEL, 2 * Dim.SOFT)
        self.dots = Cloud(chart, at, losses, Dot.SAMPLE, past)
        self.curve = chart.curve(np.vectorize(loss), self.tried, theme.LOSS)
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
        self.stem = Stem(chart, self.w, slope).tracked()
        self.plumbs = VGroup(
            Plumb(self.loss_chart, self.w).tracked(), Plumb(chart, self.w).tracked()
        )
        steepest = max(map(abs, ends))
        readout = after_label(chart, lambda: slope(self.w.get_value()), steepest, theme.GRADIENT)
        return VGroup(chart, zero, readout, self.lowest_line(chart))


def w_label() -> Math:
    """Name the axis of the weight."""
    return Math("w_1", color=theme.MODEL)


def labelled_chart(
    slot: Slot, x: Range, y: Range, x_label: Typeset, y_label: Typeset, ticks: int = 5
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
    return readout.shift(place - equals.get_left()).tracked()
