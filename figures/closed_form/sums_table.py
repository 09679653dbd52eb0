"""A table in which every example adds its products to twelve sums, which become three equations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Self

import numpy as np
from manim import (
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    ApplyMethod,
    FadeIn,
    FadeOut,
    LaggedStart,
    Line,
    ValueTracker,
    VGroup,
    linear,
)

from linreg.study.running_sums import RunningSums
from visuals.following import Follower
from visuals.formula import formula
from visuals.layout import BEHIND, Slot, is_wide
from visuals.plates import PADDING, panel
from visuals.plots import Points
from visuals.readout import Readout
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Pace, Size, Stroke, theme
from visuals.trackers import go
from visuals.typography import Typeset

LARGE = 1e4
"""Sums from which on no decimals are shown."""

HEAD = 5.4
"""Width of the column of names and numbers at the left, in their ems."""

FOOT = 0.8
"""Height of the panel below the last numbers, in scene units."""

NAME_RISE = 0.1
"""Distance of the numbers of an example from the table's rule, in scene units."""

UNKNOWN_GAP = 0.1
"""Space between a number and the unknown that it multiplies, in scene units."""


class SumsTable(Follower, VGroup):
    """A multiplication table of the example of now, whose cells add up their products.

    Across stand the features, the constant one and the label; down the same without the label.

    Parameters
    ----------
    slot, above
        The room for it, and for the counter.
    sums
        The sums after every example.
    counter
        The word before the number of the example.

    Attributes
    ----------
    taken
        Tracker of the number of examples that were added.
    across, down
        Numbers of the example of now.
    across_names, down_names
        Their names.
    cells
        The sums, row by row.
    """

    def __init__(self, slot: Slot, above: Slot, sums: RunningSums, counter: Typeset) -> None:
        self.sums, self.taken = sums, ValueTracker(0)
        self.rows_of = sums.rows.numpy()
        self.sums_of = sums.sums.numpy()
        self.num_rows, self.num_columns = self.sums_of.shape[1:]
        self.size = Size.TITLE if is_wide() else Size.CODE
        self.small = Size.BODY if is_wide() else Size.CODE
        self._lay_out(slot.inset(PADDING))
        names = [*(f"x_{k + 1}" for k in range(self.num_rows - 1)), "1", "y"]
        labels = [*("x" for _ in names[:-1]), "y"]
        made = [self._symbol(name, label) for name, label in zip(names, labels, strict=True)]
        self.across_names = VGroup(*made)
        self.down_names = VGroup(*(name.copy() for name in made[:-1]))
        self.across = [self._feature(column) for column in range(self.num_columns)]
        self.down = [self._feature(row) for row in range(self.num_rows)]
        self.cells = [
            [self._cell(row, column) for column in range(self.num_columns)]
            for row in range(self.num_rows)
        ]
        self.counter = Readout(lambda: float(self.example + 1), 0, counter, counter.size, theme.INK)
        above.place(self.counter, x=-1, shrink=False)
        self.unknowns, self.signs = VGroup(), VGroup()
        self.rules = self._rules()
        self._place()
        bottom = max(slot.bottom, self.row_y[-1] - FOOT)
        self.slot = replace(slot, bottom=bottom)
        ground = panel(slot.width, self.slot.height, 0)
        self.ground = self.slot.place(ground).set_z_index(BEHIND)
        numbers = [*self.across, *self.down, *(cell for row in self.cells for cell in row)]
        super().__init__(self.rules, self.across_names, self.down_names, self.counter, *numbers)
        self.follow()

    @property
    def example(self) -> int:
        """Number of the example whose products are added now, from 0."""
        return int(np.clip(np.ceil(self.taken.get_value() - 1e-9) - 1, 0, len(self.rows_of) - 1))

    def follow(self) -> Self:
        """Show the numbers of now."""
        for number in (*self.across, *self.down, self.counter):
            number.follow()
        for row in self.cells:
            for cell in row:
                cell.follow()
        self._align()
        return self

    # What can be played

    def take(self, count: float, run_time: float) -> Animation:
        """Add the products of the next examples, up to a number of them."""
        return go(self.taken, count, run_time, linear)

    def show_names(self, run_time: float = Pace.MOVE) -> Animation:
        """Show the names, that of the column of ones last."""
        ones = VGroup(self.across_names[-2], self.down_names[-1])
        others = VGroup(
            *(name for name in (*self.across_names, *self.down_names) if name not in ones)
        )
        first = FadeIn(self.ground, self.rules, others)
        return LaggedStart(first, FadeIn(ones, scale=2), lag_ratio=0.7, run_time=run_time)

    def show_example(self) -> Animation:
        """Show the numbers of the first example."""
        self.follow()
        return FadeIn(*self.across, *self.down, self.counter)

    def show_products(self) -> Iterator[Animation]:
        """Yield how the products of the first example come, row by row, the first row slowly."""
        self.taken.set_value(1)
        self.follow()
        for row in range(self.num_rows):
            yield self._show_row(row, Pace.MOVE if row == 0 else Pace.QUICK / 2)

    def _show_row(self, row: int, run_time: float) -> Animation:
        """Let both factors of each cell of a row fly together, one cell after the other."""
        products = [
            AnimationGroup(
                FadeOut(self.across[column].copy().clear_updaters(), target_position=cell),
                FadeOut(self.down[row].copy().clear_updaters(), target_position=cell),
                FadeIn(cell),
            )
            for column, cell in enumerate(self.cells[row])
        ]
        return LaggedStart(*products, lag_ratio=0.5, run_time=run_time)

    def as_equations(self) -> tuple[list[VGroup], list[Animation]]:
        """Return what leaves, and the unknowns and signs that make equations of the rows."""
        leaving = [
            *(*self.across, *self.down, self.across_names, self.down_names),
            *(self.rules, self.counter),
        ]
        names = [*(f"w_{k + 1}" for k in range(self.num_rows - 1)), "b"]
        for row in range(self.num_rows):
            for column, name in enumerate(names):
                unknown = self._symbol(name, name[0])
                self._set_after(unknown, self._edge(row, column))
                self.unknowns.add(unknown)
            sign = self._symbol("=", "equals").set_fill(theme.INK)
            middle = (self._edge(row, self.num_rows - 1) + self._edge(row, self.num_rows)) / 2
            left = self.unknowns[-1].get_right()[0]
            right = self._edge(row, self.num_columns - 1)[0] - self.widest
            sign.move_to(np.array([(left + right) / 2, middle[1] + 0.25 * self.size, 0]))
            self.signs.add(sign)
        rows = VGroup(*(cell for row in self.cells for cell in row), self.unknowns, self.signs)
        way = self.slot.center - rows.get_center()
        self.unknowns.shift(way)
        self.signs.shift(way)
        moves = [ApplyMethod(cell.shift, way) for row in self.cells for cell in row]
        return leaving, [*moves, FadeIn(self.unknowns), FadeIn(self.signs)]

    # Parts

    def _lay_out(self, slot: Slot) -> None:
        """Find where columns end and rows stand."""
        probe = Readout(lambda: -self._greatest(), self._places(), size=self.size)
        self.widest = float(probe.digits.width)
        unknown = self._symbol("w_2", "w").width + UNKNOWN_GAP
        head = HEAD * self.small
        free = slot.width - head - self.num_columns * (self.widest + unknown)
        gap = max(0.1, min(0.7, free / (self.num_columns + 1)))
        pitch = self.widest + unknown + gap
        width = head + self.num_columns * pitch
        left = slot.center[0] - width / 2
        self.head_right = left + head
        self.edges = [
            self.head_right + gap + k * pitch + self.widest for k in range(self.num_columns)
        ]
        self.edges[-1] += gap / 2
        top = slot.top - 0.1
        self.name_y, self.value_y = top - 0.35, top - 0.35 - 1.7 * self.small
        first = self.value_y - 2.6 * self.small
        room = first - slot.bottom
        step = min(1.25, room / (self.num_rows - 0.4))
        self.row_y = [first - step * (row + 0.25) for row in range(self.num_rows)]
        self.left, self.right = left, self.edges[-1] + 0.1

    def _rules(self) -> VGroup:
        y = self.value_y - 0.5 * self.small - NAME_RISE
        x = self.head_right
        lines = [
            ([self.left, y, 0], [self.right, y, 0]),
            ([x, self.name_y + self.small, 0], [x, self.row_y[-1] - 0.4, 0]),
            ([self.bar, self.name_y + self.small, 0], [self.bar, self.row_y[-1] - 0.4, 0]),
        ]
        return VGroup(
            *(
                Line(np.array(a), np.array(b), color=theme.MUTED, stroke_width=Stroke.AXIS)
                for a, b in lines
            )
        )

    @property
    def bar(self) -> float:
        """The x of the rule before the column of the label."""
        left = self.edges[-1] - self.widest
        return float(left - 0.45 * (left - self.edges[-2]))

    def _place(self) -> None:
        for name, edge in zip(self.across_names, self.edges, strict=True):
            name.move_to(np.array([edge - self.widest / 2, self.name_y, 0]))
        for name, y in zip(self.down_names, self.row_y, strict=True):
            name.move_to(np.array([self.left + 0.3, y + 0.1, 0]))
        for number in self.across:
            number.shift(UP * (self.value_y - number.pen.get_y()))
        for number, y in zip(self.down, self.row_y, strict=True):
            number.shift(UP * (y - number.pen.get_y()))
        for row, y in zip(self.cells, self.row_y, strict=True):
            for cell in row:
                cell.shift(UP * (y - cell.pen.get_y()))

    def _align(self) -> None:
        """Let every number end at the edge of its column."""
        for number, edge in zip(self.across, self.edges, strict=True):
            number.end_at(edge)
        for number in self.down:
            number.end_at(self.head_right - 0.25)
        for row in self.cells:
            for cell, edge in zip(row, self.edges, strict=True):
                cell.end_at(edge)

    def _edge(self, row: int, column: int) -> Points:
        """Return the lower right corner of a number."""
        return np.array([self.edges[column], self.row_y[row], 0.0])

    def _set_after(self, unknown: Typeset, edge: Points) -> None:
        """Set a symbol after a number, on its line."""
        letter = unknown[0]
        unknown.shift(RIGHT * (edge[0] + UNKNOWN_GAP - unknown.get_left()[0]))
        unknown.shift(UP * (edge[1] - letter.get_bottom()[1]))

    def _cell(self, row: int, column: int) -> Readout:
        def value() -> float:
            return float(self.sums_of[int(self.taken.get_value() + 1e-9), row, column])

        signed = 0 < column < self.num_rows
        return Readout(value, self._places(), size=self.size, color=theme.DATA, sign=signed)

    def _feature(self, column: int) -> Readout:
        places = 0 if column == self.num_rows - 1 else 2
        return Readout(
            lambda: float(self.rows_of[self.example, column]),
            places,
            size=self.small,
            color=theme.DATA,
        )

    def _symbol(self, name: str, label: str) -> Typeset:
        size = Size.TITLE if is_wide() else Size.CODE
        return formula(f"{{{{ {name} : {label} }}}}", ROLES_IN_TRAINING, size=size)

    def _greatest(self) -> float:
        return float(np.abs(self.sums_of).max())

    def _places(self) -> int:
        return 0 if self._greatest() >= LARGE or not is_wide() else 1
