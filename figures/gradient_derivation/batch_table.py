"""The features of a batch as a table that turns over, and the column of its errors."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from manim import (
    DOWN,
    LEFT,
    PI,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    ApplyMethod,
    Dot,
    FadeIn,
    FadeOut,
    LaggedStart,
    ManimColor,
    Rectangle,
    Transform,
    VGroup,
    VMobject,
)
from torch import Tensor

from linreg.study.matrix_product import BatchProduct
from visuals.formula import formula
from visuals.layout import GAP, Slot, is_wide
from visuals.numbers import Num
from visuals.plates import panel
from visuals.plots import Points
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Pace, Radius, Size, Stroke, theme
from visuals.typography import Math, Words

MOST, FIRST = 6, 4
"""Examples that are all shown; and of more, those shown before the dots and the last."""

PLACES = 2
"""Digits after the point of the numbers in the table."""

NAME_ROOM, TITLE_ROOM = 0.65, 0.65
"""Width of the names of the rows, and height of a title, in scene units."""

LETTERS_LOWER = 0.04
"""Distance of the middle of an x below that of a digit, in scene units."""

SWEEP = PI / 2
"""Angle of the arc on which a column becomes a row: it goes to the right first, then up."""

FRAME = 0.1
"""Space between a number and the frame around it, in scene units."""


class BatchTable:
    """The features of a batch, an example a row, and its errors; the features can be turned over.

    Parameters
    ----------
    room, column_room
        The rooms for the features and for the errors, with their names.
    batch
        The features and the errors.

    Attributes
    ----------
    ground, cells, names
        The dark ground of the features, their numbers by feature, and the features' names.
    title, turned_title
        Name of the features before and after they are turned.
    errors
        The numbers of the column.
    column
        Ground and name of the column.
    """

    def __init__(self, room: Slot, column_room: Slot, batch: BatchProduct) -> None:
        self.count, self.num_features = batch.features.shape
        self.rows = list(range(self.count))
        if self.count > MOST:
            self.rows = [*range(FIRST), -1, self.count - 1]
        # Distances of the rows and the columns: upright, and turned.
        self.pitch = (1.1, 0.58) if is_wide() else (1.1, 0.5)
        self.turned_pitch = (min(1.3, (room.width - NAME_ROOM) / len(self.rows)), 0.7)
        self.right = room.right
        self.corner = np.array([room.left + NAME_ROOM, room.top - TITLE_ROOM, 0.0])
        names = (f"{{{{ x_{k + 1} : x }}}}" for k in range(self.num_features))
        self.names = VGroup(*(formula(name, ROLES_IN_TRAINING) for name in names))
        self.cells = [self._numbers(x, theme.DATA) for x in batch.features.T]
        self.ground = self._ground(turned=False)
        self._put_upright()
        self.title = self._title("bold(X)")
        self.turned_title = self._title("bold(X)^top")
        self.errors = self._numbers(batch.error.flatten(), theme.LOSS)
        self.column = self._column(column_room)

    # What can be played

    def show(self, run_time: float) -> Animation:
        """Show the features row by row."""
        rows = [FadeIn(VGroup(*row)) for row in zip(*self.cells, strict=True)]
        return LaggedStart(*rows, lag_ratio=0.3, run_time=run_time)

    def turning(self, run_time: float) -> Iterator[Animation]:
        """Turn the features over, one after the other: each column becomes a row.

        The first column sweeps over the place of the others, which wait at the right for it.
        """
        later = range(1, self.num_features)
        waiting = (ApplyMethod(self.cells[k].set_x, self._waiting(k)) for k in later)
        gone = ApplyMethod(self.names.set_fill, None, 0.0)
        yield AnimationGroup(gone, *waiting, run_time=run_time / 4)
        for k, name in enumerate(self.names):
            name.move_to(self._place_of_name(k, turned=True))
        renamed = FadeOut(self.title, run_time=Pace.QUICK), FadeIn(self.turned_title)
        ground = Transform(self.ground, self._ground(turned=True))
        come = ApplyMethod(self.names.set_fill, None, 1.0)
        first = self._turn_column(0, SWEEP)
        yield AnimationGroup(ground, *first, come, *renamed, run_time=run_time / 2)
        rest = [move for k in later for move in self._turn_column(k, 0)]
        yield AnimationGroup(*rest, run_time=run_time / 4)

    def show_errors(self, run_time: float) -> Animation:
        """Show the column of errors from the top."""
        numbers = LaggedStart(*map(FadeIn, self.errors), lag_ratio=0.4, run_time=run_time)
        return AnimationGroup(FadeIn(self.column), numbers)

    def light(self, feature: int, dimmed: float) -> Animation:
        """Light the row of one feature, and dim the others."""
        lights = [
            ApplyMethod(part.set_fill, None, 1.0 if k == feature else dimmed)
            for k in range(self.num_features)
            for part in (self.cells[k], self.names[k])
        ]
        return AnimationGroup(*lights, run_time=Pace.QUICK)

    # Parts

    def _turn_column(self, k: int, arc: float) -> Iterator[Animation]:
        """Move the numbers of a feature from wherever they are into its row."""
        for place, cell in enumerate(self.cells[k]):
            target = cell.copy().move_to(self._place(place, k, turned=True))
            tilt = PI / 2 if self.rows[place] < 0 else 0.0
            yield Transform(cell, target.rotate(tilt), path_arc=arc)

    def _waiting(self, k: int) -> float:
        """Return the x at which a column stands while the first is turned."""
        return self.right - (self.num_features - 1 - k + 0.5) * self.pitch[0]

    def slot_of(self, example: int) -> int:
        """Return the place in the table at which an example stands, that of the dots for many."""
        if example in self.rows:
            return self.rows.index(example)
        return self.rows.index(-1)

    def frame_around(self, numbers: VGroup, place: int) -> Rectangle:
        """Return a frame around a number of the table."""
        widest = max(number.width for number in numbers)
        frame = Rectangle(width=widest + 2 * FRAME, height=Size.BODY + FRAME)
        return frame.set_stroke(theme.INK, Stroke.LINE).move_to(numbers[place])

    def _numbers(self, values: Tensor, color: ManimColor) -> VGroup:
        """Return the numbers of the rows, rounded; dots for those between."""
        return VGroup(
            *(
                _dots(color)
                if row < 0
                else Words("%(number)s", color=color, number=Num(values[row].item(), PLACES))
                for row in self.rows
            )
        )

    def _place(self, place: float, k: float, *, turned: bool) -> Points:
        """Return where a number of the table stands; place -1 is the name's."""
        across, down = self.turned_pitch if turned else self.pitch
        column, row = (place, k) if turned else (k, place + 1)
        return self.corner + RIGHT * (column + 0.5) * across + DOWN * (row + 0.5) * down

    def _place_of_name(self, k: int, *, turned: bool) -> Points:
        """Return the middle of a name: its letter stands on the line of the numbers."""
        letter = self.names[k][0].get_center() - self.names[k].get_center()
        place = self._place(-1, k, turned=turned)
        if turned:
            place[0] = self.corner[0] - NAME_ROOM / 2
        middle: Points = place - UP * letter[1] + DOWN * LETTERS_LOWER
        return middle

    def _put_upright(self) -> None:
        for k, cells in enumerate(self.cells):
            for place, cell in enumerate(cells):
                cell.move_to(self._place(place, k, turned=False))
            self.names[k].move_to(self._place_of_name(k, turned=False))

    def _ground(self, *, turned: bool) -> VMobject:
        """Return the panel under the numbers."""
        last = self._place(len(self.rows) - 1, self.num_features - 1, turned=turned)
        first = self._place(0, 0, turned=turned)
        across, down = self.turned_pitch if turned else self.pitch
        ground = panel(last[0] - first[0] + across, first[1] - last[1] + down, 0)
        return ground.set_fill(theme.BACKGROUND).move_to((first + last) / 2)

    def _title(self, name: str) -> Math:
        symbol: Math = formula(f"{{{{ {name} : X }}}}", ROLES_IN_TRAINING)
        return symbol.move_to(self.corner + UP * TITLE_ROOM / 2, aligned_edge=LEFT)

    def _column(self, room: Slot) -> VGroup:
        """Put the errors below each other, and return their panel and their title."""
        down = self.pitch[1]
        top = np.array([room.center[0], room.top - TITLE_ROOM, 0.0])
        for place, number in enumerate(self.errors):
            number.move_to(top + DOWN * (place + 0.5) * down)
        ground = panel(max(self.errors.width, 1.0) + GAP, len(self.rows) * down, 0)
        ground.set_fill(theme.BACKGROUND)
        title: Math = formula("{{ bold(r) : error }}", ROLES_IN_TRAINING)
        title.move_to(top + UP * TITLE_ROOM / 2)
        return VGroup(ground.move_to(top, aligned_edge=UP), title)


def _dots(color: ManimColor) -> VGroup:
    dots = VGroup(*(Dot(radius=Radius.CLOUD, color=color) for _ in range(3)))
    return dots.arrange(DOWN, buff=2 * Radius.CLOUD)
