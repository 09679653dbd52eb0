"""Values that flow forward through the graph, and the gradient that flows back."""

from __future__ import annotations

from collections.abc import Iterator

from manim import (
    Animation,
    ApplyMethod,
    FadeIn,
    FadeOut,
    GrowArrow,
    VMobject,
    there_and_back,
)

from figures.computation_graph.arrivals import Arrived
from figures.computation_graph.desk import NumberedColumn
from figures.computation_graph.nodes import APART, pulse, step_aside
from figures.computation_graph.tensors import ERRORS, HALVES, PRODUCT, Tensors
from visuals.theme import Dim, Pace

HALF = 0.4
"""Seconds in which something small comes or goes."""

SWOLLEN = 1.2
"""Size of what is pointed at, in its own size."""


class Flow(Tensors):
    """Tensors that stand large beside the graph, while the node that makes them is lit.

    Attributes
    ----------
    columns
        The columns of now, by their place.
    """

    columns: dict[int, NumberedColumn]

    def make_errors(self) -> Iterator[list[Animation]]:
        """Light one node after the other up to the errors, which come out of the last of them."""
        coming: list[Animation] = [FadeIn(self.desk.ground(), run_time=HALF)]
        for name in self.graph.names[: self.drawn.number(ERRORS)]:
            yield [*coming, self.drawn.light_only(name, run_time=HALF), pulse(self.nodes[name])]
            coming = []
        self.columns = {0: self.values(0, ERRORS)}
        yield self.columns[0].grow()

    def enter(self, name: str) -> Iterator[list[Animation]]:
        """Let an operation turn the column before it into the next one, or into the sum."""
        yield [self.drawn.light_only(name, run_time=HALF), pulse(self.nodes[name])]
        if name != self.last:
            at = len(self.columns)
            after = self.columns[at] = self.values(at, name)
            yield after.grow()
        else:
            yield self._add(self.total_loss())
            swelling = self.swell()
            yield [GrowArrow(self.out, run_time=HALF), swelling, FadeIn(self.total)]

    def begin_back(self) -> list[Animation]:
        """Make way for the arrows back, and for the gradient at the end."""
        aside = APART * self.drawn.places.across
        return [
            *self.drawn.make_way(),
            step_aside(self.out, aside),
            FadeOut(self.total, run_time=Pace.QUICK),
            self.drawn.light_only(self.last),
        ]

    def show_one(self) -> list[Animation]:
        """Show the gradient with which the way back begins."""
        return [FadeIn(self.one), GrowArrow(self.out_back)]

    def hand_out(self) -> list[Animation]:
        """Hand the one to each example."""
        ones, values = self.arriving(2, HALVES, self.names.goes_on), self.columns.values()
        self.columns = {2: ones}
        arrow = GrowArrow(self.back[HALVES, self.last])
        return [FadeOut(*values, run_time=HALF), *ones.grow(), arrow]

    def move_on(self, name: str) -> list[Animation]:
        """Light an operation; what went on from the one after it arrives."""
        given = self.arriving(0, name, self.names.arrives)
        gone = [column for at, column in self.columns.items() if at != 2]
        moves = [
            self.drawn.light_only(name),
            ApplyMethod(self.one.set_fill, None, Dim.LABEL),
            *(FadeOut(column, run_time=HALF) for column in gone),
            *self.columns[2].turn_into(given),
        ]
        self.columns = {0: given}
        return moves

    def multiply(self, name: str) -> Iterator[list[Animation]]:
        """Multiply what has arrived at an operation by its slope."""
        slope = self.columns[1] = self.slope(name)
        before = self._input(name)
        yield [FadeIn(slope), FadeIn(self.slopes[name])]
        made = self.columns[2] = self.arriving(2, before, self.names.goes_on, "=")
        yield [*made.grow(), GrowArrow(self.back[before, name])]

    def swell(self, column: NumberedColumn | None = None) -> Animation:
        """Point at the number of a column, or of what goes on."""
        number = (column or self.columns[2]).number
        return ApplyMethod(number.scale, SWOLLEN, rate_func=there_and_back, run_time=Pace.MOVE)

    def pass_on(self, name: str) -> list[Animation]:
        """Let an operation hand on what has arrived at it."""
        return [
            self.drawn.light_only(name),
            GrowArrow(self.back[self._input(name), name]),
        ]

    def add_up_at_b(self, grad: Arrived) -> Iterator[list[Animation]]:
        """Add up what arrives at the bias."""
        name = next(end for start, end in self.back if start == "b")
        yield [self.drawn.light_only(name, "b"), GrowArrow(self.back["b", name])]
        added = self.columns[2] = self.summed("b")
        yield added.grow(1.5 * Pace.MOVE)
        yield self._arrive(added, grad, 0)

    def multiply_by_input(self, number: int) -> Iterator[list[Animation]]:
        """Multiply what arrives at the product by a feature."""
        slope, made = self.input(number), self.product(number)
        gone = [FadeOut(self.columns[at], run_time=HALF) for at in (1, 2) if at in self.columns]
        if number:
            yield [*gone, FadeIn(slope, self.columns[0].number)]
        else:
            back = GrowArrow(self.back["w", PRODUCT])
            yield [*gone, self.drawn.light_only(PRODUCT, "w"), FadeIn(self.slopes[PRODUCT]), back]
            yield [FadeIn(slope)]
        self.columns |= {1: slope, 2: made}
        yield made.grow()

    def add_up_at_w(self, grad: Arrived, number: int) -> Iterator[list[Animation]]:
        """Add up the product with a feature at its weight."""
        yield [*self._add(self.summed("w", number)), *self._hide_factors()]
        yield self._arrive(self.columns[2], grad, number)

    def light_up(self, run_time: float = Pace.QUICK) -> list[Animation]:
        """Light where the gradients have arrived; what lies on the way is past."""
        return [self.drawn.light_only("w", "b", run_time=run_time)]

    @property
    def walked(self) -> list[VMobject]:
        """The graph with the arrows of both ways and the slopes."""
        return [self.drawn, *self.back.values(), *self.slopes.values()]

    def _add(self, added: NumberedColumn) -> list[Animation]:
        """Put the last column head to tail, so that it ends at its sum."""
        moves = self.columns[2].turn_into(added, 1.5 * Pace.MOVE)
        self.columns[2] = added
        return moves

    def _hide_factors(self) -> list[Animation]:
        """Hide the numbers that were multiplied, which are no part of a sum."""
        given, slope = self.columns[0], self.columns[1]
        return [FadeOut(given.number, slope.number, slope.sign, run_time=HALF)]

    def _arrive(self, added: NumberedColumn, grad: Arrived, number: int) -> list[Animation]:
        """Show a sum as the gradient of its parameter, whose name comes with its first number."""
        parts = grad.numbers[number : number + 1]
        return [self.swell(added), FadeIn(*parts) if number else FadeIn(grad.code, *parts)]
