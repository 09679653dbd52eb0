"""Numbers, names and shapes of the matrix product."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from manim import DOWN, LEFT, RIGHT, Animation, ApplyMethod, Dot, ManimColor, VGroup
from torch import Tensor

from figures.gradient_derivation.emphasis import large
from linreg.study.matrix_product import BatchProduct
from visuals.formula import formula
from visuals.layout import GAP, Slot, is_wide
from visuals.numbers import Num, integer, significant
from visuals.plots import Points
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Radius, Size, theme
from visuals.typography import Math, Words

PLACES, PLACES_TALL = 2, 1
"""Digits after the point of the numbers in the table; a row of a tall frame has room for one."""


def symbol(expression: str) -> Math:
    """Return a symbol with the colour of its role."""
    return formula(expression, ROLES_IN_TRAINING)


def written(number: Num, color: ManimColor) -> Words:
    """Return a number of a table."""
    return Words("%(number)s", size=Size.CODE, color=color, number=number)


def numbers_of(rows: Sequence[int], values: Tensor, color: ManimColor) -> VGroup:
    """Return the numbers of some rows, rounded; dots for a negative row."""
    places = PLACES if is_wide() else PLACES_TALL
    return VGroup(
        *(
            _dots(color) if row < 0 else written(Num(values[row].item(), places), color)
            for row in rows
        )
    )


def total_of(value: float) -> Num:
    """Return a sum with at least as many places as its terms have in the table."""
    shown = significant(value)
    return shown if shown.scientific else replace(shown, places=max(PLACES, shown.places))


def shape_of(shape: Sequence[int]) -> Words:
    """Return the shape of a matrix as PyTorch writes it."""
    rows, columns = (integer(size) for size in shape)
    return Words("(%(rows)s, %(columns)s)", color=theme.MUTED, rows=rows, columns=columns)


def title(left: Points, name: str, shape: Sequence[int]) -> VGroup:
    """Return a matrix's name and shape, whose left edge is at a point."""
    both = VGroup(symbol(f"{{{{ {name} : X }}}}"), shape_of(shape)).arrange(RIGHT, buff=GAP)
    return both.move_to(left, aligned_edge=LEFT)


def moved(rule: Math, room: Slot) -> Animation:
    """Move a formula to the middle of a slot."""
    return ApplyMethod(rule.move_to, room.center)


def rule_of_features() -> Math:
    """Return the gradient for a weight: the input has an index i of its example, j of its feature.

    Its parts: ``grad eq mean error x_copy``.
    """
    return formula(
        "{{ g_(w_j) : grad }} {{ = : eq }} {{ 1/n sum_(i=1)^n : mean }}"
        "{{ r_i : error }} {{ x_(i j) : x_copy }}",
        ROLES_IN_TRAINING,
        size=Size.TITLE,
    )


def result_line(batch: BatchProduct, k: int) -> Math:
    """Return the gradient for one weight as a sum divided by the batch size.

    Its parts: ``grad eq error_sum over grad_value``.
    """
    return formula(
        f"{{{{ g_(w_{k + 1}) : grad }}}} {{{{ = : eq }}}} {{{{ %(total)s : error_sum }}}}"
        "{{ \\/ %(count)s : over }} {{ = : eq }} {{ %(mean)s : grad_value }}",
        ROLES_IN_TRAINING,
        size=large(),
        total=total_of(batch.sums[k].item()),
        count=integer(len(batch.error)),
        mean=significant(batch.means[k].item()),
    )


def _dots(color: ManimColor) -> VGroup:
    dots = VGroup(*(Dot(radius=Radius.CLOUD, color=color) for _ in range(3)))
    return dots.arrange(DOWN, buff=2 * Radius.CLOUD)
