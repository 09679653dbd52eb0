"""The learned, the solved and the true parameters in three columns."""

from __future__ import annotations

from collections.abc import Sequence

from manim import DOWN, LEFT, ORIGIN, RIGHT, ManimColor, VGroup
from torch import Tensor

from linreg.study.exact import Exact
from visuals.formula import formula
from visuals.layout import Slot, is_wide
from visuals.numbers import Num
from visuals.plates import PADDING, panel
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Size, theme
from visuals.typography import Words

PLACES = 4
"""Digits after the point."""

BASE = 0.1
"""Depth of the first baseline, in scene units."""

HEIGHT = 4.4
"""Height of the panel, in scene units."""

ROW = 0.9
"""Distance of two rows, in scene units."""


class ThreeColumns(VGroup):
    """The parameters that were learned, solved and true.

    Parameters
    ----------
    slot
        The room for it.
    exact
        The parameters.
    heads
        Names of the columns, left to right: learned, solved, true.

    Attributes
    ----------
    ground
        The panel that they lie on.
    names
        Of the parameters, downwards.
    columns
        The numbers of each column below its head.
    """

    def __init__(self, slot: Slot, exact: Exact, heads: Sequence[Words]) -> None:
        count = len(exact.solved)
        symbols = [*(f"w_{k + 1}" for k in range(count - 1)), "b"]
        self.names = VGroup(
            *(formula(f"{{{{ {s} : {s[0]} }}}}", ROLES_IN_TRAINING) for s in symbols)
        )
        self.columns = [
            _column(head, values, color)
            for head, values, color in zip(
                heads,
                (exact.learned, exact.solved, exact.true),
                (theme.MODEL, theme.MODEL, theme.TRUTH),
                strict=True,
            )
        ]
        room = slot.inset(PADDING)
        width = max(max(part.width for part in column) for column in self.columns)
        first = max(name.width for name in self.names)
        gap = min(0.5, (room.width - first - 3 * width) / 3)
        for row, name in enumerate(self.names):
            name.move_to(ORIGIN, aligned_edge=LEFT)
            name.shift(DOWN * (ROW * (row + 1) + BASE + name[0].get_bottom()[1]))
        for k, column in enumerate(self.columns):
            edge = first + (k + 1) * (gap + width)
            for row, word in enumerate(column.submobjects):
                assert isinstance(word, Words)
                word.move_to(RIGHT * edge, aligned_edge=RIGHT)
                word.shift(DOWN * (ROW * row + BASE + word.baseline))
        table = VGroup(self.names, *self.columns)
        height = min(HEIGHT, slot.height) - 2 * PADDING
        self.ground = slot.place(panel(room.width, height), shrink=False)
        super().__init__(self.ground, table.move_to(self.ground))


def _column(head: Words, values: Tensor, color: ManimColor) -> VGroup:
    size = Size.BODY if is_wide() else Size.CODE
    numbers = (
        Words("%(number)s", size=size, color=color, number=Num(value, PLACES))
        for value in values.tolist()
    )
    return VGroup(head.set_fill(color), *numbers)
