"""The examples kept aside: they leave the plot, and come back to be judged by."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from manim import (
    DOWN,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    ApplyMethod,
    Circle,
    Mobject,
    Succession,
    VGroup,
)

from figures.single_feature.plot import TrainingPlot
from visuals.layout import Slot
from visuals.plots import Points
from visuals.segments import Segments
from visuals.theme import Stroke, theme
from visuals.typography import Words

SPACING = 0.24
"""Largest distance between two examples of the column, in scene units."""

NAME_ROOM = 0.5
"""Room for the name above the column, in scene units."""

FEWEST_ROWS = 20
"""Rows of the column before it gets a second one."""

HOLLOW = 0.4
"""Seconds in which dots become hollow."""


class KeptAside(VGroup):
    """The examples kept aside: dots at first, hollow from when they leave.

    Parameters
    ----------
    plot
        The plot.
    column
        The room beside it.
    name
        What they are called; it stands above the column.
    """

    def __init__(self, plot: TrainingPlot, column: Slot, name: Words) -> None:
        self.plot, self.column, self.title = plot, column, name
        name.move_to(column.right * RIGHT + column.top * UP, aligned_edge=UP + RIGHT)
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

    @property
    def all(self) -> tuple[Mobject, Mobject]:
        """The examples, and what they are called."""
        return self, self.title

    def leave(self, run_time: float = 1.5) -> Animation:
        """Become hollow and slide into the column."""
        rows = max(FEWEST_ROWS, math.ceil(math.sqrt(len(self) * self.column.height)))
        columns = math.ceil(len(self) / rows)
        across = min(SPACING, self.column.width / columns)
        down = min(SPACING, (self.column.height - NAME_ROOM) / rows)
        goals = []
        for number in range(len(self)):
            row, column = number % rows, number // rows
            at = (
                self.column.center
                + DOWN * NAME_ROOM / 2
                + RIGHT * (column - (columns - 1) / 2) * across
            )
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
