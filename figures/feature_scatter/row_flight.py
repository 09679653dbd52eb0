"""A row of a table and its dot in a plot: its two numbers at the axes, and where they meet."""

from __future__ import annotations

import numpy as np
from manim import RIGHT, UP, Animation, AnimationGroup, ApplyMethod, Create, Dot, FadeIn, VGroup

from figures.feature_scatter.feature_plot import FeaturePlot
from figures.feature_scatter.table import TensorTable
from visuals.segments import Segments, dashes
from visuals.theme import Pace, Radius, theme

ROW_GUIDE_DASHES = 12
NUMBER_GAP = 0.15


class RowFlight:
    """One example, from its numbers to its dot. Nothing flies over other numbers.

    Parameters
    ----------
    features, labels
        The tables that show it.
    row
        Its number, from 0.
    plot
        Where it goes.

    Attributes
    ----------
    dot
        The example on the plot, or on the way there.
    traces
        The numbers at the axes and the guides, for the way that is shown slowly.
    """

    def __init__(
        self, features: TensorTable, labels: TensorTable, row: int, plot: FeaturePlot
    ) -> None:
        feature, label = features.cells[row][plot.feature], labels.cells[row][0]
        chart, x, y = plot.chart, plot.x[row], plot.y[row]
        self.place = chart.at(x, y)
        self.feet = np.vstack([chart.at(x, chart.y_range[0]), chart.at(chart.x_range[0], y)])
        self.guides = Segments(*dashes(self.feet, np.tile(self.place, (2, 1)), ROW_GUIDE_DASHES))
        self.numbers = VGroup(
            number.copy().next_to(foot, RIGHT + UP, buff=NUMBER_GAP)
            for number, foot in zip((feature, label), self.feet, strict=True)
        )
        self.traces = VGroup(self.guides, self.numbers)
        self.dot = Dot(self.place, Radius.SAMPLE, color=theme.DATA)

    def to_the_axis(self, axis: int, run_time: float = Pace.QUICK) -> Animation:
        """Write a number at its axis: 0 across, 1 up."""
        return FadeIn(self.numbers[axis], run_time=run_time)

    def to_the_dot(self, run_time: float = Pace.MOVE) -> Animation:
        """Go from both numbers to where they meet."""
        return AnimationGroup(Create(self.guides), FadeIn(self.dot), run_time=run_time)

    def at_once(self, run_time: float = Pace.QUICK) -> Animation:
        """Rise from the feature's axis to the label."""
        self.dot.move_to(self.feet[0])
        return ApplyMethod(self.dot.move_to, self.place, run_time=run_time)
