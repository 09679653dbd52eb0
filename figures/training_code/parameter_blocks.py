"""The parameters and their gradients in blocks, whose numbers are live."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import torch
from manim import (
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    ApplyMethod,
    FadeIn,
    FadeOut,
    ValueTracker,
    VGroup,
)
from torch import Tensor

from linreg.study.iteration import Iteration, iterate
from linreg.study.trace import Trace
from visuals.blocks import NAME_GAP, Block, common_places
from visuals.layout import GAP, Slot
from visuals.theme import Pace, Role, Size
from visuals.trackers import go

BLOCK_GAP = 0.2
COLUMNS_APART = 0.9
HEIGHT = 4.5
"""Height of all blocks and of the sum above them at most, in scene units."""

SUM_SHARE = 22
"""Height of the room for the sum of the losses above the blocks, of a hundred parts."""

WALKED = 30
"""Steps up to which the plane is watched beside the code."""


def at_once(share: float) -> float:
    """Return how far a number has come that jumps at the beginning."""
    return float(share > 0)


def halfway(share: float) -> float:
    """Return how far a number has come that jumps in the middle of the time."""
    return float(share >= 0.5)


class ParameterBlocks(VGroup):
    """w and b as blocks, and w.grad and b.grad, whose numbers are live.

    Parameters
    ----------
    slot
        The room beside the listing.
    trace
        The run.

    Attributes
    ----------
    parameters
        Trackers of w1, w2 and b for what moves on its way from step to step.
    written, gradients
        Trackers of the numbers in the blocks: w1, w2 and b, and what ``.grad`` holds for them. They
        jump, for no value in between is ever in the code.
    upper
        The room above the blocks, while they stand in two rows.
    """

    def __init__(self, slot: Slot, trace: Trace) -> None:
        self.trace = trace
        one = iterate(trace, 0)
        self.parameters = [ValueTracker(float(value)) for value in (*one.w, *one.b)]
        self.written = [tracker.copy() for tracker in self.parameters]
        self.gradients = [ValueTracker(float(value)) for value in (*one.grad_w, *one.grad_b)]
        air = max(0.0, slot.height - HEIGHT) / 2
        middle = replace(slot, bottom=slot.bottom + air, top=slot.top - air)
        room, lower = middle.stacked(SUM_SHARE, 100 - SUM_SHARE)
        for size in (Size.BODY, Size.CODE):
            self._make(size)
            columns = (self.w, self.w_grad), (self.b, self.b_grad)
            widths = [max(block.width for block in column) for column in columns]
            if sum(widths) + COLUMNS_APART <= slot.width:
                break
        self.upper = room
        apart = self.w.height + GAP
        top = lower.center[1] + apart - self.w.title.height - NAME_GAP
        shift = sum(widths) / 4 + COLUMNS_APART / 2
        for side, (above, below) in zip((-1, 1), columns, strict=True):
            x = lower.center[0] + side * shift
            above.hang(x, top)
            below.hang(x, top - apart)
        super().__init__(*self.blocks)

    @property
    def grads(self) -> tuple[Block, Block]:
        """The blocks of the gradients."""
        return self.w_grad, self.b_grad

    def tracked(self) -> ParameterBlocks:
        """Let the numbers follow their trackers."""
        for block in self.blocks:
            block.tracked()
        return self

    def fill_grads(self) -> list[Animation]:
        """Let the gradients' numbers appear."""
        return [FadeIn(row, run_time=Pace.QUICK) for block in self.grads for row in block.rows]

    def into_a_row(self, slot: Slot) -> Iterator[list[Animation]]:
        """Take the gradients away, and move w and b down and then to the left of a room."""
        left, top = slot.left, slot.top - self.w.title.height - NAME_GAP
        down: list[Animation] = []
        aside: list[Animation] = []
        for block in (self.w, self.b):
            way = left + block.width / 2 - block.ground.get_x()
            down.append(ApplyMethod(block.shift, (top - block.ground.get_top()[1]) * UP))
            aside.append(ApplyMethod(block.shift, way * RIGHT, run_time=Pace.QUICK))
            left += block.width + BLOCK_GAP
        self.row_end = left
        self.remove(*self.grads)
        yield [FadeOut(*self.grads, run_time=Pace.QUICK / 2)]
        yield [AnimationGroup(*down, run_time=Pace.QUICK)]
        yield aside

    def step_to(self, step: int, run_time: float) -> Animation:
        """Take the parameters to what they are before a step."""
        w, b = self.trace.params(step)
        values = [float(value) for value in (*w, *b)]
        moves = [
            *map(partial(go, run_time=run_time), self.parameters, values),
            *map(partial(go, run_time=run_time, rate_func=at_once), self.written, values),
        ]
        return AnimationGroup(*moves, run_time=run_time)

    def put(self, step: int) -> None:
        """Put the parameters to what they are before a step."""
        w, b = self.trace.params(step)
        for trackers in (self.parameters, self.written):
            for tracker, value in zip(trackers, (*w, *b), strict=True):
                tracker.set_value(float(value))

    def zero_gradients(self, run_time: float) -> Animation:
        """Take the gradients to zero, in the middle of the time."""
        moves = (go(tracker, 0, run_time, halfway) for tracker in self.gradients)
        return AnimationGroup(*moves, run_time=run_time)

    def fill_gradients(self, one: Iteration, run_time: float) -> Animation:
        """Let the gradients take what backward adds to zero."""
        ways = zip(self.gradients, (*one.grad_w, *one.grad_b), strict=True)
        moves = (go(tracker, float(value), run_time, at_once) for tracker, value in ways)
        return AnimationGroup(*moves, run_time=run_time)

    def _make(self, size: float) -> None:
        """Make all blocks, of one size."""
        least = [0.0, 0.0]
        for _ in range(2):
            self._make_at_least(size, least)
            columns = (self.w, self.w_grad), (self.b, self.b_grad)
            least = [max(block.widths[0] for block in column) for column in columns]
        self.blocks = (self.w, self.w_grad, self.b, self.b_grad)

    def _make_at_least(self, size: float, least: Sequence[float]) -> None:
        """Make all blocks, of one size; those of w and of b have columns of a least width."""
        one = iterate(self.trace, 0)
        self.w, self.b = self._pair("w", one.w, one.b, self.written, size, least)
        self.w_grad, self.b_grad = self._pair(
            "w.grad", one.grad_w, one.grad_b, self.gradients, size, least
        )

    def _pair(
        self,
        name: str,
        w: Tensor,
        b: Tensor,
        trackers: list[ValueTracker],
        size: float,
        least: Sequence[float],
    ) -> tuple[Block, Block]:
        """Return the blocks of w and b, or of what ``.grad`` holds for them."""
        is_grad, trace = name != "w", self.trace
        seen = torch.cat([trace.w[:WALKED], trace.b[:WALKED, None]], dim=1)
        if is_grad:
            steps = (iterate(trace, step) for step in range(min(2, trace.num_steps)))
            seen = torch.cat([part.flatten() for at in steps for part in (at.grad_w, at.grad_b)])
        role = Role.GRADIENT if is_grad else Role.MODEL
        places = common_places(torch.cat([w.flatten(), b]), 3 if is_grad else 2)
        widest = -float(seen[seen.isfinite()].abs().max())
        first, last = trackers[:-1], trackers[-1]

        def of_w(row: int, _: int) -> float:
            return float(first[row].get_value())

        def of_b(*_: int) -> float:
            return float(last.get_value())

        block = partial(Block, shaped=False, widest=widest, title_size=Size.CODE)
        return (
            block(name, w, role, places, size, of_w, least=least[0]),
            block(name.replace("w", "b"), b, role, places, size, of_b, least=least[1]),
        )
