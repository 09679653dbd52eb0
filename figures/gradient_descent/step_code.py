"""The code of the step: a line under what is spoken of, and the numbers."""

from __future__ import annotations

import numpy as np
import torch
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    Line,
    Mobject,
    UpdateFromAlphaFunc,
    ValueTracker,
    VGroup,
)
from torch import Tensor

from linreg.optim import sgd
from linreg.study.iteration import Iteration
from visuals.blocks import Block, common_places
from visuals.layout import GAP, Slot, is_wide
from visuals.listing import Listing
from visuals.numbers import as_typed, integer
from visuals.source import SIDE_COLUMNS, TALL_COLUMNS, body_of, broken
from visuals.theme import Pace, Role, Size, Stroke, theme
from visuals.trackers import go

UNDER = -0.02
"""Height of the line above the foot of the row of what is spoken of, in scene units."""

BLOCKS_APART, LEAST_APART = 0.8, 0.15
"""Distances of two blocks of numbers at most and at least, in scene units."""

MEAN_DIGITS = 4
"""Digits of the means."""

MOST_PLACES = 4
"""Digits behind the point at most."""


class StepCode(VGroup):
    """The body of ``sgd``.

    Parameters
    ----------
    one
        The step.
    lr
        Its learning rate.

    Attributes
    ----------
    blocks
        The weights and what ``.grad`` holds for them, whose numbers are live.
    mean, change
        What ``.grad`` holds over the number of examples, and this times the learning rate.
    """

    def __init__(self, one: Iteration, lr: float) -> None:
        columns = SIDE_COLUMNS if is_wide() else TALL_COLUMNS
        self.listing = Listing(broken(body_of(sgd), columns))
        self.line = Line(LEFT, RIGHT, color=theme.INK, stroke_width=Stroke.LINE)
        self.line.set_stroke(opacity=0).set_z_index(1)
        self.weights = [ValueTracker(value) for value in one.w.flatten().tolist()]
        self.gradients = [ValueTracker(value) for value in one.grad_w.flatten().tolist()]
        self.new_weights = one.new_w.flatten().tolist()
        mean, subtracted = one.mean_grad_w, one.subtracted(lr)
        places = agreeing_places(one.w, subtracted, one.new_w)
        self.blocks = VGroup(
            _block("w", one.w, self.weights, Role.MODEL, places, one.new_w),
            _block("w.grad", one.grad_w, self.gradients, Role.GRADIENT, 0, one.grad_w),
        )
        self.mean, self.change = (
            Block(name, values, Role.GRADIENT, digits, Size.BODY, None, False)
            for name, values, digits in (
                (f"/ {integer(len(one.y))}", mean, common_places(mean, MEAN_DIGITS)),
                (f"* {as_typed(lr)}", subtracted, places),
            )
        )
        self.row = VGroup(*self.blocks, self.mean, self.change)
        free = self.listing.width - sum(block.width for block in self.row)
        apart = min(BLOCKS_APART, max(LEAST_APART, free / (len(self.row) - 1)))
        self.row.arrange(RIGHT, buff=apart, aligned_edge=UP)
        super().__init__(self.listing, self.line, self.row)

    def put(self, slot: Slot) -> StepCode:
        """Put it at the left of a slot, or at its top in a tall frame."""
        self.row.next_to(self.listing, DOWN, buff=GAP)
        slot.place(self, x=-1, y=-0.4, shrink=False)
        return self

    def point_at(self, text: str, run_time: float = Pace.QUICK / 2) -> Animation:
        """Draw the line under a text of the code; it fades from place to place."""
        code = self.listing.code
        token = code.token(self.listing.line_number(text), text)
        row = self.listing.y_of_line(text) - self.listing.line_height / 2
        start, end = (
            np.array([edge[0], row, 0.0]) for edge in (token.get_left(), token.get_right())
        )
        old = self.line.get_start_and_end()
        new = start + UP * UNDER, end + UP * UNDER
        lit = self.line.get_stroke_opacity()

        def move(line: Mobject, share: float) -> None:
            assert isinstance(line, Line)
            line.put_start_and_end_on(*(old if share < 0.5 else new))
            line.set_stroke(opacity=lit * (1 - 2 * share) if share < 0.5 else 2 * share - 1)

        return UpdateFromAlphaFunc(self.line, move, run_time=run_time)

    def move_weights(self, run_time: float) -> Animation:
        """Take the weights to what they are after the step."""
        pairs = zip(self.weights, self.new_weights, strict=True)
        moves = (go(tracker, value, run_time) for tracker, value in pairs)
        return AnimationGroup(*moves, run_time=run_time)

    def zero_gradients(self) -> None:
        """Set the gradients to zero at once, as the code does."""
        for tracker in self.gradients:
            tracker.set_value(0)


def agreeing_places(before: Tensor, change: Tensor, after: Tensor) -> int:
    """Return the digits with which the numbers shown before, of the change and after agree."""
    fewest = max(common_places(before), common_places(after))
    for places in range(fewest, MOST_PLACES):
        shown = [(10**places * values.double()).round() for values in (before, change, after)]
        if torch.equal(shown[0] - shown[1], shown[2]):
            return places
    return max(fewest, MOST_PLACES)


def _block(
    name: str, values: Tensor, trackers: list[ValueTracker], role: Role, places: int, after: Tensor
) -> Block:
    """Return a block whose numbers follow trackers, with room for those after the step."""
    finite = after[after.isfinite()]
    widest = -float(finite.abs().max()) if len(finite) else 0.0

    def number(row: int, _: int) -> float:
        return float(trackers[row].get_value())

    return Block(name, values, role, places, Size.BODY, number, False, widest).tracked()
