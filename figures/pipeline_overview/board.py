"""The rooms of the loop, the plane, the line of code and the numbers, and what stands in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from manim import LEFT, RIGHT, UP, Animation

from figures.pipeline_overview.loop import Loop
from figures.pipeline_overview.named_line import NamedLine, lines_of_loop
from figures.pipeline_overview.numbers import NAMES, LossReadout, begin_names_at
from figures.pipeline_overview.trained_plane import TrainedPlane, accelerate, from_to
from linreg.lesson import Lesson
from linreg.study.trace import Trace
from visuals.layout import GAP, Slot, is_wide
from visuals.numbers import integer, significant
from visuals.pipeline import Station
from visuals.plots import Points
from visuals.readout import Readout
from visuals.theme import Size, theme
from visuals.trackers import go
from visuals.typography import Words

SIDE, PICTURE = 4.1, 8.35
"""Shares of the width of the loop and of the plane, in scene units of a wide body."""

WATCHED, ROUNDS = 5, 11
"""Steps that are watched one by one, and rounds of the token during all others."""

ASIDE, BESIDE = (1.9, 2.05), 0.2
"""Shares of the width of the loop and its numbers in a wide frame, and the space between them."""

ABOVE = 0.4
"""Height above the body into which the empty upper back of the near box reaches."""

BELOW = 0.8
"""Height of the room for the name of the mean square, in scene units."""

ROWS, FOOT = 4, 0.7
"""Rows of numbers, the loss and below it three or fewer, where they are not beside the loop; place
of a number's foot in its row, as a share from the top."""

LINE, HALF = 0.5, 0.32
"""Distance of the gradient's numbers beside their station in scene units; half a digit in ems."""


@dataclass(frozen=True)
class Rooms:
    """The slots of the chapter: side by side in a wide frame, below each other in a tall one."""

    loop: Slot
    plane: Slot
    code: Slot
    numbers: Slot

    @property
    def squares(self) -> Slot:
        """The room of the pooled squares, with room for a name below."""
        return replace(self.plane, bottom=self.plane.bottom + BELOW)

    @property
    def near_plane(self) -> Slot:
        """The room of the plane, and of the back of its box, where nothing is drawn."""
        return replace(self.plane, top=self.plane.top + ABOVE) if is_wide() else self.plane

    @property
    def last_plane(self) -> Slot:
        """The room of the plane and the code together."""
        return Slot(self.plane.left, self.plane.right, self.code.bottom, self.plane.top)

    @classmethod
    def of(cls, body: Slot) -> Rooms:
        """Divide a body."""
        if not is_wide():
            loop, plane, code, numbers = body.stacked(3, 4.6, 1.9, 2.4)
            return cls(loop, plane, code, numbers)
        side, picture = body.columns(SIDE, PICTURE)
        loop, numbers = side.columns(*ASIDE, gap=BESIDE)
        plane, code = picture.stacked(4.5, 1.27, gap=0)
        return cls(loop, plane, code, numbers)


@dataclass(frozen=True)
class Board:
    """Parts of the screen while a batch goes round the loop.

    Attributes
    ----------
    rooms
        Their slots.
    loop, plane
        The small ring, and the plane in the cloud.
    loss
        The loss of the batch, which follows the plane.
    code
        The line of the training loop that does the work of each station, in its place.
    """

    rooms: Rooms
    loop: Loop
    plane: TrainedPlane
    loss: LossReadout
    code: dict[Station, NamedLine]

    @classmethod
    def of(
        cls, body: Slot, loop: Loop, trace: Trace, lesson: Lesson, words: Callable[..., Words]
    ) -> Board:
        """Lay out a body; ``words`` returns words of the catalogue."""
        rooms = Rooms.of(body)
        plane = TrainedPlane(rooms.near_plane, trace, rooms.last_plane, rooms.squares)
        code = lines_of_loop(rooms.code, words, lesson)
        name = words("loss", color=theme.LOSS)
        return cls(rooms, loop, plane, LossReadout(plane, name), code)

    def arrive(self, station: Station) -> Animation:
        """Light a station."""
        return self.loop.light(station)

    def feet(self, station: Station) -> list[float]:
        """Return heights of the baselines of a station's numbers: three of the gradient, or one.

        They stand beside the station in a wide frame, and else in a column of their own.
        """
        if not is_wide():
            slot = self.rooms.numbers
            first = {Station.LOSS: (0,), Station.GRADIENT: (1, 2, 3), Station.UPDATE: (1,)}
            step = slot.height / ROWS
            return [slot.top - (row + FOOT) * step for row in first[station]]
        middle = self.loop.boxes[list(Station).index(station)].get_y() - HALF * Size.BODY
        rows = (LINE, 0.0, -LINE) if station is Station.GRADIENT else (0.0,)
        return [middle + row for row in rows]

    def way_of_loss(self) -> Points:
        """Return the way, shape (3,), of the loss from where it is to its place."""
        left = self.rooms.numbers.left + (0 if is_wide() else NAMES)
        return np.array([left, *self.feet(Station.LOSS), 0.0]) - self.loss.pen.get_location()

    def run(self, start: float, end: float, run_time: float) -> list[Animation]:
        """Make a share of all steps after those that were watched, faster and faster."""
        rate, done = from_to(accelerate, start, end), accelerate(end)
        step = WATCHED + (self.plane.trace.num_steps - WATCHED) * done
        turn = go(self.loop.turns, WATCHED - 1 + ROUNDS * done, run_time, rate)
        return [self.plane.run_to(step, run_time, rate), turn]

    def count(self, text: Callable[[str], str], words: Callable[..., Words]) -> Readout:
        """Return a counter of steps, with how many there are."""
        trace = self.plane.trace
        counter = Readout(
            lambda: self.plane.step_number + 1,
            places=0,
            label=words("step"),
            color=theme.INK,
            unit=text("of_steps") % {"num_steps": integer(trace.num_steps)},
        )
        if not is_wide():
            begin_names_at(NAMES, counter)
        counter.shift(UP * (self.feet(Station.UPDATE)[0] - counter.pen.get_y()))
        counter.set_x(self.rooms.numbers.left, direction=LEFT)
        return counter

    def was(self, text: str, loss: float) -> Words:
        """Return an earlier loss, in its place right of that of now."""
        words = Words(text, color=theme.MUTED, loss=significant(loss))
        words.next_to(self.loss, RIGHT, buff=GAP)
        return words.shift(UP * (self.loss.pen.get_y() - words.baseline))
