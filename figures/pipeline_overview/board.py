"""The rooms of the loop, the plane, the line of code and the numbers, and what stands in them."""

from __future__ import annotations

from dataclasses import dataclass

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
)

from figures.pipeline_overview.loop import Loop
from figures.pipeline_overview.numbers import LossReadout
from figures.pipeline_overview.trained_plane import TrainedPlane
from linreg.study.trace import Trace
from linreg.training import fit
from visuals.layout import GAP, Slot, is_wide
from visuals.listing import Listing
from visuals.numbers import significant
from visuals.pipeline import Station
from visuals.readout import Readout
from visuals.source import fitted, statement_of
from visuals.theme import theme
from visuals.typography import Words

SIDE, PICTURE = 4.1, 8.35
"""Shares of the width of the loop and of the plane, in scene units of a wide body."""

WORK = {
    Station.DATA: "data_iter",
    Station.MODEL: "linreg",
    Station.LOSS: "squared_loss",
    Station.GRADIENT: "backward",
    Station.UPDATE: "sgd",
}
"""A name in the line of the training loop that does the work of a station."""

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
    def last_plane(self) -> Slot:
        """The room of the plane and the code together."""
        return Slot(self.plane.left, self.plane.right, self.code.bottom, self.plane.top)

    @classmethod
    def of(cls, body: Slot) -> Rooms:
        """Divide a body."""
        if not is_wide():
            loop, plane, code, numbers = body.stacked(3, 5.2, 1, 2.4)
            return cls(loop, plane, code, numbers)
        side, picture = body.columns(SIDE, PICTURE)
        loop, numbers = side.stacked(2.85, 2.55)
        plane, code = picture.stacked(4.85, 0.7, gap=GAP / 2)
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
    code: dict[Station, Listing]

    @classmethod
    def of(cls, body: Slot, loop: Loop, trace: Trace, name: Words) -> Board:
        """Lay out a body; the name is that of the loss."""
        rooms = Rooms.of(body)
        plane = TrainedPlane(rooms.plane, trace, rooms.last_plane, rooms.numbers)
        code = {
            station: rooms.code.place(Listing(fitted(statement_of(fit, text))), shrink=False)
            for station, text in WORK.items()
        }
        return cls(rooms, loop, plane, LossReadout(plane, name), code)

    def stand_below_loss(self, counter: Readout, how_many: Words) -> None:
        """Stand a counter below the loss, and below it how many steps there are."""
        step = self.rooms.numbers.height / ROWS
        counter.shift(self.loss.pen.get_location() + DOWN * step - counter.pen.get_location())
        how_many.next_to(counter, DOWN, buff=GAP)
        how_many.set_x(self.rooms.numbers.left, direction=LEFT)

    def was(self, text: str, loss: float) -> Words:
        """Return an earlier loss, in its place right of that of now."""
        words = Words(text, color=theme.MUTED, loss=significant(loss))
        words.next_to(self.loss, RIGHT, buff=GAP)
        return words.shift(UP * (self.loss.pen.get_y() - words.baseline))
