"""Cards and the examples that they stand for: a line from the dot in the cloud to the card."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from manim import Animation, AnimationGroup, Create, Dot, FadeIn, Line

from visuals.deck import Deck, Indices
from visuals.layout import is_wide
from visuals.plots import Points
from visuals.theme import Pace, Radius, Stroke, theme

PAIRS = 3


class Link(NamedTuple):
    """A card and its example, and the line that joins them."""

    example: Dot
    card: Dot
    line: Line

    def draw(self) -> Animation:
        """Light the two and draw the line from the card to the example."""
        both = AnimationGroup(FadeIn(self.card), FadeIn(self.example), run_time=Pace.QUICK)
        return AnimationGroup(both, Create(self.line, run_time=Pace.MOVE))


def short_links(deck: Deck, examples: Points) -> list[Link]:
    """Join some cards to their examples, far apart from each other, by short lines.

    Parameters
    ----------
    deck
        The cards.
    examples
        Where the examples lie in the cloud, shape (n, 3).
    """
    axis = 1 if is_wide() else 0
    here, there = (_thirds(places[:, axis]) for places in (deck.places, examples))
    cards = deck.places[:, axis]
    middles = cards.max() - np.ptp(cards) * (here + 0.5) / PAIRS
    cost = np.linalg.norm(deck.places - examples, axis=1) + 2 * abs(cards - middles)
    cost += np.ptp(cards) * (here != there)
    rows = [
        int(members[np.argmin(cost[members])])
        for third in range(PAIRS)
        if len(members := np.flatnonzero(here == third))
    ]
    links = []
    for row in rows:
        ends = examples[row], deck.places[row]
        line = Line(ends[1], ends[0], color=theme.INK, stroke_width=Stroke.THIN)
        card = Dot(ends[1], max(1.3 * deck.radius, 0.06), color=theme.DATA)
        links.append(Link(Dot(ends[0], Radius.MARK, color=theme.DATA), card, line))
    return links


def _thirds(along: npt.NDArray[np.float64]) -> Indices:
    """Return for each coordinate whether it is among the greatest, in the middle or least."""
    rank = np.argsort(np.argsort(-along, kind="stable"))
    return rank * PAIRS // len(along)
