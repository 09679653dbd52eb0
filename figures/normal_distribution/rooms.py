"""Slots of the one large picture: a line of code, a bell chart, and what stands beside the bell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from figures.normal_distribution.live_chart import LEFT_ROOM, RIGHT_ROOM
from visuals.layout import GAP, Slot, is_wide
from visuals.theme import Size

CLEAR = 0.45
"""Room between the upright axis and the numbers beside the bell."""


@dataclass(frozen=True)
class Rooms:
    """Slots of the picture: the line of code, the chart, and what stands left and right of a bell.

    In a tall frame the last two stand above the chart.
    """

    line: Slot
    chart: Slot
    left: Slot
    right: Slot

    @classmethod
    def of(cls, body: Slot) -> Self:
        """Divide a body."""
        if not is_wide():
            line, notes, chart = body.stacked(0.7, 1.7, 6.5)
            return cls(line, chart, *notes.columns(2, 3))
        line, chart = body.stacked(0.7, 4.75, gap=GAP / 2)
        plane = Slot(
            chart.left + LEFT_ROOM + CLEAR,
            chart.right - RIGHT_ROOM,
            chart.bottom,
            chart.top - 2.2 * Size.BODY,
        )
        left, _, right = plane.columns(40, 20, 40, gap=0)
        return cls(line, chart, left, right)
