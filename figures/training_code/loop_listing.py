"""The training loop as a listing: the lines that repeat, the stations, and where w and b begin."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    ApplyMethod,
    FadeIn,
    FadeOut,
    TransformFromCopy,
    VGroup,
    VMobject,
)

from linreg.model import init_params
from linreg.training import fit
from visuals.code import ADVANCE, LEADING
from visuals.layout import GAP, Slot, is_wide
from visuals.listing import Listing
from visuals.pipeline import Station, station_name
from visuals.plates import PADDING
from visuals.source import TALL_COLUMNS, body_of, fitted, line_of
from visuals.theme import Pace, Stroke, theme

LINE_OF_STATION = {
    Station.DATA: "data_iter",
    Station.MODEL: "linreg(",
    Station.LOSS: "squared_loss",
    Station.GRADIENT: "backward",
    Station.UPDATE: "sgd(",
}
"""A part of the line of each station."""

OUTER, INNER = "for _", "for X"
"""Parts of the lines of the two loops."""

YIELD, BEGINNING = "yield", "init_params"
"""Parts of the line that hands each step to the caller, and of the line before the loops."""

RECORDED = "requires_grad"

LARGEST_CODE = 0.4
"""Greatest height of an em where the listing stands alone, in scene units."""

BRACKET_COLUMN = 1.6
"""Columns from the start of a loop's line to its bracket, in the indentation of what repeats."""

FOOT = 0.16
ABOVE_BAR = 1
NAME_GAP = 0.16
TALL_NAME_GAP = 0.2


class LoopListing(VGroup):
    """The loop, large, with room above it for the two lines that make the parameters.

    Parameters
    ----------
    slot
        The room for all of it.

    Attributes
    ----------
    listing
        The loop.
    beginning
        The lines that make w and b; not yet shown.
    names
        Names of the stations, beside their lines; not yet shown.
    """

    def __init__(self, slot: Slot) -> None:
        made = [fitted(line_of(init_params, text)) for text in ("w = ", "b = ")]
        lines = [*_loop().splitlines(), *"\n".join(made).splitlines()]
        longest = max(map(len, lines)) * ADVANCE
        room = slot.height - GAP - 4 * PADDING
        fitting = room / (LEADING * len(lines)), (slot.width - 2 * PADDING) / longest
        size = min(LARGEST_CODE, *fitting)
        self.listing = Listing(_loop(), size)
        self.beginning = Listing("\n".join(made), size)
        x = -0.4 if is_wide() else 0
        slot.place(self.listing, x=x, shrink=False)
        self.lowered = self.listing.get_center()[1] - slot.bottom - self.listing.height / 2
        slot.place(self.beginning, x=x, y=1, shrink=False)
        self.names = {
            station: self._beside(station_name(station), text)
            for station, text in LINE_OF_STATION.items()
        }
        super().__init__(self.listing)

    def make_room(self) -> Animation:
        """Lower the listing, so that there is room above it."""
        return ApplyMethod(self.listing.shift, self.lowered * DOWN)

    def show_beginning(self) -> Animation:
        """Show the two lines that make w and b."""
        return FadeIn(self.beginning, shift=0.3 * UP)

    def hide_beginning(self) -> Animation:
        """Take the two lines away, and the listing back to the middle."""
        return AnimationGroup(
            FadeOut(self.beginning),
            ApplyMethod(self.listing.shift, self.lowered * UP),
            run_time=Pace.QUICK,
        )

    def light_recorded(self) -> Animation:
        """Make the words that ask for gradients stand out from their lines."""
        code = self.beginning.code
        return AnimationGroup(
            *(
                ApplyMethod(part.set_fill, theme.GRADIENT)
                for row, line in enumerate(code.source.splitlines())
                if RECORDED in line
                for part in [code.token(row, RECORDED)]
            ),
            run_time=Pace.QUICK,
        )

    def hand_out(self) -> Animation:
        """Let what yield hands to the caller leave its line, to the right."""
        code, row = self.listing.code, self.listing.line_number(YIELD)
        line = code.source.splitlines()[row]
        start = line.index(YIELD) + len(YIELD)
        handed = code.columns(row, start, len(line))
        self.handed = handed.copy()
        if is_wide():
            self.handed.next_to(self.listing.panel, RIGHT, buff=NAME_GAP)
            self.handed.set_y(handed.get_y())
        else:
            self.handed.next_to(self.listing.panel, DOWN, buff=NAME_GAP)
        return TransformFromCopy(handed, self.handed, run_time=Pace.MOVE)

    def bracket(self, text: str) -> VMobject:
        """Return a bracket round the lines that a loop repeats."""
        listing = self.listing
        rows = listing.code.source.splitlines()
        number = listing.last_line_number(text)
        left = listing.code.get_left()[0]
        indent = len(rows[listing.line_number(text)]) - len(
            rows[listing.line_number(text)].lstrip()
        )
        x = left + (indent + BRACKET_COLUMN) * ADVANCE * listing.code.size
        top = listing.code.get_top()[1] - listing.line_height * (number + 1.2)
        bottom = listing.code.get_bottom()[1] + 0.2 * listing.line_height
        corners = [(x + FOOT, top, 0), (x, top, 0), (x, bottom, 0), (x + FOOT, bottom, 0)]
        bracket = VMobject(color=theme.INK, stroke_width=Stroke.LINE)
        bracket.set_z_index(ABOVE_BAR)
        return bracket.set_points_as_corners(np.array(corners, dtype=float))

    def to_the_side(self, slot: Slot) -> Listing:
        """Return the listing as it stands beside a picture."""
        side = Listing(_loop())
        return slot.place(side, x=-1, y=0 if is_wide() else 1, shrink=False)

    def _beside(self, name: VMobject, text: str) -> VMobject:
        """Put a name right of a line's panel, or in a tall frame into the line's indentation."""
        middle = name.get_y()
        if is_wide():
            name.next_to(self.listing.panel, RIGHT, buff=NAME_GAP)
        else:
            name.next_to(self.listing.glyphs_of_line(text), LEFT, buff=TALL_NAME_GAP)
        # A station's name is centred on zero by its small letters.
        return name.shift(UP * (self.listing.y_of_line(text) - name.get_y() + middle))


def line_range(listing: Listing, station: Station) -> tuple[int, int]:
    """Return the first and the last line of a station's call."""
    text = LINE_OF_STATION[station]
    return listing.line_number(text), listing.last_line_number(text)


def go_to(listing: Listing, station: Station, run_time: float = Pace.QUICK) -> Animation:
    """Move the bar to the line of a station."""
    return listing.focus(*line_range(listing, station), run_time=run_time)


def _loop() -> str:
    return fitted(body_of(fit), TALL_COLUMNS)
