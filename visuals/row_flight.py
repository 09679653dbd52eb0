"""A row of a table on its way to its dot in a plot."""

from __future__ import annotations

import numpy as np
from manim import RIGHT, UP, Animation, AnimationGroup, ApplyMethod, Create, FadeIn, FadeOut
from manim import Dot as Disc

from visuals.collapse import FeaturePlot
from visuals.segments import Segments, dashes
from visuals.table import TensorTable
from visuals.theme import Dot, Pace, theme

GUIDE_DASHES = 12


class RowFlight:
    """One example, from its numbers to its dot.

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
    """

    def __init__(
        self, features: TensorTable, labels: TensorTable, row: int, plot: FeaturePlot
    ) -> None:
        feature, label = features.cells[row][plot.feature], labels.cells[row][0]
        self.numbers = feature.copy(), label.copy()
        self.start = feature.get_center()
        chart, x, y = plot.chart, plot.x[row], plot.y[row]
        self.place = chart.at(x, y)
        self.feet = np.vstack([chart.at(x, chart.y_range[0]), chart.at(chart.x_range[0], y)])
        self.guides = Segments(*dashes(self.feet, np.tile(self.place, (2, 1)), GUIDE_DASHES))
        self.dot = Disc(self.place, Dot.SAMPLE, color=theme.DATA)

    def to_the_axes(self, run_time: float = Pace.MOVE) -> Animation:
        """Carry each number to its axis."""
        return AnimationGroup(
            ApplyMethod(self.numbers[0].next_to, self.feet[0], UP),
            ApplyMethod(self.numbers[1].next_to, self.feet[1], RIGHT),
            run_time=run_time,
        )

    def to_the_dot(self, run_time: float = Pace.MOVE) -> Animation:
        """Go from both numbers to where they meet."""
        return AnimationGroup(
            Create(self.guides), FadeOut(*self.numbers), FadeIn(self.dot), run_time=run_time
        )

    def at_once(self, run_time: float = Pace.QUICK) -> Animation:
        """Fly from the table straight to the place."""
        self.dot.move_to(self.start)
        return ApplyMethod(self.dot.move_to, self.place, run_time=run_time)
