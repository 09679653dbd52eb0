"""Steps of descent on the cut: a dot that jumps, and the jumps that it has made."""

from __future__ import annotations

import math
from typing import Self

import numpy as np
from manim import Animation, Circle, LineJointType, ValueTracker, VGroup, smooth

from fastcairo import DotCloud
from linreg.study.steepest_cut import SteepestCut
from visuals.clipping import clipped
from visuals.following import Picture
from visuals.plots import Chart, Points
from visuals.segments import Segments
from visuals.space import put_dots, put_lines
from visuals.theme import Radius, Stroke, theme
from visuals.trackers import Quantity, as_tracker, go

JUMP = 0.55
"""Share of the time of a step in which the dot jumps; then it rests."""


class Hops(Picture, VGroup):
    """The steps that a learning rate takes on the cut, all drawn anew when the rate changes.

    Jumps are cut where they leave the chart, and the dot is seen on the chart only.

    Parameters
    ----------
    chart
        The axes, as :func:`~figures.learning_rate.cut_chart.cut_chart` makes them.
    cut
        The loss.
    lr
        The learning rate: a number, or its tracker.
    num_steps
        Number of steps at most.
    step
        Number of steps taken: a number, or its tracker.

    Attributes
    ----------
    lr, step
        Their trackers; between whole numbers of steps the dot is on its way.
    """

    def __init__(
        self,
        chart: Chart,
        cut: SteepestCut,
        lr: Quantity,
        num_steps: int,
        step: Quantity = 0.0,
    ) -> None:
        self.chart, self.cut, self.num_steps = chart, cut, num_steps
        self.lr, self.step = as_tracker(lr), as_tracker(step)
        nowhere = np.zeros((1, 3))
        self.line = Segments(nowhere, nowhere, theme.MODEL, Stroke.LINE)
        self.line.joint_type = LineJointType.ROUND
        self.dots = DotCloud(nowhere, radius=Radius.SAMPLE, color=theme.MODEL)
        self.dot = Circle(
            Radius.MARK,
            color=theme.BACKGROUND,
            stroke_width=Stroke.THIN,
            fill_color=theme.MODEL,
            fill_opacity=1,
        )
        super().__init__(self.line, self.dots, self.dot)
        self.follow().tracked()

    @property
    def distance(self) -> float:
        """The distance of now; between two steps it is on its way."""
        return float(self._taken()[-1, 0])

    def to_factor(self, factor: float, run_time: float) -> Animation:
        """Take the learning rate to the one that has a factor."""
        return go(self.lr, self.cut.rate(factor), run_time)

    def follow(self) -> Self:
        """Draw the steps that were taken, at the rate of now."""
        chart, home = self.chart, self.chart.at(0.0, self.cut.lowest)
        corners = self._taken()
        starts, ends = clipped(corners, chart.x_range, chart.y_range)
        put_lines(self.line, chart.at(*starts.T), chart.at(*ends.T), home)
        seen = corners[[self._is_on_chart(corner) for corner in corners]]
        put_dots(self.dots, chart.at(*seen.T).reshape(-1, 3), home)
        self.dot.move_to(chart.at(*corners[-1]))
        shown = float(self._is_on_chart(corners[-1]))
        self.dot.set_fill(opacity=shown).set_stroke(opacity=shown)
        return self

    def _is_on_chart(self, corner: Points) -> bool:
        ranges = np.array([self.chart.x_range, self.chart.y_range])
        return bool(((ranges[:, 0] <= corner) & (corner <= ranges[:, 1])).all())

    def _taken(self) -> Points:
        """Return distance and loss after each step that was taken, and now, shape (k, 2)."""
        distances = self.cut.distances(self.lr.get_value(), self.num_steps)
        steps, now = np.arange(len(distances)), self.step.get_value()
        losses = [self.cut.loss(distance) for distance in distances]
        taken = [*range(int(now) + 1), now]
        return np.column_stack([np.interp(taken, steps, row) for row in (distances, losses)])


def jump(step: ValueTracker, steps: int, seconds: float) -> Animation:
    """Take some steps one after the other, with a rest after each.

    Parameters
    ----------
    step
        Tracker of the number of steps taken, at a whole number.
    steps
        How many to take.
    seconds
        Time of one step.
    """
    return jump_to(step, step.get_value() + steps, seconds)


def jump_to(tracker: ValueTracker, end: float, seconds: float) -> Animation:
    """Take a tracker up or down to a number, by one at a time, with a rest after each."""
    steps = max(1, abs(round(end - tracker.get_value())))

    def in_jumps(share: float) -> float:
        whole = min(math.floor(share * steps + 1e-9), steps - 1)
        return (whole + smooth(min(1.0, (share * steps - whole) / JUMP))) / steps

    return go(tracker, end, steps * seconds, in_jumps)
