"""The grid that a deck of cards lies in: uncut, or cut into batches, with the largest cards."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from visuals.layout import Slot
from visuals.plots import Points

LARGEST_PITCH = 0.6
"""Distance of two cards where there are few, in scene units."""

CARD = 0.34
"""Radius of a card, as a share of the pitch."""

BATCH_GAP = (1.4, 0.5)
"""Space between two batches, across and down, in pitches."""

MOST_DECK_LINES = 400

WRAPPED, RAGGED = 0.8, 0.75
"""Value of a layout whose batches are wrapped, and of one whose last line is short or the only one,
relative to a layout of whole rows: such layouts need larger cards to be chosen."""


class _Cut(NamedTuple):
    """Layout of batches: cards a line, lines a batch, batches side by side, and the pitch."""

    wide: int
    lines: int
    columns: int
    pitch: float


def spots(count: int, batch_size: int, slot: Slot) -> tuple[Points, float]:
    """Return where the cards lie by rank, shape (count, 3), and their radius."""
    batches = -(-count // batch_size)
    gap = BATCH_GAP if 1 < batches < count else (0.0, 0.0)
    cut = _cut(count, batch_size, slot, gap)
    rank = np.arange(count)
    batch, card = rank // batch_size, rank % batch_size
    across = (batch % cut.columns) * (cut.wide + gap[0]) + card % cut.wide
    down = (batch // cut.columns) * (cut.lines + gap[1]) + card // cut.wide
    spots = np.column_stack([across, -down, np.zeros(count)]) * cut.pitch
    middle = (spots.min(axis=0) + spots.max(axis=0)) / 2
    return spots - middle + slot.center, CARD * cut.pitch


def _cut(count: int, batch_size: int, slot: Slot, gap: tuple[float, float]) -> _Cut:
    """Find the layout with the largest cards; whole rows are worth a little."""
    batches = -(-count // batch_size)
    cuts = []
    for lines in range(1, min(batch_size, MOST_DECK_LINES) + 1):
        wide = -(-batch_size // lines)
        if wide * (lines - 1) >= batch_size:
            continue
        for columns in range(1, min(batches, MOST_DECK_LINES) + 1):
            rows = -(-batches // columns)
            pitch = min(
                slot.width / (columns * wide + (columns - 1) * gap[0]),
                slot.height / (rows * lines + (rows - 1) * gap[1]),
                LARGEST_PITCH,
            )
            cuts.append(_Cut(wide, lines, columns, pitch))
    return max(cuts, key=lambda cut: _worth(cut, batches, batch_size))


def _worth(cut: _Cut, batches: int, batch_size: int) -> tuple[float, float]:
    """Rate a layout: large cards in whole rows first, then a shape like a square."""
    worth = cut.pitch
    if batches > 1 and cut.lines > 1:
        worth *= WRAPPED
    if batches == 1 and 1 in (cut.lines, cut.wide):
        worth *= RAGGED
    if batches % cut.columns or batch_size % cut.wide:
        worth *= RAGGED
    across, down = cut.columns * cut.wide, -(-batches // cut.columns) * cut.lines
    return worth, -abs(np.log(across / down))
