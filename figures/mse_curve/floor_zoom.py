"""The bottom of a loss curve, enlarged until its distance from zero can be seen."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from manim import (
    DOWN,
    LEFT,
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

from figures.mse_curve.tried_lines import labelled_chart, loss_label, tried_range, w_label
from linreg.study.profile import WeightProfile
from visuals.equations import align_part
from visuals.layout import GAP, Slot
from visuals.log_chart import powers_of_ten
from visuals.numbers import Num, as_typed, significant
from visuals.plots import (
    LABEL_GAP,
    TICK_GAP,
    TICK_LENGTH,
    Chart,
    Points,
    Range,
    TickLabel,
    charts_over_one_x,
    tick_labels,
)
from visuals.readout import Readout
from visuals.scales import magnification
from visuals.tangents import CurveDot
from visuals.theme import Size, Stroke, theme
from visuals.typography import Math, Words

FLOOR_SHARE = 1 / 3
"""Share of the enlarged chart's height at which the floor lies."""

TIMES = "×"

LEAST_RATIO = 2.0
"""Smallest enlargement that is worth a zoom."""

FLOORLESS = 1e-4
"""Share of the height that is enlarged where there is no floor to find."""

NARROWEST = 1e-5
"""Least width of the enlarged chart: the numbers at its ticks must differ."""

PLAIN_POWERS = range(-2, 4)
"""Powers of ten that the ticks of a chart show without a unit."""

CURVE_SAMPLES = 80

LOWEST = 0.08
"""Share of the height from which a rising number is seen: below it stands zero."""

APART = 0.1
"""Share of half the width from which a number is seen that moves out: before it stands the true
weight's."""

FADE = 0.05
"""Share over which a number on its way comes and goes."""


