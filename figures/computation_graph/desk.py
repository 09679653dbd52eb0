"""Ground beside the graph on which one tensor at a time stands large, below its calculation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from manim import (
    DOWN,
    RIGHT,
    UP,
    Line,
    ManimColor,
    RoundedRectangle,
    VGroup,
)

from figures.computation_graph.bars import Bars
from figures.computation_graph.nodes import Node
from visuals.formula import formula
from visuals.layout import BEHIND, Slot, is_wide
from visuals.numbers import Num, as_typed
from visuals.plates import PADDING, panel
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Role, Size, Stroke, theme
from visuals.typography import Math, Words

WIDE_LINE, TALL_LINE = 0.7, 0.5
"""Height of a line of the calculation, in scene units."""

BASELINE = 0.44
"""Distance of a baseline from the top of its line, in scene units."""

SPACE = 0.18
"""Space between words and formulas of a calculation, in scene units."""

SHARES = (3, 7)
"""Widths of two tensors side by side."""

WHOLE_FROM = 1000
"""Size from which a number is shown without decimal places."""

ROLES = {**ROLES_IN_TRAINING, "given": Role.GRADIENT, "made": Role.GRADIENT}


def shown(value: float) -> Num:
    """Return a number of the graph: halves as they are, all others with two places."""
    if float(2 * value).is_integer():
        return as_typed(value)
    return Num(value, 2 if abs(value) < WHOLE_FROM else 0)


@dataclass(frozen=True)
class Desk:
    """A ground with room for a calculation, and below it for a tensor or two side by side.

    Attributes
    ----------
    room
        Its room.
    """

    room: Slot

    def ground(self) -> RoundedRectangle:
        """Return the ground."""
        ground = self.room.place(panel(self.room.width, self.room.height, 0))
        return ground.set_z_index(2 * BEHIND)  # what fades goes behind what stays

    @property
    def slot(self) -> Slot:
        """The place of a tensor."""
        inner = self.room.inset(PADDING)
        lines = WIDE_LINE if is_wide() else 2 * TALL_LINE
        return Slot(inner.left, inner.right, inner.bottom, inner.top - lines)

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The places of two tensors."""
        return self.slot.columns(*SHARES)

    def pointer(self, node: Node) -> VGroup:
        """Return a short line from a node to the ground; only a wide frame has one."""
        if not is_wide():
            return VGroup()
        start = node.box.get_bottom()
        end = start + DOWN * (start[1] - self.room.top)
        return VGroup(Line(start, end, color=theme.INK, stroke_width=Stroke.BOLD))

    def calculation(self, expression: str, slot: Slot | None = None, words: str = "") -> VGroup:
        """Return a calculation, as ``"1/2 times 2 r"`` in Typst's notation, above a place.

        Parameters
        ----------
        expression
            The calculation.
        slot
            The place above which it stands; the whole desk unless given.
        words
            Words after it, or none.
        """
        rest = [Words(words, size=self._size)] if words else []
        return self._placed(slot, [formula(expression, ROLES, self._size)], rest)

    def sum(
        self,
        expression: str,
        words: str,
        total: float,
        color: ManimColor,
        slot: Slot | None = None,
    ) -> VGroup:
        """Return the name of what is added up, and its sum.

        Parameters
        ----------
        expression
            What is added up.
        words
            Words for adding up.
        total
            The sum.
        color
            Its colour.
        slot
            The place above which it stands; the whole desk unless given.
        """
        size = self._size
        number = Words("%(value)s", size=size, color=color, value=shown(total))
        rest = [Words(words, size=size), Words("=", size=size), number]
        return self._placed(slot, [formula(expression, ROLES, size)], rest)

    def over(self, calculation: VGroup, bars: Bars) -> VGroup:
        """Put a calculation above its bars; in a frame that is not wide it stays at the left."""
        if not is_wide():
            return calculation
        inner, half = self.room.inset(PADDING), calculation.width / 2
        x = min(max(bars.rows.get_x(), inner.left + half), inner.right - half)
        return calculation.set_x(x)

    @property
    def _size(self) -> float:
        return Size.TITLE if is_wide() else Size.BODY

    def _placed(
        self,
        slot: Slot | None,
        first: Sequence[Words | Math],
        second: Sequence[Words | Math] = (),
    ) -> VGroup:
        """Put words on a line, or on two lines in a frame that is not wide."""
        inner = self.room.inset(PADDING)
        left = (slot or inner).left
        lines = [[*first, *second]] if is_wide() else [first, second]
        for number, words in enumerate(lines):
            y = inner.top - BASELINE - number * TALL_LINE
            x = left if not number else inner.left
            for word in words:
                baseline = word[0].get_bottom()[1]
                if isinstance(word, Words):
                    baseline = word.baseline
                word.shift(UP * (y - baseline) + RIGHT * (x - word.get_left()[0]))
                x = word.get_right()[0] + SPACE
        return VGroup(*first, *second)
