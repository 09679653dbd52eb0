"""Rooms of the body for a large plot, its brackets, a formula and the key of the colours."""

from __future__ import annotations

from dataclasses import dataclass, replace

from visuals.layout import Slot, is_wide

ROW = 0.6
"""Height of a row over the plot."""

SIDE = 2.75
"""Width of the room for brackets."""


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
        plot = replace(body, right=body.right - SIDE)
        if is_wide():
            return cls(plot, row, row)
        below = replace(row, top=row.bottom, bottom=row.bottom - ROW)
        return cls(replace(plot, top=below.bottom), below, row)
