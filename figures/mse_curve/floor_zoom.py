"""The bottom of a loss curve, enlarged until its distance from zero can be seen."""

from __future__ import annotations

import math
from functools import partial
from typing import Self

from manim import (
    DOWN,
    LEFT,
    ORIGIN,
    RIGHT,
    UP,
    Animation,
    ApplyMethod,
    DashedLine,
    Line,
    ValueTracker,
    VGroup,
    VMobject,
    linear,
)

from figures.mse_curve.losses_of_data_sets import MARK, LossesAtTruth
from linreg.lesson import SingleFeature
from linreg.study.losses import floor_band, losses_at_truth, noise_floor
from linreg.study.profile import single_profile_at_truth
from linreg.study.single_run import SingleRun
from visuals.chart_rooms import charts_over_one_x
from visuals.following import Picture
from visuals.formula import formula
from visuals.layout import Slot, is_wide
from visuals.numbers import as_typed, integer, significant
from visuals.plots import LABEL_GAP, Chart, Range
from visuals.readout import Readout
from visuals.roles import ROLES_IN_TRAINING
from visuals.scales import magnification
from visuals.tangents import CurveDot
from visuals.theme import Pace, Stroke, theme
from visuals.typography import Math, Words

NUM_SETS, SHARE = 100, 0.95
"""Data sets that are drawn, and the share of all data sets that the chart has room for at least."""

LEAST_NOISE = 1e-3
"""Less noise leaves no loss that the zoom reaches."""

LEAST_FACTOR, MOST_FACTOR = 10, 10_000
"""Limits of the factor by which the axis of the weight is enlarged."""

AIR = 1.25
"""Height of the enlarged chart, as a multiple of the highest thing in it."""

LEAST_NUMBER = 1e-4
"""Height below which the numbers of an axis have too many digits."""

BRACKET, FOOT = 0.5, 0.12
"""Distance of the bracket from the true weight, and half the width of its ends, in scene units."""

CURVE_SAMPLES = 80

NAME_GAP = 0.3
"""Space between the name of an axis and its factor, in scene units."""

PAST = 0.45
"""Opacity of the curve once the marks of other data sets come."""


