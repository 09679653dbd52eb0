"""The square of one error, and what it gains when the error changes by h."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import LEFT, RIGHT, UP, Animation, Dot, Line, ValueTracker, VGroup, VMobject

from figures.single_feature.plot import SHARE, TrainingPlot, has_room
from visuals.following import Picture
from visuals.formula import formula
from visuals.plots import Points
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Dim, Pace, Radius, Stroke, theme
from visuals.trackers import go

LARGE = 1.5
"""Side of a square that is large enough for its parts to be named, in scene units."""

NAME_GAP = 0.16

READABLE = 0.42
"""Thickness of a strip that holds its name, in scene units."""


def large_error(plot: TrainingPlot) -> int:
    """Return the row of the first example, or of that with the largest error where it is small."""
    rows = has_room(plot.x)
    errors = np.abs(plot.predict(plot.x) - plot.y)[: len(rows)]
    if rows[0] and errors[0] * plot.unit >= LARGE:
        return 0
    return int((errors * rows).argmax())


class GrowingSquare(Picture, VGroup):
    """One example's stick and the square on it; both follow the line.

    Measured from the label, u runs along the stick and v away from it. The drawn h is positive.
    Where r is positive too, the square gains two strips, r long and h wide, and a corner of side
    h; where r is negative, it loses two strips of that size that share the corner.

    Parameters
    ----------
    plot
        The plot; what the line moves from here on is h.
    row
        Number of the example.

    Attributes
    ----------
    h
        The h of the drawing, in units of the label.
    square_shown, strips_shown
        Trackers of opacities, from 0 to 1.
    """

    def __init__(self, plot: TrainingPlot, row: int) -> None:
        self.plot = plot
        self.b = plot.b.get_value()
        self.x, self.y = plot.x[row], plot.y[row]
        self.error = float(plot.predict(self.x) - self.y)
        self.h = SHARE * abs(self.error)
        self.square_shown, self.strips_shown = ValueTracker(0), ValueTracker(0)
        label = plot.at(self.x, self.y)
        middle = plot.chart.axes[0].get_center()[0]
        self.out = RIGHT if label[0] < middle else LEFT
        self.along = UP if self.error > 0 else -UP
        self.start = label
        self.dot = Dot(label, Radius.MARK, color=theme.DATA)
        self.mark = Dot(label, Radius.MARK, color=theme.MODEL)
        self.stick = Line(color=theme.LOSS, stroke_width=Stroke.BOLD)
        self.piece = Line(color=theme.INK, stroke_width=Stroke.BOLD)
        self.square = VMobject(color=theme.LOSS, stroke_width=Stroke.LINE, fill_color=theme.LOSS)
        self.strips = VGroup(*(_area() for _ in range(2)))
        self.corner = _area()
        sign = "<" if self.error < 0 else ">"
        self.r_name = formula(f"{{{{ r : error }}}} {sign} 0", ROLES_IN_TRAINING)
        self.sum_name = formula("{{ r : error }} + h", ROLES_IN_TRAINING)
        self.h_name = formula("h")
        self.square_name = formula("r^2")
        self.strip_names = VGroup(*(formula("r h") for _ in self.strips))
        self.corner_name = formula("h^2")
        super().__init__(
            *(self.square, self.strips, self.corner, self.stick, self.piece, self.dot, self.mark),
            *(self.r_name, self.sum_name, self.h_name),
            *(self.square_name, self.strip_names, self.corner_name),
        )
        self.follow().tracked()

    def move_line(self, run_time: float = Pace.MOVE) -> Animation:
        """Raise the line by h."""
        return go(self.plot.b, self.b + self.h, run_time)

    def return_line(self, run_time: float = Pace.MOVE) -> Animation:
        """Let h shrink to nothing."""
        return go(self.plot.b, self.b, run_time)

    def follow(self) -> Self:
        """Draw stick, strips and corner for the h of now."""
        unit = self.plot.unit
        side = abs(self.error) * unit
        change = (self.plot.b.get_value() - self.b) * unit * float(np.sign(self.error) or 1)
        low, high = sorted((side, side + change))
        self.stick.put_start_and_end_on(self.start, self._at(max(low, 1e-3), 0))
        self.piece.put_start_and_end_on(self._at(low, 0), self._at(max(high, low + 1e-3), 0))
        self.mark.move_to(self._at(side + change, 0))
        self._box(self.square, 0, side, 0, side)
        self._box(self.strips[0], low, high, 0, side)
        self._box(self.strips[1], 0, side, low, high)
        self._box(self.corner, low, high, low, high)
        seen, strips = self.square_shown.get_value(), self.strips_shown.get_value()
        self.square.set_fill(opacity=seen * Dim.FAINT).set_stroke(opacity=seen)
        wide = high - low
        there = float(wide > 2e-3)
        for area in (*self.strips, self.corner):
            area.set_fill(opacity=2 * Dim.FAINT * strips * there)
            area.set_stroke(opacity=strips * there)
        self.piece.set_stroke(opacity=there)
        room = float(wide >= READABLE)
        shrinks = change < 0
        is_sum = room * shrinks
        for name, opacity in ((self.r_name, 1 - is_sum), (self.sum_name, is_sum)):
            name.move_to(self._at(low / 2, -NAME_GAP - name.width / 2))
            name.set_fill(opacity=opacity)
        self.square_name.move_to(self._at(side / 2, side / 2))
        self.square_name.set_fill(opacity=seen * (1 - strips))
        self.h_name.move_to(self._at((low + high) / 2, -NAME_GAP - self.h_name.width / 2))
        self.h_name.set_fill(opacity=room)
        self.strip_names[0].move_to(self._at((low + high) / 2, low / 2))
        self.strip_names[1].move_to(self._at(low / 2, (low + high) / 2))
        self.corner_name.move_to(self._at((low + high) / 2, (low + high) / 2))
        for name in (*self.strip_names, self.corner_name):
            name.set_fill(opacity=room * strips)
        return self

    def _at(self, u: float, v: float) -> Points:
        return np.asarray(self.start + self.along * u + self.out * v)

    def _box(self, area: VMobject, u: float, to_u: float, v: float, to_v: float) -> None:
        corners = [(u, v), (to_u, v), (to_u, to_v), (u, to_v), (u, v)]
        area.set_points_as_corners([self._at(*corner) for corner in corners])


def _area() -> VMobject:
    return VMobject(color=theme.LOSS, stroke_width=Stroke.THIN, fill_color=theme.LOSS)
