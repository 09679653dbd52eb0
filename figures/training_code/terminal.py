"""A terminal: a command, and line by line what it prints."""

from __future__ import annotations

from collections.abc import Sequence

from manim import Animation, ApplyMethod, LaggedStart, ManimColor, VGroup

from visuals.code import ADVANCE, LEADING, CodeText
from visuals.layout import Slot, is_wide
from visuals.plates import PADDING, panel
from visuals.source import MOST_LINES
from visuals.theme import Pace, Size, theme

PROMPT = "$ "
GAP_MARK = "..."

BORDER = 0.5
"""Border of the panel in a wide frame, in scene units."""

LOSS = "loss"
"""Word of the output that has the colour of the loss."""


class Terminal(VGroup):
    """A command and its output on a panel; nothing of it is shown before it is printed.

    Parameters
    ----------
    slot
        The room for it, which its text fills.
    command
        What was typed.
    lines
        What it printed; its end is a table under a line of column names.
    table_rows
        Lines of that table, its column names included.

    Attributes
    ----------
    panel, code
        The ground, and the lines on it.
    """

    def __init__(self, slot: Slot, command: str, lines: Sequence[str], table_rows: int) -> None:
        self.lines = [PROMPT + command, *fitting(lines, MOST_LINES - 1, table_rows + 1)]
        self.table = len(self.lines) - table_rows
        border = BORDER if is_wide() else PADDING
        room = slot.inset(border)
        columns = max(map(len, self.lines)) * ADVANCE
        fits = room.width / columns, room.height / (len(self.lines) * LEADING)
        self.code = CodeText("\n".join(self.lines), min(Size.BODY, *fits), python=False)
        self.panel = panel(self.code.width, self.code.height, border).move_to(self.code)
        for number, line in enumerate(self.lines):
            if LOSS in line:
                self.code.token(number, LOSS).set_fill(theme.LOSS)
            self.code.rows[number].set_opacity(0)
        super().__init__(self.panel, self.code)
        slot.place(self, shrink=False)

    def type_command(self, run_time: float = Pace.MOVE) -> Animation:
        """Show the command, letter by letter."""
        letters = (ApplyMethod(letter.set_opacity, 1) for letter in self.code.rows[0])
        return LaggedStart(*letters, lag_ratio=1, run_time=run_time)

    def print_before_table(self, run_time: float = Pace.SWEEP) -> Animation:
        """Show what is printed before the table, line by line."""
        return self._print(self.code.rows[1 : self.table], run_time)

    def print_names(self, run_time: float = Pace.QUICK) -> Animation:
        """Show the names of the table's rows."""
        names = [
            self.code.columns(row, 0, len(self.lines[row].split(" ")[0]))
            for row in range(self.table + 1, len(self.lines))
        ]
        return self._print(names, run_time)

    def print_column(
        self, number: int, color: ManimColor, run_time: float = Pace.QUICK
    ) -> Animation:
        """Show a column of the table, from 0, in a colour."""
        cells = self._column(number)
        for cell in cells:
            cell.set_fill(color, opacity=0)
        return self._print(cells, run_time)

    def _print(self, rows: Sequence[VGroup], run_time: float) -> Animation:
        parts = (ApplyMethod(row.set_opacity, 1) for row in rows if len(row))
        return LaggedStart(*parts, lag_ratio=1, run_time=run_time)

    def _column(self, number: int) -> list[VGroup]:
        """Return the glyphs of a column of the table, row by row; names are no column."""
        header = self.lines[self.table]
        words = header.split()
        ends = [header.index(word) + len(word) for word in words]
        rows = range(self.table, len(self.lines))
        return [
            self.code.columns(
                row,
                ends[number - 1] if number else len(self.lines[row].split(" ")[0]),
                ends[number],
            )
            for row in rows
        ]


def fitting(lines: Sequence[str], most: int, last: int) -> list[str]:
    """Return the lines, or so many of them that they fit: the first ones and the last ones.

    Parameters
    ----------
    lines
        All of them.
    most
        How many fit, the mark of what is left out included.
    last
        How many of the last are kept.
    """
    if len(lines) <= most:
        return list(lines)
    return [*lines[: most - last - 1], GAP_MARK, *lines[-last:]]
