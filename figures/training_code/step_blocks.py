"""One step of the loop in blocks: a batch, its predictions, and their errors, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from manim import (
    Animation,
    AnimationGroup,
    ApplyMethod,
    FadeIn,
    FadeOut,
    Rectangle,
    Succession,
    Transform,
    TransformFromCopy,
    VGroup,
    VMobject,
)

from figures.training_code.half_squares import HalfSquares
from linreg.study.iteration import Iteration
from visuals.blocks import Block, common_places, in_a_row
from visuals.formula import formula
from visuals.layout import Slot
from visuals.theme import Pace, Role, theme

SIGN_GAP = 0.13
BATCH_GAP = 0.7
KEPT_WIDTH = 0.26
"""Width of a block whose numbers are not needed at the moment."""

FIRST, OTHERS = 1.2, 1.6
"""Seconds for the first prediction, and for all others."""


class StepBlocks:
    """Blocks of one step beside the listing; each method plays one line of the code.

    Parameters
    ----------
    slot
        The room beside the listing.
    one
        The step.
    """

    def __init__(self, slot: Slot, one: Iteration) -> None:
        self.slot = slot
        error = one.y_hat - one.y
        predicted = common_places(one.y_hat)
        self.X = Block("X", one.X, Role.DATA, 1)
        self.y = Block("y", one.y, Role.DATA, 1)
        self.w = Block("w", one.w, Role.MODEL, common_places(one.w))
        self.b = Block("b", one.b, Role.MODEL, 0 if not one.b.any() else common_places(one.b))
        self.y_hat = Block("y_hat", one.y_hat, Role.MODEL, predicted)
        self.error = Block("y_hat - y", error, Role.LOSS, 1)
        self.squares = HalfSquares(slot, error, one.loss)
        self.opened = self.y.copy()
        self.signs = [formula(sign) for sign in ("@", "+", "=")]

    def deal(self) -> Iterator[list[Animation]]:
        """Show the batch: rows of features, and a column of labels."""
        x, y = self._middle
        in_a_row([self.X, self.y], x, y, BATCH_GAP)
        for block in (self.X, self.y):
            yield [FadeIn(block.emptied()), block.fill(Pace.MOVE)]

    def predict(self) -> Iterator[list[Animation]]:
        """Multiply each row by the weights and add b."""
        times, plus, equal = self.signs
        kept = _closed(self.y)
        target = self.X.copy()
        x, y = self._middle
        row: list[VMobject] = [target, times, self.w, plus, self.b, equal, self.y_hat]
        in_a_row([*row, kept], x, y, SIGN_GAP)
        yield [Transform(self.X, target), Transform(self.y, kept)]
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
        y_hat, y = self.y_hat.copy(), self.opened
        x, middle = self._middle
        in_a_row([y_hat, minus, y, equal, self.error], x, middle, SIGN_GAP)
        gone = VGroup(self.X, self.w, self.b, *self.signs)
        yield [FadeOut(gone, run_time=Pace.QUICK / 2)]
        yield [Transform(self.y_hat, y_hat), Transform(self.y, y)]
        yield [FadeIn(minus, equal, self.error.emptied()), self.error.fill(Pace.MOVE)]
        squares = self.squares
        gone = VGroup(self.y_hat, self.y, minus, equal, self.error.emptied())
        yield [
            FadeOut(gone, run_time=Pace.QUICK),
            *squares.grow_from(self.error.rows, run_time=1.5 * Pace.MOVE),
        ]
        yield [FadeIn(squares.half_of), squares.halve()]
        yield [FadeIn(squares.numbers)]

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


def _closed(block: Block) -> Block:
    """Return a block without its numbers, narrow and dimmed: what is needed later."""
    closed = block.copy()
    for part in (*closed.rows, *closed.dots, closed.shape):
        part.set_opacity(0)
        part.stretch_to_fit_width(KEPT_WIDTH / 2).set_x(closed.ground.get_x())
    closed.ground.stretch_to_fit_width(KEPT_WIDTH)
    closed.title.set_fill(theme.MUTED)
    return closed
