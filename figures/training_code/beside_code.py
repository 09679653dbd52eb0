"""The rooms beside the listing: one for the picture, and one for the row of parameters."""

from __future__ import annotations

from dataclasses import dataclass, replace

from manim import UP, Animation, ApplyMethod

from visuals.layout import GAP, Slot, is_wide
from visuals.listing import Listing

TALL_ROW = 1.7
"""Height of the row of parameters in a tall frame, in scene units."""


@dataclass(frozen=True)
class BesideCode:
    """Rooms beside the listing.

    Attributes
    ----------
    listing
        The code, in the middle of its side, or in a tall frame at the top.
    picture
        The room for what the active line does.
    whole
        The room for what the active line does while there is no row of parameters.
    row
        The room below the listing, once it is at the top.
    rise
        Distance of the listing from the top.
    """

    listing: Listing
    picture: Slot
    whole: Slot
    row: Slot
    rise: float

    @classmethod
    def of(cls, body: Slot, listing: Listing) -> BesideCode:
        """Divide the body around a listing."""
        panel = listing.panel
        rise = float(body.top - panel.get_top()[1])
        row = replace(body, top=body.top - panel.height - GAP / 2)
        if is_wide():
            right = float(panel.get_right()[0])
            picture = replace(body, left=right + GAP)
            return cls(listing, picture, picture, replace(row, right=right), rise)
        picture = replace(row, top=row.top - TALL_ROW - GAP)
        return cls(listing, picture, row, replace(row, bottom=row.top - TALL_ROW), rise)

    def raise_code(self) -> Animation:
        """Move the listing to the top."""
        return ApplyMethod(self.listing.shift, self.rise * UP)
