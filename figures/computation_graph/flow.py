"""Errors that flow forward through the graph, and the gradient that flows back."""

from __future__ import annotations

from collections.abc import Iterator

from manim import (
    Animation,
    ApplyMethod,
    FadeIn,
    FadeOut,
    GrowArrow,
    ReplacementTransform,
    Transform,
    VGroup,
    VMobject,
    there_and_back,
)

from figures.computation_graph.nodes import Node, pulse
from figures.computation_graph.places import AIR
from figures.computation_graph.tensors import ERRORS, GAP, Tensors
from visuals.layout import Slot, is_wide
from visuals.theme import Dim, Pace, Stroke

SMALL = 0.12
"""Size of a column inside a node, in sizes of the column."""

SWOLLEN = 1.2
"""Size of what is pointed at, in its own size."""

HALF = 0.4
"""Seconds for the way into a node, and for the way out of it."""

PASS = 0.8
"""Seconds for the way of a gradient past a node."""

TABLE_AIR = 0.4
"""Space between the gradient for w and a table, in scene units."""


class Flow(Tensors):
    """Tensors that go through the nodes of a graph."""

    def make_errors(self) -> Iterator[list[Animation]]:
        """Light one node after the other up to the errors, which leave the last of them."""
        for name in self.graph.names[: self.drawn.number(ERRORS)]:
            yield [pulse(self.drawn.nodes[name])]
        node = self.drawn.nodes[ERRORS]
        yield [
            ReplacementTransform(_small(self.errors, node), self.errors, run_time=PASS),
            FadeIn(self.error_label, run_time=PASS),
        ]

    def enter(self, name: str) -> Iterator[list[Animation]]:
        """Let a copy of the errors go on into the next node; out of the last comes the sum."""
        node = self.drawn.nodes[name]
        if name == self.graph.names[self.drawn.number(ERRORS)]:
            self.inside: VMobject = self.errors.copy()
        yield [_into(self.inside, node), pulse(node)]
        if name == self.last:
            out = GrowArrow(self.out, run_time=HALF)
            total = FadeIn(self.total, target_position=node, run_time=HALF)
            yield [FadeOut(self.inside, run_time=HALF), out, total]

    def begin_back(self) -> list[Animation]:
        """Show the gradient at the end, and dim the sum."""
        total = ApplyMethod(self.total.set_fill, None, Dim.SOFT)
        return [FadeIn(self.one), GrowArrow(self.out_back), total]

    def backward(self, name: str, run_time: float = PASS) -> Iterator[list[Animation]]:
        """Let the gradient go past an operation, and be multiplied by its slope."""
        node, before = self.drawn.nodes[name], self._input(name)
        outline = [_outline(node, Stroke.BOLD), FadeIn(self.slopes[name], run_time=HALF)]
        if name == self.last:
            coming: Animation = ReplacementTransform(
                _small(self.gradients[before], self.one), self.gradients[before]
            )
            past: list[VMobject] = [self.one]
        else:
            coming = ReplacementTransform(self.gradients[name], self.gradients[before])
            past = [self.gradient_labels[name], self.slopes[self._after(name)]]
        yield outline
        moves = [coming, GrowArrow(self.back[before, name]), FadeIn(self.gradient_labels[before])]
        for move in moves:
            move.run_time = run_time
        gone = (FadeOut(part, run_time=HALF) for part in past)
        yield [*moves, *gone, _outline(node, Stroke.THIN)]

    def arrive(self, name: str, param: str, grad: VGroup) -> Iterator[list[Animation]]:
        """Let the gradient for an operation's results go on to a parameter, and become its own."""
        node, goal = self.drawn.nodes[name], self.drawn.nodes[param]
        moving = self.gradients[name].copy()
        yield [_into(moving, node), _outline(node, Stroke.BOLD)]
        arrow = GrowArrow(self.back[param, name], run_time=HALF)
        yield [_into(moving, goal), arrow, _outline(node, Stroke.THIN)]
        yield [FadeOut(moving, run_time=HALF), FadeIn(grad, run_time=HALF)]

    def show_last_slope(self) -> list[Animation]:
        """Show the slope of the first operation, in place of the one before."""
        first, second = self.graph.names[:2]
        return [FadeIn(self.slopes[first], run_time=HALF), FadeOut(self.slopes[second])]

    @property
    def walked(self) -> list[VMobject]:
        """The graph with the arrows of both ways."""
        return [self.drawn, self.out, self.out_back, *self.back.values()]

    def table_room(self, body: Slot, beside: VMobject) -> Slot:
        """Return the room for a table: below the wire, or below the graph of a tall frame."""
        if not is_wide():
            top = self.one.get_bottom()[1] - GAP
            return Slot(body.left, body.right, body.bottom, top)
        left = beside.get_right()[0] + TABLE_AIR
        top = self.drawn.nodes[self.last].get_bottom()[1] - AIR
        return Slot(left, body.right, body.bottom, top)

    def _input(self, name: str) -> str:
        """Return the operation before another."""
        sources = self.graph.operation(name).inputs
        return next(source for source in sources if source in self.graph.names)

    def _after(self, name: str) -> str:
        """Return the operation after another."""
        return self.graph.names[self.drawn.number(name)]


def swell(part: VMobject, run_time: float = Pace.MOVE) -> Animation:
    """Make something larger for a moment."""
    return ApplyMethod(part.scale, SWOLLEN, rate_func=there_and_back, run_time=run_time)


def _small(column: VMobject, place: VMobject) -> VMobject:
    """Return a column so small that it is inside a node."""
    return column.copy().scale(SMALL).move_to(place)


def _into(moving: VMobject, node: Node) -> Animation:
    inside = moving.copy().move_to(node)
    if inside.width > node.box.width:
        inside.scale(SMALL)
    return Transform(moving, inside, run_time=HALF)


def _outline(node: Node, width: float, run_time: float = HALF) -> Animation:
    return Transform(node.box, node.box.copy().set_stroke(width=width), run_time=run_time)
