"""The function of the half square, with a frame around the half."""

from __future__ import annotations

from manim import Animation, Create, SurroundingRectangle

from linreg.loss import squared_loss
from visuals.layout import is_wide
from visuals.listing import Listing
from visuals.source import fitted, line_of, source_of
from visuals.theme import Pace, Stroke, theme

RING = 0.06
"""Space between the half and the frame around it, in scene units."""

SQUARE, HALF = "** 2", "/ 2"


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
            super().__init__(fitted(line_of(squared_loss, "return").removeprefix("return ")))

    def light(self) -> Animation:
        """Light the line that halves."""
        return self.focus(SQUARE, HALF)

    def frame_half(self) -> Animation:
        """Draw a frame around the half."""
        self.frame = SurroundingRectangle(
            self.code.token(self.line_number(HALF), HALF),
            color=theme.LOSS,
            stroke_width=Stroke.LINE,
            buff=RING,
        )
        return Create(self.frame, run_time=Pace.QUICK)
