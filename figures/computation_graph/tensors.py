"""Tensors of a recorded graph: columns of bars, slopes at the nodes, and arrows back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from manim import DOWN, PI, RIGHT, UP, Arrow, ManimColor, VGroup
from torch import Tensor

from figures.computation_graph.columns import Scale
from figures.computation_graph.desk import LINE, Desk, NumberedColumn, shown
from figures.computation_graph.graph import RecordedGraph
from figures.computation_graph.nodes import APART, arrow_out, link
from visuals.formula import formula
from visuals.layout import Slot, is_wide
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import theme
from visuals.typography import Math, Words

PRODUCT, ERRORS, SQUARES, HALVES = "MmBackward0", "SubBackward0", "PowBackward0", "DivBackward0"
"""Operations whose results or slopes are shown."""

VALUES = {
    ERRORS: "{{ r : error }}",
    SQUARES: "{{ r : error }}^2",
    HALVES: "{{ r : error }}^2 \\/ 2",
}
"""Results of operations on the way forward, by their names."""

FACTORS = {SQUARES: "2 {{ r : error }}", HALVES: "1\\/2"}
"""Slope of each operation that has another one than 1, by its name; the product's is its input."""

GAP = 0.1
"""Space between a number and its name, in scene units."""


@dataclass(frozen=True)
class Names:
    """Names of tensors: of the two ends of the wire, and of the columns."""

    total: Words
    gradient: Words
    arrives: Words
    slope: Words
    goes_on: Words
    added_up: Words


class Tensors:
    """Columns, numbers, slopes and arrows of a graph, by the names of its operations.

    Columns that are compared have one scale.

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
        self.slopes = {name: self._slope(name) for name in (PRODUCT, *FACTORS)}
        self._make_ends()
        self.back = self._arrows()

    def values(self, at: int, name: str) -> NumberedColumn:
        """Return the result of an operation at a place of the desk."""
        values = self._rows(self.graph.operation(name).value)
        title = formula(VALUES[name], ROLES_IN_TRAINING)
        others = () if name == ERRORS else self._rows(self.graph.operation(SQUARES).value)
        scale = self._scale(values, others)
        return self.desk.column(at, values, scale, theme.LOSS, [title])

    def arriving(self, at: int, name: str, title: Words, sign: str = "") -> NumberedColumn:
        """Return the gradient that arrives at an operation, at a place of the desk.

        From the errors on it is the error, and has its letter.
        """
        letter = [] if name in FACTORS else [formula(VALUES[ERRORS], ROLES_IN_TRAINING)]
        values = self._rows(self.graph.operation(name).gradient)
        scale = self._ones if name in FACTORS else self._gradients
        return self.desk.column(at, values, scale, theme.GRADIENT, [title, *letter], sign)

    def slope(self, name: str) -> NumberedColumn:
        """Return the slope of an operation, between what arrives and what goes on."""
        scale, color = (self._ones, theme.INK) if name == HALVES else (self._gradients, theme.LOSS)
        title = self.names.slope, formula(FACTORS[name], ROLES_IN_TRAINING)
        return self.desk.column(1, self._rows(self.graph.slope(name)), scale, color, title, "times")

    def input(self, number: int) -> NumberedColumn:
        """Return a feature, which is the slope at its weight."""
        values = self._rows(self.features[:, number])
        title = self.names.slope, formula(_feature(number), ROLES_IN_TRAINING)
        return self.desk.column(1, values, self._scale(values), theme.DATA, title, "times")

    def product(self, number: int) -> NumberedColumn:
        """Return the gradient times a feature."""
        values = self._rows(self.graph.products[:, number])
        return self.desk.column(
            2, values, self._gradients, theme.GRADIENT, [self.names.goes_on], "="
        )

    def total_loss(self) -> NumberedColumn:
        """Return the losses head to tail, and their sum."""
        values = self._rows(self.graph.operation(HALVES).value)
        total = float(self.graph.operation(self.last).value)
        name = formula(VALUES[HALVES], ROLES_IN_TRAINING), self.names.added_up
        return self.desk.total(2, values, total, theme.LOSS, name)

    def summed(self, param: str, number: int = 0) -> NumberedColumn:
        """Return what is added up at a parameter head to tail, and its sum."""
        whole = (
            self.graph.products[:, number]
            if param == "w"
            else self.graph.operation(ERRORS).gradient
        )
        total = float(self.graph.grads[param].flatten()[number])
        return self.desk.total(2, self._rows(whole), total, theme.GRADIENT, [self.names.added_up])

    @property
    def _ones(self) -> Scale:
        return Scale([1.0], self.desk.width)

    @property
    def _gradients(self) -> Scale:
        gradients = self.graph.operation(ERRORS).gradient
        return self._scale(*map(self._rows, (gradients, 2 * gradients, *self.graph.products.T)))

    def _scale(self, *columns: Sequence[float]) -> Scale:
        return Scale([value for column in columns for value in column], self.desk.width)

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
                name.shift(UP * (label.baseline + LINE - name.baseline))
            ends.append(VGroup(label, name))
        self.total, self.one = ends

    def _slope(self, name: str) -> Math:
        features = range(self.features.shape[1])
        factor = FACTORS.get(name) or ", ".join(_feature(number) for number in features)
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


def _feature(number: int) -> str:
    return f"{{{{ x_{number + 1} : x_{number + 1} }}}}"


def _number(value: float, color: ManimColor) -> Words:
    return Words("%(number)s", color=color, number=shown(value))
