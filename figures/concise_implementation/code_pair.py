"""Lines of both programs, one above the other."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from manim import (
    DOWN,
    LEFT,
    Animation,
    AnimationGroup,
    ApplyMethod,
    FadeIn,
    Line,
    Mobject,
    UpdateFromAlphaFunc,
    VGroup,
    linear,
)

from figures.concise_implementation.excerpts import Excerpts
from figures.concise_implementation.renames import Rename
from visuals.code import ADVANCE
from visuals.layout import GAP, Slot, is_wide
from visuals.listing import Listing
from visuals.plates import PADDING
from visuals.source import padded
from visuals.theme import Pace, Size, Stroke, theme
from visuals.trackers import step
from visuals.typography import Words

COLUMNS = 33
"""Columns of the listings: the longest line of both programs, and a little air."""

STRIP, TALL_CODE = 2.15, 4.9
"""Heights of the room for the parameters, and for the code in a tall frame, in scene units."""

NAME_GAP = 0.14
"""Space between the name of a program and its listing, in scene units."""

UNDER = 0.03
"""Height of a line under a name above the foot of its line of code, in scene units."""

EDGE = 0.3
"""Share of the time in which lines light up that a single glyph takes."""

RECEDED = 0.45
"""Opacity of both listings while the numbers are spoken of."""


@dataclass(frozen=True)
class Rooms:
    """The rooms of a beat.

    Attributes
    ----------
    code
        Room for the code.
    strip
        Room for the parameters, below the code.
    picture
        Room for what the code moves: beside the code, or below all in a tall frame.
    """

    code: Slot
    strip: Slot
    picture: Slot

    @classmethod
    def of(cls, body: Slot) -> Rooms:
        """Divide the body: the code takes what it needs."""
        if is_wide():
            right = body.left + COLUMNS * ADVANCE * Size.CODE + 2 * PADDING
            left, picture = replace(body, right=right), replace(body, left=right + GAP)
            top = body.bottom + STRIP
            return cls(replace(left, bottom=top), replace(left, top=top), picture)
        bottom = body.top - TALL_CODE
        picture = replace(body, top=bottom - STRIP - GAP)
        strip = replace(body, top=bottom, bottom=bottom - STRIP)
        return cls(replace(body, bottom=bottom), strip, picture)


class CodePair(VGroup):
    """An excerpt of our program, and below it the same of PyTorch's, whose lines light up later.

    Parameters
    ----------
    excerpts
        The lines.
    ours, theirs
        Names of both programs.

    Attributes
    ----------
    old, new
        The listings, each below its name.
    """

    def __init__(self, excerpts: Excerpts, ours: Words, theirs: Words) -> None:
        self.old, self.new = (
            Listing(padded(code, COLUMNS)) for code in (excerpts.ours, excerpts.theirs)
        )
        for row in self.new.code.rows:
            row.set_opacity(0)
        self.names = VGroup(ours, theirs)
        super().__init__(ours, self.old, theirs, self.new)
        self.old.next_to(ours, DOWN, buff=NAME_GAP, aligned_edge=LEFT)
        theirs.next_to(self.old, DOWN, buff=GAP, aligned_edge=LEFT)
        self.new.next_to(theirs, DOWN, buff=NAME_GAP, aligned_edge=LEFT)

    def put(self, slot: Slot) -> CodePair:
        """Put it at the top left of a slot."""
        return slot.place(self, x=-1, y=1, shrink=False)

    @property
    def first(self) -> VGroup:
        """Our program with its name, which is there before the other."""
        return VGroup(self.names[0], self.old)

    def open(self) -> Animation:
        """Show where PyTorch's program will stand."""
        return FadeIn(self.names[1], self.new, run_time=Pace.QUICK)

    def rename(self, rename: Rename, run_time: float = Pace.MOVE) -> Animation:
        """Light lines of our program, then those of PyTorch's."""
        rows = VGroup(*(self.new.glyphs_of_line(row) for row in rename.rows))
        lit = self.old.focus(rename.first, rename.last, run_time)
        return AnimationGroup(lit, _appear(rows), run_time=run_time)

    def recede(self, run_time: float = Pace.QUICK) -> Animation:
        """Dim both listings."""
        edges = (listing.bar[1] for listing in (self.old, self.new))
        lines = VGroup(self.old.code, self.new.code, self.names, *edges)
        return ApplyMethod(lines.set_opacity, RECEDED, run_time=run_time)

    def underline(self, line: str, text: str) -> Line:
        """Return a line under a text of PyTorch's program."""
        token = _token(self.new, line, text)
        y = self.new.y_of_line(line) - self.new.line_height / 2 + UNDER
        ends = np.array([[token.get_left()[0], y, 0.0], [token.get_right()[0], y, 0.0]])
        return Line(*ends, color=theme.INK, stroke_width=Stroke.LINE)


def _token(listing: Listing, line: str, text: str) -> VGroup:
    return listing.code.token(listing.line_number(line), text)


def _appear(glyphs: VGroup) -> Animation:
    """Let lines light up from the left to the right."""
    leaves = [glyph for row in glyphs for glyph in row]
    left, width = glyphs.get_left()[0], glyphs.width

    def light(_: Mobject, share: float) -> None:
        for glyph in leaves:
            place = (glyph.get_x() - left) / width * (1 - EDGE)
            glyph.set_opacity(step(share, place, place + EDGE))

    return UpdateFromAlphaFunc(glyphs, light, rate_func=linear)
