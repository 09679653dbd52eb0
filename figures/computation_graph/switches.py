"""Switches of the recording: ``requires_grad`` at the parameters, ``no_grad`` around everything."""

from __future__ import annotations

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

from figures.computation_graph.flow import Flow
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


class Switches:
    """Code beside the graph that says where and when it is recorded.

    Parameters
    ----------
    flow
        The graph and its values.
    body
        The slot whose width the frame has.

    Attributes
    ----------
    badges
        ``requires_grad`` beside each parameter, by its name.
    no_grad
        The line of the update that switches the recording off, and a frame around all.
    """

    def __init__(self, flow: Flow, body: Slot) -> None:
        self.drawn = flow.drawn
        self.badges = {name: self._badge(name) for name in flow.graph.grads}
        code = Listing(line_of(sgd, "no_grad"), Size.BODY)
        whole = VGroup(self.drawn, *flow.values.values(), *flow.labels.values())
        whole.add(*self.badges.values())
        code.next_to(whole, DOWN, buff=GAP if is_wide() else GAP / 2)
        frame = RoundedRectangle(
            corner_radius=CORNER_RADIUS,
            width=body.width,
            height=whole.get_top()[1] - code.get_y() + GAP / 2,
            color=theme.INK,
            stroke_width=Stroke.LINE,
        )
        frame.set_x(body.center[0]).align_to(code.get_center(), DOWN)
        code.set_x(frame.get_x())
        self.no_grad = VGroup(frame, code)

    def outline(self, param: str, width: float) -> Animation:
        """Give the outline of a parameter another width."""
        box = self.drawn.nodes[param].box
        return Transform(box, box.copy().set_stroke(width=width), run_time=Pace.QUICK)

    def off(self, param: str) -> list[Animation]:
        """Take the requirement of a gradient from a parameter."""
        return [FadeOut(self.badges[param]), self.outline(param, Stroke.LINE)]

    def on(self, param: str) -> list[Animation]:
        """Give it back."""
        return [FadeIn(self.badges[param]), self.outline(param, BROAD)]

    def _badge(self, name: str) -> CodeText:
        node, badge = self.drawn.nodes[name], CodeText(ASKS, Size.CODE)
        if name == "b":
            if is_wide():
                return badge.next_to(node, LEFT, buff=GAP / 2)
            return badge.next_to(node, UP, buff=GAP / 4).align_to(node, RIGHT)
        if is_wide():
            return badge.next_to(node, DOWN, buff=GAP / 2).align_to(node, LEFT)
        return badge.next_to(node, RIGHT, buff=GAP / 2)
