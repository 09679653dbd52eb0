"""Charts of a whole run: its loss on a logarithmic axis, and its parameters.

A run that diverges is shown up to the step at which its loss overflows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from manim import (
    DOWN,
    RIGHT,
    UP,
    Animation,
    Create,
    DashedLine,
    LaggedStart,
    ValueTracker,
    VGroup,
)
from torch import Tensor

from linreg.study.trace import Trace
from visuals.formula import formula
from visuals.label_room import points_along, room_around
from visuals.layout import Slot
from visuals.log_chart import LogChart, log_padded
from visuals.plots import LABEL_GAP, Chart, Points, Range, padded
from visuals.roles import ROLES_IN_TRAINING
from visuals.run_path import RunPath
from visuals.theme import Stroke, theme
from visuals.typography import TEXT_FONT, Typeset, Words

PARAMETERS = ("w_1", "w_2", "b")
"""Names of the parameters, in the order of their curves."""

TICKS = 7
"""Ticks of an axis at most: each power of ten of the loss has one."""

AIR = 0.16
"""Air above and below the parameters, as a share of their span."""

LEAST_RISE = 0.4
"""Least distance of two names, in scene units."""

NAME_GAP = 0.12
"""Distance of a curve's name from the curve, in scene units."""

NAMED_AT = np.linspace(0.06, 0.6, 28)
"""Places on a curve at which its name may stand, as shares of the steps, the best first."""


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
    noise
        Name of the level of this loss.
    step
        The step of now.
    x_label, y_label
        What the axes measure.

    Attributes
    ----------
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
        noise: Words,
        step: ValueTracker,
        x_label: Typeset,
        y_label: Typeset,
    ) -> None:
        values = losses[: finite_count(losses)].numpy()
        end = len(values) - 1
        plane = replace(slot, right=slot.right - noise.width - LABEL_GAP)
        y = log_padded([*values, floor])
        self.chart = LogChart(plane, (0, max(end, 1)), y, x_label, y_label, TICKS, counts=True)
        self.path = RunPath(self.chart, values, step, theme.LOSS)
        self.levels = self.chart.levels()
        self.floor = VGroup()
        if floor > 0:
            ends = self.chart.at([0, self.chart.x_range[1]], [floor, floor])
            line = DashedLine(*ends, color=theme.TRUTH, stroke_width=Stroke.LINE)
            self.floor.add(line, noise.set_fill(theme.TRUTH).next_to(line, RIGHT, buff=LABEL_GAP))
        super().__init__(self.chart, self.path)

    def light_levels(self, run_time: float) -> Animation:
        """Draw the levels downward, one after the other."""
        return LaggedStart(*map(Create, self.levels), lag_ratio=0.6, run_time=run_time)


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
    true
        Word before the name of a parameter, for its true value.

    Attributes
    ----------
    paths
        Of w1, w2 and b.
    truths
        Their true values, each a dashed line and its name right of it; not yet drawn.
    names
        Names of the paths, each beside its path; not yet shown.
    """

    def __init__(
        self,
        slot: Slot,
        trace: Trace,
        end: int,
        step: ValueTracker,
        x_label: Typeset,
        y_label: Words,
        true: str,
    ) -> None:
        values = [*trace.true_w.flatten().tolist(), trace.true_b.item()]
        runs = [*trace.w[: end + 1].T.numpy(), trace.b[: end + 1].numpy()]
        words = [
            formula(f'#text(font: "{TEXT_FONT}")[{true}] {name}').set_fill(theme.TRUTH)
            for name in PARAMETERS
        ]
        room = max(word.width for word in words) + LABEL_GAP
        plane = replace(slot, right=slot.right - room)
        reach = _reach(values, runs)
        self.chart = Chart(plane, (0, max(end, 1)), reach, x_label, y_label, counts=True)
        self.paths = [RunPath(self.chart, run, step, theme.MODEL) for run in runs]
        self.truths, self.names = VGroup(), VGroup()
        right = self.chart.x_range[1]
        heights = _apart([float(self.chart.at(0, value)[1]) for value in values])
        for value, word, y in zip(values, words, heights, strict=True):
            line = DashedLine(
                *self.chart.at([0, right], [value, value]),
                color=theme.TRUTH,
                stroke_width=Stroke.LINE,
            )
            self.truths.add(VGroup(line, word.next_to(line, RIGHT, buff=LABEL_GAP).set_y(y)))
        for name, path in zip(PARAMETERS, self.paths, strict=True):
            self.names.add(
                self._beside(formula(f"{{{{ {name} : {name} }}}}", ROLES_IN_TRAINING), path)
            )
        super().__init__(self.chart, *self.paths)

    @property
    def drawn(self) -> Points:
        """Points of all curves and true values."""
        ends = (truth[0].get_start_and_end() for truth in self.truths)
        return np.concatenate(
            [*(path.corners for path in self.paths), *(points_along(*pair) for pair in ends)]
        )

    def _beside(self, name: Typeset, path: RunPath) -> Typeset:
        """Put a name beside a curve, where it has room."""
        half = np.array([name.width, name.height, 0]) / 2
        taken = self.drawn
        if len(self.names):
            taken = np.concatenate([taken, *(other.get_all_points() for other in self.names)])
        last = len(path.corners) - 1
        places = [
            path.corners[round(share * last)] + way * (half[1] + 2 * NAME_GAP)
            for share in NAMED_AT
            for way in (UP, DOWN)
        ]
        top = self.chart.axes[1].get_top()[1] - half[1]
        rooms = [
            min(room_around(place, half, taken), NAME_GAP) if place[1] <= top else -1
            for place in places
        ]
        return name.move_to(places[int(np.argmax(rooms))])

    def tracked(self) -> ParameterChart:
        """Let the paths follow the step."""
        for path in self.paths:
            path.tracked()
        return self


def finite_count(losses: Tensor) -> int:
    """Return the number of losses before they overflow."""
    finite = losses.isfinite()
    return len(losses) if finite.all() else int(finite.int().argmin())


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
