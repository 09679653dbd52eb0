"""A name and the tensors that it is bound to, with an arrow from the name."""

from __future__ import annotations

from collections.abc import Sequence

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
    ValueTracker,
    VGroup,
)
from torch import Tensor

from visuals.blocks import Block
from visuals.code import CodeText
from visuals.layout import Slot
from visuals.theme import Dim, Pace, Role, Size, Stroke, theme
from visuals.typography import Words

APART = 1.5
"""Distance between the old tensor and the new one, in scene units."""

ABOVE = 0.9
"""Length of the arrow from the name to the tensor below it, in scene units."""

TITLE_GAP = 0.12
"""Distance of the weights' name from their block, in scene units."""

PLACES = 3
"""Digits behind the point."""


class BoundName(VGroup):
    """The tensor of the weights, the new one that a line makes, and the name bound to one of them.

    Parameters
    ----------
    slot
        The room for it.
    w
        Trackers of the weights.
    new
        The weights that the step computes, shape (p,).
    widest
        A number that both tensors have room for.
    new_name
        Name of the new tensor, below it.

    Attributes
    ----------
    old, new
        Their blocks; the old one follows the weights.
    label, arrow
        The name of the loop, and the arrow to what it is bound to.
    """

    def __init__(
        self,
        slot: Slot,
        w: Sequence[ValueTracker],
        new: Tensor,
        widest: float,
        new_name: Words,
    ) -> None:
        now = torch.tensor([tracker.get_value() for tracker in w])
        self.old, self.new = (
            Block(
                "w",
                tensor.reshape(-1, 1),
                Role.MODEL,
                PLACES,
                Size.BODY,
                live=live,
                shaped=False,
                widest=widest,
            )
            for tensor, live in ((now, lambda row, _: w[row].get_value()), (new, None))
        )
        self.old.title.become(CodeText("w").next_to(self.old.ground, UP, buff=TITLE_GAP))
        VGroup(self.old, self.new).arrange(RIGHT, buff=APART, aligned_edge=DOWN)
        # Nothing but the loop's name is bound to it.
        self.new.remove(self.new.title)
        self.new_name = new_name.next_to(self.new, DOWN, buff=TITLE_GAP)
        self.label = CodeText("param")
        self.label.next_to(self.old, UP, buff=ABOVE)
        self.arrow = self._arrow_to(self.old)
        super().__init__(self.old, self.new, self.new_name, self.label, self.arrow)
        slot.place(self, shrink=False)
        self.old.tracked()

    def bind(self) -> Animation:
        """Show the name and the tensor that it is bound to."""
        return FadeIn(self.old, self.label, self.arrow)

    def make_new(self) -> Animation:
        """Let the new tensor come out of the old one."""
        return FadeIn(self.new, self.new_name, shift=RIGHT * APART / 2)

    def forget(self) -> Animation:
        """Let the name go, and dim the new tensor, to which nothing is bound any more."""
        dimmed = [part.animate.set_opacity(Dim.FAINT).build() for part in (self.new, self.new_name)]
        return AnimationGroup(FadeOut(self.label, self.arrow), *dimmed)

    def drop_new(self) -> Animation:
        """Let the new tensor go: nothing but the old one is left."""
        return FadeOut(self.new, self.new_name, run_time=Pace.QUICK / 2)

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
