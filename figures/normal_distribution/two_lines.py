"""The generator of the data with its two random lines, and each of them alone."""

from __future__ import annotations

from typing import Self

from manim import UP, Animation, ApplyMethod, FadeIn, FadeOut, ReplacementTransform, Transform

from linreg.data import synthetic_data
from visuals.layout import Slot, is_wide
from visuals.listing import Listing
from visuals.roles import ROLES_IN_DATA
from visuals.source import body_of, line_of
from visuals.theme import Pace, Size, theme

FEATURES_LINE = "torch.normal(0, 1"
NOISE_LINE = "torch.normal(0, sigma"
CALL = "torch.normal"


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
    """

    def __init__(self, slot: Slot) -> None:
        wide = is_wide()
        code = synthetic_data if wide else body_of(synthetic_data)
        listing = Listing(code, Size.BODY if wide else Size.CODE, ROLES_IN_DATA)
        self.listing = slot.place(listing, shrink=False)

    def mark_features(self) -> Animation:
        """Light the line that draws the features, and dim the others."""
        return self.listing.focus(FEATURES_LINE)

    def mark_noise(self) -> list[Animation]:
        """Light the line that adds the noise as well."""
        listing = self.listing
        bar = listing.bar.copy().set_fill(opacity=0)
        bar.shift(UP * (listing.y_of_line(NOISE_LINE) - listing.y_of_line(FEATURES_LINE)))
        # Behind the code, as the first bar is.
        listing.panel.add(bar)
        code = listing.code.copy().light(listing.line_number(NOISE_LINE))
        # A group of both would take the bar out of the panel, and the panel out of the scene.
        moves = ApplyMethod(bar.set_fill, None, 1.0), Transform(listing.code, code)
        return [move.set_run_time(Pace.QUICK) for move in moves]

    def light_calls(self) -> Animation:
        """Light the name of the function that both lines call."""
        code = self.listing.code.copy()
        for line in (FEATURES_LINE, NOISE_LINE):
            row = self.listing.line_number(line)
            code.shade(row).token(row, CALL).set_fill(theme.INK)
        return Transform(self.listing.code, code, run_time=Pace.QUICK)

    def leave(self, line: CodeLine) -> list[Animation]:
        """Let the listing go, but for the line that draws the features, which moves away."""
        row = self.listing.glyphs_of_line(FEATURES_LINE).copy()
        parts = FadeOut(self.listing), FadeIn(line.panel)
        return [*parts, ReplacementTransform(row, line.code.rows[0])]


class CodeLine(Listing):
    """One line of the generator, dimmed but for the parameters of its normal distribution.

    Parameters
    ----------
    text
        A part of the line.
    """

    def __init__(self, text: str) -> None:
        super().__init__(line_of(synthetic_data, text))
        self.parameters = text.partition("(")[2].split(", ")

    def lit(self) -> Animation:
        """Light sigma, the second parameter."""
        code = self.code.copy()
        code.token(0, self.parameters[-1]).set_fill(theme.TRUTH)
        return Transform(self.code, code, run_time=Pace.QUICK)

    def put(self, slot: Slot) -> Self:
        """Stand at the left end of a slot."""
        self.code.shade(0)
        return slot.place(self, x=-1, shrink=False)
