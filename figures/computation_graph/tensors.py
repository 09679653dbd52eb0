"""Tensors beside the graph: values above it, gradients, slopes and what is kept below it."""

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

RESULTS = {
    "AddBackward0": "{{ hat(y) : hat }}",
    "SubBackward0": "{{ r : error }}",
    "PowBackward0": "{{ r^2 : error }}",
    "DivBackward0": "{{ r^2 \\/ 2 : error }}",
}
"""Symbols of the results that are shown, by the name of their operation."""

SQUARES = ("PowBackward0", "DivBackward0")
"""Operations whose results are squares: these have one scale, all else has another."""

SLOPES = {
    "MmBackward0": "times {{ bold(X)^top : X }}",
    "AddBackward0": "times 1",
    "SubBackward0": "times 1",
    "PowBackward0": "times 2 {{ r : error }}",
    "DivBackward0": "times 1\\/2",
    "SumBackward0": "times 1",
}
"""Factor of each operation on the way back, by its name."""

KEPT = {"PowBackward0": "{{ r : error }}", "MmBackward0": "{{ bold(X) : X }}"}
"""Symbols of the tensors that operations keep for their slope, by their name."""

KEPT_GAP = 0.14
"""Space between two columns of a tensor that is kept, in scene units."""

GAP = 0.12
"""Space between a column and its number, and between a number and its name, in scene units."""


def shown(value: float) -> Num:
    """Return a number of the graph: halves as they are, all others with two places."""
    return as_typed(value) if float(2 * value).is_integer() else Num(value, 2)


