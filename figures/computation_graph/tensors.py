"""Tensors beside the graph: values above it, and the gradients that go back below it."""

from __future__ import annotations

from manim import DOWN, PI, RIGHT, UP, Arrow, ManimColor, VGroup
from torch import Tensor

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
    "AddBackward0": "times 1",
    "SubBackward0": "times 1",
    "PowBackward0": "times 2 {{ r : error }}",
    "DivBackward0": "times 1\\/2",
    "SumBackward0": "times 1",
}
"""Factor of each operation on the way back, by its name."""

ERRORS, SQUARES, HALVES = "SubBackward0", "PowBackward0", "DivBackward0"
"""Operations whose results are shown: the errors, their squares, and half of those."""

GAP = 0.1
"""Space between a column and its number, and between a number and its name, in scene units."""

WHOLE_FROM = 1000
"""Size from which a number is shown without decimal places."""


def shown(value: float) -> Num:
    """Return a number of the graph: halves as they are, all others with two places."""
    if float(2 * value).is_integer():
        return as_typed(value)
    return Num(value, 2 if abs(value) < WHOLE_FROM else 0)


class Tensors:
    """Columns, numbers, slopes and arrows of a graph, by the names of its operations.

    Bars of errors and gradients have one scale, those of squares and their halves another.

    Parameters
    ----------
    drawn
        The graph.

    Attributes
    ----------
    values, value_labels
        The columns of the errors, the squares and the halves, and the last number of each.
    gradients, gradient_labels
        The column of the gradients for each operation's results, and the last number of those
        that stand below values; the last operation, the sum, has none.
    slopes
        The factor of each operation on the way back.
    total, one
        The sum of the losses, and the gradient with which the way back begins.
    back
        Arrows of the gradients, by the names at both ends of the arrow of the values.
    out, out_back
        Arrows to the sum and back from it.
    """

    def __init__(self, drawn: RecordedGraph) -> None:
        self.drawn, self.graph = drawn, drawn.graph
        *before_last, last = self.graph.operations
        self.last, places = last.name, drawn.places
        errors = self.graph.operation(ERRORS).value
        self.scale = self._scale(errors, *(found.gradient for found in before_last))
        self.values: dict[str, Column] = {}
        self.value_labels: dict[str, VGroup] = {}
        squares = [self.graph.operation(name).value for name in (SQUARES, HALVES)]
        scales = self.scale, *(2 * [self._scale(*squares)])
        for name, values, scale in zip(
            (ERRORS, SQUARES, HALVES), (errors, *squares), scales, strict=True
        ):
            middle = places.values(drawn.number(name))
            self.values[name] = self._column(middle, values, scale, theme.LOSS)
            self.value_labels[name] = self._label(
                self.values[name], values, theme.LOSS, places.across, is_error=name == ERRORS
            )
        self.gradients: dict[str, Column] = {}
        self.gradient_labels: dict[str, VGroup] = {}
        for found in before_last:
            middle = places.gradients(drawn.number(found.name) + 0.5)
            column = self._column(middle, found.gradient, self.scale, theme.GRADIENT)
            self.gradients[found.name] = column
            if found.name in self.values:
                self.gradient_labels[found.name] = self._label(
                    column, found.gradient, theme.GRADIENT, -places.across
                )
        self.slopes = {name: self._slope(name) for name in self.graph.names}
        apart = (0.3 if is_wide() else 0.75) * places.across
        end = places.stop(drawn.number(self.last) + 1)
        self.total = _number(last.value.item(), theme.LOSS).move_to(end)
        self.total_goal = end + apart
        self.one = _number(last.gradient.item(), theme.GRADIENT).move_to(end - apart)
        self.back = self._arrows()
        node = drawn.nodes[self.last]
        self.out = arrow_out(node, places.along, theme.INK)
        self.out_back = arrow_out(node, places.along, theme.GRADIENT).rotate(PI)
        self.out_back.shift(-APART * places.across)

    def _scale(self, *tensors: Tensor) -> Scale:
        numbers = [number for tensor in tensors for number in tensor.flatten().tolist()]
        return Scale(numbers, self.drawn.places.width)

    def _column(self, middle: Points, values: Tensor, scale: Scale, color: ManimColor) -> Column:
        return Column(middle, self.drawn.places.room, values.flatten().tolist(), scale, color)

    def _label(
        self,
        column: Column,
        values: Tensor,
        color: ManimColor,
        outward: Points,
        is_error: bool = False,
    ) -> VGroup:
        """Return the number of the last bar: below it, or in a tall frame outside of the column."""
        followed = values.flatten()[:MOST_ROWS][-1].item()
        label = VGroup(_number(followed, color))
        if is_error:
            label.add_to_back(formula("{{ r : error }} =", ROLES_IN_TRAINING))
            label.arrange(RIGHT, buff=GAP)
        if not is_wide():
            return label.next_to(column, outward, buff=GAP).set_y(column.followed.get_y())
        label.next_to(column, DOWN, buff=GAP)
        room = max(0.0, (self.drawn.places.width - label.width) / 2)
        middle = column.rule.get_x() - column.zero
        aside = float(min(max(column.followed.get_x() - middle, -room), room))
        return label.shift(RIGHT * (middle + aside - label.get_x()))

    def _slope(self, name: str) -> Math:
        place = self.drawn.places.slope(self.drawn.number(name))
        slope = formula(SLOPES[name], ROLES_IN_TRAINING).move_to(place)
        times = slope.family_members_with_points()[0]
        return slope.shift(UP * (place[1] - times.get_y()))

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
