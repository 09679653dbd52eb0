"""Lines that a program printed, on a panel."""

from __future__ import annotations

from collections.abc import Sequence

from manim import Animation, AnimationGroup, ApplyMethod, VGroup

from linreg.study.rates import RateRun
from visuals.code import CodeText
from visuals.plates import panel
from visuals.theme import Pace, Size

GAP_MARK = "..."


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

    def print_rows(self, *numbers: int) -> Animation:
        """Print some lines."""
        rows = (self.code.rows[number] for number in numbers)
        each = (ApplyMethod(row.set_opacity, 1) for row in rows)
        return AnimationGroup(*each, lag_ratio=1, run_time=Pace.QUICK)


def overflow_lines(run: RateRun) -> list[str]:
    """Return the lines around the overflow of a run: the last number, inf, and nan."""
    assert run.overflow is not None
    infinite, undefined = run.overflow
    lines = [run.printed(infinite - 1), run.printed(infinite)]
    if undefined > infinite + 1:
        lines.append(GAP_MARK)
    return [*lines, run.printed(undefined)]
