"""A whole run on two charts that follow one step: the loss to its floor, the parameters home.

A run that diverges is shown up to the step at which its loss overflows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Self

import numpy as np
import numpy.typing as npt
from manim import RIGHT, DashedLine, ManimColor, ValueTracker, VGroup, VMobject

from linreg.outcome import finite_steps
from linreg.training import Trace
from visuals.layout import Slot
from visuals.log_chart import LogChart, log_padded
from visuals.plots import LABEL_GAP, Chart, Range, padded
from visuals.readout import Readout
from visuals.theme import Stroke, theme
from visuals.typography import Math, Typeset

MOST_CORNERS = 1500
"""A longer run is drawn by so many of its steps."""

LEAST_RISE = 0.45
"""Least distance of two live numbers."""


class RunPath(VMobject):
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
        self.steps = np.unique(np.linspace(0, last, MOST_CORNERS).round().astype(int))
        self.corners = chart.at(self.steps, numbers[self.steps])
        self.step = step
        self.follow()

    def follow(self) -> Self:
        """Draw the path as far as the run has come."""
        done = int(np.searchsorted(self.steps, self.step.get_value(), side="right"))
        self.set_points_as_corners(self.corners[: max(done, 1)])
        return self

    def tracked(self) -> Self:
        """Follow the step from now on."""
        self.add_updater(lambda path: path.follow())
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
    """

    def __init__(
        self,
        slot: Slot,
        trace: Trace,
        floor: float,
        step: ValueTracker,
        x_label: Typeset,
        y_label: Typeset,
    ) -> None:
        end = finite_steps(trace)
        losses = trace.loss[:end].numpy()
        label = Math("sigma^2 / 2", color=theme.TRUTH)
        plane = Slot(slot.left, slot.right - label.width - LABEL_GAP, slot.bottom, slot.top)
        y = log_padded([*losses, floor])
        self.chart = LogChart(plane, (0, end), y, x_label, y_label)
        self.path = RunPath(self.chart, losses, step, theme.LOSS, Stroke.THIN)
        self.floor = VGroup()
        if floor > 0:
            ends = self.chart.at([0, end], [floor, floor])
            line = DashedLine(*ends, color=theme.TRUTH, stroke_width=Stroke.LINE)
            self.floor.add(line, label.next_to(line, RIGHT, buff=LABEL_GAP))
        super().__init__(self.chart, self.path, self.floor)


class ParameterRun(VGroup):
    """Each parameter over the steps, the truth dashed, its value of now beside it.

    Parameters
    ----------
    slot
        The room for the chart and the live numbers.
    trace
        The run.
    step
        How far the run has come.
    x_label, y_label
        What the axes measure.
    """

    def __init__(
        self, slot: Slot, trace: Trace, step: ValueTracker, x_label: Typeset, y_label: Typeset
    ) -> None:
        names = [*(f"w_{i + 1}" for i in range(len(trace.true_w))), "b"]
        true = [*trace.true_w.flatten().tolist(), trace.true_b.item()]
        end = finite_steps(trace)
        runs = [*trace.w[: end + 1].T.numpy(), trace.b[: end + 1].numpy()]
        readouts = [
            Readout(_value_at(run, step), label=Math(f"{name} =", color=theme.MODEL))
            for name, run in zip(names, runs, strict=True)
        ]
        self.readouts = VGroup(*readouts)
        room = LABEL_GAP + max(map(_widest, readouts, runs))
        plane = Slot(slot.left, slot.right - room, slot.bottom, slot.top)
        self.chart = Chart(plane, (0, end), _reach(true, runs), x_label, y_label)
        self.paths = VGroup(
            *(RunPath(self.chart, run, step, theme.MODEL, Stroke.LINE) for run in runs)
        )
        self.truths = VGroup(*(self._truth(value, end) for value in true))
        self._stand_beside(true)
        super().__init__(self.chart, self.paths, self.truths, self.readouts)

    def _truth(self, value: float, num_steps: int) -> DashedLine:
        ends = self.chart.at([0, num_steps], [value, value])
        return DashedLine(*ends, color=theme.TRUTH, stroke_width=Stroke.LINE)

    def _stand_beside(self, true: Sequence[float]) -> None:
        """Put the live numbers right of the chart, each at the height of its truth."""
        order = np.argsort(true)
        height = -np.inf
        for index in order:
            point = self.chart.at(self.chart.x_range[1], true[index])
            height = max(point[1], height + LEAST_RISE)
            self.readouts[index].next_to(point, RIGHT, buff=LABEL_GAP).set_y(height)


def _value_at(run: npt.NDArray[np.float64], step: ValueTracker) -> Callable[[], float]:
    """Return what tells a parameter's value at the step of now."""
    return lambda: float(run[round(step.get_value())])


def _widest(readout: Readout, run: npt.NDArray[np.float64]) -> float:
    """Return the width of a live number when it is longest."""
    longest = Readout(lambda: float(-np.abs(run).max()), readout.places)
    return float(readout.width - readout.figures.width + longest.width)


def _reach(true: Sequence[float], runs: Sequence[npt.NDArray[np.float64]]) -> Range:
    """Return a range for the truths and the runs; one that diverges is cut."""
    near = 2 * max(1.0, *map(abs, true))
    values = np.concatenate([true, *runs])
    return padded(np.clip(values, -near, near))
