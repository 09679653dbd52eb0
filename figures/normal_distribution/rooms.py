"""Slots of the one large picture: a line of code, a bell chart, and the formula of its curve."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from figures.normal_distribution.live_chart import LEFT_ROOM, RIGHT_ROOM
from visuals.layout import GAP, Slot, is_wide
from visuals.theme import Size


@dataclass(frozen=True)
class Rooms:
    """Slots of the picture: the line of code, the chart, and the formula at the bell's right.

    In a tall frame the formula stands above the chart.
    """

    line: Slot
    chart: Slot
    formula: Slot

    @property
    def whole(self) -> Slot:
        """Room of the chart where no line of code stands above it."""
        return replace(self.chart, top=self.line.top) if is_wide() else self.chart

    @classmethod
    def of(cls, body: Slot) -> Self:
        """Divide a body."""
        if not is_wide():
            line, notes, chart = body.stacked(0.7, 1.7, 6.5)
            return cls(line, chart, notes)
        line, chart = body.stacked(0.7, 4.75, gap=GAP / 2)
        plane = Slot(
            chart.left + LEFT_ROOM,
            chart.right - RIGHT_ROOM,
            chart.bottom,
            chart.top - 0.5 * Size.BODY,
        )
        _, right = plane.columns(60, 40, gap=0)
        return cls(line, chart, right)
