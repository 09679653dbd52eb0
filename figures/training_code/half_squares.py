"""The errors of a batch as squares of their size, each with its half."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from manim import (
    DOWN,
    Animation,
    AnimationGroup,
    FadeOut,
    GrowFromEdge,
    GrowFromPoint,
    LaggedStart,
    Rectangle,
    Square,
    Transform,
    VGroup,
    VMobject,
)
from torch import Tensor

from visuals.blocks import shown_rows
from visuals.formula import formula
from visuals.layout import GAP, Slot
from visuals.numbers import significant
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Dim, Pace, Size, Stroke, theme
from visuals.typography import Words

COLUMNS = 5
FULL = 0.92
"""Side of the largest square, as a share of its cell."""

NUMBER_GAP = 0.12


class HalfSquares(VGroup):
    """A square for every error that is shown, in rows of five, and the half of each.

    Parameters
    ----------
    slot
        The room for all squares.
    error
        Errors y_hat - y, shape (n, 1).
    loss
        Half of each square, shape (n, 1).

    Attributes
    ----------
    squares, halves
        The squares, and the lower half of each.
    numbers
        Losses at the largest and at the smallest square.
    half_of
        The formula of a half.
    """

    def __init__(self, slot: Slot, error: Tensor, loss: Tensor) -> None:
        rows = shown_rows(len(error))
        sides = error.abs().flatten()[rows].tolist()
        count = math.ceil(len(rows) / COLUMNS)
        symbols = "1 / 2 ({{ hat(y) : hat }} - {{ y : y }})^2"
        self.half_of = formula(symbols, ROLES_IN_TRAINING, Size.TITLE)
        slot.place(self.half_of, y=1, shrink=False)
        room = replace(slot, top=self.half_of.get_bottom()[1] - GAP)
        text = Size.CODE + 2 * NUMBER_GAP
        cell = min(room.width / COLUMNS, room.height / count - text)
        unit = FULL * cell / max(*sides, 1e-9)
        self.squares, self.halves, self.numbers = VGroup(), VGroup(), VGroup()
        across = min(COLUMNS, len(rows))
        for number, side in enumerate(sides):
            line, column = divmod(number, COLUMNS)
            x = room.center[0] + (column - (across - 1) / 2) * cell
            foot = room.center[1] + (count / 2 - line) * (cell + text) - cell
            square = Square(
                max(side * unit, 1e-3),
                color=theme.LOSS,
                stroke_width=Stroke.LINE,
            )
            square.move_to((x, foot, 0), aligned_edge=DOWN)
            half = Rectangle(
                width=square.width,
                height=square.width / 2,
                stroke_width=0,
                fill_color=theme.LOSS,
                fill_opacity=Dim.SOFT,
            )
            self.squares.add(square)
            self.halves.add(half.move_to(square, aligned_edge=DOWN))
        for number in {sides.index(max(sides)), sides.index(min(sides))}:
            value = significant(float(loss[rows[number]]))
            word = Words("%(number)s", size=Size.CODE, color=theme.LOSS, number=value)
            self.numbers.add(word.next_to(self.squares[number], DOWN, buff=NUMBER_GAP))
        super().__init__(self.squares, self.halves, self.numbers, self.half_of)

    def grow_from(self, cells: Sequence[VMobject], run_time: float) -> list[Animation]:
        """Let a square come out of each number of a column."""
        moves = (
            AnimationGroup(FadeOut(cell), GrowFromPoint(square, cell.get_center()))
            for cell, square in zip(cells, self.squares, strict=True)
        )
        return [LaggedStart(*moves, lag_ratio=0.1, run_time=run_time)]

    def halve(self, run_time: float = Pace.MOVE) -> Animation:
        """Fill the lower half of each square."""
        return AnimationGroup(
            *(GrowFromEdge(half, DOWN) for half in self.halves), run_time=run_time
        )

    def clear(self) -> Animation:
        """Take the numbers and the formula away."""
        gone = VGroup(self.numbers, self.half_of)
        self.remove(*gone)
        return FadeOut(gone, run_time=Pace.QUICK)

    def shrink(self, slot: Slot) -> Animation:
        """Move the squares, small, into another room."""
        small = VGroup(self.squares.copy(), self.halves.copy())
        small[0].set_stroke(width=Stroke.THIN)
        slot.place(small)
        pairs = zip((self.squares, self.halves), small, strict=True)
        return AnimationGroup(*(Transform(*pair) for pair in pairs), run_time=Pace.MOVE)
