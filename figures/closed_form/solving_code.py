"""The code that solves for the parameters."""

from __future__ import annotations

from manim import Animation

from linreg.closed_form import exact_answer, normal_equation
from visuals.layout import Slot
from visuals.listing import Listing
from visuals.source import body_of


def solving_code(slot: Slot, is_unique: bool) -> Listing:
    """Return the code that solves, at the left of a slot.

    Parameters
    ----------
    slot
        The room for it.
    is_unique
        Whether the equations have one answer; else PyTorch's own call chooses one.
    """
    listing = Listing(body_of(normal_equation if is_unique else exact_answer))
    return slot.place(listing, x=-1, y=0, shrink=False)


def light_call(listing: Listing) -> Animation:
    """Light the call that solves."""
    call = "linalg"
    return listing.focus(call, listing.last_line_number(call))
