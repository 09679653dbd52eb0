"""Tensors of a recorded graph: bars, calculations, slopes at the nodes, and arrows back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from manim import DOWN, PI, RIGHT, UP, Arrow, ManimColor, VGroup
from torch import Tensor

from figures.computation_graph.bars import AXIS, MOST_ROWS, Bars, Scale
from figures.computation_graph.desk import ROLES, Desk, shown
from figures.computation_graph.graph import RecordedGraph
from figures.computation_graph.nodes import APART, arrow_out, link
from visuals.formula import formula
from visuals.layout import BEHIND, Slot, is_wide
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import theme
from visuals.typography import Math, Words

PRODUCT, ERRORS, SQUARES, HALVES = "MmBackward0", "SubBackward0", "PowBackward0", "DivBackward0"
"""Operations whose results or slopes are shown."""

ERROR, GRADIENT = "{{ r : error }}", "{{ r : made }}"
"""The letter of the error as a value, and as the gradient that goes back."""

VALUES = {ERRORS: ERROR, SQUARES: f"{ERROR}^2", HALVES: f"{ERROR}^2 \\/ 2"}
"""Results of operations on the way forward, by their names."""

FACTORS = {SQUARES: f"2 {ERROR}", HALVES: "1\\/2"}
"""Slope of each operation that has another one than 1, by its name; the product's is its input."""

PRODUCTS = {
    HALVES: "{{ 1 : given }} times 1\\/2 = {{ 1\\/2 : made }}",
    SQUARES: f"{{{{ 1\\/2 : given }}}} times 2 {ERROR} = {GRADIENT}",
}
"""Gradient that arrives at an operation, times its slope, by the name of the operation."""

END_NAME = 0.08
"""Height of the name of a bar's end above the axis, in scene units."""

GAP = 0.1
"""Space between a number and its name, in scene units."""

NAME = 0.42
"""Height of a name above the number that it names, in scene units."""


@dataclass(frozen=True)
class Names:
    """Names of the two ends of the wire, and words for a sum and for what each loss is given."""

    total: Words
    gradient: Words
    added_up: str
    for_each_loss: str


