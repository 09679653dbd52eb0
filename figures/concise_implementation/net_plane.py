"""The model's parameters as blocks, and the plane that they place in the cloud."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import torch
from manim import (
    DOWN,
    RIGHT,
    Animation,
    AnimationGroup,
    ApplyMethod,
    FadeIn,
    FadeOut,
    Mobject,
    UpdateFromAlphaFunc,
    ValueTracker,
    VGroup,
    linear,
)
from torch import Tensor

from linreg.study.trace import Trace
from linreg.study.two_runs import ComparedRun
from visuals.blocks import Block, common_places
from visuals.layout import Slot
from visuals.plane_in_cloud import PlaneInCloud
from visuals.theme import Pace, Role, Size
from visuals.trackers import go

BLOCK_GAP, PAIR_GAP = 0.15, 0.6
"""Space between two blocks, and between two parameters, in scene units."""

WALKED, LARGEST = 30, 100
"""Steps up to which the plane is watched, if no parameter becomes larger."""

DIGITS = 2
"""Digits of the largest number of a block."""


class NetPlane:
    """The blocks ``w`` and ``b``, ``weight`` and ``bias``, their gradients, and the plane.

    Parameters
    ----------
    strip, slot
        The rooms for the blocks and for the plane.
    trace
        The lecture's run, for its data.
    learned
        The step of the lecture's run of which the parameters are copied.
    run
        A run with PyTorch's parts.
    batches
        Row numbers of the batches of that run's first steps.
    own
        Weight (1, 2) and bias (1,) with which a new ``nn.Linear`` begins.

    Attributes
    ----------
    plane
        The plane in the cloud, at the parameters of now.
    ours, theirs
        The blocks of both programs; those of PyTorch follow the parameters of now.
    grads
        Blocks of the first gradients, beside PyTorch's.
    """

    def __init__(
        self,
        strip: Slot,
        slot: Slot,
        trace: Trace,
        learned: int,
        run: ComparedRun,
        batches: Sequence[Tensor],
        own: tuple[Tensor, Tensor],
    ) -> None:
        self.run, self.batches, self.strip = run, batches, strip
        w, b = trace.params(learned)
        self.learned, self.own = (
            torch.cat([part.flatten() for part in parts]) for parts in ((w, b), own)
        )
        self.trackers = [ValueTracker(float(value)) for value in self.own]
        w1, w2, bias = self.trackers
        self.plane = PlaneInCloud(slot, trace.features, trace.labels, (w1, w2), bias)
        self.plane.plane_shown.set_value(0)
        self.plane.follow()
        sizes = run.params[: min(WALKED, len(batches)) + 1].abs().amax(dim=1)
        self.last = int((sizes < LARGEST).cumprod(dim=0).sum()) - 1
        seen = torch.cat([run.params[: self.last + 1].flatten(), self.own, self.learned])
        widest = -float(seen.abs().max())
        places = common_places(seen, DIGITS)
        block = partial(Block, size=Size.BODY, shaped=False, title_size=Size.CODE)
        param = partial(block, role=Role.MODEL, places=places, widest=widest)
        self.ours = param("w", w), param("b", b)
        self.theirs = (
            param("weight", own[0], live=self._live()),
            param("bias", own[1], live=self._live(2)),
        )
        grads = run.grads[0]
        places = common_places(grads, DIGITS)
        grad = partial(block, ".grad", role=Role.GRADIENT, places=places)
        self.grads = grad(grads[None, :2]), grad(grads[2:])
        left = strip.left
        for mine, other in zip(self.ours, self.theirs, strict=True):
            left = self._stand(other, self._stand(mine, left)) + PAIR_GAP - BLOCK_GAP

    # The model

    def copy_ours(self, run_time: float = Pace.SWEEP) -> Animation:
        """Let our numbers fly into the model's, and the plane go where ours is."""
        numbers = [cell.copy() for block in self.ours for row in block.rows for cell in row]
        cells = [cell for block in self.theirs for row in block.rows for cell in row]
        flights = (
            FadeOut(number, target_position=cell.get_center(), run_time=run_time)
            for number, cell in zip(numbers, cells, strict=True)
        )
        return AnimationGroup(*flights, self._go(self.learned, run_time))

    def start_again(self, run_time: float = Pace.MOVE) -> Animation:
        """Take the parameters to where the run begins."""
        return self._go(self.run.params[0], run_time)

    # The step

    def make_room(self) -> Animation:
        """Move PyTorch's blocks to the lower left, with room for a gradient beside each."""
        left, moves = self.strip.left, []
        blocks = [*self.theirs, *self.grads]
        spare = self.strip.width - sum(block.width for block in blocks) - 2 * BLOCK_GAP
        apart = min(max(spare, 2 * BLOCK_GAP), PAIR_GAP)
        down = self.theirs[0].get_bottom()[1] - self.strip.bottom
        for block, grad in zip(self.theirs, self.grads, strict=True):
            way = RIGHT * (left - block.get_left()[0]) + DOWN * down
            moves.append(ApplyMethod(block.shift, way, run_time=Pace.MOVE))
            left = self._stand(grad, left + block.width + BLOCK_GAP) + apart - BLOCK_GAP
            grad.shift(DOWN * down)
        return AnimationGroup(*moves)

    def show_errors(self) -> Animation:
        """Grow sticks from the examples of the first batch to the plane."""
        return self.plane.show_errors(self.batches[0].tolist())

    def fill_gradients(self, start: Mobject, run_time: float = Pace.MOVE) -> Animation:
        """Let the gradients come from a line of code."""
        at = start.get_center()
        return AnimationGroup(
            *(FadeIn(grad, target_position=at, scale=0.3) for grad in self.grads),
            run_time=run_time,
        )

    def clear_gradients(self, run_time: float = Pace.MOVE) -> Animation:
        """Take the gradients away: PyTorch keeps none after it."""
        return FadeOut(*self.grads, run_time=run_time)

    def step(self, run_time: float = Pace.MOVE) -> Animation:
        """Take the first step."""
        return self._go(self.run.params[min(1, self.last)], run_time)

    def walk(self, run_time: float = Pace.SWEEP) -> Animation:
        """Take the next steps, one after the other."""
        first = min(1, self.last)

        def at(_: Mobject, share: float) -> None:
            done = first + round(share * (self.last - first))
            self._set(self.run.params[done])
            self.plane.mark(self.batches[max(done, 1) - 1].tolist())

        return UpdateFromAlphaFunc(self.plane.w1, at, run_time=run_time, rate_func=linear)

    def tracked(self) -> VGroup:
        """Let PyTorch's blocks follow the parameters of now."""
        return VGroup(*(block.tracked() for block in self.theirs))

    def _go(self, values: Tensor, run_time: float) -> Animation:
        ways = zip(self.trackers, values.tolist(), strict=True)
        return AnimationGroup(*(go(tracker, value, run_time) for tracker, value in ways))

    def _set(self, values: Tensor) -> None:
        for tracker, value in zip(self.trackers, values.tolist(), strict=True):
            tracker.set_value(value)

    def _live(self, first: int = 0) -> Callable[[int, int], float]:
        return lambda _, column: float(self.trackers[first + column].get_value())

    def _stand(self, block: Block, left: float) -> float:
        """Stand a block in the strip, and return where the next one begins."""
        top = self.strip.top - (block.get_top()[1] - block.ground.get_top()[1])
        block.hang(0, top)
        block.shift(RIGHT * (left - block.get_left()[0]))
        return left + block.width + BLOCK_GAP
