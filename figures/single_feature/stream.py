"""Squares that leave the plot one after the other and are averaged in a number."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import Animation, ValueTracker, VGroup, VMobject, linear, smooth

from figures.single_feature.plot import TrainingPlot
from visuals.following import Picture
from visuals.plots import Points
from visuals.theme import Dim, Stroke, theme
from visuals.trackers import go

FLIGHT = 0.15
"""Time that a square flies, as a share of the whole."""

SMALL = 0.05
"""Size of a square where it arrives, as a share of its size in the plot."""


class SquareStream(Picture, VGroup):
    """The squares of all training examples, on their way from the plot into one place.

    Parameters
    ----------
    plot
        The plot; its line stands still meanwhile.
    goal
        The place, shape (3,).

    Attributes
    ----------
    done
        Tracker of the share of the time that is over, from 0 to 1.
    """

    def __init__(self, plot: TrainingPlot, goal: Points) -> None:
        self.goal = goal
        self.squares = (plot.run.y_hat(0) - plot.run.y_train).flatten().numpy() ** 2
        labels = plot.chart.at(plot.x, plot.y)
        marks = plot.chart.at(plot.x, plot.predict(plot.x))
        sides = np.abs(marks - labels)[:, 1]
        middle = plot.chart.axes[0].get_center()[0]
        out = np.where(labels[:, 0] < middle, sides, -sides)[:, None] * np.array([1.0, 0, 0])
        self.corners = np.stack([labels, marks, marks + out, labels + out, labels], axis=1)
        self.done = ValueTracker(0)
        super().__init__(
            *(
                VMobject(color=theme.LOSS, stroke_width=Stroke.THIN, fill_color=theme.LOSS)
                for _ in self.squares
            )
        )
        self.follow().tracked()

    @property
    def flown(self) -> Points:
        """Shares of the way that the squares have flown, from 0 to 1, shape (n,)."""
        number = np.arange(len(self.squares)) / max(len(self.squares) - 1, 1)
        late = number * (1 - FLIGHT)
        return np.asarray(np.clip((self.done.get_value() - late) / FLIGHT, 0, 1))

    def mean(self) -> float:
        """Return the sum of the squares that arrived, shared by all examples."""
        return float((self.squares * (self.flown >= 1)).sum() / len(self.squares))

    def pour(self, run_time: float) -> Animation:
        """Let all squares fly."""
        return go(self.done, 1, run_time, linear)

    def follow(self) -> Self:
        """Put every square where it is now."""
        for square, corners, flown in zip(self, self.corners, self.flown, strict=True):
            way = smooth(float(flown))
            small = self.goal + (corners - corners.mean(axis=0)) * SMALL
            square.set_points_as_corners(corners + (small - corners) * way)
            seen = float(0 < flown < 1)
            square.set_fill(opacity=seen * Dim.FAINT / 2).set_stroke(opacity=seen)
        return self
