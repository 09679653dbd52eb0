"""The parameters with their gradients in blocks, and the plane that they place in the cloud."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch
from manim import (
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    ApplyMethod,
    FadeIn,
    Mobject,
    UpdateFromAlphaFunc,
    ValueTracker,
    VGroup,
    VMobject,
    linear,
)
from torch import Tensor

from linreg.study.iteration import Iteration, iterate
from linreg.study.trace import Trace
from visuals.blocks import NAME_GAP, Block, common_places
from visuals.layout import GAP, Slot
from visuals.plane_in_cloud import DIMMED, PlaneInCloud
from visuals.readout import Readout
from visuals.segments import Segments, dashes
from visuals.theme import Pace, Role, Size, theme
from visuals.trackers import go
from visuals.typography import Words

BLOCK_GAP = 0.2
COLUMNS_APART = 0.9
SQUARES_SHARE = 26
"""Height of the squares above the blocks, of a hundred parts of the room."""

WALKED = 30
"""Steps up to which the plane is watched beside the code."""

DASHES = 16
"""Dashes of each side of the outline of the plane before a step."""


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
    parameters, gradients
        Trackers of w1, w2, b and of what ``.grad`` holds for them.
    upper
        The room above the blocks, while they stand in two rows.
    """

    def __init__(self, slot: Slot, trace: Trace) -> None:
        self.slot, self.trace = slot, trace
        one = iterate(trace, 0)
        self.parameters = [ValueTracker(float(value)) for value in (*one.w, *one.b)]
        self.gradients = [ValueTracker(float(value)) for value in (*one.grad_w, *one.grad_b)]
        for size in (Size.BODY, Size.CODE):
            self.w, self.b = self._pair("w", one.w, one.b, self.parameters, size)
            self.w_grad, self.b_grad = self._pair(
                "w.grad", one.grad_w, one.grad_b, self.gradients, size
            )
            blocks = (self.w, self.w_grad, self.b, self.b_grad)
            if sum(block.width + BLOCK_GAP for block in blocks) <= slot.width:
                break
        self.upper, lower = slot.stacked(SQUARES_SHARE, 100 - SQUARES_SHARE)
        apart = self.w.height + GAP
        top = lower.center[1] + apart - self.w.title.height - NAME_GAP
        shift = (self.w_grad.width + self.b_grad.width) / 4 + COLUMNS_APART / 2
        for side, above, below in ((-1, self.w, self.w_grad), (1, self.b, self.b_grad)):
            x = lower.center[0] + side * shift
            above.hang(x, top)
            below.hang(x, top - apart)
        self.blocks = blocks
        super().__init__(*blocks)

    @property
    def grads(self) -> tuple[Block, Block]:
        """The blocks of the gradients."""
        return self.w_grad, self.b_grad

    def tracked(self) -> ParameterBlocks:
        """Let the numbers follow their trackers."""
        for block in self.blocks:
            block.tracked()
        return self

    def fill_from(self, source: VMobject) -> list[Animation]:
        """Let the gradients' numbers come out of a picture."""
        start = source.get_center()
        return [
            FadeIn(row, target_position=start, run_time=Pace.MOVE)
            for block in self.grads
            for row in block.rows
        ]

    def into_a_row(self, slot: Slot) -> Animation:
        """Move all blocks side by side to the left of a room."""
        left, top = slot.left, slot.top - self.w.title.height - NAME_GAP
        moves = []
        for block in self.blocks:
            x = left + block.width / 2
            way = RIGHT * (x - block.ground.get_x()) + UP * (top - block.ground.get_top()[1])
            moves.append(ApplyMethod(block.shift, way))
            left += block.width + BLOCK_GAP
        self.row_end = left
        return AnimationGroup(*moves, run_time=Pace.MOVE)

    def step_to(self, step: int, run_time: float) -> Animation:
        """Take the parameters to what they are before a step, and the gradients to zero."""
        w, b = self.trace.params(step)
        ways = zip(self.parameters, (*w, *b), strict=True)
        moves = [go(tracker, float(value), run_time) for tracker, value in ways]
        moves += [go(tracker, 0, run_time) for tracker in self.gradients]
        return AnimationGroup(*moves, run_time=run_time)

    def fill_gradients(self, one: Iteration, run_time: float) -> Animation:
        """Let the gradients take what backward adds to zero."""
        ways = zip(self.gradients, (*one.grad_w, *one.grad_b), strict=True)
        moves = (go(tracker, float(value), run_time) for tracker, value in ways)
        return AnimationGroup(*moves, run_time=run_time)

    def _pair(
        self, name: str, w: Tensor, b: Tensor, trackers: list[ValueTracker], size: float
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

        return (
            Block(name, w, role, places, size, of_w, False, widest),
            Block(name.replace("w", "b"), b, role, places, size, of_b, False, widest),
        )


class PlaneStep:
    """The plane in the cloud below the blocks of its parameters, step by step.

    Parameters
    ----------
    blocks
        The parameters.
    room
        The room for the cloud.
    counted
        A word for a step.

    Attributes
    ----------
    counter
        The word, and the number of steps below it, beside the blocks once they are in a row.
    """

    def __init__(self, blocks: ParameterBlocks, room: Slot, counted: Words) -> None:
        self.blocks, self.trace = blocks, blocks.trace
        w1, w2, b = blocks.parameters
        self.plane = PlaneInCloud(room, self.trace.features, self.trace.labels, (w1, w2), b)
        self.step = ValueTracker(1)
        self.number = Readout(self.step.get_value, 0, color=theme.INK)
        self.counted = counted
        self.counter = VGroup(counted, self.number)

    def stand_counter(self) -> VGroup:
        """Stand the counter at the end of the blocks' row."""
        title, first = self.blocks.w.title, self.blocks.w.rows[0]
        word = self.counted
        word.shift(UP * (title.baseline - word.baseline))
        word.set_x(self.blocks.row_end + BLOCK_GAP, direction=LEFT)
        self.number.set_y(first.get_y()).set_x(word.get_x())
        return self.counter

    def outline(self) -> VMobject:
        """Return the outline of the plane of now, dashed."""
        plane = self.plane
        corners = plane.view.project(plane.sheet.corners(plane.parameters))
        after = np.roll(corners, -1, axis=0)
        return Segments(*dashes(corners, after, DASHES), theme.INK)

    def update(self, step: int, run_time: float) -> list[Animation]:
        """Take a step: the plane moves, and grad is zero again."""
        return [self.blocks.step_to(step, run_time)]

    def run_lines(self, step: int, seconds: float) -> Iterator[list[Animation]]:
        """Play the five lines of a step in the cloud, each in so many seconds."""
        plane, one = self.plane, iterate(self.trace, step)
        self.step.set_value(step + 1)
        plane.mark(self.trace.batches[step].tolist())
        yield [plane.dim_cloud(DIMMED, seconds)]
        yield [plane.show_predictions(run_time=seconds)]
        yield [plane.show_errors(run_time=seconds)]
        yield [self.blocks.fill_gradients(one, seconds)]
        yield [*self.update(step + 1, seconds), plane.hide_errors(seconds)]

    def walk(self, last: int, run_time: float) -> Animation:
        """Take all steps up to one, which is counted from one."""
        first = int(self.step.get_value())

        def at(_: Mobject, share: float) -> None:
            now = first + round(share * (last - first))
            self.step.set_value(now)
            w, b = self.trace.params(now)
            for tracker, value in zip(self.blocks.parameters, (*w, *b), strict=True):
                tracker.set_value(float(value))
            self.plane.mark(self.trace.batches[now - 1].tolist())

        return UpdateFromAlphaFunc(self.step, at, run_time=run_time, rate_func=linear)
