"""Formulas whose symbols have the colours of their roles."""

from __future__ import annotations

from collections.abc import Mapping

from visuals.numbers import Num
from visuals.roles import ROLES_IN_DATA
from visuals.theme import Role, Size, theme
from visuals.typography import Math


def formula(
    expression: str,
    roles: Mapping[str, Role] = ROLES_IN_DATA,
    size: float = Size.BODY,
    **numbers: Num,
) -> Math:
    """Set math in which a label such as ``x_2`` has the colour of the role of ``x``.

    Parameters
    ----------
    expression
        Math with labelled parts, as for :class:`~visuals.typography.Math`.
    roles
        Role of each symbol; parts without a role have the colour of text.
    size
        Height of an em, in scene units.
    **numbers
        Numbers to fill in, by name.
    """
    math = Math(expression, size=size, color=None, colors=None, **numbers)
    for label in math.labels:
        role = roles.get(label.split("_")[0])
        if role is not None:
            math.part(label).set_fill(theme.of(role))
    return math
