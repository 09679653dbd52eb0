"""A whole run on two charts: its loss on a logarithmic axis, and its parameters.

A run that diverges is shown up to the step at which its loss overflows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from manim import (
    RIGHT,
    Animation,
    Create,
    DashedLine,
    FadeOut,
    LaggedStart,
    Line,
    ReplacementTransform,
    ValueTracker,
    VGroup,
)
from torch import Tensor

from figures.training_code.run_path import RunPath
from linreg.study.trace import Trace
from visuals.formula import formula
from visuals.layout import Slot
from visuals.log_chart import LogChart, log_padded
from visuals.plots import LABEL_GAP, Chart, Range, padded, round_ticks
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Dim, Stroke, theme
from visuals.typography import Typeset, Words

TICKS = 7
"""Ticks of an axis at most: each power of ten of the loss has one."""

AIR = 0.1
"""Air above and below the parameters, as a share of their span."""

LEAST_RISE = 0.4
"""Least distance of two names, in scene units."""

NAMES_ROOM = 0.75
"""Width of the names beside a chart, in scene units."""


class LossChart(VGroup):
    """The loss of all examples over the steps, on a logarithmic axis.

    Parameters
    ----------
    slot
        The room for the chart.
    losses
        Of every step, shape (steps + 1,); the finite ones are drawn.
    floor
        The loss to expect at the true parameters, or 0.
    step
        The step of now.
    x_label, y_label
        What the axes measure.

    Attributes
    ----------
    each_is_a_tenth
        Whether each tick of the loss is a tenth of the one above.
    levels
        A line across the chart at each tick of the loss, the highest first; not yet drawn.
    floor
        The level that noise leaves, with its name; not yet drawn.
    """

    def __init__(
        self,
        slot: Slot,
        losses: Tensor,
        floor: float,
        step: ValueTracker,
        x_label: Typeset | None,
        y_label: Typeset,
    ) -> None:
        values = losses[: finite_count(losses)].numpy()
        end = len(values) - 1
        plane = replace(slot, right=slot.right - NAMES_ROOM)
        y = log_padded([*values, floor])
        self.chart = LogChart(plane, (0, max(end, 1)), y, x_label, y_label, TICKS)
        self.path = RunPath(self.chart, values, step, theme.LOSS)
        self.each_is_a_tenth = _are_tenths(y)
        left, right = self.chart.axes[0].get_start_and_end()
        self.levels = VGroup()
        marks = self.chart.tick_marks[len(self.chart.x_tick_labels) :]
        for mark in marks[::-1]:
            level = Line(left, right, color=theme.MUTED, stroke_width=Stroke.THIN)
            self.levels.add(level.set_y(mark.get_y()).set_stroke(opacity=Dim.SOFT / 2))
        self.floor = VGroup()
        if floor > 0:
            ends = self.chart.at([0, self.chart.x_range[1]], [floor, floor])
            line = DashedLine(*ends, color=theme.TRUTH, stroke_width=Stroke.LINE)
            name = formula("{{ sigma : sigma }}^2 \\/ 2")
            name.set_fill(theme.TRUTH).next_to(line, RIGHT, buff=LABEL_GAP)
            self.floor.add(line, name)
        super().__init__(self.chart, self.path)

    def light_levels(self, run_time: float) -> Animation:
        """Draw the levels downward, one after the other."""
        return LaggedStart(*map(Create, self.levels), lag_ratio=0.6, run_time=run_time)

    def change_into(self, other: LossChart, dim: float, has_floor: bool) -> list[Animation]:
        """Become the same chart in another room, with a dimmed curve.

        Parameters
        ----------
        other
            The chart there.
        dim
            Opacity of its curve.
        has_floor
            Whether the level that noise leaves has been drawn.
        """
        other.path.set_stroke(opacity=dim)
        label = self.chart.x_label
        if label is not None:
            self.chart.remove(label)
        pairs = [(self.chart, other.chart), (self.path, other.path)]
        if has_floor:
            pairs.append((self.floor, other.floor))
        moves: list[Animation] = [ReplacementTransform(*pair) for pair in pairs]
        return moves if label is None else [*moves, FadeOut(label)]


class ParameterChart(VGroup):
    """Each parameter over the steps, and its true value, dashed.

    Parameters
    ----------
    slot
        The room for the chart and the names beside it.
    trace
        The run.
    end
        Number of the last step that is shown.
    step
        The step of now.
    x_label, y_label
        What the axes measure.

    Attributes
    ----------
    paths
        Of w1, w2 and b.
    truths
        Their true values.
    names
        Their names, right of the true values.
    """

    def __init__(
        self,
        slot: Slot,
        trace: Trace,
        end: int,
        step: ValueTracker,
        x_label: Typeset,
        y_label: Words,
    ) -> None:
        true = [*trace.true_w.flatten().tolist(), trace.true_b.item()]
        runs = [*trace.w[: end + 1].T.numpy(), trace.b[: end + 1].numpy()]
        plane = replace(slot, right=slot.right - NAMES_ROOM)
        self.chart = Chart(plane, (0, max(end, 1)), _reach(true, runs), x_label, y_label)
        self.paths = VGroup(*(RunPath(self.chart, run, step, theme.MODEL) for run in runs))
        self.truths, self.names = VGroup(), VGroup()
        right = self.chart.x_range[1]
        for value in true:
            ends = self.chart.at([0, right], [value, value])
            self.truths.add(DashedLine(*ends, color=theme.TRUTH, stroke_width=Stroke.LINE))
        heights = _apart([line.get_y() for line in self.truths])
        for name, line, y in zip(("w_1", "w_2", "b"), self.truths, heights, strict=True):
            label = formula(f"{{{{ {name} : {name} }}}}", ROLES_IN_TRAINING)
            self.names.add(label.next_to(line, RIGHT, buff=LABEL_GAP).set_y(y))
        super().__init__(self.chart, self.truths, self.paths, self.names)

    def tracked(self) -> ParameterChart:
        """Let the paths follow the step."""
        for path in self.paths:
            path.tracked()
        return self


def over_one_x(
    loss: Callable[[Slot], LossChart],
    parameters: Callable[[Slot], ParameterChart],
    slots: Sequence[Slot],
) -> tuple[LossChart, ParameterChart]:
    """Draw both charts one above the other so that equal steps are aligned.

    Parameters
    ----------
    loss, parameters
        Draws each chart in a slot.
    slots
        The upper and the lower slot.
    """
    upper, lower = slots
    starts = [draft.chart.axes.get_left()[0] for draft in (loss(upper), parameters(lower))]
    upper, lower = (
        replace(slot, left=slot.left + max(starts) - start)
        for slot, start in zip(slots, starts, strict=True)
    )
    return loss(upper), parameters(lower)


def finite_count(losses: Tensor) -> int:
    """Return the number of losses before they overflow."""
    finite = losses.isfinite()
    return len(losses) if finite.all() else int(finite.int().argmin())


def _are_tenths(y: Range) -> bool:
    """Say whether each tick of a logarithmic axis is ten times the one before."""
    low, high = np.log10(y)
    powers = [tick for tick in round_ticks(float(low), float(high), TICKS) if tick == int(tick)]
    return len(powers) > 1 and all(b - a == 1 for a, b in pairwise(powers))


def _reach(true: Sequence[float], runs: Sequence[npt.NDArray[np.float64]]) -> Range:
    """Return a range for the true values and the runs; one that diverges is cut."""
    near = 2 * max(1.0, *map(abs, true))
    values = np.concatenate([true, *runs])
    return padded(np.clip(values, -near, near), share=AIR)


def _apart(heights: Sequence[float]) -> list[float]:
    """Return heights near those given, in the same order from low to high, that are apart."""
    found = np.array(heights, dtype=float)
    order = np.argsort(found)
    for below, above in pairwise(order):
        found[above] = max(found[above], found[below] + LEAST_RISE)
    return [float(value) for value in found - (found - np.array(heights)).mean()]
