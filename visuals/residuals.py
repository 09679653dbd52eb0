"""Residuals as segments, and squared errors as squares whose side is the residual."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from visuals.following import Follower
from visuals.plots import Chart, Points
from visuals.theme import Dim, Stroke, theme

Prediction = Callable[[], npt.ArrayLike]


class _ErrorMarks(Follower, VGroup):
    """One mark for each example, between its label and its prediction.

    Parameters
    ----------
    chart
        The chart on which the points are plotted.
    x, y
        The points, each of shape (n,).
    y_hat
        Returns the present predictions, shape (n,).
    """

    def __init__(self, chart: Chart, x: npt.ArrayLike, y: npt.ArrayLike, y_hat: Prediction) -> None:
        self.chart, self.y_hat = chart, y_hat
        self.x, self.y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
        super().__init__(*(self._mark() for _ in range(len(self.x))))
        self.follow()

    def follow(self) -> Self:
        """Draw every mark up to the present prediction."""
        ends = self.chart.at(self.x, np.asarray(self.y_hat(), dtype=float))
        starts = self.chart.at(self.x, self.y)
        for mark, start, end in zip(self, starts, ends, strict=True):
            mark.set_points_as_corners(self._corners(start, end))
        return self

    def _mark(self) -> VMobject:
        raise NotImplementedError

    def _corners(self, start: Points, end: Points) -> list[Points]:
        raise NotImplementedError


class Residuals(_ErrorMarks):
    """Segments from each label to its prediction."""

    def _mark(self) -> VMobject:
        return VMobject(color=theme.LOSS, stroke_width=Stroke.LINE)

    def _corners(self, start: Points, end: Points) -> list[Points]:
        return [start, end]


class ResidualSquares(_ErrorMarks):
    """Squares whose side is the residual; they lie on the side towards the chart's middle."""

    def _mark(self) -> VMobject:
        return VMobject(
            color=theme.LOSS,
            stroke_width=Stroke.THIN,
            fill_color=theme.LOSS,
            fill_opacity=Dim.FAINT,
        )

    def _corners(self, start: Points, end: Points) -> list[Points]:
        side = abs(end[1] - start[1])
        middle = self.chart.axes[0].get_center()[0]
        out = np.array([side if start[0] < middle else -side, 0.0, 0.0])
        return [start, end, end + out, start + out, start]
