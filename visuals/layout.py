"""The safe area, the header, and slots to divide the frame into.

The frame may be wide (16:9), tall (9:16) or square. Chapters ask for slots, never for coordinates:
two slots stand side by side in a wide frame and one above the other in a tall or a square one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from manim import Mobject, config

MARGIN = 0.05
"""Empty margin on each side, as a share of the frame's width and height."""

CAPTION_BAND = 0.9
"""Height of the band at the bottom where the player shows captions, in scene units."""

HEADER = 0.75
"""Height of the band at the top with the heading and the strip, in scene units."""

GAP = 0.35
"""Space between slots, in scene units."""

BEHIND = -1
"""Layer (z index) behind mobjects that have no layer of their own."""

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
            The mobject to move.
        x, y
            Alignment: -1 at the left or bottom edge, 0 in the middle, 1 at the right or top edge.
        shrink
            Whether it may be made smaller to fit. Text must keep its size.
        """
        if shrink and mobject.width > 0:
            factor = min(1.0, self.width / mobject.width, self.height / max(mobject.height, 1e-6))
            if factor < 1:
                mobject.scale(factor)
        room = np.array([self.width - mobject.width, self.height - mobject.height, 0.0]) / 2
        mobject.move_to(self.center + room * np.array([x, y, 0.0]))
        return mobject

    def beside(self, *shares: float, gap: float = GAP) -> tuple[Slot, ...]:
        """Divide into slots side by side, or one above the other in a frame that is not wide."""
        return (self.columns if is_wide() else self.stacked)(*shares, gap=gap)

    def stacked(self, *shares: float, gap: float = GAP) -> tuple[Slot, ...]:
        """Divide into slots one above the other, the first on top, with heights in these shares."""
        heights = _lengths(self.height, shares, gap)
        slots, top = [], self.top
        for height in heights:
            slots.append(Slot(self.left, self.right, top - height, top))
            top -= height + gap
        return tuple(slots)

    def columns(self, *shares: float, gap: float = GAP) -> tuple[Slot, ...]:
        """Divide into slots side by side, in a tall frame too, with widths in these shares."""
        slots, left = [], self.left
        for width in _lengths(self.width, shares, gap):
            slots.append(Slot(left, left + width, self.bottom, self.top))
            left += width + gap
        return tuple(slots)

    def inset(self, by: float) -> Slot:
        """Return the slot without a border of this width."""
        return Slot(self.left + by, self.right - by, self.bottom + by, self.top - by)


def _lengths(whole: float, shares: tuple[float, ...], gap: float) -> list[float]:
    free = whole - gap * (len(shares) - 1)
    return [free * share / sum(shares) for share in shares]


def is_wide() -> bool:
    """Say whether the frame is wider than tall."""
    return bool(config.frame_width > config.frame_height)


def safe_area() -> Slot:
    """Return the slot inside the margins."""
    x = config.frame_width * (0.5 - MARGIN)
    y = config.frame_height * (0.5 - MARGIN)
    return Slot(-x, x, -y, y)


def header() -> Slot:
    """Return the slot of the heading and the strip."""
    area = safe_area()
    return Slot(area.left, area.right, area.top - HEADER, area.top)


def body() -> Slot:
    """Return the slot between the header and the caption band."""
    area = safe_area()
    bottom = -config.frame_height / 2 + CAPTION_BAND
    return Slot(area.left, area.right, bottom, area.top - HEADER - GAP / 2)
