"""The errors of a batch, below each the square of its size, and the half of it."""

from __future__ import annotations

import math
from dataclasses import replace

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    FadeIn,
    FadeOut,
    GrowFromEdge,
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
from visuals.numbers import Num, significant
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Pace, Stroke, theme
from visuals.typography import Words

APART = 1.5
"""Distance of the middles of two squares at most, in sides of the largest."""

ERROR_GAP = 0.12
"""Distance of an error from its square, in scene units."""


class HalfSquares(VGroup):
    """Every error that is shown, its square below it, and the half of each square.

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
    errors
        The errors, each above its square.
    dots
        Dots that stand for the errors that are not shown.
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
        shown = error.flatten()[rows]
        sides = shown.abs().tolist()
        names = (Words("%(error)s", color=theme.LOSS, error=Num(e, 1)) for e in shown.tolist())
        self.errors = VGroup(*map(VGroup, names))
        symbols = "1 / 2 ({{ hat(y) : hat }} - {{ y : y }})^2"
        self.half_of = formula(symbols, ROLES_IN_TRAINING)
        above = max(name.height for name in self.errors) + ERROR_GAP
        room = replace(slot, top=slot.top - self.half_of.height - GAP)
        across, full = _cells(room, len(rows), above + GAP / 2)
        apart = min(room.width / across, APART * full)
        unit = full / max(*sides, 1e-9)
        self.squares, self.halves = VGroup(), VGroup()
        for number, (side, name) in enumerate(zip(sides, self.errors, strict=True)):
            line, column = divmod(number, across)
            foot = column * apart * RIGHT + line * (full + above + GAP / 2) * DOWN
            square = Square(max(side * unit, 1e-3), color=theme.LOSS, stroke_width=Stroke.THIN)
            half = Rectangle(
                width=square.width,
                height=square.width / 2,
                stroke_width=0,
                fill_color=theme.LOSS,
                fill_opacity=1,
            )
            self.squares.add(square.move_to(foot, aligned_edge=DOWN))
            self.halves.add(half.move_to(square, aligned_edge=DOWN))
            name.next_to(square, UP, buff=ERROR_GAP)
        self.dots = VGroup()
        if len(rows) < len(error):
            dots = formula("dots.h").set_fill(theme.LOSS)
            self.dots.add(dots.next_to(self.squares[-1], LEFT, buff=GAP / 2))
        self.half_of.next_to(VGroup(self.squares, self.errors), UP, buff=GAP)
        picture = VGroup(self.half_of, self.squares, self.halves, self.errors, self.dots)
        picture.shift(slot.center - picture.get_center())
        self.largest = sides.index(max(sides))
        ground = self.halves[self.largest]
        value = significant(float(loss[rows[self.largest]]))
        self.value = Words("%(number)s", color=theme.BACKGROUND, number=value).move_to(ground)
        if self.value.width > ground.width or self.value.height > ground.height:
            self.value.set_fill(theme.LOSS).next_to(self.half_of, DOWN, buff=GAP / 2)
        super().__init__(self.squares, self.halves, self.half_of, self.errors, self.dots)

    def grow(self, run_time: float) -> Animation:
        """Let a square grow below each error."""
        moves = (GrowFromEdge(square, UP) for square in self.squares)
        return LaggedStart(*moves, lag_ratio=0.15, run_time=run_time)

    def halve(self, run_time: float = Pace.MOVE) -> Animation:
        """Fill the lower half of each square."""
        return AnimationGroup(
            FadeIn(self.half_of, shift=0.2 * UP),
            *(GrowFromEdge(half, DOWN) for half in self.halves),
            run_time=run_time,
        )

    def clear(self) -> Animation:
        """Take the errors, the squares' outlines, the number and the formula away."""
        gone = (self.errors, self.dots, self.squares, self.half_of)
        self.remove(*gone)
        return FadeOut(*gone, self.value, run_time=Pace.QUICK)

    def add_up(self, goal: VMobject, run_time: float) -> Animation:
        """Let every half run into the place of their sum."""
        place = goal.get_center()
        moves = (FadeOut(half, target_position=place, scale=0.3) for half in self.halves)
        return LaggedStart(*moves, lag_ratio=0.1, run_time=run_time)


def _cells(room: Slot, count: int, above: float) -> tuple[int, float]:
    """Return how many squares a row has, and the side of each, so that they are largest.

    Parameters
    ----------
    room
        The room for all.
    count
        How many there are.
    above
        Height of what stands above each square.
    """
    sides = {
        across: min(room.width / across - GAP, room.height / math.ceil(count / across) - above)
        for across in range(1, count + 1)
    }
    best = max(sides, key=lambda across: sides[across])
    return best, sides[best]
