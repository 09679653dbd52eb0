"""The code of the step: a line under what is spoken of, what is recorded, and the numbers."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    Circle,
    FadeIn,
    FadeOut,
    Line,
    Transform,
    ValueTracker,
    VGroup,
)
from torch import Tensor

from linreg.optim import sgd
from linreg.study.iteration import Iteration
from visuals.blocks import Block, common_places
from visuals.layout import GAP, Slot, is_wide
from visuals.listing import Listing
from visuals.source import SIDE_COLUMNS, TALL_COLUMNS, body_of, broken
from visuals.theme import Pace, Radius, Role, Size, Stroke, theme
from visuals.trackers import go
from visuals.typography import Words

UNDER = 0.05
"""Distance of the line below what is spoken of, in scene units."""

BLOCKS_APART = 0.8
"""Distance of the two blocks of numbers, in scene units."""

AIR = 0.2
"""Distance of the mark of recording from the listing, in scene units."""


class StepCode(VGroup):
    """The body of ``sgd``.

    Parameters
    ----------
    recorded, not_recorded
        Names of both states of the mark.
    one
        The step.

    Attributes
    ----------
    blocks
        The weights and what ``.grad`` holds for them, whose numbers are live.
    """

    def __init__(self, recorded: Words, not_recorded: Words, one: Iteration) -> None:
        columns = SIDE_COLUMNS if is_wide() else TALL_COLUMNS
        self.listing = Listing(broken(body_of(sgd), columns))
        self.line = Line(LEFT, RIGHT, color=theme.INK, stroke_width=Stroke.LINE)
        self.line.set_stroke(opacity=0).set_z_index(1)
        self.recorded, self.not_recorded = recorded, not_recorded.set_fill(theme.MUTED)
        self.mark = Circle(radius=Radius.MARK, color=theme.INK, stroke_width=Stroke.LINE)
        self.mark.set_fill(theme.INK, opacity=1)
        self.weights = [ValueTracker(value) for value in one.w.flatten().tolist()]
        self.gradients = [ValueTracker(value) for value in one.grad_w.flatten().tolist()]
        self.new_weights = one.new_w.flatten().tolist()
        places = max(common_places(one.w), common_places(one.new_w))
        self.blocks = VGroup(
            _block("w", one.w, self.weights, Role.MODEL, places, one.new_w),
            _block("w.grad", one.grad_w, self.gradients, Role.GRADIENT, 0, one.grad_w),
        ).arrange(RIGHT, buff=BLOCKS_APART, aligned_edge=UP)
        super().__init__(self.listing, self.line, self.blocks)

    def put(self, slot: Slot) -> StepCode:
        """Put it at the left of a slot, or at its top in a tall frame."""
        self.blocks.next_to(self.listing, DOWN, buff=GAP)
        slot.place(self, x=-1, y=-0.4, shrink=False)
        self.mark.next_to(self.listing.panel, UP, buff=AIR).align_to(self.listing.panel, RIGHT)
        for name in (self.recorded, self.not_recorded):
            name.next_to(self.mark, LEFT, buff=AIR)
        return self

    def point_at(self, text: str, run_time: float = Pace.QUICK / 2) -> Animation:
        """Draw the line under a text of the code."""
        code = self.listing.code
        token = code.token(self.listing.line_number(text), text)
        row = self.listing.y_of_line(text) - self.listing.line_height / 2
        start, end = (
            np.array([edge[0], row, 0.0]) for edge in (token.get_left(), token.get_right())
        )
        target = Line(start, end, color=theme.INK, stroke_width=Stroke.LINE)
        if self.line.get_stroke_opacity() == 0:
            self.line.put_start_and_end_on(target.get_start(), target.get_end())
        return Transform(self.line, target.shift(UP * UNDER), run_time=run_time)

    def move_weights(self, run_time: float) -> Animation:
        """Take the weights to what they are after the step."""
        pairs = zip(self.weights, self.new_weights, strict=True)
        moves = (go(tracker, value, run_time) for tracker, value in pairs)
        return AnimationGroup(*moves, run_time=run_time)

    def zero_gradients(self, run_time: float = Pace.MOVE) -> Animation:
        """Take the gradients to zero."""
        moves = (go(tracker, 0, run_time) for tracker in self.gradients)
        return AnimationGroup(*moves, run_time=run_time)

    def record(self) -> Animation:
        """Show that what is computed is recorded."""
        return AnimationGroup(FadeIn(self.mark), FadeIn(self.recorded), run_time=Pace.QUICK)

    def stop(self) -> Animation:
        """Switch the recording off."""
        return AnimationGroup(
            FadeOut(self.recorded),
            FadeIn(self.not_recorded),
            self.mark.animate.set_fill(opacity=0).set_stroke(theme.MUTED).build(),
            run_time=Pace.QUICK,
        )


def _block(
    name: str, values: Tensor, trackers: list[ValueTracker], role: Role, places: int, after: Tensor
) -> Block:
    """Return a block whose numbers follow trackers, with room for those after the step."""
    finite = after[after.isfinite()]
    widest = -float(finite.abs().max()) if len(finite) else 0.0

    def number(row: int, _: int) -> float:
        return float(trackers[row].get_value())

    return Block(name, values, role, places, Size.BODY, number, False, widest).tracked()
