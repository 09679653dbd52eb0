"""Training runs at several learning rates, on one logarithmic axis of the loss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    Circle,
    Create,
    LaggedStart,
    ValueTracker,
    VGroup,
    linear,
)

from linreg.study.descent import step_factor
from linreg.study.outcome import Outcome
from linreg.study.rates import RateRun
from visuals.layout import Slot
from visuals.log_chart import LogChart, log_padded
from visuals.numbers import Num, as_typed
from visuals.plates import plate
from visuals.plots import LABEL_GAP, Points
from visuals.run_path import RunPath
from visuals.theme import Pace, Stroke, theme
from visuals.trackers import go
from visuals.typography import Math, Typeset, Words

HIGHEST = 1e3
"""Upper end of the axis, in first losses."""

TICKS = 7
"""Ticks of an axis at most."""

RISE_NAMED_AT = 0.8
"""Height at which a run that diverges is named, as a share of the chart's."""

NAME_GAP, PANEL_GAP = 0.25, 0.4
"""Space between a run and its name, and between a run and what it printed, in scene units."""

NAMES_ROOM, LEAST_RISE = 1.9, 0.45
"""Least width of the names at the ends of runs, and their least distance, in scene units."""

PAST = 0.45
"""Opacity of a run while another one is told."""

RING, OVER = 0.16, 0.6
"""Radius of the ring round a place, and its distance from a name above, in scene units."""


