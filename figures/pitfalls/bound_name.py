"""A name and the tensors that it is bound to, with an arrow from the name."""

from __future__ import annotations

import torch
from manim import (
    DOWN,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    Arrow,
    FadeIn,
    FadeOut,
    Transform,
    VGroup,
    VMobject,
)
from torch import Tensor

from visuals.blocks import Block
from visuals.code import CodeText
from visuals.layout import Slot
from visuals.theme import Dim, Pace, Role, Size, Stroke, theme
from visuals.typography import Words

APART = 2.0
"""Distance between the old tensor and the new one, in scene units."""

ABOVE = 2.9
"""Distance of the name above the tensors, in scene units."""


class BoundName(VGroup):
    """The tensor of the weights, the new one that a line makes, and the name bound to one of them.

    Parameters
    ----------
    slot
        The room for it.
    old, new
        The weights before the step, and those that it computes, shape (p,).
    places
        Digits behind the point.
    new_name
        Name of the new tensor, below it.

    Attributes
    ----------
    old, new
        Their blocks.
    label, arrow
        The name of the loop, and the arrow to what it is bound to.
    """

    def __init__(self, slot: Slot, old: Tensor, new: Tensor, places: int, new_name: Words) -> None:
        widest = -float(torch.stack([old, new]).abs().max())
        self.old, self.new = (
            Block(
                "w",
                tensor.reshape(-1, 1),
                Role.MODEL,
                places,
                Size.TITLE,
                shaped=False,
                widest=widest,
            )
            for tensor in (old, new)
        )
        VGroup(self.old, self.new).arrange(RIGHT, buff=APART, aligned_edge=DOWN)
        # Nothing but the loop's name is bound to it.
        self.new.remove(self.new.title)
        self.new_name = new_name.next_to(self.new, DOWN, buff=ABOVE / 10)
        self.label = CodeText("param", Size.TITLE)
        self.label.next_to(self.old, UP, buff=ABOVE)
        self.arrow = self._arrow_to(self.old)
        super().__init__(self.old, self.new, self.new_name, self.label, self.arrow)
        slot.place(self, shrink=False)
        # As long as there is one tensor only, it stands in the middle.
        self.aside = RIGHT * (slot.center[0] - self.old.get_x())
        VGroup(*self.bound).shift(self.aside)

    @property
    def bound(self) -> tuple[VMobject, ...]:
        """The old tensor, the name, and the arrow."""
        return self.old, self.label, self.arrow

    def bind(self) -> Animation:
        """Show the name and the tensor that it is bound to."""
        return FadeIn(*self.bound)

    def make_new(self) -> Animation:
        """Let the new tensor come out of the old one, which makes room."""
        room = [part.animate.shift(-self.aside).build() for part in self.bound]
        return AnimationGroup(*room, FadeIn(self.new, self.new_name, shift=self.aside / 2))

    def forget(self) -> Animation:
        """Let the name go, and dim the new tensor, to which nothing is bound any more."""
        dimmed = [part.animate.set_opacity(Dim.FAINT).build() for part in (self.new, self.new_name)]
        return AnimationGroup(FadeOut(self.label, self.arrow), *dimmed)

    def change_in_place(self, run_time: float = Pace.MOVE) -> Animation:
        """Move the numbers of the new tensor into the old one, back in the middle."""
        there = self.old.copy()
        for row, other in zip(there.rows, self.new.rows, strict=True):
            row.become(other.copy().set_opacity(1).move_to(row, aligned_edge=RIGHT))
        ends = there, self.label.copy(), self.arrow.copy()
        ways = [
            Transform(part, end.shift(self.aside))
            for part, end in zip(self.bound, ends, strict=True)
        ]
        gone = FadeOut(self.new, self.new_name)
        return AnimationGroup(*ways, gone, run_time=run_time)

    def rebind(self, run_time: float = Pace.SWEEP) -> Animation:
        """Swing the arrow to the new tensor."""
        return Transform(self.arrow, self._arrow_to(self.new), run_time=run_time)

    def bind_again(self) -> Animation:
        """Bind the name to the old tensor once more."""
        self.arrow = self._arrow_to(self.old)
        return FadeIn(self.label, self.arrow)

    def _arrow_to(self, block: Block) -> Arrow:
        top = block.ground.get_top()
        if block is self.old:
            top = block.title.get_top() + UP * 0.05
        return Arrow(
            self.label.get_bottom(),
            top,
            buff=0.05,
            color=theme.INK,
            stroke_width=Stroke.LINE,
            max_tip_length_to_length_ratio=0.2,
            tip_length=Size.TICK,
        )
