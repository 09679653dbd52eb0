"""The plot of every beat: the training examples, the line, and the examples kept aside."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Self

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    ApplyMethod,
    Circle,
    DashedLine,
    Line,
    Succession,
    Transform,
    ValueTracker,
    VGroup,
    linear,
)

from linreg.lesson import SingleFeature
from linreg.study.single_run import SingleRun
from visuals.following import Follower
from visuals.formula import formula
from visuals.layout import Slot
from visuals.line_in_plot import LineInPlot
from visuals.plots import Chart, Points, padded
from visuals.readout import Readout, readout_column
from visuals.roles import ROLES_IN_TRAINING
from visuals.segments import Segments
from visuals.theme import Pace, Size, Stroke, theme
from visuals.trackers import go
from visuals.typography import Math

ALL_X = (0.0, 1.0)
"""The range that features are drawn from; at its left end the line is as high as b."""

SPACING = 0.26
"""Largest distance between two examples of the column, in scene units."""

FEWEST_ROWS = 20
"""Rows of the column before it gets a second one."""

HOLLOW = 0.4
"""Seconds in which dots become hollow."""

NAMED_X = 0.93
"""The x at which the piece that a stick gains is named."""

NAME_GAP = 0.3
"""Distance of the line's name from the line, in scene units."""

TURN = 0.25
"""How far the line's right end rises to show what w does to errors, as a share of the axis."""

LITTLE = 0.5
"""How far the line turns, and twice as far as it rises, to show its parameters, in units of y."""


class TrainingPlot(LineInPlot):
    """Training examples and the line of one feature, in a chart that can move to another slot.

    Parameters
    ----------
    slot
        The room for it at first.
    run
        The recorded run; the line is that before the first step.
    numbers
        The lesson's numbers for it.
    nudge
        Largest nudge of b that is shown.
    """

    def __init__(self, slot: Slot, run: SingleRun, numbers: SingleFeature, nudge: float) -> None:
        self.run = run
        self.drawn = ValueTracker(0)
        w, b = run.w[0].item(), run.b[0].item()
        true_w, true_b = numbers.true_w, numbers.true_b
        lines = [b, w + b, b + nudge, w + b + nudge, true_b, true_w + true_b]
        labels = [*run.y_train.flatten().tolist(), *run.y_test.flatten().tolist()]
        super().__init__(
            slot,
            run.x_train,
            run.y_train,
            w,
            b,
            x_range=ALL_X,
            y_range=padded([*labels, *lines], least=1e-6),
        )
        self.shown.set_value(0)
        self.follow()

    def follow(self) -> Self:
        """Put everything where the line is now; the line as far as it is drawn."""
        super().follow()
        start, end = self.line.get_start_and_end()
        drawn = max(self.drawn.get_value(), 1e-3)
        self.line.set_points_by_ends(start, start + (end - start) * drawn)
        return self

    @property
    def loss(self) -> float:
        """The training loss of the line of now."""
        w, b = (self.run.w.new_tensor([at.get_value()]) for at in (self.w, self.b))
        return self.run.loss_at(w, b).item()

    def move_to_slot(self, slot: Slot, run_time: float = Pace.MOVE) -> Animation:
        """Move the chart, and all that follows it, into another slot."""
        x_name, y_name = (formula(f"{{{{ {name} : {name} }}}}", ROLES_IN_TRAINING) for name in "xy")
        target = Chart(slot, self.chart.x_range, self.chart.y_range, x_name, y_name)
        return Transform(self.chart, target, run_time=run_time)

    def line_copy(self) -> Line:
        """Return a thin line in the place of the line of now."""
        line = Line(color=theme.MODEL, stroke_width=Stroke.THIN)
        return self.chart.put_line(line, self.w.get_value(), self.b.get_value())

    def true_line(self, w: float, b: float) -> DashedLine:
        """Return the true line, dashed."""
        line = self.chart.line(w, b)
        return DashedLine(
            *line.get_start_and_end(),
            color=theme.TRUTH,
            stroke_width=Stroke.BOLD,
            dash_length=0.2,
            dashed_ratio=0.45,
        )

    def gains(self) -> Gains:
        """Return the pieces by which the sticks change from here on."""
        return Gains(self, self.w.get_value(), self.b.get_value())

    # What can be played

    def draw_line(self) -> Animation:
        """Draw the line from left to right."""
        return go(self.drawn, 1, Pace.MOVE, linear)

    def turn(self, run_time: float) -> Animation:
        """Turn the line about its left end: w grows."""
        low, high = self.chart.y_range
        return go(self.w, self.w.get_value() + TURN * (high - low), run_time)

    def name_of_gain(self) -> Math:
        """Return the name of the piece that a stick gains, near the right end of the line."""
        name = formula("h {{ x : x }}", ROLES_IN_TRAINING, size=Size.TITLE)
        at = NAMED_X
        return name.next_to(self.chart.at(at, self.predict(at)), UP, buff=NAME_GAP)

    def turn_and_lift(self) -> list[Animation]:
        """Return four moves: w grows a little and shrinks back, then b does."""
        w, b = self.w.get_value(), self.b.get_value()
        moves = ((self.w, w + LITTLE), (self.w, w), (self.b, b + LITTLE / 2), (self.b, b))
        return [go(tracker, value, Pace.QUICK) for tracker, value in moves]


