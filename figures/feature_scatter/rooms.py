"""Rooms of the body for a large plot, its brackets, a formula and the key of the colours."""

from __future__ import annotations

from dataclasses import dataclass, replace

from manim import DOWN, LEFT, RIGHT, VGroup

from figures.feature_scatter.terms import Product
from visuals.layout import GAP, Slot, is_wide

ROW = 0.6
"""Height of a row over the plot."""

SIDE, SIDE_IF_TALL = 3.4, 2.75
"""Width of the room for brackets."""

FORMULA_IF_TALL = 1.1
"""Height of the room for formulas in a tall frame."""


@dataclass(frozen=True)
class Rooms:
    """Slots: the plot and its brackets, what is written above it, and the key."""

    plot: Slot
    formula: Slot
    key: Slot

    @classmethod
    def of(cls, body: Slot) -> Rooms:
        """Divide the body; where the frame is tall, the key has a row of its own."""
        row = replace(body, bottom=body.top - ROW)
        if is_wide():
            return cls(replace(body, right=body.right - SIDE), row, row)
        below = replace(row, top=row.bottom, bottom=row.bottom - FORMULA_IF_TALL)
        return cls(replace(body, right=body.right - SIDE_IF_TALL, top=below.bottom), below, row)

    def put_product(self, product: Product, bracket: VGroup) -> Product:
        """Stand a product below or beside the bracket of its spread, or above the plot."""
        if not is_wide():
            return self.formula.place(product, shrink=False)
        product.next_to(bracket, DOWN, buff=GAP)
        if product.get_bottom()[1] < self.plot.bottom:
            rule, *_ = bracket
            return product.next_to(rule, RIGHT, buff=GAP)
        return product.align_to(bracket, LEFT)
