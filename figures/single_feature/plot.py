"""The plot of every beat: the training examples and the line."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    DashedLine,
    Line,
    Transform,
    ValueTracker,
    VGroup,
    linear,
)

from figures.single_feature.columns import PLACES, symbols
from linreg.lesson import SingleFeature
from linreg.study.single_run import SingleRun
from visuals.following import Follower
from visuals.formula import formula
from visuals.layout import Slot
from visuals.line_in_plot import LineInPlot
from visuals.numbers import as_typed
from visuals.plates import plate
from visuals.plots import Chart, Points, padded
from visuals.readout import Readout, readout_column
from visuals.roles import ROLES_IN_TRAINING
from visuals.segments import Segments
from visuals.theme import Pace, Stroke, theme
from visuals.trackers import go
from visuals.typography import Math

ALL_X = (0.0, 1.0)
"""The range that features are drawn from; at its left end the line is as high as b."""

SHOWN = 4
"""Examples with a row of their own."""

SHARE = 0.22
"""The h by which one error's square is shown to grow, as a share of the error."""

BESIDE = 0.15
"""Room for names beside an example, as a share of the x axis."""

NAMED_X = 0.93
"""The x at which the piece that a stick gains is named."""

NUDGED_X = 0.1
"""The x at which the nudge of b is named: near the left end, whose height is b."""

NAME_GAP = 0.3
"""Distance of the line's name from the line, in scene units."""

TURN = 0.25
"""Rise of the line's right end that shows what w does to errors, as a share of the axis."""


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
        x, y, y_hat = (at.flatten().numpy() for at in (run.x_train, run.y_train, run.y_hat(0)))
        rows = np.flatnonzero(has_room(x))
        moved = y_hat[rows] + SHARE * (y_hat[rows] - y[rows])
        labels = [*run.y_train.flatten().tolist(), *run.y_test.flatten().tolist()]
        super().__init__(
            slot,
            run.x_train,
            run.y_train,
            w,
            b,
            x_range=ALL_X,
            y_range=padded([*labels, *lines, *moved], least=1e-6),
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

    def name_of_gain(self, before: Line) -> Math:
        """Return the name of the piece that a stick gains, on the side where no sticks are."""
        return self._beside_both(symbols("h {{ x : x }}"), before, NAMED_X)

    def name_of_nudge(self, before: Line, nudge: float) -> Math:
        """Return by how much b was raised, on the side of both lines where no sticks are."""
        name = symbols("{{ + %(nudge)s : b }}", nudge=as_typed(nudge))
        return self._beside_both(name, before, NUDGED_X)

    def _beside_both(self, name: Math, before: Line, at: float) -> Math:
        """Stand a name beside the lines before and now, on the side where no sticks are."""
        edges = before.get_start_and_end()
        now = self.chart.at(at, self.predict(at))
        then = edges[0] + (edges[1] - edges[0]) * at
        errors_are_above = float(np.mean(self.y - self.predict(self.x))) > 0
        low, high = sorted((now, then), key=lambda point: float(point[1]))
        edge, side = (low, DOWN) if errors_are_above else (high, UP)
        return name.next_to(edge, side, buff=NAME_GAP)


def has_room(x: Points) -> Points:
    """Return which of the examples with a row of their own have room beside them, shape (rows,)."""
    first = np.asarray(x)[:SHOWN]
    return np.asarray((first > BESIDE) & (first < 1 - BESIDE))


class Gains(Follower, Segments):
    """The piece by which each example's stick changed, from a line before to the line of now."""

    def __init__(self, plot: TrainingPlot, w: float, b: float) -> None:
        self.plot, self.w, self.b = plot, w, b
        here = plot.at(0, 0).reshape(1, 3)
        super().__init__(here, here, theme.INK, Stroke.LINE)
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
                    at.get_value, PLACES, formula(f"{{{{ {name} : {name} }}}} =", ROLES_IN_TRAINING)
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
        ground = plate(VGroup(self.equation, self.params), NAME_GAP / 2)
        super().__init__(ground, self.equation, self.params)
        for readout in self.params:
            readout.tracked()
        self.follow().tracked().set_z_index(1)

    def follow(self) -> Self:
        """Stand beside the right end of the line of now."""
        end = self.plot.chart.at(ALL_X[1], self.plot.predict(ALL_X[1]))
        start = self.plot.chart.at(0.7, self.plot.predict(0.7))
        edge = max(start[1], end[1]) if self.side is UP else min(start[1], end[1])
        corner = VGroup(self.equation, self.params).get_corner(RIGHT - self.side)
        return self.shift([end[0] - corner[0], edge - corner[1], 0] + self.side * NAME_GAP)
