"""The first rows of a data set as a table: a tensor of features beside a tensor of labels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from manim import DOWN, RIGHT, UP, Animation, AnimationGroup, ApplyMethod, VGroup
from torch import Tensor

from visuals.formula import formula
from visuals.numbers import Num
from visuals.plates import panel
from visuals.theme import Pace, theme
from visuals.typography import Math, Typeset, Words

TABLE_PADDING = 0.22
TABLE_COLUMN_GAP = 0.4
ROW_HEIGHT = 0.52

DIMMED = 0.45
"""Opacity of numbers that are not looked at."""


class TensorTable(VGroup):
    """The first rows of a matrix on a panel, under its name and its columns' names.

    Parameters
    ----------
    name
        What the tensor is called.
    tensor
        The numbers, shape (n, columns).
    columns
        What each column is.
    most
        Rows that are shown; dots below them stand for the rest.
    places
        Digits behind the point.

    Attributes
    ----------
    cells
        The numbers, a list for each row.
    panel
        What they lie on.
    """

    def __init__(
        self,
        name: Words,
        tensor: Tensor,
        columns: Sequence[Typeset],
        most: int = 5,
        places: int = 2,
    ) -> None:
        rows, num_columns = tensor.shape
        self.cells: list[list[Typeset]] = [
            [Words("%(value)s", value=Num(value, places), color=theme.DATA) for value in row]
            for row in tensor[:most].tolist()
        ]
        dots: list[Typeset] = [
            Math("dots.v", color=theme.MUTED) for _ in range(num_columns if rows > most else 0)
        ]
        grid: list[list[Typeset]] = [list(columns), *self.cells, *([dots] if dots else [])]
        widest = max(cell.width for row in grid for cell in row)
        _arrange(grid, widest + TABLE_COLUMN_GAP)
        self.body = VGroup(*(cell for row in grid for cell in row))
        width = max(self.body.width + TABLE_PADDING, name.width)
        self.panel = panel(width, len(grid) * ROW_HEIGHT, TABLE_PADDING / 2)
        self.panel.set_x(self.body.get_x())
        self.panel.set_y(-(len(grid) - 1) * ROW_HEIGHT / 2)
        name.next_to(self.panel, UP, buff=0.15)
        super().__init__(self.panel, name, self.body)

    def focus(self, row: int | None, run_time: float = Pace.QUICK) -> Animation:
        """Light one row and dim the others; None lights them all."""
        return self._light(lambda at, _: row in (None, at), run_time)

    def focus_column(self, column: int, run_time: float = Pace.QUICK) -> Animation:
        """Light one column and dim the others."""
        return self._light(lambda _, at: at == column, run_time)

    def _light(self, is_lit: Callable[[int, int], bool], run_time: float) -> Animation:
        return AnimationGroup(
            *(
                ApplyMethod(cell.set_opacity, 1.0 if is_lit(row, column) else DIMMED)
                for row, cells in enumerate(self.cells)
                for column, cell in enumerate(cells)
            ),
            run_time=run_time,
        )


def _arrange(grid: Sequence[Sequence[Typeset]], step: float) -> None:
    """Put cells in rows on common lines and in columns with a common right edge."""
    for number, row in enumerate(grid):
        for column, cell in enumerate(row):
            cell.move_to(DOWN * number * ROW_HEIGHT)
            cell.set_x(column * step, direction=RIGHT)


def data_table(name: Words, tensor: Tensor, *symbols: str) -> TensorTable:
    """Return the first rows of examples, whose columns are symbols of the data."""
    columns = [formula(f"{{{{ {symbol} : {symbol} }}}}") for symbol in symbols]
    return TensorTable(name, tensor, columns)


def side_by_side(tables: Sequence[TensorTable]) -> VGroup:
    """Stand tables beside each other, row beside row."""
    group = VGroup(*tables)
    for left, right in pairwise(tables):
        right.next_to(left.panel, RIGHT, buff=TABLE_PADDING, aligned_edge=DOWN)
        right.shift(UP * (left.panel.get_y() - right.panel.get_y()))
    return group