class Tensors:
    """Columns, numbers, slopes and arrows of a graph, by the names of its operations.

    Parameters
    ----------
    drawn
        The graph.
    keeps
        The word before the symbol of a tensor that is kept.

    Attributes
    ----------
    values, gradients
        The column of each operation's results, and of the gradients for them; the last
        operation, the sum, has none.
    labels, gradient_labels
        Symbol and number of the example that is followed, at each column; at the sum the number.
    slopes
        The factor of each operation on the way back.
    kept, kept_names
        The tensors that operations keep for it, and what says so.
    back
        Arrows of the gradients, by the names at both ends of the arrow of the values.
    out, out_back
        Arrows to the sum and back from it.
    """

    def __init__(self, drawn: RecordedGraph, keeps: str) -> None:
        self.drawn, self.graph = drawn, drawn.graph
        self.followed = self.graph.largest_error(MOST_ROWS)
        self.errors, self.squares = (
            Scale(self.graph.operation(name).value.flatten().tolist())
            for name in ("SubBackward0", "PowBackward0")
        )
        self.last = self.graph.names[-1]
        shown_results = [found for found in self.graph.operations if found.name in RESULTS]
        self.values = {found.name: self._value(found) for found in shown_results}
        self.labels = {found.name: self._label(found) for found in shown_results}
        before_last = self.graph.operations[:-1]
        self.gradients = {found.name: self._gradient(found) for found in before_last}
        self.gradient_labels = {found.name: self._gradient_label(found) for found in before_last}
        self.slopes: dict[str, Math] = {
            name: formula(SLOPES[name], ROLES_IN_TRAINING).move_to(
                drawn.places.slope(drawn.number(name))
            )
            for name in self.graph.names
        }
        self.kept = {name: self._kept(self.graph.operation(name)) for name in KEPT}
        self.kept_names = {
            name: VGroup(Words(keeps), formula(symbol, ROLES_IN_TRAINING))
            .arrange(RIGHT, buff=GAP)
            .move_to(self.slopes[name])
            for name, symbol in KEPT.items()
        }
        self._label_sum(self.graph.operations[-1])
        self.back = self._arrows()
        end, places = drawn.nodes[self.last], drawn.places
        self.out = arrow_beside(end, places.along, places.across, theme.INK)
        self.out_back = arrow_beside(end, places.along, -places.across, theme.GRADIENT).rotate(PI)

    @property
    def beside_errors(self) -> list[VGroup]:
        """Values and labels that the way back does not need: all but the errors."""
        both = self.values, self.labels
        return [part for kind in both for name, part in kind.items() if name != "SubBackward0"]

    def _value(self, operation: Operation) -> Column:
        places, stop = self.drawn.places, self.drawn.number(operation.name)
        return Column(
            places.values(stop),
            places.room,
            operation.value.flatten().tolist(),
            self.squares if operation.name in SQUARES else self.errors,
            _color(operation),
            self.followed,
        )

    def _gradient(self, operation: Operation) -> Column:
        places, stop = self.drawn.places, self.drawn.number(operation.name)
        numbers = operation.gradient.flatten().tolist()
        middle = places.gradients(stop + 0.5)
        return Column(middle, places.room, numbers, self.errors, theme.GRADIENT, self.followed)

    def _kept(self, operation: Operation) -> VGroup:
        """Return what an operation keeps: its input, a column for each feature."""
        places, stop = self.drawn.places, self.drawn.number(operation.name)
        tensor = operation.kept["self"]
        assert isinstance(tensor, Tensor)
        is_data = tensor.shape[1] > 1
        width = (1 - KEPT_GAP) / tensor.shape[1] if is_data else 1.0
        scale = Scale(tensor.flatten().tolist(), width) if is_data else self.errors
        color = theme.DATA if is_data else theme.LOSS
        middle = places.gradients(stop)
        both = VGroup(
            *(
                Column(
                    middle + RIGHT * k * (width + KEPT_GAP),
                    places.room,
                    values.tolist(),
                    scale,
                    color,
                    self.followed,
                )
                for k, values in enumerate(tensor.T)
            )
        )
        return both.shift(RIGHT * (1 - tensor.shape[1]) / 2 * (width + KEPT_GAP))

    def _label(self, operation: Operation) -> VGroup:
        number = self._number(operation.value, _color(operation))
        name = formula(RESULTS[operation.name], ROLES_IN_TRAINING)
        label = VGroup(name, number).arrange(DOWN, buff=GAP)
        return label.next_to(self.values[operation.name], self.drawn.places.across, buff=GAP)

    def _gradient_label(self, operation: Operation) -> VGroup:
        label = VGroup(self._number(operation.gradient, theme.GRADIENT))
        if operation.name not in SQUARES:
            label.add_to_back(formula("{{ r : error }} =", ROLES_IN_TRAINING))
            label.arrange(RIGHT if is_wide() else DOWN, buff=GAP)
        return label.next_to(self.gradients[operation.name], -self.drawn.places.across, buff=GAP)

    def _label_sum(self, last: Operation) -> None:
        places = self.drawn.places
        end = places.stop(self.drawn.number(last.name) + 1)
        value = Words("%(sum)s", color=theme.LOSS, sum=shown(last.value.item()))
        one = Words("%(one)s", color=theme.GRADIENT, one=shown(last.gradient.item()))
        apart = (0.3 if is_wide() else 0.75) * places.across
        self.labels[last.name] = VGroup(value.move_to(end + apart))
        self.gradient_labels[last.name] = VGroup(one.move_to(end - apart))

    def _number(self, value: Tensor, color: ManimColor) -> Words:
        number = shown(value.flatten()[self.followed].item())
        return Words("%(number)s", color=color, number=number)

    def _arrows(self) -> dict[tuple[str, str], Arrow]:
        nodes, places = self.drawn.nodes, self.drawn.places
        found = {}
        for start, end in self.drawn.arrows:
            one, other = nodes[start], nodes[end]
            on_wire = abs((one.get_center() - other.get_center()) @ places.across) < 1e-6
            side = -places.across if on_wire else places.along
            found[start, end] = link(other, one, side, theme.GRADIENT)
        return found


def _color(operation: Operation) -> ManimColor:
    """Return the colour of an operation's results."""
    return theme.MODEL if operation.name == "AddBackward0" else theme.LOSS
