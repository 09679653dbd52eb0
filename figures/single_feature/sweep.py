"""The squares of all training examples, lit one after the other where they stand."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import Animation, ValueTracker, VGroup, VMobject, linear

from figures.single_feature.plot import TrainingPlot
from visuals.following import Picture
from visuals.theme import Dim, Stroke, theme
from visuals.trackers import go

LIT = 0.15
"""Time that a square is lit, as a share of the whole."""


class SquareSweep(Picture, VGroup):
    """The squares of all training examples on their sticks, lit from left to right.

    Parameters
    ----------
    plot
        The plot; its line stands still meanwhile.

    Attributes
    ----------
    done
        Tracker of the share of the time that is over, from 0 to 1.
    """

    def __init__(self, plot: TrainingPlot) -> None:
        order = np.argsort(plot.x)
        x, y = plot.x[order], plot.y[order]
        labels, marks = plot.chart.at(x, y), plot.chart.at(x, plot.predict(x))
        sides = np.abs(marks - labels)[:, 1]
        middle = plot.chart.axes[0].get_center()[0]
        out = np.where(labels[:, 0] < middle, sides, -sides)[:, None] * np.array([1.0, 0, 0])
        corners = np.stack([labels, marks, marks + out, labels + out, labels], axis=1)
        self.done = ValueTracker(0)
        super().__init__(
            *(
                VMobject(
                    color=theme.LOSS, stroke_width=Stroke.THIN, fill_color=theme.LOSS
                ).set_points_as_corners(square)
                for square in corners
            )
        )
        self.follow().tracked()

    def sweep(self, run_time: float) -> Animation:
        """Light the squares one after the other."""
        return go(self.done, 1, run_time, linear)

    def follow(self) -> Self:
        """Light the squares whose time is now."""
        late = np.linspace(0, 1 - LIT, len(self))
        share = np.clip((self.done.get_value() - late) / LIT, 0, 1)
        for square, seen in zip(self, np.sin(np.pi * share).tolist(), strict=True):
            square.set_fill(opacity=seen * Dim.FAINT / 2).set_stroke(opacity=seen)
        return self
