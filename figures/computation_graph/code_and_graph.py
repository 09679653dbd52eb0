"""The code of the forward pass, whose operations become the nodes of the graph."""

from __future__ import annotations

from dataclasses import replace

from manim import (
    DOWN,
    Animation,
    ApplyMethod,
    FadeIn,
    GrowArrow,
    ReplacementTransform,
    smooth,
    squish_rate_func,
)

from figures.computation_graph.graph import RecordedGraph
from figures.computation_graph.nodes import SYMBOLS
from linreg.forward import forward
from linreg.gradient import autograd
from visuals.layout import GAP, Slot, is_wide
from visuals.listing import Listing
from visuals.roles import ROLES_IN_TRAINING
from visuals.source import FULL_COLUMNS, TALL_COLUMNS, broken, line_of
from visuals.theme import Pace, Role, Size

LARGE = 0.9 * Size.TITLE
"""Height of an em of the code alone: its capitals are as high as those of the heading."""

RAISING = 0.8
"""Seconds in which the code rises; the parameters come when it has passed their place."""

BACKWARD = ".backward"

ROLES = {**ROLES_IN_TRAINING, "r": Role.LOSS}
"""Roles of the names in the code, in which the error has its letter."""

PARTS = ((forward, "y_hat ="), (forward, "r ="), (forward, "losses ="), (autograd, BACKWARD))
"""Functions and parts of their lines that are shown."""


class CodeAndGraph:
    """The listing, and the graph below it.

    Parameters
    ----------
    body
        The room for both.
    drawn
        The graph, which lies lower while the code is there.
    """

    def __init__(self, body: Slot, drawn: RecordedGraph) -> None:
        self.drawn = drawn
        lines = "\n".join(line_of(function, part) for function, part in PARTS)
        columns, size = (FULL_COLUMNS, Size.BODY) if is_wide() else (TALL_COLUMNS, Size.CODE)
        self.listing = Listing(broken(lines, columns), size, ROLES)
        body.place(self.listing, x=-1, y=1, shrink=False)
        large = Listing(self.listing.code.source, LARGE if is_wide() else size, ROLES)
        self.alone = body.place(large, shrink=False)
        room = replace(body, top=self.listing.get_bottom()[1] - GAP)
        self.home = drawn.get_center()
        if is_wide():
            room.place(drawn, shrink=False)
        else:
            drawn.shift(DOWN * max(0.0, drawn.get_top()[1] - room.top))
            drawn.set_x(body.center[0])

    def raise_code(self, run_time: float = RAISING) -> list[Animation]:
        """Take the code from the middle of the body to its top, and show the parameters."""
        params = (self.drawn.nodes[name] for name in self.drawn.graph.grads)
        return [
            ReplacementTransform(self.alone, self.listing, run_time=run_time),
            FadeIn(*params, run_time=run_time, rate_func=squish_rate_func(smooth, 0.6, 1)),
        ]

    def record(self, name: str, run_time: float = Pace.QUICK) -> list[Animation]:
        """Light an operation in the code, and draw its node with an arrow from each input."""
        node, arrows = self.drawn.nodes[name], self.drawn.inputs(name)
        return [
            FadeIn(node, run_time=run_time),
            *(GrowArrow(arrow, run_time=run_time) for arrow in arrows),
            self.focus(name),
        ]

    def focus(self, name: str, run_time: float = Pace.QUICK / 2) -> Animation:
        """Light the line of an operation."""
        return self.listing.focus(SYMBOLS[name], run_time=run_time)

    def go_home(self, run_time: float = Pace.MOVE) -> Animation:
        """Take the graph to its own place."""
        return ApplyMethod(self.drawn.move_to, self.home, run_time=run_time)
