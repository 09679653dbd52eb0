"""The function of the half square, with a frame around the half."""

from __future__ import annotations

from manim import Animation, Create, SurroundingRectangle

from linreg.loss import squared_loss
from visuals.layout import GAP, Slot, is_wide
from visuals.listing import Listing
from visuals.source import fitted, line_of, source_of
from visuals.theme import Pace, Stroke, theme

RING = 0.1
"""Space between the half and the frame around it, in scene units."""

RETURN, HALF = "return", "/ 2"


class HalfInCode(Listing):
    """The listing of ``squared_loss``; in a tall frame what it returns, which fits there.

    Attributes
    ----------
    frame
        Frame around the half, for when the listing stands in its place.
    """

    def __init__(self) -> None:
        if is_wide():
            super().__init__(source_of(squared_loss))
        else:
            super().__init__(fitted(line_of(squared_loss, RETURN).removeprefix(f"{RETURN} ")))

    def put_below(self, slot: Slot) -> Slot:
        """Put it at the lower end of a slot, and return the room above it."""
        room, below = slot.stacked(slot.height - self.height - GAP, self.height)
        below.place(self, shrink=False)
        return room

    def light(self) -> Animation:
        """Light the line that halves."""
        return self.focus(RETURN if is_wide() else 0, HALF)

    def frame_half(self) -> Animation:
        """Draw a frame around the half."""
        self.frame = SurroundingRectangle(
            self.code.token(self.line_number(HALF), HALF),
            color=theme.LOSS,
            stroke_width=Stroke.LINE,
            buff=RING,
        )
        return Create(self.frame, run_time=Pace.QUICK)
