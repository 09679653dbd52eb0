"""A line that its examples push: an arrow against every error."""

from __future__ import annotations

from typing import Self

import numpy as np
import torch
from manim import Animation, Transform, ValueTracker, VGroup, VMobject

from linreg.study.push_and_lever import Pushes, balanced_line, pushes
from linreg.study.single_run import SingleRun
from visuals.following import Picture
from visuals.formula import formula
from visuals.layout import Slot
from visuals.line_in_plot import LineInPlot
from visuals.plots import Chart, Points, Range, padded
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Pace, Stroke, theme
from visuals.trackers import go

MOST_SHOWN = 10
"""Examples that are drawn: as many as in the chapter before."""

SHARE = 0.5
"""Length of an arrow, as a share of its error."""

SHAFT, HEAD, BREADTH = 0.07, 0.24, 0.24
"""Width of an arrow's shaft, length and breadth of its head, in scene units."""

HEAD_SHARE = 0.6
"""Largest length of a head, as a share of its arrow."""

DIMMED = 0.25
"""Opacity of an arrow that is not spoken of."""

TURN_RATE = 0.9
"""Share of its error by which an example at x = 1 turns the line towards its label."""

NEAR_ZERO = 0.5
"""Distance of the lowest height from zero, as a share of all, below which the axis shows zero."""

X_RANGE = 0.0, 1.0
"""The inputs are drawn from it; the axis of y stands where the input is zero."""


class PushedLine(LineInPlot):
    """The first examples of the data set with one feature, and the line before training.

    Parameters
    ----------
    slot
        The room for it.
    run
        The run on the data set.

    Attributes
    ----------
    start, lifted, balanced
        Parameters (w, b): at first, with the mean error zero, with both gradients zero. A line
        that is too high on average is mirrored at first: it lies as far below.
    """

    def __init__(self, slot: Slot, run: SingleRun) -> None:
        self.inputs, self.labels = run.x_train[:MOST_SHOWN], run.y_train[:MOST_SHOWN]
        w, b = run.params(0)
        at_start = pushes(self.inputs, self.labels, w, b)
        if at_start.grad_b > 0:
            b = b - 2 * at_start.grad_b
        self.start = w.item(), b.item()
        self.lifted = w.item(), b.item() - self._at(*self.start).grad_b
        balanced = balanced_line(self.inputs, self.labels, w.reshape(1, 1), b, 0)
        self.balanced = balanced[0].item(), balanced[1].item()
        ends = [
            slope * x + bias
            for slope, bias in (self.start, self.lifted, self.balanced)
            for x in X_RANGE
        ]
        super().__init__(
            slot,
            self.inputs,
            self.labels,
            *self.start,
            x_range=X_RANGE,
            y_range=_heights([*self.labels.flatten().tolist(), *ends]),
        )

    @property
    def pushes(self) -> Pushes:
        """The pushes on the line of now."""
        return self._at(self.w.get_value(), self.b.get_value())

    def refit(self, slot: Slot, run_time: float = Pace.MOVE) -> Animation:
        """Move the plot to another slot; its numbers keep their size."""
        x, y = (formula(f"{{{{ {name} : {name} }}}}", ROLES_IN_TRAINING) for name in "xy")
        chart = Chart(slot, self.chart.x_range, self.chart.y_range, x, y)
        return Transform(self.chart, chart, run_time=run_time)

    def lift(self, b: float, run_time: float = Pace.SWEEP) -> Animation:
        """Move b alone."""
        return go(self.b, b, run_time)

    def turn_by_one_push(self, row: int) -> Animation:
        """Let the push of one example turn the line about b, at one rate for all examples."""
        push = float(self.pushes.push[row])
        w, b = self.w.get_value(), self.b.get_value()
        return self.move_line(w - TURN_RATE * push * float(self.x[row]), b)

    def follow(self) -> Self:
        """Put everything where the line is now; sticks are thin beside the arrows."""
        super().follow()
        self.errors.set_stroke(width=Stroke.THIN)
        return self

    def roomiest(self) -> tuple[int, int]:
        """Return the row of negative error with most room beside its stick, and its side.

        Returns
        -------
        row, side
            The side is 1 for the right, -1 for the left.
        """
        stops = np.sort([*self.x, *X_RANGE])
        rooms = []
        for row in np.flatnonzero(self.pushes.push.numpy() < 0).tolist():
            x = self.x[row]
            rooms.append((stops[stops > x].min(initial=X_RANGE[1]) - x, row, 1))
            rooms.append((x - stops[stops < x].max(initial=X_RANGE[0]), row, -1))
        _, row, side = max(rooms)
        return row, side

    def _at(self, w: float, b: float) -> Pushes:
        w_now, b_now = (torch.tensor([value], dtype=torch.float64) for value in (w, b))
        return pushes(self.inputs, self.labels, w_now, b_now)


class PushArrows(Picture, VGroup):
    """At every example an arrow from the line against the error, half as long.

    Parameters
    ----------
    plot
        The line.

    Attributes
    ----------
    shown
        Tracker of the arrows' length, from 0 to 1.
    up_lit, down_lit
        Trackers from 0 to 1: how lit the arrows up and down are.
    alone
        Tracker from 0 to 1: how much all but those of ``rows`` are dimmed.
    rows
        Rows of the examples that stay lit.
    """

    def __init__(self, plot: PushedLine) -> None:
        self.plot, self.rows = plot, [0]
        self.shown, self.alone = ValueTracker(0), ValueTracker(0)
        self.up_lit, self.down_lit = ValueTracker(1), ValueTracker(1)
        super().__init__(*(VMobject(stroke_width=0, fill_color=theme.INK) for _ in plot.x))
        self.follow().tracked()

    def follow(self) -> Self:
        """Begin at the line of now."""
        error = self.plot.predict(self.plot.x) - self.plot.y
        length = SHARE * self.shown.get_value() * self.plot.unit
        for row, (arrow, r) in enumerate(zip(self, error, strict=True)):
            foot = self.plot.at(self.plot.x[row], self.plot.y[row] + r)
            arrow.set_points_as_corners(_arrow(foot, -length * r))
            lit = (self.up_lit if r < 0 else self.down_lit).get_value()
            lit *= 1 - self.alone.get_value() * (row not in self.rows)
            arrow.set_fill(opacity=DIMMED + (1 - DIMMED) * lit)
        return self


def _heights(values: list[float]) -> Range:
    """Return room for all values, from zero on where that takes little more."""
    low, high = padded(values, least=1e-6)
    return (0.0, high) if 0 <= min(values) < NEAR_ZERO * (high - low) else (low, high)


def _arrow(foot: Points, length: float) -> Points:
    """Return the closed outline of an upright arrow, shape (8, 3); a negative length is down."""
    head = np.sign(length) * min(HEAD, HEAD_SHARE * abs(length))
    broad = min(BREADTH, HEAD_SHARE * abs(length)) / 2
    thin = min(SHAFT, broad) / 2
    half = [(thin, 0), (thin, length - head), (broad, length - head), (0, length)]
    right = np.array([[x, y, 0.0] for x, y in half])
    left = (right * [-1, 1, 1])[-2::-1]
    outline: Points = foot + np.vstack([right, left, right[:1]])
    return outline


def stick_middle(plot: PushedLine, row: int, share: float = 0.75) -> Points:
    """Return a point of an example's stick, at a share of its way from the line to the label."""
    y_hat = float(plot.predict(plot.x[row]))
    start, end = plot.at(plot.x[row], y_hat), plot.at(plot.x[row], plot.y[row])
    middle: Points = start + share * (end - start)
    return middle
