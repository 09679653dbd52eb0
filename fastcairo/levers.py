"""Switches of the engine's savings, one each, so that each can be measured alone."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from typing import Self

__all__ = ["LEVERS_VARIABLE", "Levers"]

LEVERS_VARIABLE = "FASTCAIRO_LEVERS"


@dataclass(frozen=True, slots=True)
class Levers:
    """Switches of the engine, all on by default.

    Attributes
    ----------
    damage
        Redraw only the rectangles of a frame that changed.
    paths
        Hand whole paths to Cairo instead of one Python call a curve.
    colour
        Convert only the rectangles that changed to the encoder's colour space.
    encoder
        Encode segments with settings that are cheap rather than small.
    stills
        Encode a still stretch once and repeat its packets.
    interpolation
        Interpolate only the submobjects whose progress changed, and of them only what differs.
    families
        Collect families in linear time.
    outlines
        Take the points that bound a mobject, and the ends of its subpaths, from arrays.
    styles
        Set a colour or an opacity in place.
    updaters
        Call updaters without inspecting their signatures each time.
    hashes
        Name cached segments by a digest that is made directly.
    copies
        Copy mobjects without a detour through the generic copier.
    forked
        Draw plays in forked processes, as many as there are processors free for them.
    """

    damage: bool = True
    paths: bool = True
    colour: bool = True
    encoder: bool = True
    stills: bool = True
    interpolation: bool = True
    families: bool = True
    outlines: bool = True
    styles: bool = True
    updaters: bool = True
    hashes: bool = True
    copies: bool = True
    forked: bool = True

    @classmethod
    def only(cls, *names: str) -> Self:
        """Return levers with exactly ``names`` on.

        Raises
        ------
        ValueError
            If a name is not that of a lever.
        """
        known = [field.name for field in fields(cls)]
        for name in names:
            if name not in known:
                raise ValueError(f"Unknown lever {name!r}; allowed are {', '.join(known)}.")
        return cls(**{name: name in names for name in known})

    @classmethod
    def from_environment(cls) -> Self:
        """Read ``FASTCAIRO_LEVERS``, names between commas; all are on when it is not set."""
        text = os.environ.get(LEVERS_VARIABLE)
        if text is None:
            return cls()
        return cls.only(*(name.strip() for name in text.split(",") if name.strip()))
