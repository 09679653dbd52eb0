"""A quantity over the steps of a run, drawn as far as the run has come."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
from manim import ManimColor, ValueTracker, VMobject

from visuals.following import Follower
from visuals.plots import Chart
from visuals.theme import Stroke

RUN_CORNERS = 1500
"""A longer run is drawn by so many of its steps."""


class RunPath(Follower, VMobject):
    """A curve over the steps of a run, up to the step of now.

    Parameters
    ----------
    chart
        Where it is plotted.
    values
        One value a step, shape (n,), finite. The path ends where it leaves the chart for good.
    step
        The step of now.
    color
        Of the path.

    Attributes
    ----------
    lit
        Tracker of its opacity.
    """

    def __init__(
        self, chart: Chart, values: npt.ArrayLike, step: ValueTracker, color: ManimColor
    ) -> None:
        super().__init__(color=color, stroke_width=Stroke.LINE)
        numbers = np.asarray(values, dtype=float)
        low, high = chart.y_range
        inside = np.flatnonzero((numbers >= low) & (numbers <= high))
        last = min(inside.max(initial=0) + 1, len(numbers) - 1)
        self.lit = ValueTracker(1)
        self.steps = np.unique(np.linspace(0, last, RUN_CORNERS).round().astype(int))
        self.corners = chart.at(self.steps, numbers[self.steps])
        self.step = step
        self.follow()

    def follow(self) -> Self:
        """Draw the path as far as the run has come."""
        reached = int(np.searchsorted(self.steps, self.step.get_value(), side="right"))
        self.set_points_as_corners(self.corners[: max(1, reached)])
        return self.set_stroke(opacity=self.lit.get_value())