class Tensors:
    """Bars, calculations, slopes and arrows of a graph, by the names of its operations.

    Parameters
    ----------
    drawn
        The graph.
    body
        The room of the chapter.
    names
        Names of what is shown.

    Attributes
    ----------
    slopes
        Factors of operations on the way back, at their nodes.
    inputs
        Factor of the product for each weight, at its node.
    total, one
        The sum of the losses, and the gradient with which the way back begins, with their names.
    back
        Arrows of the gradients, by the names at both ends of the arrow of the values.
    out, out_back
        Arrows to the sum and back from it.
    """

    def __init__(self, drawn: RecordedGraph, body: Slot, names: Names) -> None:
        self.drawn, self.graph, self.nodes, self.names = drawn, drawn.graph, drawn.nodes, names
        self.desk = Desk(drawn.places.room(body))
        self.last = self.graph.names[-1]
        features = self.graph.operation(PRODUCT).kept["self"]
        assert isinstance(features, Tensor)
        self.features = features
        inputs = [_feature(number) for number in range(features.shape[1])]
        factors = {PRODUCT: ", ".join(inputs), **FACTORS}
        self.slopes = {name: self._slope(name, factor) for name, factor in factors.items()}
        self.inputs = [self._slope(PRODUCT, factor) for factor in inputs]
        self._make_ends()
        self.back = self._arrows()

    def values(self, name: str) -> Bars:
        """Return the result of an operation."""
        values = self._rows(self.graph.operation(name).value)
        return Bars(
            self.desk.slot, values, self._errors if name == ERRORS else self._losses, theme.LOSS
        )

    def total_loss(self) -> tuple[Bars, VGroup]:
        """Return the losses head to tail, and their calculation."""
        values = self._rows(self.graph.operation(HALVES).value)
        total = float(self.graph.operation(self.last).value)
        name = self.desk.sum(VALUES[HALVES], self.names.added_up, total, theme.LOSS)
        return Bars(self.desk.slot, values, self._losses, theme.LOSS, total), name

    def arriving(self, name: str) -> Bars:
        """Return the gradient that arrives at an operation."""
        values = self._rows(self.graph.operation(name).gradient)
        scale = Scale([1.0]) if name in FACTORS else self._errors
        return Bars(self.desk.slot, values, scale, theme.GRADIENT)

    def twice_the_errors(self) -> Bars:
        """Return the slope of the square."""
        values = self._rows(self.graph.slope(SQUARES))
        bars = Bars(self.desk.slot, values, self._errors, theme.LOSS)
        VGroup(bars.rows, bars.hollow).set_z_index(BEHIND)
        return bars

    def ends_of_errors(self) -> VGroup:
        """Return the letters of the error and of twice the error, below the ends of the longest."""
        values = self._rows(self.graph.slope(SQUARES))[:MOST_ROWS]
        slot, longest = self.desk.slot, max(values, key=abs)
        names = VGroup()
        for share, letter in ((0.5, GRADIENT), (1.0, FACTORS[SQUARES])):
            name = formula(letter, ROLES)
            x = self._errors.zero(slot) + share * longest * self._errors.unit(slot)
            x = min(max(x, slot.left + name.width / 2), slot.right - name.width / 2)
            y = slot.bottom + AXIS + END_NAME
            names.add(name.shift(RIGHT * (x - name.get_x()) + UP * (y - name[0].get_bottom()[1])))
        return names

    def input(self, number: int) -> Bars:
        """Return a feature, beside what it is multiplied with."""
        values = self._rows(self.features[:, number])
        scale = Scale(self.features.flatten().tolist())
        return Bars(self.desk.slots[0], values, scale, theme.DATA)

    def name_of_input(self, number: int) -> VGroup:
        """Return the name of a feature, above its bars."""
        return self.desk.calculation(_feature(number), self.desk.slots[0])

    def name_at_product(self, number: int | None = None) -> VGroup:
        """Return the name of what is beside a feature."""
        name = GRADIENT if number is None else times(number)
        return self.desk.calculation(name, self.desk.slots[1])

    def at_product(self, number: int | None = None) -> Bars:
        """Return the gradient at the product, or that times a feature, beside the feature."""
        found = self.graph.operation(PRODUCT).gradient
        values = found if number is None else self.graph.products[:, number]
        return Bars(self.desk.slots[1], self._rows(values), self._products, theme.GRADIENT)

    def summed(self, param: str, number: int = 0) -> tuple[Bars, VGroup]:
        """Return what is added up at a parameter head to tail, and its calculation."""
        total = float(self.graph.grads[param].flatten()[number])
        slot, scale, name = self.desk.slot, None, GRADIENT
        values = self._rows(self.graph.operation(ERRORS).gradient)
        if param == "w":
            slot, scale, name = self.desk.slots[1], self._products, times(number)
            values = self._rows(self.graph.products[:, number])
        scale = scale or Scale(values, _ends(values), [total])
        bars = Bars(slot, values, scale, theme.GRADIENT, total)
        above = slot if param == "w" else None
        return bars, self.desk.sum(name, self.names.added_up, total, theme.GRADIENT, above)

    @property
    def _errors(self) -> Scale:
        return Scale(self._rows(self.graph.slope(SQUARES)))

    @property
    def _losses(self) -> Scale:
        values = self._rows(self.graph.operation(HALVES).value)
        squares = self._rows(self.graph.operation(SQUARES).value)
        return Scale(squares, _ends(values), [float(self.graph.operation(self.last).value)])

    @property
    def _products(self) -> Scale:
        products = [self._rows(column) for column in self.graph.products.T]
        errors = self._rows(self.graph.operation(PRODUCT).gradient)
        sums = self.graph.grads["w"].flatten().tolist()
        return Scale(errors, sums, *products, *map(_ends, products))

    def _rows(self, values: Tensor) -> list[float]:
        rows: list[float] = values.reshape(-1).expand(self.graph.size).tolist()
        return rows

    def _make_ends(self) -> None:
        drawn, places = self.drawn, self.drawn.places
        node, last = drawn.nodes[self.last], self.graph.operation(self.last)
        self.out = arrow_out(node, places.along, theme.INK)
        self.out_back = arrow_out(node, places.along, theme.GRADIENT).rotate(PI)
        self.out_back.shift(-APART * places.across)
        found = (
            (last.value, theme.LOSS, self.names.total),
            (last.gradient, theme.GRADIENT, self.names.gradient),
        )
        ends = []
        for number, color, name in found:
            label = _number(number.item(), color)
            if is_wide():
                label.move_to(places.stop(drawn.number(self.last) + 1))
            else:
                label.next_to(self.out, DOWN, buff=GAP)
            name = name.copy().set_fill(color)
            name.next_to(label, UP if is_wide() else DOWN, buff=GAP)
            if is_wide():
                name.shift(UP * (label.baseline + NAME - name.baseline))
            ends.append(VGroup(label, name))
        self.total, self.one = ends

    def _slope(self, name: str, factor: str) -> Math:
        place = self.drawn.places.slope(self.drawn.number(name))
        slope = formula(f"times {factor}", ROLES_IN_TRAINING).move_to(place)
        if not is_wide():
            slope.shift(RIGHT * (place[0] - slope.get_left()[0]))
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


def times(number: int) -> str:
    """Return the expression of the gradient times a feature."""
    return f"{GRADIENT} times {_feature(number)}"


def _ends(values: list[float]) -> list[float]:
    """Return where bars end that lie head to tail."""
    ends: list[float] = np.cumsum(values[:MOST_ROWS]).tolist()
    return ends


def _feature(number: int) -> str:
    return f"{{{{ x_{number + 1} : x_{number + 1} }}}}"


def _number(value: float, color: ManimColor) -> Words:
    return Words("%(number)s", color=color, number=shown(value))
