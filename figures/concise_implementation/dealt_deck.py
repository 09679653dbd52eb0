"""A deck that is dealt epoch after epoch, and the number of batches of each epoch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from manim import Animation, Mobject, UpdateFromAlphaFunc, ValueTracker, linear
from torch import Tensor

from linreg.lesson import Lesson
from visuals.deck import Deck
from visuals.layout import Slot
from visuals.numbers import integer
from visuals.readout import Readout, readout_column
from visuals.theme import theme
from visuals.typography import Words

COUNTERS = 1.25
"""Height of the room for the numbers of batches, in scene units."""

GATHER, SHUFFLE, DEAL = 0.3, 0.6, 0.8
"""Seconds in which an epoch gathers the cards, shuffles them and deals them."""


class DealtDeck:
    """A deck of all examples, cut into batches, and a counter for each of two epochs.

    Parameters
    ----------
    slot
        The room for it.
    lesson
        The lesson, for the number of examples and the batch's size.
    examples
        Name of the deck, with ``%(number)s`` for the number of examples.
    counted
        Name of an epoch's counter, with ``%(number)s`` for the epoch's number.

    Attributes
    ----------
    deck, name
        The deck, and the number of its cards, where the counters will stand.
    counters
        The batches dealt, one an epoch.
    """

    def __init__(self, slot: Slot, lesson: Lesson, examples: str, counted: str) -> None:
        room = replace(slot, top=slot.top - COUNTERS)
        self.deck = Deck(lesson.num_examples, room, lesson.batch_size)
        self.dealt = [ValueTracker(0), ValueTracker(0)]
        names = [Words(counted, number=integer(number)) for number in (1, 2)]
        self.counters = [
            Readout(tracker.get_value, 0, name, color=theme.DATA).tracked()
            for name, tracker in zip(names, self.dealt, strict=True)
        ]
        column = readout_column(*self.counters)
        above = replace(slot, bottom=room.top)
        above.place(column, y=0.2, shrink=False)
        self.name = Words(examples, number=integer(lesson.num_examples))
        above.place(self.name, y=-0.6, shrink=False)

    def shuffle(self, batches: Sequence[Tensor], run_time: float = SHUFFLE) -> Animation:
        """Move the cards to the order in which they will be dealt."""
        order = np.concatenate([rows.numpy() for rows in batches])
        return self.deck.shuffle_to(order, run_time)

    def deal(self, batches: Sequence[Tensor], epoch: int, run_time: float = DEAL) -> Animation:
        """Deal one batch after the other, and count them.

        Parameters
        ----------
        batches
            Row numbers of every batch.
        epoch
            Number of the epoch, from 0.
        run_time
            In seconds.
        """
        order = np.concatenate([rows.numpy() for rows in batches])
        ends = np.cumsum([0, *map(len, batches)])

        def put(_: Mobject, alpha: float) -> None:
            done = round(alpha * len(batches))
            self.dealt[epoch].set_value(done)
            self.deck.light().empty(order[: ends[done]])

        return UpdateFromAlphaFunc(self.deck, put, run_time=run_time, rate_func=linear)

    def gather(self, run_time: float = GATHER) -> Animation:
        """Bring all cards back, from the last to the first."""
        by_place = np.lexsort((self.deck.places[:, 0], -self.deck.places[:, 1]))

        def put(_: Mobject, alpha: float) -> None:
            left = round((1 - alpha) * len(by_place))
            self.deck.light().empty(by_place[:left])

        return UpdateFromAlphaFunc(self.deck, put, run_time=run_time, rate_func=linear)

    def deal_epochs(self, epochs: Sequence[Sequence[Tensor]]) -> Iterator[Animation]:
        """Shuffle the cards in every epoch, deal them, count the batches, and gather the cards."""
        for epoch, batches in enumerate(epochs):
            yield self.shuffle(batches)
            yield self.deal(batches, epoch)
            yield self.gather()
