"""Switches of the recording: ``requires_grad`` at the parameters, ``no_grad`` around everything."""

from __future__ import annotations

from dataclasses import replace

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    FadeIn,
    FadeOut,
    RoundedRectangle,
    Transform,
    VGroup,
)

from figures.computation_graph.graph import RecordedGraph
from linreg.optim import sgd
from visuals.code import CodeText
from visuals.layout import GAP, Slot, is_wide
from visuals.listing import Listing
from visuals.plates import CORNER_RADIUS
from visuals.source import line_of
from visuals.theme import Pace, Size, Stroke, theme

BROAD = 2 * Stroke.BOLD
"""Width of the outline of a parameter that requires a gradient."""

ASKS = "requires_grad"

LINE_INSET = 0.04
"""Distance of the line of code from the frame around the graph, in scene units."""


class Switches:
    """Code beside the graph that says where and when it is recorded.

    Parameters
    ----------
    drawn
        The graph.
    body
        The slot that the frame fills.

    Attributes
    ----------
    badges
        ``requires_grad`` beside each parameter, by its name.
    no_grad
        A frame around all, and in its corner the line of the update that switches recording off.
    """

    def __init__(self, drawn: RecordedGraph, body: Slot) -> None:
        self.drawn = drawn
        self.badges = {name: self._badge(name) for name in drawn.graph.grads}
        code = Listing(line_of(sgd, "no_grad"), Size.BODY)
        low = min(badge.get_bottom()[1] for badge in self.badges.values())
        room = replace(body, bottom=low - 2 * GAP) if is_wide() else body
        room = room.inset(Stroke.LINE / 200)
        frame = RoundedRectangle(
            corner_radius=CORNER_RADIUS,
            width=room.width,
            height=room.height,
            color=theme.INK,
            stroke_width=Stroke.LINE,
        )
        frame.move_to(room.center)
        room.inset(LINE_INSET).place(code, x=-1, y=1 if is_wide() else -1, shrink=False)
        self.no_grad = VGroup(code, frame)

    def outline(self, param: str, width: float) -> Animation:
        """Give the outline of a parameter another width."""
        box = self.drawn.nodes[param].box
        return Transform(box, box.copy().set_stroke(width=width), run_time=Pace.QUICK)

    def on(self, param: str) -> list[Animation]:
        """Give a parameter the requirement of a gradient."""
        return [FadeIn(self.badges[param]), self.outline(param, BROAD)]

    def go(self) -> list[Animation]:
        """Take everything away, and give the parameters their outline again."""
        lines = (self.outline(param, Stroke.LINE) for param in self.badges)
        return [FadeOut(self.no_grad, *self.badges.values()), *lines]

    def _badge(self, name: str) -> CodeText:
        node, badge = self.drawn.nodes[name], CodeText(ASKS, Size.CODE)
        if name == "b":
            if is_wide():
                return badge.next_to(node, LEFT, buff=GAP / 2)
            return badge.next_to(node, UP, buff=GAP / 4).align_to(node, RIGHT)
        if is_wide():
            return badge.next_to(node, DOWN, buff=GAP / 2).align_to(node, LEFT)
        return badge.next_to(node, RIGHT, buff=GAP / 2)
