"""Tensors as blocks of numbers: as many rows and columns as they have, with name and shape."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    FadeIn,
    LaggedStart,
    Rectangle,
    VGroup,
    VMobject,
)
from torch import Tensor

from visuals.code import CodeText
from visuals.following import Follower
from visuals.formula import formula
from visuals.numbers import Num, integer, places_of
from visuals.plates import panel
from visuals.readout import Readout
from visuals.theme import Role, Size, Stroke, theme
from visuals.typography import Words

MOST_ROWS, FIRST_ROWS = 5, 3
"""Rows that are all shown; and of more, those shown before the last."""

ROW = 1.25
"""Height of a row, in ems."""

COLUMN_GAP, BORDER = 0.22, 0.1
NAME_GAP, SHAPE_GAP = 0.12, 0.14
MOST_PLACES = 4


def shown_rows(count: int) -> list[int]:
    """Return the numbers of the rows that a block shows."""
    return [*range(count)] if count <= MOST_ROWS else [*range(FIRST_ROWS), count - 1]


def common_places(values: Tensor, digits: int = 2) -> int:
    """Return the digits behind the point with which the largest number has enough of them."""
    return min(places_of(float(values.abs().max()), digits), MOST_PLACES)


class Block(Follower, VGroup):
    """A tensor as a block of its numbers.

    Parameters
    ----------
    name
        Its name in the code.
    values
        Shape (n, p) or (n,).
    role
        Of its numbers.
    places
        Digits behind the point.
    size
        Height of an em, in scene units.
    live
        Returns the present number of a row and a column; then the numbers change.
    shaped
        Whether its shape stands below it.
    widest
        A number that each column has room for.
    title_size
        Height of an em of the name; that of the numbers unless given.
    least
        Least width of a column.
    leading
        Height of a row, in ems.

    Attributes
    ----------
    ground, title, shape
        The panel, the name above it, the shape below it.
    rows
        Cells of each row that is shown.
    """

    def __init__(
        self,
        name: str,
        values: Tensor,
        role: Role,
        places: int,
        size: float = Size.CODE,
        live: Callable[[int, int], float] | None = None,
        shaped: bool = True,
        widest: float = 0.0,
        title_size: float | None = None,
        least: float = 0.0,
        leading: float = ROW,
    ) -> None:
        self.size, self.leading = size, leading
        table = values.reshape(len(values), -1)
        color = theme.of(role)
        numbers = shown_rows(len(table))

        def cell(row: int, column: int) -> VMobject:
            if live is not None:
                return Readout(partial(live, row, column), places, size=size, color=color)
            number = Num(float(table[row, column]), places)
            return Words("%(number)s", size=size, color=color, number=number)

        self.rows = [VGroup(*(cell(row, at) for at in range(table.shape[1]))) for row in numbers]
        self.dots = VGroup()
        if len(numbers) < len(table):
            self.dots.add(formula("dots.v", size=size).set_fill(color))
        least = max(least, Words("%(number)s", size=size, number=Num(widest, places)).width)
        self.widths = [
            max(least, *(row[at].width for row in self.rows)) for at in range(table.shape[1])
        ]
        lines: list[VMobject] = [*self.rows]
        if len(self.dots):
            lines.insert(FIRST_ROWS, self.dots)
        for line, row in enumerate(lines):
            right = 0.0
            for part, width in zip(row, self.widths, strict=False):
                right += width
                # A live number stands on its baseline, the others have their middle there.
                middle = part.digits.get_y() if isinstance(part, Readout) else 0.0
                part.shift(RIGHT * (right - part.get_right()[0]))
                part.shift(DOWN * (middle + line * leading * size))
                right += COLUMN_GAP
        height = len(lines) * leading * size
        gaps = COLUMN_GAP * (len(self.widths) - 1)
        self.ground = panel(sum(self.widths) + gaps, height, BORDER)
        # Where no number is as wide as there is room for, the numbers stand at the right.
        middle = -(len(lines) - 1) * leading * size / 2
        self.ground.set_x(self.ground.width / 2 - BORDER).set_y(middle)
        for dots in self.dots:
            dots.set_x(self.ground.get_x())
        self.title = CodeText(name, title_size or size)
        self.title.next_to(self.ground, UP, buff=NAME_GAP)
        n, p = map(integer, table.shape)
        self.shape = (
            Words("(%(n)s,)", size=size, color=theme.MUTED, n=n)
            if values.dim() == 1
            else Words("(%(n)s, %(p)s)", size=size, color=theme.MUTED, n=n, p=p)
        )
        self.shape.next_to(self.ground, DOWN, buff=SHAPE_GAP)
        parts = [self.ground, *self.rows, self.dots, self.title]
        super().__init__(*parts, *([self.shape] if shaped else []))
        self.follow()

    def put(self, x: float, y: float) -> Block:
        """Move it so that its ground's middle is there."""
        return self.shift(RIGHT * (x - self.ground.get_x()) + UP * (y - self.ground.get_y()))

    def hang(self, x: float, top: float) -> Block:
        """Move it so that the top of its ground's middle is there."""
        return self.put(x, top - self.ground.height / 2)

    def follow(self) -> Block:
        """Show the present numbers; their last digits stay in place."""
        for row in self.rows:
            right = self.ground.get_left()[0] + BORDER
            for cell, width in zip(row, self.widths, strict=True):
                right += width
                if isinstance(cell, Readout):
                    cell.follow().end_at(right)
                right += COLUMN_GAP
        return self

    def edge(self, row: int) -> Rectangle:
        """Return a frame round a row."""
        cells = self.rows[row]
        frame = Rectangle(
            width=self.ground.width - BORDER / 2,
            height=self.leading * self.size * 0.95,
            color=theme.INK,
            stroke_width=Stroke.THIN,
        )
        return frame.move_to(self.ground).set_y(cells.get_y())

    def fill(self, run_time: float) -> LaggedStart:
        """Let its rows appear one after the other."""
        return LaggedStart(*(FadeIn(row) for row in self.rows), lag_ratio=0.3, run_time=run_time)

    def emptied(self) -> VGroup:
        """Return what stands before its numbers do: its ground, name and shape."""
        return VGroup(*(part for part in self if part not in self.rows))


def in_a_row(blocks: list[VMobject], x: float, y: float, gap: float) -> VGroup:
    """Stand blocks and signs side by side: tops of grounds on a line, signs beside first rows."""
    tall = [part for part in blocks if isinstance(part, Block)]
    top = y + max((part.ground.height for part in tall), default=0.0) / 2
    first = top - BORDER - tall[0].leading * tall[0].size / 2 if tall else y
    left = 0.0
    for part in blocks:
        ground = part.ground if isinstance(part, Block) else part
        height = top - ground.height / 2 if isinstance(part, Block) else first
        part.shift(UP * (height - ground.get_y()))
        width = max(part.width, ground.width)
        part.shift(LEFT * (part.get_left()[0] - left))
        left += width + gap
    group = VGroup(*blocks)
    return group.shift(RIGHT * (x - group.get_x()))
