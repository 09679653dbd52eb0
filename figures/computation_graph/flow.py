"""Values that flow forward through the graph, and the gradient that flows back."""

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

from figures.computation_graph.columns import Column
from figures.computation_graph.nodes import APART, Node, pulse
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
        yield self._leave(ERRORS)

    def enter(self, name: str) -> Iterator[list[Animation]]:
        """Let a copy of the values before an operation go into it, and its results come out."""
        node = self.drawn.nodes[name]
        inside = self.values[self._input(name)].copy()
        yield [_into(inside, node), pulse(node)]
        if name in self.values:
            yield [FadeOut(inside, run_time=HALF), *self._leave(name)]
        else:
            out = GrowArrow(self.out, run_time=HALF)
            total = FadeIn(self.total, target_position=node, run_time=HALF)
            yield [FadeOut(inside, run_time=HALF), out, total]

    def begin_back(self) -> list[Animation]:
        """Make way for the arrows back, dim what is past, and show the gradient at the end."""
        total = self.total.animate.move_to(self.total_goal).set_fill(opacity=Dim.LABEL)
        aside = APART * self.drawn.places.across
        past = [name for name in self.values if name != ERRORS]
        return [
            *self.drawn.make_way(),
            ApplyMethod(self.out.shift, aside, run_time=Pace.QUICK),
            total.build(),
            *(self.values[name].dimmed() for name in past),
            *(ApplyMethod(self.value_labels[name].set_fill, None, Dim.LABEL) for name in past),
        ]

    def show_one(self) -> list[Animation]:
        """Show the gradient with which the way back begins."""
        return [FadeIn(self.one), GrowArrow(self.out_back)]

    def backward(self, name: str, run_time: float = PASS) -> Iterator[list[Animation]]:
        """Let the gradient go past an operation, and be multiplied by its slope."""
        node, before = self.drawn.nodes[name], self._input(name)
        column = self.gradients[before]
        yield [_outline(node, Stroke.BOLD), FadeIn(self.slopes[name], run_time=HALF)]
        start = _small(column, self.one) if name == self.last else self.gradients[name].copy()
        moves = [
            ReplacementTransform(start, column),
            GrowArrow(self.back[before, name]),
            *(FadeIn(label) for label in self._labels(before)),
        ]
        for move in moves:
            move.run_time = run_time
        yield [*moves, *self._past(name), _outline(node, Stroke.THIN)]

    def arrive(self, name: str, param: str, grad: VGroup) -> Iterator[list[Animation]]:
        """Let the gradient for an operation's results go on to a parameter, and become its own."""
        node, goal = self.drawn.nodes[name], self.drawn.nodes[param]
        moving = self.gradients[name].copy()
        yield [_into(moving, node), _outline(node, Stroke.BOLD)]
        arrow = GrowArrow(self.back[param, name], run_time=HALF)
        yield [_into(moving, goal), arrow, _outline(node, Stroke.THIN)]
        yield [FadeOut(moving, run_time=HALF), FadeIn(grad, run_time=HALF)]

    def show_last_slope(self) -> list[Animation]:
        """Show the slope of the first operation."""
        first = self.graph.names[0]
        return [FadeIn(self.slopes[first], run_time=HALF), *self._past(first)]

    def light_up(self, run_time: float = Pace.QUICK) -> list[Animation]:
        """Light the whole way back."""
        texts = *self.slopes.values(), *self.gradient_labels.values()
        return [
            *(column.lit(run_time) for column in self.gradients.values()),
            *(ApplyMethod(text.set_fill, None, 1, run_time=run_time) for text in texts),
        ]

    @property
    def walked(self) -> list[VMobject]:
        """The graph with the arrows of both ways, and the numbers at its end."""
        ends = self.out, self.out_back, self.total, self.one
        return [self.drawn, *ends, *self.back.values()]

    def table_room(self, body: Slot, beside: VMobject) -> Slot:
        """Return the room for a table: below the wire, or below the graph of a tall frame."""
        if not is_wide():
            top = self.one.get_bottom()[1] - GAP
            return Slot(body.left, body.right, body.bottom, top)
        left = beside.get_right()[0] + TABLE_AIR
        top = self.drawn.nodes[self.last].get_bottom()[1] - AIR
        return Slot(left, body.right, body.bottom, top)

    def _leave(self, name: str) -> list[Animation]:
        """Let the results of an operation grow out of its node."""
        column = self.values[name]
        small = _small(column, self.drawn.nodes[name])
        return [
            ReplacementTransform(small, column, run_time=PASS),
            FadeIn(self.value_labels[name], run_time=PASS),
        ]

    def _past(self, name: str) -> list[Animation]:
        """Dim the gradient for an operation's results, with its number and the slope after it."""
        if name == self.last:
            return []
        texts = self.slopes[self._after(name)], *self._labels(name)
        return [
            self.gradients[name].dimmed(),
            *(ApplyMethod(text.set_fill, None, Dim.LABEL, run_time=HALF) for text in texts),
        ]

    def _labels(self, name: str) -> list[VGroup]:
        """Return the number below the gradients for an operation's results, if there is one."""
        return [self.gradient_labels[name]] if name in self.gradient_labels else []

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


def _small(column: Column, place: VMobject) -> Column:
    """Return a column so small that it is inside a node."""
    return column.copy().scale(SMALL).move_to(place)


def _into(moving: VMobject, node: Node) -> Animation:
    inside = moving.copy().move_to(node)
    if inside.width > node.box.width / 2 or inside.height > node.box.height / 2:
        inside.scale(SMALL)
    return Transform(moving, inside, run_time=HALF)


def _outline(node: Node, width: float, run_time: float = HALF) -> Animation:
    return Transform(node.box, node.box.copy().set_stroke(width=width), run_time=run_time)
