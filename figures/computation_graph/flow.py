"""Values that flow forward through the graph, and the gradient that flows back."""

from __future__ import annotations

from collections.abc import Iterator

from manim import (
    DOWN,
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

from figures.computation_graph.calculations import Multiplication
from figures.computation_graph.columns import Column
from figures.computation_graph.nodes import APART, Node, pulse
from figures.computation_graph.tensors import ERRORS, PRODUCT, Tensors
from visuals.layout import GAP, Slot, is_wide
from visuals.theme import Dim, Pace
from visuals.typography import Words

SMALL = 0.12
"""Size of a column inside a node, in sizes of the column."""

SWOLLEN = 1.2
"""Size of what is pointed at, in its own size."""

HALF = 0.4
"""Seconds for the way into a node, and for the way out of it."""

PASS = 0.8
"""Seconds for the way of a gradient past a node."""

TABLE_AIR = 0.15
"""Space between the gradient for w and a table, in scene units."""

LEAST_ROOM = 2.4
"""Height of a table at least, in scene units."""


class Flow(Tensors):
    """Tensors that go through the nodes of a graph."""

    def make_errors(self) -> Iterator[list[Animation]]:
        """Light one node after the other up to the errors, which leave the last of them."""
        for name in self.graph.names[: self.drawn.number(ERRORS)]:
            yield [pulse(self.drawn.nodes[name])]
        small = _small(self.errors, self.drawn.nodes[ERRORS])
        yield [
            ReplacementTransform(small, self.errors, run_time=PASS),
            FadeIn(self.error_label, run_time=PASS),
        ]

    def enter(self, name: str) -> Iterator[list[Animation]]:
        """Let what was made before an operation go into it, and its results come out."""
        node, before = self.drawn.nodes[name], self._input(name)
        copy = self.errors.copy()
        inside: list[Animation] = [_into(copy, node), pulse(node)]
        if before in self.results:
            inside.append(FadeOut(self.results[before], target_position=node, run_time=HALF))
        yield inside
        gone = FadeOut(copy, run_time=HALF)
        if name in self.results:
            yield [gone, FadeIn(self.results[name], target_position=node, run_time=PASS)]
        else:
            out = GrowArrow(self.out, run_time=HALF)
            yield [gone, out, FadeIn(self.total, target_position=node, run_time=HALF)]

    def begin_back(self) -> list[Animation]:
        """Make way for the arrows back, and for the gradient at the end."""
        aside = APART * self.drawn.places.across
        return [
            *self.drawn.make_way(),
            ApplyMethod(self.out.shift, aside, run_time=Pace.QUICK),
            FadeOut(self.total, run_time=Pace.QUICK),
        ]

    def show_one(self) -> list[Animation]:
        """Show the gradient with which the way back begins."""
        return [FadeIn(self.one), GrowArrow(self.out_back)]

    def multiply(
        self, name: str, names: list[Words], before: Multiplication | None = None
    ) -> tuple[Multiplication, list[Animation]]:
        """Multiply what arrives at an operation by its slope, large beside the graph."""
        after = self.multiplication(name, names)
        begin = after.come_after(before) if before else [FadeIn(after, run_time=Pace.QUICK)]
        slope = [FadeIn(self.slopes[name], run_time=HALF)] if name in self.slopes else []
        arrow = GrowArrow(self.back[self._input(name), name], run_time=PASS)
        return after, [self.drawn.light_only(name), *begin, *slope, arrow]

    def make_gradients(self, product: Multiplication) -> list[Animation]:
        """Let the gradients for the errors come out of the square."""
        node = self.drawn.nodes[self._after(ERRORS)]
        return [
            ReplacementTransform(_small(self.gradients, node), self.gradients, run_time=PASS),
            ReplacementTransform(product.made.copy(), self.gradient_label, run_time=PASS),
        ]

    def set_out(self, product: Multiplication) -> list[Animation]:
        """Dim what is past, and pass a copy of the gradients on to the next operation."""
        self.moving = self.gradients.copy()
        return [
            self.errors.dimmed(),
            ApplyMethod(self.error_label.set_fill, None, Dim.LABEL),
            FadeOut(product),
            *self.pass_on(ERRORS),
        ]

    def pass_on(self, name: str) -> list[Animation]:
        """Take the gradients unchanged past an operation."""
        goal = self.drawn.places.gradients(self.drawn.number(name) - 0.5)
        way = goal - self.drawn.places.gradients(self.drawn.number(name) + 0.5)
        return [
            self.drawn.light_only(name),
            ApplyMethod(self.moving.shift, way, run_time=PASS),
            GrowArrow(self.back[self._input(name), name], run_time=PASS),
        ]

    def add_up(self, name: str, param: str, grad: VGroup) -> Iterator[list[Animation]]:
        """Let a copy of the gradients go through an operation, and be added up at a parameter."""
        node, goal = self.drawn.nodes[name], self.drawn.nodes[param]
        copy = self.moving.copy()
        yield [self.drawn.light_only(name, param), _into(copy, node)]
        yield [_into(copy, goal), GrowArrow(self.back[param, name], run_time=HALF)]
        yield [FadeOut(copy, run_time=HALF), FadeIn(grad, run_time=HALF)]

    def multiply_by_inputs(self, param: str, grad: VGroup) -> Iterator[list[Animation]]:
        """Multiply the gradients by each feature, and add each product up at the weights."""
        goal = self.drawn.nodes[param]
        name, numbers = grad
        arrow = GrowArrow(self.back[param, PRODUCT], run_time=PASS)
        yield [
            self.drawn.light_only(PRODUCT, param),
            FadeIn(self.slopes[PRODUCT], run_time=HALF),
            arrow,
            FadeIn(name, run_time=HALF),
        ]
        for column, number in zip(self.products, numbers, strict=True):
            yield [Transform(self.moving, column, run_time=PASS)]
            copy = self.moving.copy()
            yield [_into(copy, goal)]
            yield [FadeOut(copy, run_time=HALF / 2), FadeIn(number, run_time=HALF)]

    def light_up(self, run_time: float = Pace.QUICK) -> list[Animation]:
        """Light where the gradients have arrived; what lies on the way is past."""
        past = ApplyMethod(self.gradient_label.set_fill, None, Dim.LABEL, run_time=run_time)
        return [
            self.drawn.light_only("w", "b", run_time=run_time),
            FadeOut(self.moving, run_time=run_time),
            self.gradients.dimmed(),
            past,
        ]

    @property
    def walked(self) -> list[VMobject]:
        """The graph with the arrows of both ways."""
        return [self.drawn, *self.back.values()]

    def raise_to(self, body: Slot, *beside: VMobject) -> Slot:
        """Move the walked graph to the top, and return the room below it, or beside it."""
        whole = VGroup(*self.walked, *beside)
        if is_wide():
            whole.shift(DOWN * (whole.get_top()[1] - body.top + 1.5 * GAP))
            left = beside[-1].get_right()[0] + TABLE_AIR
            return Slot(left, body.right, body.bottom, self.drawn.get_bottom()[1] - 1.3 * GAP)
        top = min(self.drawn.get_bottom()[1] - GAP, body.bottom + LEAST_ROOM)
        return Slot(body.left, body.right, body.bottom, top)

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
