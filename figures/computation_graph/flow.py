"""Values that flow forward through the graph, and gradients that flow back."""

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

from figures.computation_graph.nodes import Node
from figures.computation_graph.tensors import GAP, Tensors
from visuals.layout import Slot, is_wide
from visuals.theme import Pace, Stroke

SMALL = 0.12
"""Size of a column inside a node, in sizes of the column."""

SWOLLEN = 1.2
"""Size of what is pointed at, in its own size."""

HALF = 0.4
"""Seconds for the way into a node, and for the way out of it."""

LOWER = 0.55
"""Distance to the middle of the body when nothing stands below the graph, in scene units."""

AWAY = 0.6
"""Share of its light that a value loses when it is not needed."""

TABLE_AIR = 0.4
"""Space between the gradient for w and a table, in scene units."""


class Flow(Tensors):
    """Tensors that go through the nodes of a graph."""

    def forward(self, name: str) -> Iterator[list[Animation]]:
        """Let the values before an operation go through it, and become its results."""
        node, before, target = self.drawn.nodes[name], self._input(name), self.values.get(name)
        moving = self.values[before].copy() if before in self.values else None
        entering = [_into(moving, node)] if moving else []
        yield [*entering, _outline(node, Stroke.BOLD)]
        shown = FadeIn(self.labels[name], run_time=HALF), _outline(node, Stroke.THIN)
        leaving: list[Animation] = [GrowArrow(self.out, run_time=HALF)]
        if target is not None:
            leaving = [ReplacementTransform(_small(target, node), target, run_time=HALF)]
        vanishing = [FadeOut(moving, run_time=HALF / 2)] if moving else []
        yield [*vanishing, *leaving, *shown]

    def keep(self, name: str) -> list[Animation]:
        """Let an operation keep its input for the way back."""
        node, kept = self.drawn.nodes[name], self.kept[name]
        growing = ReplacementTransform(_small(kept, node), kept)
        return [growing, FadeIn(self.kept_names[name], target_position=node)]

    def show_slope(self, name: str, run_time: float = HALF) -> list[Animation]:
        """Show an operation's slope; what it has kept becomes a part of it."""
        slope = self.slopes[name]
        if name not in self.kept:
            return [FadeIn(slope, run_time=run_time)]
        kept = self.kept[name]
        return [
            FadeOut(kept, target_position=slope, scale=SMALL, run_time=run_time),
            ReplacementTransform(self.kept_names[name], slope, run_time=run_time),
        ]

    def backward(self, name: str) -> Iterator[list[Animation]]:
        """Let the gradient for an operation's results go through it, and be multiplied."""
        node, before = self.drawn.nodes[name], self._input(name)
        target, moving = self.gradients[before], self._entering(name)
        yield [_into(moving, node), _outline(node, Stroke.BOLD)]
        yield [
            FadeOut(moving, run_time=HALF / 2),
            ReplacementTransform(_small(target, node), target, run_time=HALF),
            GrowArrow(self.back[before, name], run_time=HALF),
            FadeIn(self.gradient_labels[before], run_time=HALF),
            _outline(node, Stroke.THIN),
        ]

    def arrive(self, name: str, param: str, grad: VGroup) -> Iterator[list[Animation]]:
        """Let the gradient for an operation's results go on to a parameter, and become its own."""
        node, goal = self.drawn.nodes[name], self.drawn.nodes[param]
        moving = self._entering(name)
        yield [_into(moving, node), _outline(node, Stroke.BOLD)]
        arrow = GrowArrow(self.back[param, name], run_time=HALF)
        yield [_into(moving, goal), arrow, _outline(node, Stroke.THIN)]
        yield [FadeOut(moving, run_time=HALF), FadeIn(grad, run_time=HALF)]

    def dim_beside_errors(self) -> list[Animation]:
        """Dim the values that the way back does not need."""
        self.lit = [part.copy() for part in self.beside_errors]
        return [part.animate.fade(AWAY).build() for part in self.beside_errors]

    def light_and_lower(self) -> list[Animation]:
        """Light these values again, and take graph and values to the middle of the body."""
        way = DOWN * (LOWER if is_wide() else 0.0)
        lit = [
            Transform(part, lit.shift(way))
            for part, lit in zip(self.beside_errors, self.lit, strict=True)
        ]
        errors = self.values["SubBackward0"], self.labels["SubBackward0"]
        moving = self.drawn, self.out, *errors
        return [*lit, *(ApplyMethod(part.shift, way) for part in moving)]

    @property
    def forward_parts(self) -> list[VMobject]:
        """The graph and its values."""
        return [self.drawn, self.out, *self.values.values(), *self.labels.values()]

    def clear_gradients(self) -> Animation:
        """Take columns, slopes and numbers of the gradients away."""
        named = self.gradients, self.gradient_labels, self.slopes
        return FadeOut(*(part for parts in named for part in parts.values()))

    def table_room(self, body: Slot, beside: VMobject) -> Slot:
        """Return the room for a table: below the wire, or below the graph of a tall frame."""
        if not is_wide():
            top = self.labels[self.last].get_bottom()[1] - GAP
            return Slot(body.left, body.right, body.bottom, top)
        left = beside.get_right()[0] + TABLE_AIR
        top = self.drawn.nodes[self.last].get_bottom()[1] - GAP
        return Slot(left, body.right, body.bottom, top)

    def _input(self, name: str) -> str:
        """Return the operation before another, or nothing before the first."""
        sources = self.graph.operation(name).inputs
        return next((source for source in sources if source in self.graph.names), "")

    def _entering(self, name: str) -> VMobject:
        """Return a copy of the gradients for an operation's results."""
        whole: VMobject = self.gradients.get(name) or self.gradient_labels[name]
        return whole.copy()


def swell(part: VMobject, run_time: float = Pace.MOVE) -> Animation:
    """Make something larger for a moment."""
    return ApplyMethod(part.scale, SWOLLEN, rate_func=there_and_back, run_time=run_time)


def _small(column: VMobject, node: Node) -> VMobject:
    """Return a column so small that it is inside a node."""
    return column.copy().scale(SMALL).move_to(node)


def _into(moving: VMobject, node: Node) -> Animation:
    return Transform(moving, _small(moving, node), run_time=HALF)


def _outline(node: Node, width: float) -> Animation:
    return Transform(node.box, node.box.copy().set_stroke(width=width), run_time=HALF)
