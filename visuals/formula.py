"""Formulas whose symbols have the colours of their roles."""

from __future__ import annotations

from collections.abc import Mapping

from visuals.numbers import Num
from visuals.theme import Role, Size, theme
from visuals.typography import Math

ROLES_IN_DATA: Mapping[str, Role] = {
    **dict.fromkeys(("x", "y", "epsilon"), Role.DATA),
    **dict.fromkeys(("mu", "sigma", "w", "b"), Role.TRUTH),
}
"""What symbols stand for where data are made: the true values make them."""

ROLES_IN_TRAINING: Mapping[str, Role] = {
    **dict.fromkeys(("x", "y"), Role.DATA),
    **dict.fromkeys(("hat", "w", "b"), Role.MODEL),
    **dict.fromkeys(("loss", "error"), Role.LOSS),
    **dict.fromkeys(("grad", "lr"), Role.GRADIENT),
}
"""What symbols stand for where a model is trained: w and b are its own."""


def formula(
    expression: str,
    roles: Mapping[str, Role] = ROLES_IN_DATA,
    size: float = Size.BODY,
    **numbers: Num,
) -> Math:
    """Set math in which a label such as ``x_2`` has the colour of the role of ``x``."""
    math = Math(expression, size=size, color=None, colors=None, **numbers)
    for label in math.labels:
        role = roles.get(label.split("_")[0])
        if role is not None:
            math.part(label).set_fill(theme.of(role))
    return math
