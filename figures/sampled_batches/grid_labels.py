"""Room for names above a grid and for counters below it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    Create,
    FadeIn,
    VGroup,
    VMobject,
)

from visuals.deck import Deck, Indices
from visuals.layout import Slot
from visuals.plots import TICK_GAP, Points
from visuals.theme import Pace
from visuals.typography import Words

ROOM = 0.6
"""Height of the room for labels, in scene units."""

SPACE = 0.3
"""Space between a label and the grid, in scene units."""

BETWEEN = 1.0
"""Space between two counters in a row, in scene units."""


def without_room(slot: Slot, above: bool = True) -> Slot:
    """Return what of a slot is left for a grid, with room for labels below it, and above it."""
    return replace(slot, bottom=slot.bottom + ROOM, top=slot.top - ROOM * above)


def below(places: Points, *labels: VMobject) -> VGroup:
    """Put labels in a row below a grid, of which the cards lie in these places."""
    row = VGroup(*labels).arrange(RIGHT, buff=BETWEEN)
    row.next_to(_edge(places, -1), DOWN, buff=SPACE)
    return row


def above(places: Points, label: Words) -> Words:
    """Put a label above a grid, of which the cards lie in these places."""
    edge = _edge(places, 1)
    label.move_to(edge)
    return label.shift(UP * (edge[1] + SPACE - label.baseline))


def named_batch(deck: Deck, rows: Indices, name: Words, last: bool) -> Animation:
    """Draw a line around a batch of a deck, and name it above the deck, or below if it is last.

    Parameters
    ----------
    deck
        The deck, cut into batches.
    rows
        The examples of the batch.
    name
        What it is called.
    last
        Whether it is the last.
    """
    outline = deck.outline(rows)
    outer, end = (DOWN, RIGHT) if last else (UP, LEFT)
    name.next_to(outline, outer, buff=TICK_GAP, aligned_edge=end)
    return AnimationGroup(Create(outline), FadeIn(name), run_time=Pace.QUICK)


def _edge(places: Points, side: int) -> Points:
    """Return the middle of the lower edge, -1, or of the upper one, 1."""
    low, high = places.min(axis=0), places.max(axis=0)
    return np.array([(low[0] + high[0]) / 2, (high if side > 0 else low)[1], 0.0])
