"""A whole run on two charts: the loss falls to its floor, the parameters go to the truth.

A run that diverges is shown up to the step at which its loss overflows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Self

import numpy as np
import numpy.typing as npt
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    DashedLine,
    Dot,
    ManimColor,
    ValueTracker,
    VGroup,
    VMobject,
)

from figures.training_code.epochs import epoch_lines, epoch_names
from linreg.study.outcome import finite_steps
from linreg.study.trace import Trace
from visuals.following import Follower
from visuals.layout import GAP, Slot, is_wide
from visuals.log_chart import LogChart, log_padded
from visuals.numbers import Num, significant
from visuals.plates import plate
from visuals.plots import LABEL_GAP, Chart, Points, Range, padded
from visuals.readout import Readout
from visuals.theme import Radius, Stroke, theme
from visuals.typography import Math, Typeset, Words

RUN_CORNERS = 1500
"""A longer run is drawn by so many of its steps."""

LEAST_RISE = 0.45
"""Least distance of two live numbers."""

OFF_HEAD = 0.32
"""Distance of a live number from the head of its curve, away from zero."""

OFF_TRUTH = 0.36
"""Least distance of a live number from a dashed line."""

PARAMETER_AIR = 0.17
"""Air above and below the parameters, as a share of their span: numbers stand there."""

READOUT_BORDER = 0.05
"""Border of the plate that keeps lines off a text, in scene units."""


class RunPath(Follower, VMobject):
    """A quantity over the steps of a run, drawn as far as the run has come.

    Parameters
    ----------
    chart
        Where it is plotted.
    values
        One value a step, shape (n,), finite. The path ends where it leaves the chart for good.
    step
        How far the run has come.
    color, stroke_width
        Of the path.
    """

    def __init__(
        self,
        chart: Chart,
        values: npt.ArrayLike,
        step: ValueTracker,
        color: ManimColor,
        stroke_width: float,
    ) -> None:
        super().__init__(color=color, stroke_width=stroke_width)
        numbers = np.asarray(values, dtype=float)
        low, high = chart.y_range
        inside = np.flatnonzero((numbers >= low) & (numbers <= high))
        last = min(inside.max(initial=0) + 1, len(numbers) - 1)
        self.steps = np.unique(np.linspace(0, last, RUN_CORNERS).round().astype(int))
        self.corners = chart.at(self.steps, numbers[self.steps])
        self.step = step
        self.follow()

    @property
    def _reached(self) -> int:
        """Number of corners that the run has come to, at least one."""
        return max(1, int(np.searchsorted(self.steps, self.step.get_value(), side="right")))

    @property
    def head(self) -> Points:
        """End of the drawn path, shape (3,)."""
        return np.asarray(self.corners[self._reached - 1], dtype=float)

    def follow(self) -> Self:
        """Draw the path as far as the run has come."""
        self.set_points_as_corners(self.corners[: self._reached])
        return self


class LossRun(VGroup):
    """The loss of every step's batch on a log axis, above the floor that the noise sets.

    Parameters
    ----------
    slot
        The room for the chart.
    trace
        The run.
    floor
        The loss that is left at the true parameters; 0 is below every log axis.
    step
        How far the run has come.
    x_label, y_label
        What the axes measure.
    noise
        A word for what the floor is made of.
    epoch
        What an epoch is called, with ``%(number)s`` for which it is.

    Attributes
    ----------
    epochs
        A thin line where an epoch ends and another begins, down to the floor's name, and the
        names of those that begin so; not yet drawn.
    """

    def __init__(
        self,
        slot: Slot,
        trace: Trace,
        floor: float,
        step: ValueTracker,
        x_label: Typeset,
        y_label: Typeset,
        noise: Words,
        epoch: str,
    ) -> None:
        end = finite_steps(trace)
        losses = trace.loss[:end].numpy()
        y = log_padded([*losses, floor])
        self.chart = LogChart(slot, (0, end), y, x_label, y_label)
        self.path = RunPath(self.chart, losses, step, theme.LOSS, Stroke.THIN)
        self.floor = VGroup()
        foot = self.chart.axes[0].get_y()
        if floor > 0:
            ends = self.chart.at([0, end], [floor, floor])
            line = DashedLine(*ends, color=theme.TRUTH, stroke_width=Stroke.LINE)
            value = Math(
                r"sigma^2 \/ 2 = %(floor)s", color=theme.TRUTH, floor=significant(floor, 1)
            )
            value.next_to(noise, RIGHT, buff=LABEL_GAP)
            value.shift(UP * (noise.baseline - value[0].get_bottom()[1]))
            label = VGroup(noise.set_fill(theme.TRUTH), value)
            label.next_to(line, DOWN, buff=LABEL_GAP)
            if label.get_bottom()[1] < foot + LABEL_GAP:
                label.next_to(line, UP, buff=LABEL_GAP)
            else:
                foot = line.get_y()
            label.align_to(ends[0] + LABEL_GAP * RIGHT, LEFT)
            self.floor.add(line, plate(label, READOUT_BORDER), label)
        self.epochs = epoch_lines(self.chart, trace, foot)
        self.epochs.add(*epoch_names(self.epochs, epoch, self.chart, self.path.corners))
        super().__init__(self.chart, self.path, self.floor)


class ParameterRun(Follower, VGroup):
    """Each parameter over the steps, its present value at its head; the truth is dashed.

    Parameters
    ----------
    slot
        The room for the chart and the true values.
    trace
        The run.
    step
        How far the run has come.
    x_label, y_label
        What the axes measure.
    truth
        What is said of a true value, with ``%(true)s`` for it.

    Attributes
    ----------
    paths, heads, readouts
        Of each parameter the curve, the dot at its end, and the live number beside the dot.
    truths
        Of each parameter a dashed line and its value; the uppermost says what the values are.
    """

    def __init__(
        self,
        slot: Slot,
        trace: Trace,
        step: ValueTracker,
        x_label: Typeset,
        y_label: Typeset,
        truth: str,
    ) -> None:
        names = [*(f"w_{i + 1}" for i in range(len(trace.true_w))), "b"]
        true = [*trace.true_w.flatten().tolist(), trace.true_b.item()]
        end = finite_steps(trace)
        runs = [*trace.w[: end + 1].T.numpy(), trace.b[: end + 1].numpy()]
        values = [
            Words(
                truth if value == max(true) else "%(true)s", true=Num(value, 2), color=theme.TRUTH
            )
            for value in true
        ]
        off_end = LABEL_GAP + Radius.SAMPLE
        room = off_end + max(value.width for value in values)
        plane = replace(slot, right=slot.right - room)
        self.chart = Chart(plane, (0, end), _reach(true, runs), x_label, y_label)
        self.paths = [RunPath(self.chart, run, step, theme.MODEL, Stroke.LINE) for run in runs]
        self.heads = VGroup(
            *(Dot(path.head, radius=Radius.SAMPLE, color=theme.MODEL) for path in self.paths)
        )
        self.readouts = [
            Readout(_value_at(run, step), label=Math(f"{name} =", color=theme.MODEL))
            for name, run in zip(names, runs, strict=True)
        ]
        self.plates = VGroup(*(plate(readout, READOUT_BORDER) for readout in self.readouts))
        self.truths = VGroup(*(self._truth(value, end) for value in true), *values)
        self._order = np.argsort(true)
        self._away = np.where([run[-1] < 0 for run in runs], -1.0, 1.0)
        ends = self.chart.at(np.full(len(true), end), true)
        self._least, self._most = self._lanes(ends[:, 1])
        for value, point, height in zip(values, ends, self._apart(ends[:, 1]), strict=True):
            value.next_to(point, RIGHT, buff=off_end).set_y(height)
        super().__init__(
            self.chart,
            self.truths,
            *self.paths,
            self.plates,
            self.heads,
            *self.readouts,
        )
        self.follow()

    def follow(self) -> Self:
        """Bring curves, dots and live numbers to where the run is."""
        for path in self.paths:
            path.follow()
        points = np.array([path.head for path in self.paths])
        heights = self._apart(self._beside_heads(points[:, 1]))
        # A curve that has left the chart stays behind: its number goes on with the others.
        front = points[np.argmax(points[:, 0])]
        right = self.chart.axes[0].get_right()[0]
        parts = zip(points, heights, self.heads, self.readouts, self.plates, strict=True)
        for point, height, head, readout, ground in parts:
            head.move_to(point)
            readout.follow().next_to(front, RIGHT, buff=LABEL_GAP).set_y(height)
            readout.shift(LEFT * max(0.0, readout.get_right()[0] - right))
            ground.stretch_to_fit_width(readout.width + 2 * READOUT_BORDER).move_to(readout)
        return self

    def _truth(self, value: float, num_steps: int) -> DashedLine:
        ends = self.chart.at([0, num_steps], [value, value])
        return DashedLine(*ends, color=theme.TRUTH, stroke_width=Stroke.LINE)

    def _beside_heads(self, heads: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return heights for live numbers beside heads so high: off every dashed line."""
        risen = np.minimum(self._away * heads + OFF_HEAD, self._most)
        return np.asarray(self._away * np.maximum(risen, self._least), dtype=float)

    def _lanes(
        self, truths: npt.NDArray[np.float64]
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return how far from the frame's middle, away from zero, each live number may stand.

        A number stays between its own truth and the next one nearer to zero. Where curves would
        run through it there, as of a run that ends on its way, it is not bound.
        """
        zero = float(self.chart.at(0.0, 0.0)[1])
        least, most = np.full(len(truths), -np.inf), np.full(len(truths), np.inf)
        for index, (away, truth) in enumerate(zip(self._away, truths, strict=True)):
            nearer = [
                away * other
                for other in truths
                if 0 < away * (other - zero) < away * (truth - zero)
            ]
            low, high = max(nearer, default=-np.inf) + OFF_TRUTH, away * truth - OFF_TRUTH
            if low <= high and self._clear_at_end(self.readouts[index], away * high):
                least[index], most[index] = low, high
        return least, most

    def _clear_at_end(self, readout: Readout, height: float) -> bool:
        """Say whether no curve passes where a live number stands when the run is over."""
        left = self.chart.axes[0].get_right()[0] - readout.width - LABEL_GAP
        reach = readout.height / 2 + READOUT_BORDER
        return not any(
            (abs(path.corners[path.corners[:, 0] > left, 1] - height) < reach).any()
            for path in self.paths
        )

    def _apart(self, wished: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return heights on the chart near those wished for, in the order of the truths."""
        top = self.chart.axes[1].get_top()[1]
        heights = wished.copy()
        lowest = self.chart.axes[0].get_y() + LEAST_RISE / 2
        for index in self._order:
            heights[index] = lowest = max(heights[index], lowest)
            lowest += LEAST_RISE
        for index in self._order[::-1]:
            heights[index] = top = min(heights[index], top)
            top -= LEAST_RISE
        return heights


def level(
    slot: Slot, loss: Callable[[Slot], LossRun], parameters: Callable[[Slot], ParameterRun]
) -> tuple[LossRun, ParameterRun]:
    """Draw both charts of a run.

    Side by side they are equally large and their titles level, and the name of the steps, which
    both axes count, stands once, between them. One above the other their axes are in line.

    Parameters
    ----------
    slot
        The room for both.
    loss, parameters
        Draws each chart in a slot.
    """
    if not is_wide():
        # The title of the upper chart keeps off a heading of two lines.
        slot = replace(slot, top=slot.top - GAP)
    left, right = slot.beside(1, 1)
    one, two = loss(left).chart.axes, parameters(right).chart.axes
    if is_wide():
        plane = (one.width + two.width) / 2
        tops = one.get_top()[1], two.get_top()[1]
        sides = slot.beside(
            *(plane + part.width - axes.width for part, axes in ((left, one), (right, two)))
        )
        left, right = (
            replace(side, top=side.top - top + min(tops))
            for side, top in zip(sides, tops, strict=True)
        )
    else:
        start = max(axes[1].get_x() for axes in (one, two))
        end = min(axes[0].get_right()[0] for axes in (one, two))
        left, right = (
            replace(
                side,
                left=side.left + start - axes[1].get_x(),
                right=side.right + end - axes[0].get_right()[0],
            )
            for side, axes in ((left, one), (right, two))
        )
    run, home = loss(left), parameters(right)
    if is_wide() and run.chart.x_label is not None and home.chart.x_label is not None:
        left_end, right_start = run.chart.axes.get_right()[0], home.chart.axes.get_left()[0]
        run.chart.x_label.set_x((left_end + right_start) / 2)
        home.chart.remove(home.chart.x_label)
    titles = run.chart.y_label, home.chart.y_label
    if is_wide() and isinstance(titles[0], Words) and isinstance(titles[1], Words):
        titles[0].shift(UP * (titles[1].baseline - titles[0].baseline))
    return run, home


def _value_at(run: npt.NDArray[np.float64], step: ValueTracker) -> Callable[[], float]:
    """Return a function for a parameter's value at the present step."""
    return lambda: float(run[round(step.get_value())])


def _reach(true: Sequence[float], runs: Sequence[npt.NDArray[np.float64]]) -> Range:
    """Return a range for the truths and the runs; one that diverges is cut."""
    near = 2 * max(1.0, *map(abs, true))
    values = np.concatenate([true, *runs])
    return padded(np.clip(values, -near, near), share=PARAMETER_AIR)
