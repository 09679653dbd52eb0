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


def update_of(pixels: Pixels, boxes: Iterable[Box]) -> FrameUpdate:
    """Return the update that carries the ``boxes`` of ``pixels``."""
    height, width = pixels.shape[:2]
    tiles = []
    for left, top, right, bottom in boxes:
        box = Box(max(left - SPREAD, 0), max(top - SPREAD, 0), right + SPREAD, bottom + SPREAD)
        box = Box(
            box.left // 2 * 2, box.top // 2 * 2, min(box.right, width), min(box.bottom, height)
        )
        outer_left = max(box.left - CONTEXT, 0) // ALIGNMENT * ALIGNMENT
        outer_top = max(box.top - CONTEXT, 0) // 2 * 2
        outer_right = min(-(-(box.right + CONTEXT) // ALIGNMENT) * ALIGNMENT, width)
        outer_bottom = min(-(-(box.bottom + CONTEXT) // 2) * 2, height)
        tiles.append(
            Tile(
                box,
                (outer_left, outer_top),
                pixels[outer_top:outer_bottom, outer_left:outer_right].copy(),
            )
        )
    return FrameUpdate(tuple(tiles))
