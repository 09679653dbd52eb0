"""Values that flow forward through the graph, and the gradient that flows back."""

from __future__ import annotations

from collections.abc import Iterator

from manim import (
    Animation,
    ApplyMethod,
    FadeIn,
    FadeOut,
    GrowArrow,
    Transform,
    VGroup,
    VMobject,
    smooth,
    squish_rate_func,
)

from figures.computation_graph.arrivals import Arrived
from figures.computation_graph.bars import Bars
from figures.computation_graph.graph import AT_REST
from figures.computation_graph.nodes import APART, PAST, step_aside
from figures.computation_graph.tensors import (
    ERRORS,
    GRADIENT,
    HALVES,
    PRODUCT,
    PRODUCTS,
    SQUARES,
    VALUES,
    Tensors,
)
from visuals.layout import is_wide
from visuals.theme import Pace
from visuals.typography import Math

HALF = 0.4
"""Seconds in which something small comes or goes."""

AFTER = squish_rate_func(smooth, HALF, 1)
"""Pace of words that take the place of others, which go first."""

ADDING = 1.3
"""Seconds in which bars come to lie head to tail."""

ONE = "{{ 1 : given }}"
"""Gradient of a sum for each of its parts."""


class Flow(Tensors):
    """Tensors that stand large beside the graph, while the node that makes them is lit.

    Attributes
    ----------
    bars, calculation
        The tensor of now, and above it what it is.
    beside
        What it is compared or multiplied with.
    ends
        Names of what is beside.
    label
        The label at the graph that is of use now: the one, or a slope.
    pointer
        A line from the node of now to the tensor.
    """

    ends: VGroup
    label: VGroup | Math
    beside: VGroup

    def make_errors(self) -> Iterator[list[Animation]]:
        """Light one node after the other up to the errors, which come out of the last of them."""
        self.pointer = self.desk.pointer(self.nodes[PRODUCT])
        first, *others = self.graph.names[: self.drawn.number(ERRORS)]
        yield [
            FadeIn(self.desk.ground(), self.pointer, run_time=HALF),
            self.drawn.light_only(first, run_time=HALF),
            *self.drawn.dim_arrows(HALF),
        ]
        for name in others:
            yield self.point_at(name)
        self.bars = self.values(ERRORS)
        self.calculation = self.desk.over(self.desk.calculation(VALUES[ERRORS]), self.bars)
        self.beside, self.ends, self.label = VGroup(), VGroup(), VGroup()
        yield [*self.bars.grow(), FadeIn(self.calculation)]

    def enter(self, name: str) -> Iterator[list[Animation]]:
        """Let an operation turn the bars into its results, or into their sum."""
        coming = self.point_at(name)
        if name != self.last:
            bars, calculation = self.values(name), self.desk.calculation(VALUES[name])
            yield [*coming, *self._say(calculation, bars), *self._become(bars)]
        else:
            bars, calculation = self.total_loss()
            yield [*coming, *self._say(calculation, bars), *self._become(bars, ADDING)]
            yield [GrowArrow(self.out, run_time=HALF), FadeIn(self.total)]

    def begin_back(self) -> list[Animation]:
        """Make way for the arrows back, and for the gradient at the end."""
        aside = APART * self.drawn.places.across
        return [
            *self.drawn.make_way(),
            step_aside(self.out, aside),
            FadeOut(self.total, run_time=Pace.QUICK),
        ]

    def show_one(self) -> list[Animation]:
        """Show the gradient with which the way back begins."""
        return [*self._label(self.one), GrowArrow(self.out_back)]

    def hand_out(self) -> list[Animation]:
        """Hand the one to each example."""
        arrow = GrowArrow(self.back[HALVES, self.last])
        one = self.desk.calculation(ONE, words=self.names.for_each_loss)
        bars = self.arriving(HALVES)
        return [*self._say(one, bars), *self._renew(bars), arrow]

    def multiply(self, name: str) -> Iterator[list[Animation]]:
        """Show the slope of an operation, and multiply what has arrived by it."""
        before = self._input(name)
        made, arrow = self.arriving(before), GrowArrow(self.back[before, name])
        calculation = self._say(self.desk.calculation(PRODUCTS[name]), made)
        slope = [*self.point_at(name), *self._label(self.slopes[name])]
        if name == SQUARES:
            twice, before_it = self.twice_the_errors(), self.bars
            self.bars, self.beside = made, VGroup(twice.rows, twice.hollow)
            gone = FadeOut(before_it, run_time=HALF)
            axis = FadeIn(made.rule, made.axis, made.dots)
            yield [*slope, *calculation, gone, axis, *twice.grow_hollow()]
            self.ends = self.ends_of_errors()
            yield [made.grow_rows(), FadeIn(self.ends), arrow]
        else:
            yield slope
            yield [*calculation, *self._become(made), arrow]

    def pass_on(self, name: str) -> list[Animation]:
        """Let an operation hand on what has arrived at it."""
        moves = [*self.point_at(name), GrowArrow(self.back[self._input(name), name])]
        if len(self.beside):  # the product is past
            letter = self._say(self.desk.calculation(GRADIENT), self.bars)
            moves += [*self._label(), *self._clear_beside(), *letter]
        return moves

    def add_up_at_b(self, grad: Arrived) -> Iterator[list[Animation]]:
        """Add up what arrives at the bias."""
        name = next(end for start, end in self.back if start == "b")
        yield [self.drawn.light_only(name, "b"), GrowArrow(self.back["b", name])]
        bars, calculation = self.summed("b")
        yield [*self._become(bars, ADDING), *self._say(calculation, bars)]
        yield [FadeIn(grad, run_time=Pace.QUICK)]

    def multiply_by_input(self, number: int, pace: float = Pace.MOVE) -> Iterator[list[Animation]]:
        """Multiply what arrives at the product by a feature."""
        coming = [*self._clear_beside(), *self._label(self.inputs[number])]
        if not number:
            coming += [*self.point_at(PRODUCT, "w"), GrowArrow(self.back["w", PRODUCT])]
        bars = self.at_product()
        name = self._say(self.name_at_product(), bars)
        yield [*coming, *name, *self._renew(bars, pace)]
        self.beside = feature = self.input(number)
        self.ends = self.desk.over(self.name_of_input(number), feature)
        yield [*feature.grow(pace), FadeIn(self.ends)]
        bars = self.at_product(number)
        yield [*self._say(self.name_at_product(number), bars), *self._become(bars, pace)]

    def add_up_at_w(self, grad: Arrived, number: int) -> Iterator[list[Animation]]:
        """Add up the product with a feature at its weight."""
        bars, calculation = self.summed("w", number)
        yield [*self._become(bars, ADDING), *self._say(calculation, bars)]
        name = [] if number else [grad.code]
        yield [FadeIn(*name, grad.rows[number], run_time=Pace.QUICK)]

    def light_up(self, run_time: float = Pace.QUICK) -> list[Animation]:
        """Light where the gradients have arrived; what lies on the way is past."""
        beside = [part for part in (self.beside, self.ends) if len(part)]
        return [
            self.drawn.light_only("w", "b", run_time=run_time),
            FadeOut(self.pointer, run_time=run_time),
            *self._label(),
            *(ApplyMethod(part.fade, 1 - PAST, run_time=run_time) for part in beside),
            *(
                ApplyMethod(arrow.set_opacity, PAST)
                for arrow in (*self.back.values(), self.out_back)
            ),
        ]

    def receded(self) -> list[VMobject]:
        """Return the graph with the arrows of both ways and the slopes, all of it dim."""
        for node in self.nodes.values():
            node.shine(AT_REST)
        # In a tall frame the table that follows lies where the sum comes out.
        ends = (self.out, self.out_back) if is_wide() else ()
        parts = *self.back.values(), *ends, *self.slopes.values()
        return [self.drawn, *(part.set_opacity(PAST) for part in parts)]

    def point_at(self, *names: str) -> list[Animation]:
        """Light nodes, and point from the first to the tensor."""
        goal = self.desk.pointer(self.nodes[names[0]])
        moves = [self.drawn.light_only(*names, run_time=HALF)]
        return [*moves, Transform(self.pointer, goal, run_time=HALF)] if len(goal) else moves

    def _become(self, bars: Bars, run_time: float = Pace.MOVE) -> list[Animation]:
        """Turn the bars of now into others of the same examples."""
        before, self.bars = self.bars, bars
        return before.turn_into(bars, run_time)

    def _renew(self, bars: Bars, run_time: float = Pace.MOVE) -> list[Animation]:
        """Let other bars take the place of those of now."""
        before, self.bars = self.bars, bars
        return [FadeOut(before, run_time=HALF), *bars.grow(run_time)]

    def _say(self, calculation: VGroup, bars: Bars) -> list[Animation]:
        """Change the calculation, which stands above the bars."""
        before, self.calculation = self.calculation, self.desk.over(calculation, bars)
        coming = FadeIn(self.calculation, rate_func=AFTER)
        return [FadeOut(before, run_time=HALF), coming]

    def _label(self, label: VGroup | Math | None = None) -> list[Animation]:
        """Change the label at the graph, or take it away."""
        before, self.label = self.label, label or VGroup()
        moves: list[Animation] = [FadeOut(before, run_time=HALF)] if len(before) else []
        return [*moves, FadeIn(label)] if label else moves

    def _clear_beside(self) -> list[Animation]:
        """Take away what was beside the bars."""
        before, self.beside = VGroup(*self.beside, *self.ends), VGroup()
        self.ends = VGroup()
        return [FadeOut(before, run_time=HALF)] if len(before) else []