class Gains(Follower, Segments):
    """The piece by which each example's stick changed, from a line before to the line of now."""

    def __init__(self, plot: TrainingPlot, w: float, b: float) -> None:
        self.plot, self.w, self.b = plot, w, b
        here = plot.at(0, 0).reshape(1, 3)
        super().__init__(here, here, theme.LOSS, Stroke.LINE)
        self.follow().tracked()

    def follow(self) -> Self:
        """Reach from the line before to the line of now."""
        plot = self.plot
        starts = plot.chart.at(plot.x, self.w * plot.x + self.b)
        self.set_segments(starts, plot.chart.at(plot.x, plot.predict(plot.x)))
        return self


class LineName(Follower, VGroup):
    """The formula of the line and its parameters, at the line's right end, on its roomier side."""

    def __init__(self, plot: TrainingPlot) -> None:
        self.plot = plot
        self.equation = formula(
            "{{ hat(y) : hat }} = {{ w : w }} {{ x : x }} + {{ b : b }}", ROLES_IN_TRAINING
        )
        self.params = readout_column(
            *(
                Readout(
                    at.get_value, label=formula(f"{{{{ {name} : {name} }}}} =", ROLES_IN_TRAINING)
                )
                for name, at in (("w", plot.w), ("b", plot.b))
            )
        )
        right = plot.x >= 0.6
        above = (
            np.mean(plot.y[right]) < np.mean(plot.predict(plot.x[right])) if any(right) else True
        )
        self.side = DOWN if above else UP
        self.params.next_to(self.equation, DOWN, buff=NAME_GAP, aligned_edge=LEFT)
        super().__init__(self.equation, self.params)
        for readout in self.params:
            readout.tracked()
        self.follow().tracked()

    def follow(self) -> Self:
        """Stand beside the right end of the line of now."""
        end = self.plot.chart.at(ALL_X[1], self.plot.predict(ALL_X[1]))
        start = self.plot.chart.at(0.7, self.plot.predict(0.7))
        edge = max(start[1], end[1]) if self.side is UP else min(start[1], end[1])
        corner = self.get_corner(RIGHT - self.side)
        return self.shift([end[0] - corner[0], edge - corner[1], 0] + self.side * NAME_GAP)


class KeptAside(VGroup):
    """The examples kept aside: dots at first, hollow from when they leave.

    Parameters
    ----------
    plot
        The plot.
    column
        The room beside it.
    """

    def __init__(self, plot: TrainingPlot, column: Slot) -> None:
        self.plot, self.column = plot, column
        self.x, self.y = (at.flatten().numpy() for at in (plot.run.x_test, plot.run.y_test))
        radius = float(plot.dots.radius)
        super().__init__(
            *(
                Circle(radius, stroke_width=Stroke.THIN, stroke_color=theme.DATA)
                .set_fill(theme.DATA, 1)
                .move_to(at)
                for at in plot.chart.at(self.x, self.y)
            )
        )

    def leave(self, run_time: float = 1.5) -> Animation:
        """Become hollow and slide into the column."""
        rows = max(FEWEST_ROWS, math.ceil(math.sqrt(len(self) * self.column.height)))
        columns = math.ceil(len(self) / rows)
        across = min(SPACING, self.column.width / columns)
        down = min(SPACING, self.column.height / rows)
        goals = []
        for number in range(len(self)):
            row, column = number % rows, number // rows
            at = self.column.center + RIGHT * (column - (columns - 1) / 2) * across
            goals.append(at + UP * ((min(rows, len(self)) - 1) / 2 - row) * down)
        hollow = (ApplyMethod(example.set_fill, None, 0) for example in self)
        return Succession(
            AnimationGroup(*hollow, run_time=HOLLOW), self._slide(goals, run_time - HOLLOW)
        )

    def enter(self, run_time: float = 1.5) -> Animation:
        """Slide into the plot, hollow."""
        return self._slide(self.plot.chart.at(self.x, self.y), run_time)

    def _slide(self, goals: Iterable[Points], run_time: float) -> Animation:
        moves = (
            ApplyMethod(example.move_to, goal) for example, goal in zip(self, goals, strict=True)
        )
        return AnimationGroup(*moves, run_time=run_time)

    def sticks(self) -> Segments:
        """Return the errors of now, from each label to its prediction."""
        starts = self.plot.chart.at(self.x, self.y)
        y_hat = self.plot.predict(self.x)
        ends = self.plot.chart.at(self.x, np.where(np.isfinite(y_hat), y_hat, self.y))
        return Segments(starts, ends, theme.LOSS, Stroke.LINE)
