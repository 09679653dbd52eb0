"""A column of predictions against a row of labels: a grid of squared errors."""

from __future__ import annotations

import numpy as np
from manim import (
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    FadeIn,
    FadeOut,
    LaggedStart,
    ManimColor,
    Rectangle,
    Square,
    VGroup,
    VMobject,
)

from linreg.study.pitfalls import Mixing
from visuals.formula import formula
from visuals.layout import Slot
from visuals.plots import Points
from visuals.roles import ROLES_IN_TRAINING
from visuals.segments import Segments
from visuals.theme import Dim, Pace, Stroke, theme

MOST = 10
"""Examples that are drawn at most."""

WIDE = 1.7
"""Width of a cell at most, in its heights."""

HIGHEST = 0.62
"""Height of a cell at most, in scene units."""

FILLED = 0.86
"""Side of the largest square, in heights of a cell."""

BESIDE = 0.15
"""Space between a name and its cells, in scene units."""

FIRST = 2.3
"""Distance of the grid's first column from the predictions, in cells: a column finds room."""

ABOVE = 1.2
"""Distance of the labels from the grid's first line, in cells."""

SIDE_BY_SIDE = (-1, 0, 1)
"""Columns of predictions, labels and squares after the reshape, from the labels."""

SHARES = 3
"""Distances of two of these columns in the width of the slot."""

FADED = 0.12
"""Opacity of squares that are not looked at."""

COPIED = 0.3
"""Opacity of the fill of copied predictions."""


