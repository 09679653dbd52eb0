"""The errors of a batch as squares of their size, each with its half."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from manim import (
    DOWN,
    UP,
    Animation,
    AnimationGroup,
    FadeIn,
    FadeOut,
    GrowFromEdge,
    GrowFromPoint,
    LaggedStart,
    Rectangle,
    Square,
    VGroup,
    VMobject,
)
from torch import Tensor

from visuals.blocks import shown_rows
from visuals.formula import formula
from visuals.layout import GAP, Slot
from visuals.numbers import significant
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Pace, Stroke, theme
from visuals.typography import Words

FULL = 0.92
"""Side of the largest square, as a share of its cell."""


class HalfSquares(VGroup):
    """A square for every error that is shown, and the half of each.

    Parameters
    ----------
    slot
        The room for all squares and their formula.
    error
        Errors y_hat - y, shape (n, 1).
    loss
        Half of each square, shape (n, 1).

    Attributes
    ----------
    squares, halves
        The squares, and the lower half of each.
    largest
        Number of the largest square.
    value
        Its half as a number, on the half.
    half_of
        The formula of a half.
    """

    def __init__(self, slot: Slot, error: Tensor, loss: Tensor) -> None:
        rows = shown_rows(len(error))
        sides = error.abs().flatten()[rows].tolist()
        symbols = "1 / 2 ({{ hat(y) : hat }} - {{ y : y }})^2"
        self.half_of = formula(symbols, ROLES_IN_TRAINING)
        room = replace(slot, top=slot.top - self.half_of.height - GAP)
        across, cell = _cells(room, len(rows))
        down = math.ceil(len(rows) / across)
        unit = FULL * cell / max(*sides, 1e-9)
        self.squares, self.halves = VGroup(), VGroup()
        for number, side in enumerate(sides):
            line, column = divmod(number, across)
            middle = (
                room.center[0] + (column - (across - 1) / 2) * cell,
                room.center[1] - (line - (down - 1) / 2) * cell,
                0,
            )
            square = Square(max(side * unit, 1e-3), color=theme.LOSS, stroke_width=Stroke.THIN)
            half = Rectangle(
                width=square.width,
                height=square.width / 2,
                stroke_width=0,
                fill_color=theme.LOSS,
                fill_opacity=1,
            )
            sunk = (FULL * cell - square.width) / 2
            self.squares.add(square.move_to(middle).shift(sunk * DOWN))
            self.halves.add(half.move_to(square, aligned_edge=DOWN))
        self.half_of.next_to(self.squares, UP, buff=GAP)
        VGroup(self.half_of, self.squares, self.halves).set_y(slot.center[1])
        self.largest = sides.index(max(sides))
        ground = self.halves[self.largest]
        value = significant(float(loss[rows[self.largest]]))
        self.value = Words("%(number)s", color=theme.BACKGROUND, number=value).move_to(ground)
        if self.value.width > ground.width or self.value.height > ground.height:
            self.value.set_fill(theme.LOSS).next_to(self.half_of, DOWN, buff=GAP / 2)
        super().__init__(self.squares, self.halves, self.half_of)

    def grow_from(self, cells: Sequence[VMobject], run_time: float) -> Animation:
        """Let a square grow out of each number of a column; the numbers stay."""
        moves = (
            GrowFromPoint(square, cell.get_center())
            for cell, square in zip(cells, self.squares, strict=True)
        )
        return LaggedStart(*moves, lag_ratio=0.15, run_time=run_time)

    def halve(self, run_time: float = Pace.MOVE) -> Animation:
        """Fill the lower half of each square."""
        return AnimationGroup(
            FadeIn(self.half_of, shift=0.2 * UP),
            *(GrowFromEdge(half, DOWN) for half in self.halves),
            run_time=run_time,
        )

    def clear(self) -> Animation:
        """Take the squares' outlines, the number and the formula away: the halves stay."""
        self.remove(self.squares, self.half_of)
        return FadeOut(self.squares, self.half_of, self.value, run_time=Pace.QUICK)

    def add_up(self, goal: VMobject, run_time: float) -> Animation:
        """Let every half run into the place of their sum."""
        place = goal.get_center()
        moves = (FadeOut(half, target_position=place, scale=0.3) for half in self.halves)
        return LaggedStart(*moves, lag_ratio=0.1, run_time=run_time)


def _cells(room: Slot, count: int) -> tuple[int, float]:
    """Return how many square cells a row has, and their side, so that they are largest."""
    sides = {
        across: min(room.width / across, room.height / math.ceil(count / across))
        for across in range(1, count + 1)
    }
    best = max(sides, key=lambda across: sides[across])
    return best, sides[best]
