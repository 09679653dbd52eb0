"""Tensors beside the graph: values above it, and the gradients that go back below it."""

from __future__ import annotations

from manim import DOWN, PI, RIGHT, UP, Arrow, ManimColor, VGroup
from torch import Tensor

from figures.computation_graph.calculations import Multiplication, value
from figures.computation_graph.columns import MOST_ROWS, Column, Scale
from figures.computation_graph.graph import RecordedGraph
from figures.computation_graph.nodes import APART, arrow_out, link
from visuals.formula import formula
from visuals.layout import is_wide
from visuals.numbers import Num, as_typed
from visuals.plots import Points
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import theme
from visuals.typography import Math, Words

SLOPES = {
    "MmBackward0": "times {{ bold(X)^top : X }}",
    "PowBackward0": "times 2 {{ r : error }}",
    "DivBackward0": "times 1\\/2",
}
"""Factor of each operation that has another one than 1 on the way back, by its name."""

PRODUCT, ERRORS, SQUARES, HALVES = "MmBackward0", "SubBackward0", "PowBackward0", "DivBackward0"
"""Operations whose results are shown: the errors, their squares, and half of those."""

GAP = 0.1
"""Space between a bar and its number, and between a number and its name, in scene units."""

WHOLE_FROM = 1000
"""Size from which a number is shown without decimal places."""


def shown(value: float) -> Num:
    """Return a number of the graph: halves as they are, all others with two places."""
    if float(2 * value).is_integer():
        return as_typed(value)
    return Num(value, 2 if abs(value) < WHOLE_FROM else 0)


class Tensors:
    """Columns, numbers, slopes and arrows of a graph, by the names of its operations.

    All bars have one scale.

    Parameters
    ----------
    drawn
        The graph.
    names
        Names of the sum of the losses, and of the gradient with which the way back begins.

    Attributes
    ----------
    errors, error_label
        The column of the errors, and the number of its last bar.
    results
        The followed number after the square and after the half, large.
    gradients, gradient_label
        The column of the gradients for the errors, and the number of its last bar.
    products
        These gradients times each feature, in columns at the place of the product's gradients.
    slopes
        Factors of operations on the way back.
    total, one
        The sum of the losses, and the gradient with which the way back begins, with their names.
    back
        Arrows of the gradients, by the names at both ends of the arrow of the values.
    out, out_back
        Arrows to the sum and back from it.
    """

    def __init__(self, drawn: RecordedGraph, names: tuple[Words, Words]) -> None:
        self.drawn, self.graph = drawn, drawn.graph
        self.last, places = self.graph.names[-1], drawn.places
        found = self.graph.operation(ERRORS)
        features = self.graph.operation(PRODUCT).kept["self"]
        assert isinstance(features, Tensor)
        products = self.graph.operation(PRODUCT).gradient * features
        self.scale = self._scale(found.value, found.gradient, products)
        number = drawn.number(ERRORS) + 0.5
        self.errors = self._column(places.values(number), found.value, theme.LOSS)
        self.error_label = self._label(self.errors, found.value, theme.LOSS, places.across)
        self.error_label.add_to_back(formula("{{ r : error }} =", ROLES_IN_TRAINING))
        self._beside_bar(self.error_label.arrange(RIGHT, buff=GAP), self.errors, places.across)
        self.gradients = self._column(places.gradients(number), found.gradient, theme.GRADIENT)
        self.gradient_label = self._label(
            self.gradients, found.gradient, theme.GRADIENT, -places.across
        )
        at_product = places.gradients(drawn.number(PRODUCT) + 0.5)
        self.products = [
            self._column(at_product, product, theme.GRADIENT) for product in products.T
        ]
        self.results = {
            name: value(name, shown(self._followed(self.graph.operation(name).value)), places)
            for name in (SQUARES, HALVES)
        }
        self.slopes = {name: self._slope(name) for name in SLOPES}
        self._make_ends(names)
        self.back = self._arrows()

    def multiplication(self, name: str, names: list[Words]) -> Multiplication:
        """Return what an operation makes of the gradient that arrives at it."""
        before = self.graph.operation(self._input(name)).gradient
        arrives = self.graph.operation(name).gradient
        given, made = (shown(self._followed(gradient)) for gradient in (arrives, before))
        return Multiplication(name, given, made, names, self.drawn.places)

    def _make_ends(self, names: tuple[Words, Words]) -> None:
        drawn, places = self.drawn, self.drawn.places
        node, last = drawn.nodes[self.last], self.graph.operation(self.last)
        self.out = arrow_out(node, places.along, theme.INK)
        self.out_back = arrow_out(node, places.along, theme.GRADIENT).rotate(PI)
        self.out_back.shift(-APART * places.across)
        ways = (UP, DOWN) if is_wide() else (RIGHT, RIGHT)
        found = (last.value, theme.LOSS), (last.gradient, theme.GRADIENT)
        ends = []
        for (number, color), name, way in zip(found, names, ways, strict=True):
            label = _number(number.item(), color)
            if is_wide():
                label.move_to(places.stop(drawn.number(self.last) + 1))
            else:
                label.next_to(self.out, DOWN, buff=GAP)
            ends.append(VGroup(label, name.set_fill(color).next_to(label, way, buff=GAP)))
        self.total, self.one = ends

    def _scale(self, *tensors: Tensor) -> Scale:
        numbers = [number for tensor in tensors for number in tensor.flatten().tolist()]
        return Scale(numbers, self.drawn.places.width)

    def _column(self, middle: Points, values: Tensor, color: ManimColor) -> Column:
        room = self.drawn.places.room
        return Column(middle, room, values.flatten().tolist(), self.scale, color)

    def _followed(self, values: Tensor) -> float:
        return float(values.expand(self.graph.size, 1).flatten()[:MOST_ROWS][-1].item())

    def _label(self, column: Column, values: Tensor, color: ManimColor, outward: Points) -> VGroup:
        label = VGroup(_number(self._followed(values), color))
        return self._beside_bar(label, column, outward)

    def _beside_bar(self, label: VGroup, column: Column, outward: Points) -> VGroup:
        """Put a number right of its bar, or in a tall frame outside of the column."""
        if not is_wide():
            return label.next_to(column, outward, buff=GAP).set_y(column.followed.get_y())
        right = max(column.followed.get_right()[0], column.rule.get_x())
        number = label[-1]
        label.shift(RIGHT * (right + GAP - label.get_left()[0]))
        return label.shift(UP * (column.followed.get_y() - number.get_y()))

    def _slope(self, name: str) -> Math:
        place = self.drawn.places.slope(self.drawn.number(name))
        slope = formula(SLOPES[name], ROLES_IN_TRAINING).move_to(place)
        times = slope.family_members_with_points()[0]
        return slope.shift(UP * (place[1] - times.get_y()))

    def _input(self, name: str) -> str:
        """Return the operation before another."""
        sources = self.graph.operation(name).inputs
        return next(source for source in sources if source in self.graph.names)

    def _arrows(self) -> dict[tuple[str, str], Arrow]:
        nodes, sides = self.drawn.nodes, self.drawn.sides
        return {
            (start, end): link(nodes[end], nodes[start], theme.GRADIENT).shift(
                -APART * sides[start, end]
            )
            for start, end in self.drawn.arrows
        }


def _number(value: float, color: ManimColor) -> Words:
    return Words("%(number)s", color=color, number=shown(value))
