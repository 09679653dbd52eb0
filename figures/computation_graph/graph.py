"""The graph as PyTorch recorded it: a node for each operation, an arrow for each of its inputs."""

from __future__ import annotations

from manim import (
    Animation,
    AnimationGroup,
    ApplyMethod,
    Arrow,
    LaggedStart,
    VGroup,
    there_and_back,
)

from figures.computation_graph.nodes import (
    APART,
    PAST,
    Node,
    OperationNode,
    ParameterNode,
    link,
    pulse,
    step_aside,
)
from figures.computation_graph.places import Places
from linreg.study.computation_graph import ComputationGraph, Operation
from visuals.layout import Slot
from visuals.plots import Points
from visuals.theme import Pace, theme

AT_REST = 0.62
"""Opacity of a node at which nothing happens now."""

LIGHT = 0.4
"""Seconds for which an operation is lit."""

SHADOW = 0.65
"""Opacity of an operation that is not recorded."""


class RecordedGraph(VGroup):
    """Operations along a wire, and the parameters that they begin with.

    Parameters
    ----------
    body
        The room for it.
    graph
        The graph, as it was read from PyTorch.

    Attributes
    ----------
    places
        Places of nodes, values and gradients.
    nodes
        Nodes of operations and parameters, by name.
    arrows
        The arrow of each input, by the names of both its ends.
    sides
        Direction in which it makes room for an arrow back, by the same names.
    """

    def __init__(self, body: Slot, graph: ComputationGraph) -> None:
        self.graph = graph
        self.places = Places.of(body)
        self.nodes: dict[str, Node] = {}
        self.arrows: dict[tuple[str, str], Arrow] = {}
        self.sides: dict[tuple[str, str], Points] = {}
        for number, operation in enumerate(graph.operations, start=1):
            self._add_operation(number, operation)
        super().__init__(*self.arrows.values(), *self.nodes.values())

    def number(self, name: str) -> int:
        """Return the stop of an operation, from 1 on."""
        return self.graph.names.index(name) + 1

    @property
    def operations(self) -> list[Node]:
        """The nodes of the operations, in order."""
        return [self.nodes[name] for name in self.graph.names]

    def inputs(self, name: str) -> list[Arrow]:
        """Return the arrows of all inputs of an operation."""
        sources = self.graph.operation(name).inputs
        return [self.arrows[source, name] for source in sources if source is not None]

    def pulse(self) -> Animation:
        """Point at one operation after the other."""
        # As a group of their own, the boxes would be drawn over the labels.
        return LaggedStart(*map(pulse, self.operations), group=self, lag_ratio=0.6)

    def run_through(self) -> Animation:
        """Light one operation after the other, whether it is recorded or not."""
        lights = [
            ApplyMethod(node.label.set_opacity, 1, rate_func=there_and_back, run_time=LIGHT)
            for node in self.operations
        ]
        return LaggedStart(*lights, group=self, lag_ratio=0.6)

    def keep(self, recorded: ComputationGraph, run_time: float = Pace.MOVE) -> Animation:
        """Light what another recording holds; what it lacks loses its box and its arrows."""
        kept = {*recorded.names, *recorded.grads}
        moves = [
            *(
                ApplyMethod(node.stay) if name in kept else ApplyMethod(node.leave, SHADOW)
                for name, node in self.nodes.items()
                if isinstance(node, OperationNode)
            ),
            *(
                ApplyMethod(arrow.set_opacity, float(kept.issuperset(ends)))
                for ends, arrow in self.arrows.items()
            ),
        ]
        return AnimationGroup(*moves, run_time=run_time)

    def light_only(self, *lit: str, run_time: float = Pace.QUICK) -> Animation:
        """Light some nodes, by their names, and dim the others."""
        shines = {name: 1.0 if name in lit else AT_REST for name in self.nodes}
        moves = (ApplyMethod(self.nodes[name].shine, shine) for name, shine in shines.items())
        return AnimationGroup(*moves, group=self, run_time=run_time)

    def dim_arrows(self, run_time: float = Pace.QUICK) -> list[Animation]:
        """Dim the arrows, which are not spoken of."""
        return [
            ApplyMethod(arrow.set_opacity, PAST, run_time=run_time)
            for arrow in self.arrows.values()
        ]

    def make_way(self, run_time: float = Pace.QUICK) -> list[Animation]:
        """Move every arrow aside, so that one that leads back has room beside it, and dim it."""
        return [
            step_aside(arrow, APART * self.sides[ends], run_time)
            for ends, arrow in self.arrows.items()
        ]

    def _add_operation(self, number: int, operation: Operation) -> None:
        node = OperationNode(operation.name, self.places.stop(number))
        self.nodes[operation.name] = node
        for source in operation.inputs:
            if source is None:
                continue  # nothing is recorded of it
            side = self.places.across
            if source not in self.nodes:
                on_wire = number == 1
                place = self.places.stop(0) if on_wire else self.places.beside(number)
                self.nodes[source] = ParameterNode(source, place)
                side = side if on_wire else -self.places.along
            ends = source, operation.name
            self.arrows[ends], self.sides[ends] = link(self.nodes[source], node, theme.INK), side