class FloorZoom:
    """A loss curve whose bottom is enlarged, about the true weight.

    Height and width shrink together so that the walls of the parabola stay where they are;
    what rises from the axis is the floor.

    Parameters
    ----------
    slot
        The room.
    profile
        The loss against one weight.
    floor
        The loss that is expected at the true weight.

    Attributes
    ----------
    depth
        The tracker: 0 is the whole curve, 1 its enlarged bottom.
    wide, near
        The charts at both ends, on one and the same plane.
    view
        The curve, and the frames that mark the way in; they follow the tracker.
    scale
        The powers of ten that rise along the axis on the way in, the weights that are a power
        of ten from the true one, which move outwards, zero and the true weight.
    """

    def __init__(self, slot: Slot, profile: WeightProfile, floor: float) -> None:
        self.profile, self.floor = profile, floor
        self.true_w = float(profile.w[profile.index].item())
        self.at_truth = profile.loss(self.true_w)
        self.depth = ValueTracker(0.0)
        self.tops = self._tops()
        self.power = _power(max(floor, self.at_truth) if floor else self.tops[1])
        self.exponents = _powers_between(*self.tops)
        self.weights = self._weights()
        self.wide, self.near = self._charts(slot)
        self._keep_label()
        self.scale = self._scale()
        self.lens = self.wide.copy()
        self.curve = VMobject(color=theme.LOSS, stroke_width=Stroke.LINE)
        self.frames = VGroup(
            *(VMobject(color=theme.MUTED, stroke_width=Stroke.THIN) for top in self._frame_tops())
        )
        self.dot = CurveDot(self.lens, ValueTracker(self.true_w), profile.loss)
        self.view = VGroup(self.frames, self.curve, self.dot)
        self._follow()
        self._raise()
        self.view.add_updater(lambda _: self._follow())
        self.scale.add_updater(lambda _: self._raise())

    @property
    def enlarges(self) -> bool:
        """Whether the bottom has to be enlarged for its distance from zero to be seen."""
        return self.tops[1] < self.tops[0]

    def enlarge(self, run_time: float) -> Animation:
        """Go down to the bottom, by the same factor every second."""
        return ApplyMethod(self.depth.set_value, 1.0, run_time=run_time, rate_func=linear)

    def numbers(self, chart: Chart) -> VGroup:
        """Return the ticks of a chart and their numbers."""
        return VGroup(chart.tick_marks, chart.x_tick_labels, chart.y_tick_labels)

    def factor(self, words: Words) -> Readout:
        """Show, over the chart's right end, how many times the height is enlarged."""
        # Set as it will be at its longest, it has room for what comes before.
        self.depth.set_value(1.0)

        def present() -> float:
            return magnification(self.tops[0], self._top())

        factor = Readout(present, 0, words, color=theme.INK, unit=TIMES)
        factor.next_to(self.wide.axes, UP, buff=LABEL_GAP).align_to(self.wide.axes, RIGHT)
        self.depth.set_value(0.0)
        return factor.follow().tracked()

    def gap(self) -> Line:
        """Draw the distance from zero to the loss at the truth."""
        foot = self.near.at(self.true_w, 0.0)
        return Line(foot, self.dot.get_bottom(), color=theme.LOSS, stroke_width=Stroke.BOLD)

    def floor_line(self) -> DashedLine:
        """Draw the loss that is expected at the truth."""
        ends = self.near.at(self.near.x_range, [self._scaled(self.floor)] * 2)
        return DashedLine(*ends, color=theme.TRUTH, stroke_width=Stroke.LINE)

    def found(self, words: Words) -> VGroup:
        """Put the loss at the truth, and words for it, into the bowl above its dot."""
        number = Math("L = %(loss)s", color=theme.LOSS, loss=significant(self.at_truth))
        label = VGroup(words, number).arrange(DOWN, buff=LABEL_GAP)
        highest = self._scaled(max(self.floor, self.at_truth))
        label.next_to(self.near.at(self.true_w, highest), UP, buff=1.5 * GAP)
        # As far in the middle of the bowl as it can be with the dot below it.
        middle = self.near.at(self.profile.lowest_at, 0.0)[0]
        reach = label.width / 2
        label.set_x(np.clip(middle, label.get_x() - reach, label.get_x() + reach))
        return label.shift(UP * max(0.0, *map(self._sunk, label)))

    def expected(self, words: Words) -> VGroup:
        """Put the expected loss, and words for it, at the end of its line, outside the bowl."""
        number = Math("sigma^2 \\/ 2 = %(floor)s", color=theme.TRUTH, floor=significant(self.floor))
        label = VGroup(words, number).arrange(DOWN, buff=LABEL_GAP, aligned_edge=RIGHT)
        end = self.near.at(self.near.x_range[1], self._scaled(self.floor))
        room = end[1] - self.near.axes.get_bottom()[1] > label.height + GAP
        label.next_to(end, DOWN if room else UP, buff=LABEL_GAP)
        return label.shift(RIGHT * (end - label.get_right()))

    def _sunk(self, line: VMobject) -> float:
        """Return by how much a line of text is too low to stand clear between the walls."""
        ends = line.get_left() + LEFT * LABEL_GAP, line.get_right() + RIGHT * LABEL_GAP
        losses = [self._scaled(self.profile.loss(self.near.x_of(end))) for end in ends]
        wall = self.near.at([self.true_w] * 2, losses)[:, 1].max()
        return float(wall - line.get_bottom()[1])

    # What follows the tracker

    def _follow(self) -> None:
        top = self._top()
        self.lens.x_range, self.lens.y_range = self._ranges(top)
        self.dot.follow()
        curve = self.lens.curve(self.profile.losses, samples=CURVE_SAMPLES)
        self.curve.set_points(curve.points)
        for frame, height in zip(self.frames, self._frame_tops(), strict=True):
            (low, high), (zero, _) = self._ranges(height)
            corners = self.lens.at([low, low, high, high], [zero, height, height, zero])
            frame.set_points_as_corners(corners).set_stroke(opacity=float(height < top))

    def _raise(self) -> None:
        top = self._top()
        left, right = self.lens.x_range
        rising, parting, _ = self.scale
        for exponent, tick in zip(self.exponents, rising, strict=True):
            height = 10.0**exponent
            _put(tick, self.lens.at(left, height), LEFT, height / top, LOWEST)
        for weight, tick in zip(self.weights, parting, strict=True):
            share = 2 * abs(weight.value - self.true_w) / (right - left)
            _put(tick, self.lens.at(weight.value, 0.0), DOWN, share, APART)

    # Heights and widths

    def _tops(self) -> Range:
        """Return the height of the whole curve and of its enlarged bottom."""
        low, high = tried_range(self.profile)
        wide = self.profile.loss(self.true_w + (high - low) / 2) or 1.0
        least = self.profile.curvature * (NARROWEST / 2) ** 2 / 2
        if self.floor == 0:
            least = max(least, FLOORLESS * wide)
        near = max(max(self.floor, self.at_truth) / FLOOR_SHARE, least)
        return wide, near if wide / near > LEAST_RATIO else wide

    def _top(self) -> float:
        wide, near = self.tops
        return float(wide * (near / wide) ** self.depth.get_value())

    def _weights(self) -> list[Num]:
        """Return the weights a power of ten from the true one that are passed on the way in."""
        truth = as_typed(float(f"{self.true_w:.6g}"))
        halves = [self._ranges(top)[0][1] - self.true_w for top in self.tops]
        return [
            Num(truth.value + side * 10.0**power, max(truth.places, -power))
            for power in _powers_between(*halves)
            for side in (-1, 1)
        ]

    def _frame_tops(self) -> list[float]:
        heights = (10.0**exponent for exponent in self.exponents)
        return [height for height in heights if self.tops[1] < height < self.tops[0]]

    def _ranges(self, top: float) -> tuple[Range, Range]:
        """Return the ranges of a chart so high: its walls stand where the curve leaves it."""
        rise = max(top - self.profile.loss(self.profile.lowest_at), 0.0)
        curvature = self.profile.curvature
        half = math.sqrt(2 * rise / curvature) if curvature and rise else 1.0
        return (self.true_w - half, self.true_w + half), (0.0, top)

    def _scaled(self, loss: float) -> float:
        return loss / 10.0**self.power

    # Charts

    def _charts(self, slot: Slot) -> list[Chart]:
        """Draw both charts, with room before the axis for the numbers on the way in."""
        draw = [self._wide_chart, self._near_chart]
        wide, near = charts_over_one_x(draw, [slot, slot])
        room = slot.left + TICK_GAP + max(label.width for label in powers_of_ten(self.exponents))
        missing = room - float(wide.axes.get_left()[0])
        if missing <= 0:
            return [wide, near]
        return charts_over_one_x(draw, [replace(slot, left=slot.left + missing)] * 2)

    def _keep_label(self) -> None:
        """Put the name of the loss at the end where it stands at the start."""
        before, after = self.wide.y_label, self.near.y_label
        assert before is not None
        assert after is not None
        align_part(after, before, "loss")

    def _scale(self) -> VGroup:
        """Return marks and numbers: those that rise, then zero and the true weight."""
        zero, truth = self.wide.at([self.wide.x_range[0], self.true_w], [0.0, 0.0])
        numbers = tick_labels([0.0, float(f"{self.true_w:.6g}")])
        numbers[0].next_to(zero, LEFT, buff=TICK_GAP)
        numbers[1].next_to(truth, DOWN, buff=TICK_GAP)
        parting = (TickLabel(weight, size=Size.TICK, color=theme.MUTED) for weight in self.weights)
        return VGroup(
            VGroup(*(_tick(zero, LEFT, label) for label in powers_of_ten(self.exponents))),
            VGroup(*(_tick(truth, DOWN, label) for label in parting)),
            VGroup(_tick(zero, LEFT, numbers[0]), _tick(truth, DOWN, numbers[1])),
        )

    def _wide_chart(self, slot: Slot) -> Chart:
        return labelled_chart(slot, *self._ranges(self.tops[0]), w_label(), loss_label())

    def _near_chart(self, slot: Slot) -> Chart:
        x, (zero, top) = self._ranges(self.tops[1])
        unit = f"\\/ 10^({self.power})" if self.power else ""
        return labelled_chart(slot, x, (zero, self._scaled(top)), w_label(), loss_label(unit))


def _tick(foot: Points, side: Points, label: VMobject) -> VGroup:
    """Draw a tick's mark on one side of an axis, with its number."""
    mark = Line(foot, foot + side * TICK_LENGTH, color=theme.MUTED, stroke_width=Stroke.AXIS)
    return VGroup(mark, label)


def _put(tick: VMobject, foot: Points, side: Points, share: float, least: float) -> None:
    """Move a tick to its place; it is visible from the least share of the axis up to its end."""
    mark, label = tick
    mark.put_start_and_end_on(foot, foot + side * TICK_LENGTH)
    label.next_to(foot, side, buff=TICK_GAP)
    seen = float(np.clip(min(share - least, 1 - share) / FADE, 0.0, 1.0))
    mark.set_stroke(opacity=seen)
    label.set_fill(opacity=seen)


def _powers_between(most: float, least: float) -> list[int]:
    """Return the powers of ten that are passed on the way from one number down to another."""
    return list(range(math.floor(math.log10(most)), math.floor(math.log10(least)) - 1, -1))


def _power(loss: float) -> int:
    """Return the power of ten that a chart of such losses is measured in."""
    power = math.floor(math.log10(loss))
    return 0 if power in PLAIN_POWERS else power
