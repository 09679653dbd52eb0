"""Room beside the graph in which up to three tensors of a batch stand large, each with its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from manim import (
    LEFT,
    RIGHT,
    UP,
    Animation,
    FadeIn,
    FadeOut,
    ManimColor,
    RoundedRectangle,
    VGroup,
)

from figures.computation_graph.columns import LATE, MOST_ROWS, Column, Scale
from visuals.layout import GAP, Slot, is_wide
from visuals.numbers import Num, as_typed
from visuals.plates import PADDING, panel
from visuals.theme import Pace, Size, theme
from visuals.typography import Math, Words

LINE = 0.5
"""Height of a line of names or numbers, in scene units."""

BASELINE = 0.36
"""Distance of a baseline from the top of its line, in scene units."""

BETWEEN = 0.9
"""Room for a sign between two columns of a wide frame, in scene units."""

SPACE = 0.15
"""Space between words of a name, in scene units."""

WHOLE_FROM = 1000
"""Size from which a number is shown without decimal places."""


def shown(value: float) -> Num:
    """Return a number of the graph: halves as they are, all others with two places."""
    if float(2 * value).is_integer():
        return as_typed(value)
    return Num(value, 2 if abs(value) < WHOLE_FROM else 0)


class NumberedColumn(VGroup):
    """Bars with their name, and with the number of the bar that is followed.

    Parameters
    ----------
    bars
        The bars, and with them their sum where they lie head to tail.
    name
        Their name.
    number
        The number of the last bar, or their sum.
    sign
        Sign that joins them to the column before, or none.
    """

    def __init__(self, bars: Column, name: VGroup, number: Words, sign: Math | None) -> None:
        self.bars, self.name_of_bars, self.number = bars, name, number
        self.sign = VGroup(*([sign] if sign else []))
        super().__init__(bars, name, number, self.sign)

    def turn_into(self, other: NumberedColumn, run_time: float = Pace.MOVE) -> list[Animation]:
        """Turn into another column of the same examples."""
        return [
            *self.bars.turn_into(other.bars, run_time),
            FadeOut(self.name_of_bars, self.number, self.sign, run_time=run_time / 2),
            *other.show_names(run_time),
        ]

    def grow(self, run_time: float = Pace.MOVE) -> list[Animation]:
        """Let the bars grow, while their name comes, and at last their number."""
        return [*self.bars.grow(run_time), *self.show_names(run_time)]

    def show_names(self, run_time: float = Pace.MOVE) -> list[Animation]:
        """Show all but the bars; the number comes last."""
        return [
            FadeIn(self.name_of_bars, self.sign, run_time=run_time),
            FadeIn(self.number, run_time=run_time, rate_func=LATE),
        ]


@dataclass(frozen=True)
class Desk:
    """Three places for columns: side by side, or one below the other in a frame that is not wide.

    Attributes
    ----------
    room
        Their room.
    """

    room: Slot

    def ground(self) -> RoundedRectangle:
        """Return the ground that the columns stand on."""
        return self.room.place(panel(self.room.width, self.room.height, 0))

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The places, each with room for a name and a number."""
        room = self.room.inset(PADDING)
        if is_wide():
            return room.columns(1, 1, 1, gap=BETWEEN)
        return room.stacked(1, 1, 1, gap=GAP / 2)

    @property
    def width(self) -> float:
        """Width of a column."""
        return self.slots[0].width

    def column(
        self,
        at: int,
        values: Sequence[float],
        scale: Scale,
        color: ManimColor,
        name: Sequence[Words | Math],
        sign: str = "",
    ) -> NumberedColumn:
        """Return a column at a place, numbered with its last drawn bar.

        Parameters
        ----------
        at
            The place, 0 to 2.
        values
            One number for each example.
        scale, color
            Scale and colour of the bars.
        name
            Words and formulas of the name.
        sign
            Sign before the column, as ``"times"``.
        """
        bars = Column(self._bars(at), values, scale, color)
        return self._numbered(at, bars, values[:MOST_ROWS][-1], name, sign)

    def total(
        self,
        at: int,
        values: Sequence[float],
        total: float,
        color: ManimColor,
        name: Sequence[Words | Math],
    ) -> NumberedColumn:
        """Return the bars of a batch head to tail, and their sum below them.

        Parameters
        ----------
        at
            The place.
        values
            One number for each example.
        total
            Their sum.
        color
            Colour of the bars.
        name
            Words and formulas of the name.
        """
        ends = np.cumsum(values[:MOST_ROWS]).tolist()
        scale = Scale([*ends, total], self.width)
        bars = Column(self._bars(at), values, scale, color, total)
        return self._numbered(at, bars, total, name, "")

    def _bars(self, at: int) -> Slot:
        slot = self.slots[at]
        bottom = slot.bottom + (LINE if is_wide() else 0)
        return Slot(slot.left, slot.right, bottom, slot.top - LINE)

    def _numbered(
        self, at: int, bars: Column, value: float, name: Sequence[Words | Math], sign: str
    ) -> NumberedColumn:
        slot = self.slots[at]
        size = Size.TITLE if is_wide() else Size.BODY
        number = Words("%(value)s", size=size, color=bars.ink, value=shown(value))
        words = VGroup(*(part.copy() for part in name))
        joint = Math(sign, size=size, color=theme.INK) if sign else None
        line = slot.top - BASELINE
        if is_wide():
            _on_line(words.arrange(RIGHT, buff=SPACE), line)
            words.shift(RIGHT * (slot.center[0] - words.get_x()))
            _on_line(VGroup(number), slot.bottom + LINE - BASELINE)
            number.set_x(slot.center[0])
            if joint:
                joint.move_to(np.array([slot.left - BETWEEN / 2, number.get_y(), 0.0]))
        else:
            row = VGroup(*words, number).arrange(RIGHT, buff=SPACE)
            _on_line(row, line)
            if joint:
                row.add_to_back(joint.next_to(words[0], LEFT, buff=SPACE))
            row.shift(RIGHT * (slot.left - row.get_left()[0]))
        return NumberedColumn(bars, words, number, joint)


def _on_line(parts: VGroup, y: float) -> None:
    """Put words and formulas on one baseline; a formula begins with a sign that stands on it."""
    for part in parts:
        baseline = part.baseline if isinstance(part, Words) else part[0].get_bottom()[1]
        part.shift(UP * (y - baseline))
