"""Where things may stand: the safe area, the header, and slots to divide it into.

The frame may be wide (16:9) or tall (9:16). Chapters ask for slots, never for coordinates: two
slots stand side by side where the frame is wide and one above the other where it is tall.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from manim import Mobject, config

MARGIN = 0.05
"""Share of the frame's width and height that stays empty on each side."""

CAPTION_BAND = 0.9
"""Height of the band at the bottom that belongs to the player's captions."""

HEADER = 0.75
"""Height of the band at the top that holds the heading and the strip."""

GAP = 0.35
"""Space between slots."""

BEHIND = -1
"""Layer (z index) of what lies behind all that has no layer of its own."""

AnyMobject = TypeVar("AnyMobject", bound=Mobject)


@dataclass(frozen=True)
class Slot:
    """A rectangle of the frame, in scene units."""

    left: float
    right: float
    bottom: float
    top: float

    @property
    def width(self) -> float:
        """Width in scene units."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Height in scene units."""
        return self.top - self.bottom

    @property
    def center(self) -> npt.NDArray[np.float64]:
        """Centre, shape (3,)."""
        return np.array([(self.left + self.right) / 2, (self.bottom + self.top) / 2, 0.0])

    def place(
        self, mobject: AnyMobject, x: float = 0.0, y: float = 0.0, shrink: bool = True
    ) -> AnyMobject:
        """Move a mobject into the slot, and shrink it if it is too large.

        Parameters
        ----------
        mobject
            What to place.
        x, y
            Where: -1 is the left or the bottom edge, 0 the middle, 1 the right or the top edge.
        shrink
            Whether it may be made smaller to fit. Text that must keep its size may not.
        """
        if shrink and mobject.width > 0:
            factor = min(1.0, self.width / mobject.width, self.height / max(mobject.height, 1e-6))
            if factor < 1:
                mobject.scale(factor)
        room = np.array([self.width - mobject.width, self.height - mobject.height, 0.0]) / 2
        mobject.move_to(self.center + room * np.array([x, y, 0.0]))
        return mobject

    def beside(self, *shares: float, gap: float = GAP) -> tuple[Slot, ...]:
        """Divide into slots side by side; one above the other where the frame is tall."""
        return self._columns(shares, gap) if is_wide() else self.stacked(*shares, gap=gap)

    def stacked(self, *shares: float, gap: float = GAP) -> tuple[Slot, ...]:
        """Divide into slots one above the other, the first on top."""
        heights = _lengths(self.height, shares, gap)
        slots, top = [], self.top
        for height in heights:
            slots.append(Slot(self.left, self.right, top - height, top))
            top -= height + gap
        return tuple(slots)

    def columns(self, *shares: float, gap: float = GAP) -> tuple[Slot, ...]:
        """Divide into slots side by side, whatever the frame."""
        return self._columns(shares, gap)

    def inset(self, by: float) -> Slot:
        """Return the slot less a border."""
        return Slot(self.left + by, self.right - by, self.bottom + by, self.top - by)

    def _columns(self, shares: tuple[float, ...], gap: float) -> tuple[Slot, ...]:
        slots, left = [], self.left
        for width in _lengths(self.width, shares, gap):
            slots.append(Slot(left, left + width, self.bottom, self.top))
            left += width + gap
        return tuple(slots)


def _lengths(whole: float, shares: tuple[float, ...], gap: float) -> list[float]:
    free = whole - gap * (len(shares) - 1)
    return [free * share / sum(shares) for share in shares]


def is_wide() -> bool:
    """Say whether the frame is wider than tall."""
    return bool(config.frame_width >= config.frame_height)


def safe_area() -> Slot:
    """Return what lies inside the margins."""
    x = config.frame_width * (0.5 - MARGIN)
    y = config.frame_height * (0.5 - MARGIN)
    return Slot(-x, x, -y, y)


def header() -> Slot:
    """Return the band of heading and strip."""
    area = safe_area()
    return Slot(area.left, area.right, area.top - HEADER, area.top)


def body() -> Slot:
    """Return what lies between the header and the caption band."""
    area = safe_area()
    bottom = -config.frame_height / 2 + CAPTION_BAND
    return Slot(area.left, area.right, bottom, area.top - HEADER - GAP / 2)