class ErrorGrid(VGroup):
    """Squares of the differences between each prediction and each label.

    Parameters
    ----------
    slot
        The room for it, names included.
    mixing
        The batch; its first examples are drawn.

    Attributes
    ----------
    column, row
        A cell a prediction, from top to bottom, and a cell a label, from left to right.
    squares
        A group a prediction, with a square a label; its area is that of the error's square.
    """

    def __init__(self, slot: Slot, mixing: Mixing) -> None:
        column_name = formula("{{ hat(bold(y)) : hat }}", ROLES_IN_TRAINING)
        row_name = formula("{{ bold(y) : y }}", ROLES_IN_TRAINING)
        self.count = min(mixing.size, MOST)
        free = slot.width
        self.high = min(HIGHEST, slot.height / (self.count + ABOVE))
        self.wide = min(WIDE * self.high, free / (self.count + FIRST + 1))
        self.column = VGroup(*(self._cell(theme.MODEL) for _ in range(self.count)))
        self.row = VGroup(*(self._cell(theme.DATA) for _ in range(self.count)))
        errors = mixing.errors[: self.count, : self.count]
        largest = max(float(errors.abs().max()), 1e-12)
        most = FILLED * min(self.high, self.wide)
        self.squares = VGroup()
        for i in range(self.count):
            self.column[i].move_to(self._place(i, -FIRST))
            self.row[i].move_to(self._place(-ABOVE, i))
            line = VGroup()
            for j in range(self.count):
                side = most * abs(float(errors[i, j])) / largest
                square = Square(
                    max(side, 1e-3),
                    color=theme.LOSS,
                    stroke_width=Stroke.THIN,
                    fill_color=theme.LOSS,
                    fill_opacity=Dim.SOFT,
                )
                line.add(square.move_to(self._place(i, j)))
            self.squares.add(line)
        self.names = VGroup(
            column_name.next_to(self.column, UP, buff=BESIDE),
            row_name.next_to(self.row, LEFT, buff=BESIDE),
        )
        super().__init__(self.names, self.column, self.row, self.squares)
        slot.place(self, shrink=False)
        self.middle, self.top = slot.center[0], self.column[0].get_y()
        self.apart = slot.width / SHARES
        self.copies = VGroup()

    # What can be played

    def show_shapes(self, run_time: float = Pace.SWEEP) -> Animation:
        """Draw the column of predictions, then the row of labels."""
        parts = [
            AnimationGroup(FadeIn(name), LaggedStart(*map(FadeIn, cells), lag_ratio=0.1))
            for name, cells in zip(self.names, (self.column, self.row), strict=True)
        ]
        return LaggedStart(*parts, lag_ratio=0.9, run_time=run_time)

    def broadcast(self, run_time: float = Pace.MOVE) -> Animation:
        """Copy the column, filled, to every label, and the row, outlined, to every prediction."""
        columns, rows = VGroup(), VGroup()
        for number in range(self.count):
            across, down = self.row[number].get_x(), self.column[number].get_y()
            filled = self.column.copy().set_fill(opacity=COPIED).set_stroke(width=0)
            columns.add(filled.set_x(across))
            rows.add(self.row.copy().set_fill(opacity=0).set_y(down))
        self.copies = VGroup(columns, rows)
        ways = [
            LaggedStart(*(FadeIn(cells, shift=way) for cells in copies), lag_ratio=0.2)
            for copies, way in zip(self.copies, (RIGHT * self.wide, -UP * self.high), strict=True)
        ]
        return LaggedStart(*ways, lag_ratio=0.5, run_time=run_time)

    def meet(self, run_time: float = Pace.SWEEP) -> Animation:
        """Let every prediction meet every label, one line after the other."""
        lines = [LaggedStart(*map(FadeIn, line), lag_ratio=0.15) for line in self.squares]
        met = LaggedStart(*lines, lag_ratio=0.25)
        return AnimationGroup(met, FadeOut(self.copies), run_time=run_time)

    def light_line(self, number: int, run_time: float = Pace.QUICK) -> Animation:
        """Light the squares of one prediction, and dim those of all others."""
        lit = self.squares[number]
        fading = [
            fade(square, Dim.SOFT if line is lit else FADED)
            for line in self.squares
            for square in line
        ]
        return AnimationGroup(*fading, run_time=run_time)

    def light_own(self, run_time: float = Pace.QUICK) -> Animation:
        """Light the square of each prediction and its own label, and dim all others."""
        own = [fade(square, Dim.SOFT) for square in self.own_squares]
        return AnimationGroup(*own, *(fade(s, FADED) for s in self._strangers()), run_time=run_time)

    def light_all(self, run_time: float = Pace.QUICK) -> Animation:
        """Light every square."""
        squares = (square for line in self.squares for square in line)
        return AnimationGroup(*(fade(s, Dim.SOFT) for s in squares), run_time=run_time)

    def reshape(self, run_time: float = Pace.SWEEP) -> Animation:
        """Turn the row of labels into a column, so that each example keeps its own square.

        Predictions, labels and squares then stand side by side, with a line through each example.
        """
        turned: list[Animation] = []
        for i, parts in enumerate(zip(self.column, self.row, self.own_squares, strict=True)):
            for part, at in zip(parts, SIDE_BY_SIDE, strict=True):
                lit = part.animate.set_fill(opacity=Dim.SOFT).set_stroke(opacity=1)
                turned.append(lit.move_to(self._beside(i, at)).build())
        named = [
            name.animate.next_to(self._beside(-0.5, at), UP, buff=BESIDE).build()
            for name, at in zip(self.names, SIDE_BY_SIDE, strict=False)
        ]
        leaving = [FadeOut(square) for square in self._strangers()]
        ways = AnimationGroup(*leaving), AnimationGroup(*turned, *named)
        return LaggedStart(*ways, lag_ratio=0.5, run_time=run_time)

    def join(self, run_time: float = Pace.QUICK) -> Animation:
        """Draw a line from each prediction to its label, and to their square, which is named."""
        starts = [part.get_right() for part in (*self.column, *self.row)]
        ends = [part.get_left() for part in (*self.row, *self.own_squares)]
        name = formula("{{ r^2 : error }}", ROLES_IN_TRAINING)
        name.move_to(self._beside(0, 1)).set_y(self.names[0].get_y())
        return FadeIn(Segments(starts, ends), name, run_time=run_time)

    @property
    def own_squares(self) -> VGroup:
        """The square of each prediction and its own label."""
        lines = enumerate(self.squares)
        return VGroup(*(s for i, line in lines for j, s in enumerate(line) if i == j))

    def _beside(self, i: float, at: float) -> Points:
        """Return a place of a line after the reshape, so many columns from the labels."""
        return np.array([self.middle + at * self.apart, self.top - i * self.high, 0.0])

    def _strangers(self) -> list[VMobject]:
        return [s for i, line in enumerate(self.squares) for j, s in enumerate(line) if i != j]

    def _place(self, i: float, j: float) -> Points:
        """Return where a line and a column of the grid cross before it stands in its slot."""
        return np.array([(j + FIRST) * self.wide, -i * self.high, 0.0])

    def _cell(self, color: ManimColor) -> Rectangle:
        return Rectangle(
            width=0.9 * self.wide,
            height=0.8 * self.high,
            color=color,
            stroke_width=Stroke.THIN,
            fill_color=color,
            fill_opacity=Dim.SOFT,
        )


def fade(square: VMobject, opacity: float) -> Animation:
    """Set the opacity of a square's fill and outline."""
    return square.animate.set_fill(opacity=opacity).set_stroke(opacity=opacity).build()
