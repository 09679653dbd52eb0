"""The rooms of the loop, the plane, the line of code and the numbers, and what stands in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from manim import DOWN, LEFT, RIGHT, UP, Animation

from figures.pipeline_overview.loop import Loop
from figures.pipeline_overview.named_line import NamedLine, lines_of_loop
from figures.pipeline_overview.numbers import NAMES, LossReadout, begin_names_at
from figures.pipeline_overview.trained_plane import TrainedPlane, accelerate, from_to
from linreg.lesson import Lesson
from linreg.study.trace import Trace
from visuals.layout import GAP, Slot, is_wide
from visuals.numbers import integer, significant
from visuals.pipeline import Station
from visuals.readout import Readout
from visuals.theme import theme
from visuals.trackers import go
from visuals.typography import Words

SIDE, PICTURE = 4.1, 8.35
"""Shares of the width of the loop and of the plane, in scene units of a wide body."""

WATCHED, ROUNDS = 5, 11
"""Steps that are watched one by one, and rounds of the token during all others."""

BELOW = 0.8
"""Height of the room for the name of the mean square, in scene units."""

ROWS = 4
"""Rows of numbers: the loss, and below it three or fewer."""


@dataclass(frozen=True)
class Rooms:
    """The slots of the chapter: side by side in a wide frame, below each other in a tall one."""

    loop: Slot
    plane: Slot
    code: Slot
    numbers: Slot

    @property
    def side(self) -> Slot:
        """The room of the loop while there are no numbers yet."""
        return Slot(
            self.loop.left,
            self.loop.right,
            self.numbers.bottom if is_wide() else self.loop.bottom,
            self.loop.top,
        )

    @property
    def squares(self) -> Slot:
        """The room of the pooled squares, with room for a name below."""
        return replace(self.plane, bottom=self.plane.bottom + BELOW)

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
        loop, numbers = side.stacked(2.85, 2.55)
        plane, code = picture.stacked(4.57, 1.2, gap=0)
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
        plane = TrainedPlane(rooms.plane, trace, rooms.last_plane, rooms.numbers)
        code = lines_of_loop(rooms.code, words, lesson)
        name = words("loss", color=theme.LOSS)
        return cls(rooms, loop, plane, LossReadout(plane, name), code)

    def arrive(self, station: Station) -> Animation:
        """Light a station; where numbers come, the loop makes room for them."""
        if station is Station.LOSS:
            return self.loop.move_to_other(Loop(self.rooms.loop), station)
        return self.loop.light(station)

    def run(self, start: float, end: float, run_time: float) -> list[Animation]:
        """Make a share of all steps after those that were watched, faster and faster."""
        rate, done = from_to(accelerate, start, end), accelerate(end)
        step = WATCHED + (self.plane.trace.num_steps - WATCHED) * done
        turn = go(self.loop.turns, WATCHED - 1 + ROUNDS * done, run_time, rate)
        return [self.plane.run_to(step, run_time, rate), turn]

    def count(
        self, text: Callable[[str], str], words: Callable[..., Words], epochs: int
    ) -> tuple[Readout, Words]:
        """Return a counter of steps below the loss, and below it how many there are."""
        trace = self.plane.trace
        counter = Readout(
            lambda: self.plane.step_number + 1,
            places=0,
            label=words("step"),
            color=theme.INK,
            unit=text("of_steps") % {"num_steps": integer(trace.num_steps)},
        )
        begin_names_at(NAMES, counter)
        step = self.rooms.numbers.height / ROWS
        counter.shift(self.loss.pen.get_location() + DOWN * step - counter.pen.get_location())
        batches = integer(trace.steps_per_epoch)
        key = "passes" if epochs > 1 else "pass"
        how_many = words(key, color=theme.MUTED, num_epochs=integer(epochs), batches=batches)
        how_many.next_to(counter, DOWN, buff=GAP)
        how_many.set_x(self.rooms.numbers.left, direction=LEFT)
        return counter, how_many

    def was(self, text: str, loss: float) -> Words:
        """Return an earlier loss, in its place right of that of now."""
        words = Words(text, color=theme.MUTED, loss=significant(loss))
        words.next_to(self.loss, RIGHT, buff=GAP)
        return words.shift(UP * (self.loss.pen.get_y() - words.baseline))
