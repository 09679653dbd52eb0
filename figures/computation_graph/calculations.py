"""Calculations at the nodes, large beside the graph: one number forward, one gradient back."""

from __future__ import annotations

from manim import RIGHT, UP, Animation, FadeIn, FadeOut, ReplacementTransform, VGroup

from figures.computation_graph.places import Places
from visuals.formula import formula
from visuals.layout import is_wide
from visuals.numbers import Num
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Pace, Role, Size
from visuals.typography import Math, Words

ROLES = {**ROLES_IN_TRAINING, "given": Role.GRADIENT, "made": Role.GRADIENT}

NAMES_BELOW = 0.2
"""Space between a multiplication and the names of its parts, in scene units."""

COLUMNS = -1.75, -0.5, 0.5, 1.45
"""Places of gradient, slope, equals sign and result from the middle, in scene units."""

VALUES = {
    "PowBackward0": "{{ r : error }}^2 = {{ %(value)s : loss }}",
    "DivBackward0": "{{ r : error }}^2 \\/ 2 = {{ %(value)s : loss }}",
}
"""Results of operations on the way forward, by their names."""

FACTORS = {
    "PowBackward0": "2 {{ r : error }}",
    "DivBackward0": "1\\/2",
    "SumBackward0": "1",
}
"""Slopes of operations whose multiplication is shown, by their names."""


def value(name: str, number: Num, places: Places) -> Math:
    """Return the result of an operation, with its name.

    Parameters
    ----------
    name
        The operation.
    number
        Its result.
    places
        Places of the graph.
    """
    return formula(VALUES[name], ROLES_IN_TRAINING, _size(), value=number).move_to(places.card(1))


class Multiplication(VGroup):
    """The gradient that arrives at a node, times its slope, is the gradient that goes on.

    Parameters
    ----------
    name
        The operation.
    arrives, goes_on
        The gradients.
    names
        Names of gradient, slope and result; only a wide frame has room for them.
    places
        Places of the graph.
    """

    def __init__(
        self, name: str, arrives: Num, goes_on: Num, names: list[Words], places: Places
    ) -> None:
        expression = (
            f"{{{{ %(arrives)s : given }}}} times {FACTORS[name]} {{{{ = : equals }}}} "
            "{{ %(goes_on)s : made }}"
        )
        self.equation = formula(expression, ROLES, _size(), arrives=arrives, goes_on=goes_on)
        self.equation.move_to(places.card(-1))
        self.given, self.made = self.equation.part("given"), self.equation.part("made")
        self.names = VGroup()
        if is_wide():
            self._stand_in_columns(names)
        super().__init__(self.equation, self.names)

    def _stand_in_columns(self, names: list[Words]) -> None:
        """Give every part a column, with its name below it."""
        middle, line = self.equation.get_x(), self.equation.get_bottom()[1] - NAMES_BELOW
        equals = self.equation.part("equals")
        others = {*self.given, *equals, *self.made}
        slope = VGroup(*(glyph for glyph in self.equation if glyph not in others))
        parts = self.given, slope, equals, self.made
        for part, away in zip(parts, COLUMNS, strict=True):
            part.shift(RIGHT * (middle + away - part.get_x()))
        for word, part in zip(names, (self.given, slope, self.made), strict=True):
            name = word.copy()
            name.shift(RIGHT * (part.get_x() - name.get_x()))
            self.names.add(name.shift(UP * (line - word.size - word.baseline)))

    def come_after(self, before: Multiplication, run_time: float = Pace.QUICK) -> list[Animation]:
        """Begin with the result of the one before, which makes room."""
        given = set(self.given)
        others = VGroup(*(glyph for glyph in self.equation if glyph not in given))
        return [
            FadeOut(before, run_time=run_time),
            ReplacementTransform(before.made.copy(), self.given, run_time=run_time),
            FadeIn(others, self.names, run_time=run_time),
        ]


def _size() -> float:
    return Size.TITLE if is_wide() else Size.BODY
