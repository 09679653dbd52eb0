"""Tables in the free corner of a chart: the parameters of both programs, and their names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    FadeIn,
    LaggedStart,
    Mobject,
    ValueTracker,
    VGroup,
)

from figures.concise_implementation.excerpts import NAMES
from figures.concise_implementation.loss_runs import LossRuns
from linreg.study.two_runs import ComparedRun
from visuals.code import CodeText
from visuals.formula import formula
from visuals.layout import GAP, Slot, is_wide
from visuals.plots import Points
from visuals.readout import Readout
from visuals.roles import ROLES_IN_TRAINING
from visuals.run import AtStep
from visuals.theme import Pace, Size
from visuals.typography import Words

Table = TypeVar("Table", bound=Mobject)

PLACES = 4
"""Digits behind the point, as in the table that the terminal prints."""

LEADING, NAMES_LEADING = 1.75, 1.5
"""Distances of two rows of numbers and of names, in ems."""

LATE = 0.4
"""Share of the steps after which the curves must leave room for a table."""

COLUMN_GAP = 0.6
"""Space between two columns, in scene units."""


def table_room(body: Slot) -> tuple[Slot, Slot]:
    """Return the rooms for a chart and for a table: one room, or two in a tall frame."""
    if is_wide():
        return body, body
    above, below = body.stacked(76, 24)
    return above, below


def free_corner(runs: LossRuns, slot: Slot, table: Table) -> Table:
    """Put a table into its room: into the corner at the right that both curves leave free.

    Parameters
    ----------
    runs
        The curves.
    slot
        The room for the table; see :func:`table_room`.
    table
        The table.
    """
    axes = runs.chart.axes
    if axes[0].get_y() > slot.top:
        return slot.place(table, shrink=False)
    right, top = axes[0].get_right()[0], axes[1].get_top()[1]
    bottom = axes[0].get_y()
    heights = np.concatenate([runs.line.corners[:, 1], _places(runs)[:, 1]])
    late = heights[np.tile(np.linspace(0, 1, runs.last + 1) > LATE, 2)]
    is_above = top - late.max() >= late.min() - bottom
    corner = np.array([right, top if is_above else bottom, 0.0])
    table.move_to(corner, UP + RIGHT if is_above else DOWN + RIGHT)
    return table


def _places(runs: LossRuns) -> Points:
    logs = runs.rings.logs[-1]
    return runs.chart.at(np.arange(len(logs)), 10.0**logs)


class DigitTable(VGroup):
    """The parameters of both programs at the step of now, in two columns.

    Parameters
    ----------
    runs
        The runs that are compared, from scratch and with PyTorch's parts.
    names
        Names of both.
    step
        Tracker of the step.

    Attributes
    ----------
    readouts
        The numbers, column by column.
    """

    def __init__(
        self, runs: Sequence[ComparedRun], names: Sequence[Words], step: ValueTracker
    ) -> None:
        symbols = VGroup()
        names = [name.shift(DOWN * name.baseline) for name in names]
        columns: list[list[Readout]] = [[] for _ in names]
        for row, name in enumerate(("w_1", "w_2", "b")):
            y = -(row + 1) * LEADING * Size.BODY
            symbol = formula(f"{{{{ {name} : {name} }}}}", ROLES_IN_TRAINING)
            symbols.add(symbol.move_to(UP * y, aligned_edge=RIGHT))
            for column, run in zip(columns, runs, strict=True):
                value = AtStep(step, run.params[:, row].numpy())
                readout = Readout(value.get_value, PLACES)
                column.append(readout.move_to(UP * y))
        right = symbols.get_right()[0]
        for title, column in zip(names, columns, strict=True):
            right += COLUMN_GAP + max(title.width, *(number.width for number in column))
            title.shift(RIGHT * (right - title.get_right()[0]))
            for readout in column:
                readout.end_at(right)
        self.readouts = [readout for column in columns for readout in column]
        super().__init__(symbols, *names, *self.readouts)

    def tracked(self) -> DigitTable:
        """Let the numbers follow the step."""
        for readout in self.readouts:
            readout.tracked()
        return self


class NameTable(VGroup):
    """The names of our program, and beside each PyTorch's.

    Attributes
    ----------
    rows
        Both names of a thing and the arrow between them.
    """

    def __init__(self) -> None:
        self.rows = []
        ours, arrows, theirs = (VGroup() for _ in range(3))
        for number, (old, new) in enumerate(NAMES):
            y = -number * NAMES_LEADING * Size.BODY
            row = (CodeText(old, Size.CODE), Words("→"), CodeText(new, Size.CODE))
            for part, column in zip(row, (ours, arrows, theirs), strict=True):
                column.add(part.set_y(y).align_to(np.zeros(3), LEFT))
            self.rows.append(VGroup(*row))
        arrows.shift(RIGHT * (ours.get_right()[0] + GAP - arrows.get_left()[0]))
        theirs.shift(RIGHT * (arrows.get_right()[0] + GAP - theirs.get_left()[0]))
        super().__init__(*self.rows)

    def appear(self, run_time: float = Pace.SWEEP) -> Animation:
        """Let the rows come, one after the other."""
        return LaggedStart(*map(FadeIn, self.rows), lag_ratio=0.6, run_time=run_time)
