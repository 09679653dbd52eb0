"""Dealing and drawing with replacement, side by side, in as many draws."""

from __future__ import annotations

from manim import Animation, FadeIn, FadeOut, VGroup
from torch import Tensor

from fastcairo import DotCloud
from figures.sampled_batches.grid_labels import above, below, without_room
from figures.sampled_batches.tally import Tally
from visuals.deck import Deck
from visuals.flight import flight
from visuals.layout import Slot
from visuals.theme import Pace
from visuals.typography import Words

RADIUS_IN_THE_AIR = 0.12
"""Of a card that flies alone, in scene units."""


class TwoGames:
    """A deck at the left, and at the right the tally of what is drawn from it and put back.

    Parameters
    ----------
    slots
        Room for the deck and for the tally, with their labels.
    draws, order
        Row numbers as they are drawn with replacement, and as they are dealt.
    names
        Of the deck and of the tally.
    missed
        Name of the count of what was never drawn.

    Attributes
    ----------
    deck, drawn, dealt
        The deck, the tally of the draws, and that of the deal, which takes the deck's place.
    """

    def __init__(
        self,
        slots: tuple[Slot, ...],
        draws: Tensor,
        order: Tensor,
        names: tuple[Words, Words],
        missed: Words,
    ) -> None:
        left, right = (without_room(slot) for slot in slots)
        count = len(order)
        self.deck, self.drawn = Deck(count, left), Tally(draws, count, right)
        self.dealt = Tally(order, count, left)
        self._name = above(self.deck.places, names[0])
        count_missed = below(self.drawn.places, self.drawn.count_missed(missed))
        self._labels = VGroup(self._name, above(self.drawn.places, names[1]), count_missed)

    def gather(self, cards: DotCloud) -> Animation:
        """Let the cards of all examples, in their order, fly into the deck."""
        return flight(cards, self.deck.places, self.deck.radius, run_time=1.2)

    def label(self) -> Animation:
        """Show the names and the count."""
        return FadeIn(self._labels, run_time=Pace.QUICK)

    def leave(self, card: DotCloud) -> Animation:
        """Let the first card that is drawn fly to its place in the tally."""
        return flight(card, self.drawn.places[self.drawn.draws[:1]], RADIUS_IN_THE_AIR)

    def put_back(self, card: DotCloud) -> Animation:
        """Mark the place of the first card, and let the card fly back."""
        self.drawn.drawn.set_value(1)
        return flight(card, self.deck.places[self.drawn.draws[:1]], self.deck.radius)

    def begin_deal(self, name: Words, missed: Words) -> list[Animation]:
        """Take the deck away, and name the tally of the deal in its place."""
        count = below(self.dealt.places, self.dealt.count_missed(missed))
        coming = FadeIn(above(self.dealt.places, name), count)
        return [FadeOut(self.deck, self._name, run_time=Pace.QUICK), coming]
