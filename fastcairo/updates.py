"""A frame told as what changed since the frame before, so that only that is converted and queued.

Manim copies all pixels of every frame into the encoder's queue, and the encoder converts all of
them to YUV. A :class:`FrameUpdate` carries the changed tiles only; an unchanged frame is empty.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from fastcairo.damage import Pixels
from fastcairo.shapes import Box

__all__ = ["FrameUpdate", "Tile", "update_of"]

# The converter looks at neighbours when it averages chroma: a change spreads to the pixels around
# it, and a tile needs true neighbours around what it replaces.
SPREAD = 4
CONTEXT = 8
ALIGNMENT = 16
PIXELS_PER_TILE = 30_000  # as many are converted in the time that a tile takes beside its pixels


class Tile(NamedTuple):
    """Pixels of a rectangle of the frame, with some context around it.

    Attributes
    ----------
    box
        The rectangle to replace; its corners are even.
    origin
        Left and top of ``pixels`` in the frame.
    pixels
        Copy of the frame's pixels, shape (height, width, 4).
    """

    box: Box
    origin: tuple[int, int]
    pixels: Pixels


class FrameUpdate(NamedTuple):
    """The tiles in which a frame differs from the one before it in the segment."""

    tiles: tuple[Tile, ...]


def update_of(pixels: Pixels, boxes: Iterable[Box]) -> FrameUpdate | Pixels:
    """Return the update that carries ``boxes`` of ``pixels``; a copy of all where it costs less."""
    height, width = pixels.shape[:2]
    tiles = []
    cost = 0
    for left, top, right, bottom in boxes:
        box = Box(max(left - SPREAD, 0), max(top - SPREAD, 0), right + SPREAD, bottom + SPREAD)
        box = Box(
            box.left // 2 * 2, box.top // 2 * 2, min(box.right, width), min(box.bottom, height)
        )
        outer = Box(
            max(box.left - CONTEXT, 0) // ALIGNMENT * ALIGNMENT,
            max(box.top - CONTEXT, 0) // ALIGNMENT * ALIGNMENT,
            min(-(-(box.right + CONTEXT) // ALIGNMENT) * ALIGNMENT, width),
            min(-(-(box.bottom + CONTEXT) // ALIGNMENT) * ALIGNMENT, height),
        )
        cost += PIXELS_PER_TILE + (outer.right - outer.left) * (outer.bottom - outer.top)
        if cost > width * height:
            return pixels.copy()
        tiles.append((box, outer))
    return FrameUpdate(
        tuple(
            Tile(
                box,
                (outer.left, outer.top),
                pixels[outer.top : outer.bottom, outer.left : outer.right].copy(),
            )
            for box, outer in tiles
        )
    )