class FloorZoom(Picture, VGroup):
    """A loss curve over the weights around the true one, which can be enlarged.

    The axis of the weight is enlarged by a factor and the axis of the loss by its square, so that
    the parabola keeps its shape.

    Parameters
    ----------
    slot
        The room.
    run
        The run with one feature.
    numbers
        How its data set was made.
    most
        Most examples that are taken.
    reach
        Distance from the true weight that is shown at first, about.

    Attributes
    ----------
    is_noisy
        Whether the noise leaves a loss that the zoom reaches.
    stage
        The tracker: 0 is the whole curve, 1 its enlarged bottom.
    factor
        By which the axis of the weight is enlarged at the end.
    wide, near
        The charts at both ends, on one and the same plane.
    """

    def __init__(
        self, slot: Slot, run: SingleRun, numbers: SingleFeature, most: int, reach: float
    ) -> None:
        self.data = numbers
        self.is_noisy = numbers.noise_std >= LEAST_NOISE
        profile = single_profile_at_truth(run, numbers.true_w, numbers.true_b, most)
        self.profile = profile
        self.true_w = numbers.true_w
        self.at_truth = profile.loss(self.true_w)
        self.low, self.high = floor_band(numbers.noise_std, len(profile.x), SHARE)
        self.stage = ValueTracker(0)
        highest = self.high if self.is_noisy else 0.0
        top = profile.loss(self.true_w + reach) or 1.0
        near = AIR * max(highest, self.at_truth) if highest else top / LEAST_FACTOR**2
        self.factor = round_factor(math.sqrt(top / near))
        self.top = near * self.factor**2
        self.half = math.sqrt(2 * self.top / (profile.curvature or 1.0))
        draw = (partial(self._chart, self.factor**depth) for depth in (0, 1))
        self.wide, self.near = charts_over_one_x(list(draw), [slot, slot])
        self.lens = self.wide.copy()
        self.curve = VMobject(color=theme.LOSS, stroke_width=Stroke.LINE)
        self.dot = CurveDot(self.lens, ValueTracker(self.true_w), profile.loss, theme.TRUTH)
        super().__init__(self.curve, self.dot)
        self.follow().tracked()

    def follow(self) -> Self:
        """Draw the part of the curve that is seen now."""
        self.lens.x_range, self.lens.y_range = self._ranges(self.factor ** self.stage.get_value())
        curve = self.lens.curve(self.profile.losses, samples=CURVE_SAMPLES)
        self.curve.set_points(curve.points)
        self.dot.follow()
        return self

    # What can be played

    def enlarge(self, run_time: float) -> Animation:
        """Go down to the bottom, by the same factor every second."""
        return ApplyMethod(self.stage.set_value, 1.0, run_time=run_time, rate_func=linear)

    def hide_numbers(self) -> Animation:
        """Let the numbers of the whole curve go."""
        return _to_opacity(self.numbers(self.wide), 0)

    def numbers(self, chart: Chart) -> VGroup:
        """Return the ticks of a chart and their numbers."""
        return VGroup(chart.tick_marks, chart.x_tick_labels, chart.y_tick_labels)

    def zoom_names(self, times: str) -> VGroup:
        """Return by how much each axis is enlarged, beside the names of the axes.

        Parameters
        ----------
        times
            Text of a factor, with ``%(times)s``.
        """
        loss, weight = (
            Readout.within(times, factor, theme.INK)
            for factor in (
                lambda: magnification(self.top, self.lens.y_range[1]),
                lambda: magnification(self.half, (self.lens.x_range[1] - self.lens.x_range[0]) / 2),
            )
        )
        # Set as it will be at its longest, it has room for what comes before.
        self.stage.set_value(1)
        self.follow()
        x_name, y_name = self.near.x_label, self.near.y_label
        assert x_name is not None
        assert y_name is not None
        for name, beside, side in ((loss, y_name, RIGHT), (weight, x_name, LEFT)):
            name.follow().next_to(beside, side, buff=NAME_GAP).align_to(beside, DOWN)
        self.near.keep_below_numbers(weight)
        self.stage.set_value(0)
        self.follow()
        return VGroup(loss.follow().tracked(), weight.follow().tracked())

    # Marks

    def truth(self, word: str) -> VGroup:
        """Return the dashed upright line at the true weight, named with the true line above it."""
        w, b = as_typed(self.true_w), as_typed(self.data.true_b)
        name = Math(f'"{word}" w = %(w)s, med b = %(b)s', color=theme.TRUTH, w=w, b=b)
        ends = self.wide.at([self.true_w] * 2, self.wide.y_range)
        line = DashedLine(*ends, color=theme.TRUTH, stroke_width=Stroke.LINE)
        # In a tall frame the factor of the loss stands on the left.
        side = ORIGIN if is_wide() else LEFT
        return VGroup(line, name.next_to(line, UP, buff=LABEL_GAP, aligned_edge=side))

    def bracket(self) -> VGroup:
        """Return a bracket from zero up to the loss of the true line, with its number."""
        foot, top = self.near.at([self.true_w] * 2, [0.0, self.at_truth]) + LEFT * BRACKET
        bracket = VGroup(
            Line(foot, top), *(Line(end + LEFT * FOOT, end + RIGHT * FOOT) for end in (foot, top))
        )
        bracket.set_stroke(theme.LOSS, Stroke.LINE)
        number = Math("%(loss)s", color=theme.LOSS, loss=significant(self.at_truth, 2))
        return VGroup(bracket, number.next_to(bracket, LEFT, buff=LABEL_GAP))

    def others(self) -> LossesAtTruth:
        """Return the losses of the true line on other data sets, as marks on its upright line."""
        losses = losses_at_truth(self.data, len(self.profile.x), NUM_SETS)
        self.marks = LossesAtTruth(self.near, self.true_w, losses.numpy())
        return self.marks

    def dim_curve(self) -> Animation:
        """Dim the curve: it belongs to one data set only."""
        return ApplyMethod(self.curve.set_stroke, None, None, PAST)

    def level(self) -> VGroup:
        """Return the dashed line at the mean over many data sets, named below its right end."""
        floor = noise_floor(self.data)
        ends = self.near.at(self.near.x_range, [floor] * 2)
        line = DashedLine(*ends, color=theme.TRUTH, stroke_width=Stroke.LINE)
        name = Math("sigma^2 \\/ 2 = %(floor)s", color=theme.TRUTH, floor=significant(floor, 2))
        name.next_to(line, DOWN, buff=LABEL_GAP).align_to(line, RIGHT).shift(LEFT * 2 * LABEL_GAP)
        return VGroup(line, name)

    def name_others(self, of_what: str) -> Words:
        """Return how many data sets the marks are, beside the lowest of them, below the curve."""
        name = Words(f"%(count)s {of_what}", color=theme.LOSS, count=integer(NUM_SETS))
        lowest = min(self.marks.middles, key=lambda mark: mark[1], default=self.dot.get_center())
        return name.next_to(lowest + RIGHT * MARK, RIGHT, buff=LABEL_GAP)

    # Charts

    def _chart(self, factor: float, slot: Slot) -> Chart:
        w, loss = (formula(text, ROLES_IN_TRAINING) for text in ("{{ w : w }}", "{{ L : loss }}"))
        x_range, y_range = self._ranges(factor)
        known = y_range[1] > LEAST_NUMBER
        return Chart(slot, x_range, y_range, w, loss, y_ticks=known)

    def _ranges(self, factor: float) -> tuple[Range, Range]:
        half = self.half / factor
        return (self.true_w - half, self.true_w + half), (0.0, self.top / factor**2)


def round_factor(ratio: float) -> int:
    """Return the power of ten next to a ratio, within the limits of the factor."""
    power = 10 ** round(math.log10(ratio)) if ratio > 1 else 1
    return min(max(power, LEAST_FACTOR), MOST_FACTOR)


def _to_opacity(mobject: VMobject, opacity: float) -> Animation:
    return ApplyMethod(mobject.set_opacity, opacity, run_time=Pace.QUICK)
