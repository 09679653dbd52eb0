"""Lines that a program printed, on a panel."""

from __future__ import annotations

from collections.abc import Sequence

from manim import Animation, ApplyMethod, VGroup

from linreg.study.rates import RateRun
from visuals.code import CodeText
from visuals.plates import panel
from visuals.theme import Pace, Size


class Printed(VGroup):
    """A panel with lines, none of which is shown at first.

    Parameters
    ----------
    lines
        The lines.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self.code = CodeText("\n".join(lines), Size.BODY, python=False)
        for row in self.code.rows:
            row.set_opacity(0)
        ground = panel(self.code.width, self.code.height).move_to(self.code)
        super().__init__(ground, self.code)

    def print_row(self, number: int) -> Animation:
        """Print a line."""
        return ApplyMethod(self.code.rows[number].set_opacity, 1, run_time=Pace.QUICK)


def overflow_lines(run: RateRun) -> list[str]:
    """Return the first lines of a run that say inf, and nan."""
    assert run.overflow is not None
    return [run.printed(step) for step in run.overflow]
