"""The generator of the data with its two random lines, and each of them alone."""

from __future__ import annotations

from typing import Self

from manim import (
    UP,
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
        """Light and name the line that draws the features, and dim the others."""
        return [self.listing.focus(FEATURES_LINE), self._name(name, FEATURES_LINE)]

    def mark_noise(self, name: Words) -> list[Animation]:
        """Light and name the line that adds the noise as well."""
        listing = self.listing
        bar = listing.bar.copy().set_fill(opacity=0)
        bar.shift(UP * (listing.y_of_line(NOISE_LINE) - listing.y_of_line(FEATURES_LINE)))
        # Behind the code, as the first bar is.
        listing.panel.add(bar)
        code = listing.code.copy().light(listing.line_number(NOISE_LINE))
        # A group of both would take the bar out of the panel, and the panel out of the scene.
        moves = ApplyMethod(bar.set_fill, None, 1.0), Transform(listing.code, code)
        named = *moves, self._name(name, NOISE_LINE)
        return [move.set_run_time(Pace.QUICK) for move in named]

    def light_calls(self) -> Animation:
        """Light the name of the function that both lines call."""
        code = self.listing.code.copy()
        for line in (FEATURES_LINE, NOISE_LINE):
            row = self.listing.line_number(line)
            code.shade(row).token(row, CALL).set_fill(theme.INK)
        return Transform(self.listing.code, code, run_time=Pace.QUICK)

    def leave(self, line: CodeLine) -> list[Animation]:
        """Let the listing go; then the line that draws the features moves away."""
        row = self.listing.glyphs_of_line(FEATURES_LINE).copy()
        first, then = squish_rate_func(smooth, 0.0, 0.4), squish_rate_func(smooth, 0.4, 1.0)
        gone = FadeOut(self.listing, *self.names, rate_func=first)
        moves = ReplacementTransform(row, line.code.rows[0], rate_func=then)
        return [gone, moves, FadeIn(line.panel, rate_func=then)]

    def _name(self, name: Words, line: str) -> Animation:
        """Stand what a line makes beside it."""
        self.names.append(self.listing.note(name, line, *self.names))
        return FadeIn(name)


class CodeLine(Listing):
    """One line of the generator, dimmed but for a parameter of its normal distribution.

    Parameters
    ----------
    text
        A part of the line.
    """

    def __init__(self, text: str) -> None:
        super().__init__(line_of(synthetic_data, text))
        self.parameters = text.partition("(")[2].split(", ")

    def lit(self, parameter: int) -> Animation:
        """Light mu, parameter 0, or sigma, parameter 1."""
        code = self.code.copy()
        before = self.code.source.index("(") + 1
        start = self.code.source.index(self.parameters[parameter], before)
        lit = code.columns(0, start, start + len(self.parameters[parameter]))
        lit.set_fill(theme.TRUTH)
        return Transform(self.code, code, run_time=Pace.QUICK)

    def put(self, slot: Slot) -> Self:
        """Stand at the left end of a slot."""
        self.code.shade(0)
        return slot.place(self, x=-1, shrink=False)
