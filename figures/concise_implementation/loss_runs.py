"""The losses of both programs over the steps: a line, and rings that thread onto it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Self

import numpy as np
from manim import Animation, Circle, ValueTracker, VGroup, VMobject, linear

from linreg.study.two_runs import ComparedRun
from visuals.following import Follower, Picture
from visuals.layout import Slot
from visuals.log_chart import LogChart, log_padded
from visuals.plots import Chart, Points, Range
from visuals.theme import Pace, Stroke, theme
from visuals.trackers import go
from visuals.typography import Typeset

RINGS = 32
"""Rings on a curve, at most."""

RING = 0.1
"""Radius of a ring, in scene units."""

LEVEL, BELOW, ABOVE = 1.5, 2.2, 1.0
"""Powers of ten by which losses must change to fill a chart, and those left free where they do not,
below for a table and above for a name."""

UNDER_RISE = 0.25
"""Room below curves that rise, as a share of the powers of ten that they take."""

BEFORE = 0.02
"""Room left of the first step, in the steps of a run, so that its ring is clear of the axis."""

TINY = 1e-300
"""A loss of zero is drawn at the lower edge of the chart."""


class LossRuns:
    """Both curves on one chart.

    Parameters
    ----------
    slot
        The room for the chart.
    ours
        The run from scratch.
    theirs
        Runs with PyTorch's parts, at rates from the same to half of it.
    x_label, y_label
        What the axes measure.

    Attributes
    ----------
    chart
        The axes.
    line, rings
        The losses of both programs up to the steps of now.
    our_step, their_step
        Trackers of the steps; before step 0 there is no ring.
    swing
        Tracker of the rate: 0 is the same, 1 is half of it.
    """

    def __init__(
        self,
        slot: Slot,
        ours: ComparedRun,
        theirs: Sequence[ComparedRun],
        x_label: Typeset,
        y_label: Typeset,
    ) -> None:
        curves = [run.losses.numpy() for run in (ours, *theirs)]
        finite = np.isfinite(np.array(curves)).all(axis=0)
        self.last = max(1, (len(finite) if finite.all() else int(finite.argmin())) - 1)
        self.our_step, self.their_step = ValueTracker(0), ValueTracker(-1)
        self.swing = ValueTracker(0)
        logs = [np.log10(np.maximum(curve[: self.last + 1], TINY)) for curve in curves]
        shown = np.concatenate([curve[: self.last + 1] for curve in curves])
        steps = -BEFORE * self.last, self.last
        self.chart = LogChart(slot, steps, _range(shown), x_label, y_label, counts=True)
        self.line = LossLine(self.chart, logs[0], self.our_step)
        self.rings = LossRings(self.chart, np.array(logs[1:]), self.their_step, self.swing)

    def run_ours(self, run_time: float) -> Animation:
        """Draw our losses."""
        return go(self.our_step, self.last, run_time, linear)

    def run_theirs(self, run_time: float) -> Animation:
        """Draw PyTorch's losses."""
        return go(self.their_step, self.last, run_time, linear)

    def halve_rate(self, run_time: float = Pace.SWEEP) -> Animation:
        """Let the rate fall to its half."""
        return go(self.swing, 1, run_time)


class LossLine(Follower, VMobject):
    """A loss over the steps, up to the step of now.

    Parameters
    ----------
    chart
        Where it is plotted.
    logs
        Logarithms of the losses to the base ten, shape (steps + 1,).
    step
        Tracker of the step.
    """

    def __init__(self, chart: Chart, logs: Points, step: ValueTracker) -> None:
        self.logs = logs
        self.corners = chart.at(np.arange(len(logs)), 10.0**logs)
        self.step = step
        super().__init__(color=theme.LOSS, stroke_width=Stroke.BOLD)
        self.follow().tracked()

    def follow(self) -> Self:
        """Draw the steps that were taken."""
        reached = int(self.step.get_value() + 1e-6) + 1
        self.set_points_as_corners(self.corners[:reached])
        return self


class LossRings(Picture, VGroup):
    """Rings on the loss of a run, up to the step of now; the run's rate can change.

    Parameters
    ----------
    chart
        Where they are plotted.
    logs
        Logarithms of the losses to the base ten, a row a rate, shape (k, steps + 1).
    step
        Tracker of the step.
    swing
        Tracker from 0, the first rate, to 1, the last; between two rates that were run, the
        logarithm is interpolated.
    """

    def __init__(self, chart: Chart, logs: Points, step: ValueTracker, swing: ValueTracker) -> None:
        self.chart, self.logs, self.step, self.swing = chart, logs, step, swing
        count = min(RINGS, logs.shape[1])
        self.at = np.unique(np.linspace(0, logs.shape[1] - 1, count).round().astype(int))
        super().__init__(*(loss_ring() for _ in self.at))
        self.follow().tracked()

    @property
    def logs_of_now(self) -> Points:
        """Logarithms of the losses at the rate of now, shape (steps + 1,)."""
        rates = np.linspace(0, 1, len(self.logs))
        at = self.swing.get_value()
        return np.array([np.interp(at, rates, column) for column in self.logs.T])

    def follow(self) -> Self:
        """Put every ring on the curve of now, and show those up to the step of now."""
        places = self.chart.at(self.at, 10.0 ** self.logs_of_now[self.at])
        reached = self.step.get_value() + 1e-6
        for ring, step, place in zip(self, self.at, places, strict=True):
            shown = float(step <= reached)
            ring.move_to(place).set_stroke(opacity=shown).set_fill(opacity=shown)
        return self


def _range(losses: Points) -> Range:
    """Return a range for losses, of which the first is where both curves begin.

    Where they hardly change, there is room below them, and some where they rise.
    """
    positive = losses[losses > 0]
    if len(positive) and np.log10(positive.max() / positive.min()) < LEVEL:
        return float(positive.min() / 10**BELOW), float(positive.max() * 10**ABOVE)
    low, high = log_padded(losses)
    if losses[0] < math.sqrt(low * high):
        low *= (low / high) ** UNDER_RISE
    return low, high


def loss_ring() -> Circle:
    """Return a ring, the mark of PyTorch's loss on a chart."""
    return Circle(
        RING,
        color=theme.LOSS,
        stroke_width=Stroke.LINE,
        fill_color=theme.BACKGROUND,
        fill_opacity=1,
    )
