"""Switches of the recording: ``requires_grad`` at the parameters, ``no_grad`` around everything."""

from __future__ import annotations

from dataclasses import replace

from manim import Animation, ApplyMethod, FadeIn, FadeOut, RoundedRectangle, Transform, VGroup

from figures.computation_graph.code_and_graph import CodeAndGraph
from linreg.model import init_params
from linreg.optim import sgd
from visuals.layout import GAP, Slot, is_wide
from visuals.listing import Listing
from visuals.plates import CORNER_RADIUS
from visuals.source import FULL_COLUMNS, TALL_COLUMNS, broken, line_of
from visuals.theme import Pace, Size, Stroke, theme

BROAD = 2 * Stroke.BOLD
"""Width of the outline of a parameter that requires a gradient."""

ASKING = {name: f"{name} =" for name in ("w", "b")}
"""Beginning of the line that makes a parameter, by its name."""

PAST = 0.4
"""Darkness of the code that is past."""

LINE_INSET = 0.16
"""Distance of the line of code from the frame around the graph, in scene units."""


class Switches:
    """Code above the graph that says where it is recorded, and a frame that switches it off.

    Parameters
    ----------
    code
        The graph, and its place without any code.
    body
        The room for the code, the frame and the graph.

    Attributes
    ----------
    listing
        The lines that make the parameters.
    no_grad
        A frame around the graph, and in its corner the line of the update that switches recording
        off.
    """

    def __init__(self, code: CodeAndGraph, body: Slot) -> None:
        self.drawn = drawn = code.drawn
        columns, size = (FULL_COLUMNS, Size.BODY) if is_wide() else (TALL_COLUMNS, Size.CODE)
        lines = "\n".join(line_of(init_params, text) for text in ASKING.values())
        self.listing = body.place(Listing(broken(lines, columns), size), x=-1, y=1, shrink=False)
        room = replace(body, top=self.listing.get_bottom()[1] - GAP).inset(Stroke.LINE / 200)
        frame = RoundedRectangle(
            corner_radius=CORNER_RADIUS,
            width=room.width,
            height=room.height,
            color=theme.INK,
            stroke_width=Stroke.LINE,
        )
        frame.move_to(room.center)
        line = Listing(line_of(sgd, "no_grad"), size)
        room.inset(LINE_INSET).place(line, x=-1, y=1 if is_wide() else -1, shrink=False)
        self.no_grad = VGroup(line, frame)
        middle, top = room.center[1] - drawn.get_y(), room.top - GAP - drawn.get_top()[1]
        self.up = middle - LINE_INSET if is_wide() else top

    def show(self) -> list[Animation]:
        """Show the lines that make the parameters; the graph stands below them."""
        move = self.drawn.animate.set_y(self.drawn.get_y() + self.up)
        return [FadeIn(self.listing), move.build()]

    def outline(self, param: str, width: float) -> Animation:
        """Give the outline of a parameter another width."""
        box = self.drawn.nodes[param].box
        return Transform(box, box.copy().set_stroke(width=width), run_time=Pace.QUICK)

    def on(self, param: str) -> list[Animation]:
        """Give a parameter the requirement of a gradient."""
        first = next(iter(ASKING.values()))
        return [self.listing.focus(first, ASKING[param]), self.outline(param, BROAD)]

    def switch_off(self) -> list[Animation]:
        """Draw the frame in which nothing is recorded."""
        thin = (self.outline(param, Stroke.LINE) for param in ASKING)
        return [FadeIn(self.no_grad), ApplyMethod(self.listing.fade, PAST), *thin]

    def go(self) -> list[Animation]:
        """Take everything away but the graph."""
        return [FadeOut(self.no_grad, self.listing)]