class RunRace(VGroup):
    """The loss of all examples over the steps of several runs.

    Parameters
    ----------
    slot
        The room.
    runs
        The runs, all with the same number of steps.
    x_label, y_label
        What the axes measure.

    Attributes
    ----------
    chart
        The axes.
    num_steps
        Number of steps of every run.
    paths
        The runs' losses, not yet drawn; each follows a step of its own.
    """

    def __init__(
        self, slot: Slot, runs: Sequence[RateRun], x_label: Typeset, y_label: Typeset
    ) -> None:
        self.runs = runs
        self.num_steps = len(runs[0].losses) - 1
        self.first = float(runs[0].losses[0])
        low, _ = log_padded([min(self.first, run.least_loss) for run in runs])
        y = low, HIGHEST * self.first
        self.names = [Math('"lr" = %(lr)s', lr=as_typed(run.lr)) for run in runs]
        widest = max(name.width for name in self.names)
        room = replace(slot, right=slot.right - max(NAMES_ROOM, widest + NAME_GAP))
        x = (0, self.num_steps)
        self.chart = LogChart(room, x, y, x_label, y_label, TICKS, counts=True)
        self.steps = [ValueTracker(0) for _ in runs]
        self.paths = [
            RunPath(self.chart, run.finite_losses, step, theme.LOSS)
            for run, step in zip(runs, self.steps, strict=True)
        ]
        self.placed: list[Typeset] = []
        self.rings = VGroup()
        super().__init__(self.chart)

    def light_levels(self, run_time: float) -> Animation:
        """Draw a line across at each tick of the loss, from the lowest upward."""
        levels = reversed(self.chart.levels())
        return LaggedStart(*map(Create, levels), lag_ratio=0.6, run_time=run_time)

    def run(self, number: int, run_time: float) -> Animation:
        """Draw a run from its start to its end."""
        self.paths[number].tracked()
        return go(self.steps[number], len(self.runs[number].losses) - 1, run_time, linear)

    def make_pale(self) -> list[Animation]:
        """Make the runs pale that were drawn, and their names."""
        gone = [path for path, step in zip(self.paths, self.steps, strict=True) if step.get_value()]
        moves: list[Animation] = [go(path.lit, PAST, Pace.QUICK) for path in gone]
        names = (name.animate.set_opacity(PAST) for name in self.placed)
        rings = (ring.animate.set_stroke(opacity=PAST) for ring in self.rings)
        return [*moves, *(mark.build() for mark in (*names, *rings))]

    def name_of(self, number: int) -> VGroup:
        """Return the rate of a run, on a plate: beside its peak or rise, else at its end."""
        run = self.runs[number]
        name = self.names[number]
        if self._leaves_the_chart(number):
            name.next_to(self._rising_at(number), RIGHT, buff=NAME_GAP)
            passed = self.paths[number].corners[:, 0].max() + NAME_GAP
            name.shift(RIGHT * max(0.0, passed - name.get_left()[0]))
        elif run.thrown_by is not None:
            name.next_to(self.place_of(number, run.peak), RIGHT + 0.3 * DOWN, buff=2 * NAME_GAP)
        else:
            name.next_to(self.place_of(number, -1), RIGHT, buff=NAME_GAP)
            name.set_y(self._heights_of_ends()[number])
        self.placed.append(name)
        while any(_meet(name, other) for other in self.placed[:-1]):
            name.shift(DOWN * LABEL_GAP)
        return VGroup(plate(name), name)

    def _leaves_the_chart(self, number: int) -> bool:
        """Say whether a run ends above the chart."""
        run = self.runs[number]
        return run.outcome is Outcome.DIVERGES and not run.last_loss <= self.chart.y_range[1]

    def _heights_of_ends(self) -> dict[int, float]:
        """Return the heights of the names at the ends of runs, apart and in the runs' order."""
        ends = {
            number: float(self.place_of(number, -1)[1])
            for number, run in enumerate(self.runs)
            if run.thrown_by is None and not self._leaves_the_chart(number)
        }
        below = -np.inf
        for number in sorted(ends, key=lambda number: ends[number]):
            ends[number] = below = max(ends[number], below + LEAST_RISE)
        return ends

    def place_of(self, number: int, step: int) -> Points:
        """Return the point of a run at a step."""
        losses = self.runs[number].losses
        return self.chart.at(step % len(losses), float(losses[step]))

    def steep_batch(self, number: int, text: str) -> VGroup:
        """Return the factor of the batch that threw a run out, left of or above where it led to.

        Parameters
        ----------
        number
            Of the run.
        text
            With the factor as ``%(factor)s``.
        """
        run = self.runs[number]
        assert run.thrown_by is not None
        factor = Num(step_factor(run.lr, run.curvature_of_batch(run.thrown_by)), 2)
        peak = self.place_of(number, run.peak)
        ring = Circle(RING, color=theme.INK, stroke_width=Stroke.LINE).move_to(peak)
        name = Words(text, factor=factor).next_to(ring, LEFT, buff=LABEL_GAP)
        (left, _), (right, _) = self._corners()
        if name.get_left()[0] < left + LABEL_GAP:
            name.next_to(ring, UP, buff=OVER)
            name.shift(LEFT * max(0.0, name.get_right()[0] - right))
        self.rings.add(ring)
        self.placed.append(name)
        return VGroup(plate(name), ring, name)

    def beside_rise(self, number: int, panel: VGroup) -> VGroup:
        """Place a panel at the top of the chart, right of a run that rises and of its name."""
        (left, _), (right, top) = self._corners()
        at = max(self.paths[number].corners[-1][0], self.names[number].get_right()[0]) + PANEL_GAP
        if at + panel.width > right:
            at = max(left + LABEL_GAP, right - panel.width)
        return panel.shift(np.array([at, top, 0.0]) - panel.get_corner(UP + LEFT))

    def _corners(self) -> tuple[Points, Points]:
        """Return the lower left and the upper right corner of the chart, shape (2,) each."""
        ends = zip(self.chart.x_range, self.chart.y_range, strict=True)
        low, high = (self.chart.at(x, y)[:2] for x, y in ends)
        return low, high

    def _rising_at(self, number: int) -> Points:
        """Return the first point of a run above the height at which a rise is named."""
        corners = self.paths[number].corners
        (_, bottom), (_, top) = self._corners()
        high = corners[:, 1] >= bottom + RISE_NAMED_AT * (top - bottom)
        return np.asarray(corners[int(high.argmax()) if high.any() else -1])


def _meet(one: Typeset, other: Typeset) -> bool:
    """Say whether two names are nearer than a label to its chart."""
    apart = abs(one.get_center() - other.get_center())[:2]
    reach = np.array([one.width + other.width, one.height + other.height]) / 2 + LABEL_GAP / 2
    return bool((apart < reach).all())
