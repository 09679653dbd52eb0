"""From the gradient to the normal equation, one change at a time."""

from __future__ import annotations

from manim import Animation

from visuals.equations import Rewrite
from visuals.formula import formula
from visuals.layout import Slot, is_wide
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Pace, Size
from visuals.typography import Math

LARGE = 2.0
"""Size of the formula while it is alone, in sizes of a title."""

GRADIENT = (
    "{{ bold(g) : grad }} {{ = : eq }} {{ 1/n : mean }}"
    "{{ bold(X)^top : X_t }} {{ bold(r) : error }}"
)
ZERO = "{{ bold(X)^top : X_t }} {{ bold(r) : error }} {{ = : eq }} {{ bold(0) : zero }}"
WITH_WEIGHTS = (
    "{{ bold(X)^top : X_t }} {{ paren.l : open }} {{ bold(X) : X }} {{ bold(w) : w }}"
    "{{ - : minus }} {{ bold(y) : y }} {{ paren.r : close }} {{ = : eq }} {{ bold(0) : zero }}"
)
NORMAL = (
    "{{ bold(X)^top : X_t }} {{ bold(X) : X }} {{ bold(w) : w }} {{ = : eq }}"
    "{{ bold(X)^top : X_again }} {{ bold(y) : y }}"
)


class Equation:
    """The gradient, alone and large; then the equations that it leads to, above a table.

    Parameters
    ----------
    alone, above
        The room for it, first and then.
    """

    def __init__(self, alone: Slot, above: Slot) -> None:
        large = LARGE if is_wide() else LARGE * 0.8
        self.gradient = alone.place(_set(GRADIENT, large))
        self.zero = alone.place(_set(ZERO, large))
        self.with_weights = above.place(_set(WITH_WEIGHTS), y=1, shrink=False)
        self.normal = above.place(_set(NORMAL), y=1, shrink=False)

    def set_to_zero(self, run_time: float = Pace.MOVE) -> Animation:
        """Set the gradient to zero."""
        return Rewrite(self.gradient, self.zero, run_time)

    def write_error_out(self, run_time: float = Pace.MOVE) -> Animation:
        """Write the error as prediction minus label."""
        return Rewrite(self.zero, self.with_weights, run_time)

    def multiply_out(self, run_time: float = Pace.MOVE) -> Animation:
        """Take the unknowns to one side."""
        return Rewrite(self.with_weights, self.normal, run_time)


def _set(expression: str, times: float = 1.0) -> Math:
    return formula(expression, ROLES_IN_TRAINING, size=Size.TITLE * times)
