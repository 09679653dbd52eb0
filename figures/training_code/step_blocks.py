"""One step of the loop in blocks: a batch, its predictions, and their errors, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from manim import (
    Animation,
    AnimationGroup,
    ApplyMethod,
    FadeIn,
    FadeOut,
    Rectangle,
    ReplacementTransform,
    Succession,
    Transform,
    TransformFromCopy,
    VGroup,
    VMobject,
)

from figures.training_code.half_squares import HalfSquares
from linreg.study.iteration import Iteration
from visuals.blocks import Block, common_places, in_a_row
from visuals.code import CodeText
from visuals.formula import formula
from visuals.layout import Slot
from visuals.numbers import significant
from visuals.theme import Pace, Role, Size, theme
from visuals.typography import Words

SIGN_GAP = 0.16
LEADING = 1.55
"""Height of a row of a block, in ems."""

BATCH_GAP = 0.9

FIRST, OTHERS = 1.0, 1.2
"""Seconds for the first prediction, and for all others."""


class StepBlocks:
    """Blocks of one step beside the listing; each method plays one line of the code.

    Parameters
    ----------
    slot
        The room beside the listing.
    one
        The step.

    Attributes
    ----------
    total
        The sum of the losses, after its name in the code; not yet shown.
    """

    def __init__(self, slot: Slot, one: Iteration) -> None:
        self.slot, self.one = slot, one
        for size in (Size.BODY, Size.CODE):
            self._make_blocks(size)
            row = (self.X, self.w, self.b, self.y_hat, *self.signs)
            width = sum(part.width for part in row) + (len(row) - 1) * SIGN_GAP
            if width <= slot.width and self.X.height <= slot.height:
                break
        self.squares = HalfSquares(slot, one.y_hat - one.y, one.loss)

    def stand_total(self, slot: Slot) -> VGroup:
        """Stand the sum of the losses in a room, its name before it."""
        total = significant(self.one.total)
        self.number = Words("%(total)s", color=theme.LOSS, total=total)
        parts = (CodeText("losses.sum()", Size.CODE), formula("="), self.number)
        self.total = in_a_row([*parts], slot.center[0], slot.center[1], SIGN_GAP)
        return self.total

    def deal(self) -> Iterator[list[Animation]]:
        """Show the batch: rows of features, and a column of labels."""
        x, y = self._middle
        in_a_row([self.X, self.y], x, y, BATCH_GAP)
        for block in (self.X, self.y):
            yield [FadeIn(block.emptied(), run_time=Pace.QUICK), block.fill(Pace.QUICK)]

    def predict(self) -> Iterator[list[Animation]]:
        """Multiply each row by the weights and add b."""
        times, plus, equal = self.signs
        target = self.X.copy()
        x, y = self._middle
        row: list[VMobject] = [target, times, self.w, plus, self.b, equal, self.y_hat]
        in_a_row(row, x, y, SIGN_GAP)
        yield [Transform(self.X, target), FadeOut(self.y)]
        parts = (times, self.w, plus, self.b, equal, self.y_hat.emptied())
        yield [AnimationGroup(*map(FadeIn, parts), run_time=Pace.QUICK)]
        lit = VGroup(self.X.edge(0), self._around(self.w), self._around(self.b))
        yield [FadeIn(lit, run_time=Pace.QUICK / 2)]
        yield [TransformFromCopy(self.X.rows[0], self.y_hat.rows[0], run_time=FIRST / 2)]
        others = range(1, len(self.X.rows))
        if others:
            run_time = OTHERS / len(others)
            yield [
                Succession(
                    *(
                        AnimationGroup(
                            ApplyMethod(lit[0].move_to, self.X.edge(row), run_time=run_time),
                            FadeIn(self.y_hat.rows[row], run_time=run_time),
                        )
                        for row in others
                    )
                )
            ]
        yield [FadeOut(lit, run_time=Pace.QUICK / 2)]

    def measure(self) -> Iterator[list[Animation]]:
        """Turn predictions and labels into errors, the errors into squares, and halve these."""
        minus, equal = formula("-"), formula("=")
        y_hat, y = self.y_hat.copy(), self.y
        x, middle = self._middle
        in_a_row([y_hat, minus, y, equal, self.error], x, middle, SIGN_GAP)
        gone = VGroup(self.X, self.w, self.b, *self.signs)
        yield [FadeOut(gone, run_time=Pace.QUICK / 2), Transform(self.y_hat, y_hat), FadeIn(y)]
        yield [FadeIn(minus, equal, self.error.emptied()), self.error.fill(Pace.QUICK)]
        squares, error = self.squares, self.error
        gone = VGroup(self.y_hat, y, minus, equal, error.emptied())
        yield [
            FadeOut(gone, run_time=Pace.QUICK / 2),
            FadeIn(squares.dots),
            *map(ReplacementTransform, error.rows, squares.errors),
        ]
        yield [squares.grow(run_time=Pace.MOVE)]
        yield [squares.halve()]
        yield [FadeIn(squares.value, run_time=Pace.QUICK)]

    def add_up(self, slot: Slot) -> Iterator[list[Animation]]:
        """Let the losses run into the place of their sum, which is there when all have come."""
        total = self.stand_total(slot)
        yield [self.squares.clear()]
        yield [FadeIn(*total[:-1], run_time=Pace.QUICK / 2)]
        yield [self.squares.add_up(self.number, Pace.MOVE)]
        yield [FadeIn(self.number, run_time=Pace.QUICK / 2)]

    def _make_blocks(self, size: float) -> None:
        one = self.one
        predicted = common_places(one.y_hat)
        block = partial(Block, size=size, title_size=Size.CODE, leading=LEADING)
        self.X = block("X", one.X, Role.DATA, 1)
        self.y = block("y", one.y, Role.DATA, 1)
        self.w = block("w", one.w, Role.MODEL, common_places(one.w), shaped=False)
        b_places = common_places(one.b) if one.b.any() else 0
        self.b = block("b", one.b, Role.MODEL, b_places, shaped=False)
        self.y_hat = block("y_hat", one.y_hat, Role.MODEL, predicted)
        self.error = block("y_hat - y", one.y_hat - one.y, Role.LOSS, 1)
        self.signs = [formula(sign) for sign in ("@", "+", "=")]

    @property
    def _middle(self) -> tuple[float, float]:
        x, y, _ = self.slot.center
        return float(x), float(y)

    def _around(self, block: Block) -> Rectangle:
        """Return a frame round a whole block."""
        frame = Rectangle(
            width=block.ground.width,
            height=block.ground.height,
            color=theme.INK,
            stroke_width=block.edge(0).stroke_width,
        )
        return frame.move_to(block.ground)
