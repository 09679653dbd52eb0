"""The generator of the data with its two random lines, and each of them alone."""

from __future__ import annotations

from typing import Self

from manim import (
    DOWN,
    Animation,
    ApplyMethod,
    FadeIn,
    FadeOut,
    ReplacementTransform,
    Transform,
    smooth,
    squish_rate_func,
)

from linreg.data import synthetic_data
from visuals.layout import Slot, is_wide
from visuals.listing import Listing
from visuals.roles import ROLES_IN_DATA
from visuals.source import body_of, line_of
from visuals.theme import Pace, Size, theme
from visuals.typography import Words

FEATURES_LINE = "torch.normal(0, 1"
NOISE_LINE = "torch.normal(0, sigma"
CALL = "torch.normal"
MU, SIGMA = 0, 1
"""Numbers of the parameters of a call."""


class RandomLines:
    """The listing of the generator, in which one line after the other is marked.

    Parameters
    ----------
    slot
        The room for it; in a tall frame the function's body alone is shown.

    Attributes
    ----------
    listing
        The listing, all lines equally bright at first.
    names
        What the marked lines make, beside them.
    """

    def __init__(self, slot: Slot) -> None:
        wide = is_wide()
        code = synthetic_data if wide else body_of(synthetic_data)
        listing = Listing(code, Size.BODY if wide else Size.CODE, ROLES_IN_DATA)
        self.listing = slot.place(listing, shrink=False)
        self.names: list[Words] = []

    def mark_features(self, name: Words) -> list[Animation]:
        """Mark and name the line that draws the features."""
        return self._mark(FEATURES_LINE, name)

    def mark_noise(self, name: Words) -> list[Animation]:
        """Mark and name the line that adds the noise as well."""
        return self._mark(NOISE_LINE, name)

    def light_calls(self) -> Animation:
        """Dim all but the name of the function that both lines call."""
        code = self.listing.code.copy()
        for row in range(len(code.rows)):
            code.shade(row)
        for line in (FEATURES_LINE, NOISE_LINE):
            code.token(self.listing.line_number(line), CALL).set_fill(theme.INK)
        return Transform(self.listing.code, code, run_time=Pace.QUICK)

    def leave(self, line: CodeLine) -> list[Animation]:
        """Let the listing go; then the line that draws the features moves away."""
        row = self.listing.glyphs_of_line(FEATURES_LINE).copy()
        first, then = squish_rate_func(smooth, 0.0, 0.4), squish_rate_func(smooth, 0.4, 1.0)
        gone = FadeOut(self.listing, *self.names, rate_func=first)
        moves = ReplacementTransform(row, line.code.rows[0], rate_func=then)
        return [gone, moves, FadeIn(line.panel, rate_func=then)]

    def _mark(self, line: str, name: Words) -> list[Animation]:
        """Put a bar behind a line, and what it makes beside it; the other lines stay bright."""
        listing = self.listing
        bar = listing.bar.copy().shift(DOWN * listing.line_height * listing.line_number(line))
        # Behind the code.
        listing.panel.add(bar)
        self.names.append(listing.note(name, line, *self.names))
        moves = ApplyMethod(bar.set_fill, None, 1.0), FadeIn(name)
        return [move.set_run_time(Pace.QUICK) for move in moves]


class CodeLine(Listing):
    """One line of the generator, dimmed but for a parameter of its normal distribution.

    Parameters
    ----------
    text
        A part of the line.
    """

    def __init__(self, text: str) -> None:
        super().__init__(line_of(synthetic_data, text), Size.BODY if is_wide() else Size.CODE)
        self.parameters = text.partition("(")[2].split(", ")

    def lit(self, *parameters: int) -> Animation:
        """Light mu, parameter 0, or sigma, parameter 1, or both."""
        code = self.code.copy()
        before = self.code.source.index("(") + 1
        for parameter in parameters:
            start = self.code.source.index(self.parameters[parameter], before)
            lit = code.columns(0, start, start + len(self.parameters[parameter]))
            lit.set_fill(theme.TRUTH)
        return Transform(self.code, code, run_time=Pace.QUICK)

    def put(self, slot: Slot) -> Self:
        """Stand at the left end of a slot."""
        self.code.shade(0)
        return slot.place(self, x=-1, shrink=False)
