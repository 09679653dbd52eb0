"""A terminal: a command, and line by line what it prints."""

from __future__ import annotations

from collections.abc import Sequence

from manim import Animation, AnimationGroup, ApplyMethod, LaggedStart, ManimColor, VGroup

from visuals.code import CodeText
from visuals.plates import panel
from visuals.source import MOST_LINES
from visuals.theme import Pace, theme

PROMPT = "$ "
GAP_MARK = "..."


class Terminal(VGroup):
    """A command and its output on a panel; nothing of it is shown before it is printed.

    Parameters
    ----------
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

    def __init__(self, command: str, lines: Sequence[str], table_rows: int) -> None:
        self.lines = [PROMPT + command, *fitting(lines, MOST_LINES - 1, table_rows + 1)]
        self.table = len(self.lines) - table_rows
        self.code = CodeText("\n".join(self.lines), python=False)
        self.panel = panel(self.code.width, self.code.height).move_to(self.code)
        for row in self.code.rows:
            row.set_opacity(0)
        super().__init__(self.panel, self.code)

    def type_command(self, run_time: float = Pace.MOVE) -> Animation:
        """Show the command, letter by letter."""
        letters = (ApplyMethod(letter.set_opacity, 1) for letter in self.code.rows[0])
        return LaggedStart(*letters, lag_ratio=1, run_time=run_time)

    def print_lines(self, run_time: float = Pace.SWEEP) -> Animation:
        """Show what the command printed, line by line."""
        rows = (ApplyMethod(row.set_opacity, 1) for row in self.code.rows[1:])
        return LaggedStart(*rows, lag_ratio=1, run_time=run_time)

    def tint(self, colors: Sequence[ManimColor], run_time: float = Pace.MOVE) -> Animation:
        """Give each column of the table a colour, and dim all that stands above it."""
        dimmed = [ApplyMethod(row.set_fill, theme.MUTED) for row in self.code.rows[: self.table]]
        return AnimationGroup(
            *dimmed,
            *(
                ApplyMethod(glyphs.set_fill, color)
                for column, color in enumerate(colors)
                for glyphs in self._column(column)
                if len(glyphs)
            ),
            run_time=run_time,
        )

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
