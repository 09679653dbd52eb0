"""Tensors beside the graph: the errors above it, and the gradients that go back below it."""

from __future__ import annotations

from manim import DOWN, PI, RIGHT, Arrow, ManimColor, VGroup
from torch import Tensor

from figures.computation_graph.columns import MOST_ROWS, Column, Scale
from figures.computation_graph.graph import RecordedGraph
from figures.computation_graph.nodes import arrow_beside, link
from linreg.study.computation_graph import Operation
from visuals.formula import formula
from visuals.layout import is_wide
from visuals.numbers import Num, as_typed
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

ERRORS = "SubBackward0"
"""Operation whose results are the errors."""

GAP = 0.12
"""Space between a column and its number, and between a number and its name, in scene units."""


def shown(value: float) -> Num:
    """Return a number of the graph: halves as they are, all others with two places."""
    return as_typed(value) if float(2 * value).is_integer() else Num(value, 2)


class Tensors:
    """Columns, numbers, slopes and arrows of a graph, by the names of its operations.

    All bars have one scale.

    Parameters
    ----------
    drawn
        The graph.

    Attributes
    ----------
    errors, error_label
        The column of the errors, and the error of the example that is followed.
    gradients, gradient_labels
        The column of the gradients for each operation's results, and the one that is followed;
        the last operation, the sum, has none.
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
        self.followed = self.graph.largest_error(MOST_ROWS)
        errors = self.graph.operation(ERRORS)
        *before_last, last = self.graph.operations
        self.last, places = last.name, drawn.places
        tensors = [errors.value, *(found.gradient for found in before_last)]
        numbers = [number for tensor in tensors for number in tensor.flatten().tolist()]
        self.scale = Scale(numbers, places.width)
        stop = places.values(drawn.number(ERRORS))
        self.errors = Column(
            *(stop, places.room, errors.value.flatten().tolist(), self.scale),
            *(theme.LOSS, self.followed),
        )
        self.error_label = self._label(self.errors, errors.value, theme.LOSS, is_error=True)
        self.gradients = {found.name: self._gradient(found) for found in before_last}
        self.gradient_labels = {
            found.name: self._label(self.gradients[found.name], found.gradient, theme.GRADIENT)
            for found in before_last
        }
        self.slopes: dict[str, Math] = {
            name: formula(SLOPES[name], ROLES_IN_TRAINING).move_to(places.slope(drawn.number(name)))
            for name in self.graph.names
        }
        apart = (0.3 if is_wide() else 0.75) * places.across
        end = places.stop(drawn.number(self.last) + 1)
        self.total = _number(last.value.item(), theme.LOSS).move_to(end + apart)
        self.one = _number(last.gradient.item(), theme.GRADIENT).move_to(end - apart)
        self.back = self._arrows()
        node = drawn.nodes[self.last]
        self.out = arrow_beside(node, places.along, places.across, theme.INK)
        self.out_back = arrow_beside(node, places.along, -places.across, theme.GRADIENT).rotate(PI)

    def _gradient(self, operation: Operation) -> Column:
        places, stop = self.drawn.places, self.drawn.number(operation.name)
        numbers = operation.gradient.flatten().tolist()
        middle = places.gradients(stop + 0.5)
        return Column(middle, places.room, numbers, self.scale, theme.GRADIENT, self.followed)

    def _label(
        self, column: Column, values: Tensor, color: ManimColor, is_error: bool = False
    ) -> VGroup:
        """Return the number that is followed: right of its bar, below the column if tall.

        The bars above and below it are passed as well.
        """
        label = VGroup(_number(values.flatten()[self.followed].item(), color))
        if is_error:
            label.add_to_back(formula("{{ r : error }} =", ROLES_IN_TRAINING))
            label.arrange(RIGHT, buff=GAP)
        zero = column.rule.get_center()
        if not is_wide():
            middle = zero - RIGHT * self.scale.zero
            return label.next_to(middle + DOWN * self.drawn.places.room / 2, DOWN, buff=GAP)
        near = values.flatten()[max(self.followed - 1, 0) : self.followed + 2].tolist()
        reach = max(0.0, *self.scale.length(near))
        label.next_to(zero + RIGHT * reach, RIGHT, buff=GAP)
        return label.set_y(column.followed.get_y())

    def _arrows(self) -> dict[tuple[str, str], Arrow]:
        nodes, places = self.drawn.nodes, self.drawn.places
        found = {}
        for start, end in self.drawn.arrows:
            one, other = nodes[start], nodes[end]
            on_wire = abs((one.get_center() - other.get_center()) @ places.across) < 1e-6
            side = -places.across if on_wire else places.along
            found[start, end] = link(other, one, side, theme.GRADIENT)
        return found


def _number(value: float, color: ManimColor) -> Words:
    return Words("%(number)s", color=color, number=shown(value))
