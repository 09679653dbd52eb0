"""The parameters that were learned beside the true ones, in the colours of the printed table."""

from __future__ import annotations

from manim import DOWN, RIGHT, UP, VGroup

from linreg.study.trace import Trace
from visuals.formula import formula
from visuals.numbers import Num
from visuals.readout import READOUT_LEADING
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Size, theme
from visuals.typography import Words

PLACES = 4
"""Digits after the point, as the command prints them."""

COLUMN_GAP = 0.35
"""Distance of two columns, in scene units."""

PARAMETERS = ("w_1", "w_2", "b")


class LearnedAndTrue(VGroup):
    """A row for each parameter: its name, what was learned, and what is true.

    Parameters
    ----------
    trace
        The run.
    learned, true
        Names of the columns.
    """

    def __init__(self, trace: Trace, learned: Words, true: Words) -> None:
        w, b = trace.params(-1)
        ways = (
            (learned, (*w, *b), theme.MODEL),
            (true, (*trace.true_w, *trace.true_b), theme.TRUTH),
        )
        names = VGroup(
            *(formula(f"{{{{ {name} : {name} }}}}", ROLES_IN_TRAINING) for name in PARAMETERS)
        )
        columns = []
        for title, values, color in ways:
            numbers = [Num(float(value), PLACES) for value in values]
            cells = [Words("%(number)s", color=color, number=number) for number in numbers]
            columns.append([title.set_fill(color), *cells])
        right = max(name.width for name in names)
        for column in columns:
            right += COLUMN_GAP + max(part.width for part in column)
            for row, part in enumerate(column):
                part.shift(RIGHT * (right - part.get_right()[0]))
                part.shift(DOWN * (part.baseline + row * READOUT_LEADING * Size.BODY))
        for name, cell in zip(names, columns[0][1:], strict=True):
            name.shift(RIGHT * -name.get_left()[0])
            name.shift(UP * (cell.baseline - name[0].get_bottom()[1]))
        super().__init__(names, *(part for column in columns for part in column))
