"""The training loop as a listing: its two loops, the stations, and where w and b begin."""

from __future__ import annotations

import textwrap

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    ApplyMethod,
    Create,
    FadeIn,
    FadeOut,
    Line,
    ReplacementTransform,
    VGroup,
    VMobject,
)

from linreg.model import init_params
from linreg.training import fit
from visuals.code import ADVANCE, LEADING
from visuals.layout import Slot, is_wide
from visuals.listing import Listing
from visuals.pipeline import Station, station_name
from visuals.plates import PADDING
from visuals.source import TALL_COLUMNS, body_of, fitted, line_of
from visuals.theme import Pace, Size, Stroke, theme
from visuals.typography import Words

LINE_OF_STATION = {
    Station.DATA: "data_iter",
    Station.MODEL: "linreg(",
    Station.LOSS: "squared_loss",
    Station.GRADIENT: "backward",
    Station.UPDATE: "sgd(",
}
"""A part of the line of each station."""

LOOPS = {"outer": "for _", "inner": "for X"}
"""A part of the line of each loop."""

YIELD, BEGINNING = "yield", "init_params"
"""Parts of the line that hands each step to the caller, and of the line before the loops."""

RECORDED = "requires_grad"

APART = 0.16
"""Distance of the listing from the two lines above it, in scene units."""

BRACKET_COLUMN = 1.6
"""Columns from the start of a loop's line to its bracket, in the indentation of what repeats."""

FOOT = 0.16
LEAD = 0.08
ABOVE_BAR = 1
NAME_GAP = 0.16
TALL_NAME_GAP = 0.2


class LoopListing(VGroup):
    """The loop, large, with room above it for the two lines that make the parameters.

    Parameters
    ----------
    slot
        The room for all of it.
    each_epoch, each_batch
        What the outer and the inner loop repeat their lines for.

    Attributes
    ----------
    listing
        The loop.
    beginning
        The lines that make w and b; not yet shown.
    opened
        Edges that lead from the call of ``init_params`` to these lines; not yet shown.
    loops
        A bracket round what each loop repeats, and in a wide frame what it repeats it for, beside
        its line; by the keys of ``LOOPS``; not yet shown.
    names
        Names of the stations, beside their lines; not yet shown.
    """

    def __init__(self, slot: Slot, each_epoch: Words, each_batch: Words) -> None:
        made = [fitted(line_of(init_params, text)) for text in ("w = ", "b = ")]
        lines = [*_loop().splitlines(), *"\n".join(made).splitlines()]
        longest = max(map(len, lines)) * ADVANCE
        room = slot.height - APART - 4 * PADDING
        fitting = room / (LEADING * len(lines)), (slot.width - 2 * PADDING) / longest
        size = min(Size.BODY, *fitting)
        self.listing = Listing(_loop(), size)
        self.beginning = Listing("\n".join(made), size)
        slot.place(self.listing, shrink=False)
        self.lowered = (self.beginning.height + APART) / 2
        slot.place(self.beginning, shrink=False)
        self.beginning.shift(UP * (self.listing.height + APART) / 2)
        self.names = {
            station: self._beside(station_name(station), text)
            for station, text in LINE_OF_STATION.items()
        }
        self.loops = {
            loop: VGroup(self._bracket(text), *([self._beside(name, text)] if is_wide() else []))
            for (loop, text), name in zip(LOOPS.items(), (each_epoch, each_batch), strict=True)
        }
        super().__init__(self.listing)

    def make_room(self) -> Animation:
        """Lower the listing, so that there is room above it."""
        return ApplyMethod(self.listing.shift, self.lowered * DOWN)

    def show_beginning(self) -> Animation:
        """Show the two lines that make w and b, out of the call that makes them."""
        row = self.listing.line_number(BEGINNING)
        call, ground = self.listing.code.token(row, BEGINNING), self.beginning.panel
        self.opened = VGroup(
            *(
                Line(
                    call.get_corner(UP + side) + LEAD * UP,
                    ground.get_corner(DOWN + side),
                    color=theme.MUTED,
                )
                for side in (LEFT, RIGHT)
            )
        ).set_stroke(width=Stroke.THIN)
        return AnimationGroup(
            self.listing.focus(BEGINNING),
            FadeIn(self.opened),
            FadeIn(self.beginning, target_position=call.get_center()),
        )

    def hide_beginning(self) -> Animation:
        """Take the two lines away, and the listing back to the middle."""
        return AnimationGroup(
            FadeOut(self.beginning, self.opened),
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

    def show_loop(self, loop: str) -> Animation:
        """Light the line of a loop, and show what it repeats."""
        text = LOOPS[loop]
        bracket, *name = self.loops[loop]
        line = self.listing.focus(text, self.listing.last_line_number(text))
        return AnimationGroup(line, Create(bracket), *map(FadeIn, name))

    def light_yield(self) -> Animation:
        """Light the line that hands each step to the caller."""
        return self.listing.focus(YIELD)

    def _bracket(self, text: str) -> VMobject:
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
        """Return the lines of the inner loop as they stand beside a picture."""
        return slot.place(Listing(_inner_loop()), x=-1, y=0 if is_wide() else 1, shrink=False)

    def narrow_to(self, side: Listing) -> list[Animation]:
        """Let the lines of the inner loop move to the side, and the lines before them go."""
        rows, panel, bar = self.listing.code.rows, self.listing.panel, self.listing.bar
        first = len(rows) - len(side.code.rows)
        return [
            ReplacementTransform(
                VGroup(panel, bar, *rows[first:]), VGroup(side.panel, side.bar, *side.code.rows)
            ),
            FadeOut(*rows[:first]),
        ]

    def _beside(self, name: Words, text: str) -> VGroup:
        """Put a name right of the panel, at the height of its line.

        In a tall frame it stands in the line's indentation.
        """
        y = self.listing.y_of_line(text)
        line, ground = self.listing.glyphs_of_line(text), self.listing.panel
        if is_wide():
            name.next_to(ground, RIGHT, buff=NAME_GAP)
        else:
            name.next_to(line, LEFT, buff=TALL_NAME_GAP)
        name.shift(UP * (y - name.middle))
        return VGroup(name)


def line_range(listing: Listing, station: Station) -> tuple[int, int]:
    """Return the first and the last line of a station's call."""
    text = LINE_OF_STATION[station]
    return listing.line_number(text), listing.last_line_number(text)


def go_to(listing: Listing, station: Station, run_time: float = Pace.QUICK) -> Animation:
    """Move the bar to the line of a station."""
    return listing.focus(*line_range(listing, station), run_time=run_time)


def _loop() -> str:
    return fitted(body_of(fit), TALL_COLUMNS)


def _inner_loop() -> str:
    lines = _loop().splitlines()
    first = next(number for number, line in enumerate(lines) if LOOPS["inner"] in line)
    return textwrap.dedent("\n".join(lines[first:]))
