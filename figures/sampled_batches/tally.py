"""A place for every example, which is filled when the example is drawn."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import (
    Animation,
    AnimationGroup,
    Mobject,
    UpdateFromAlphaFunc,
    ValueTracker,
    VGroup,
    linear,
)
from torch import Tensor

from fastcairo import DotCloud
from linreg.study.dealing import touched_so_far
from visuals.card_grid import spots
from visuals.deck import GONE
from visuals.flight import breath, flight
from visuals.following import Follower
from visuals.layout import Slot
from visuals.plots import Points
from visuals.readout import Readout
from visuals.theme import Pace, theme
from visuals.trackers import go
from visuals.typography import Typeset

AGAIN = 1.42
"""Radius of a card that was drawn again, as a share of a card's: neighbours almost touch."""

SWELLING = 0.2
"""Growth of a full grid's cards, as a share of the radius: they do not touch."""

HOLE = 0.66
"""Inner radius of the ring on the place of a card that was never drawn, in a card's radius."""

IN_THE_AIR = 0.25
"""Share of a deal's time in which each card is in the air."""


class Tally(Follower, VGroup):
    """The examples in the order in which they were made: drawn, drawn again, or not drawn.

    Parameters
    ----------
    draws
        Row numbers in the order of the draws.
    count
        Number of examples.
    slot
        Where their places lie.

    Attributes
    ----------
    drawn
        How many draws have been made.
    places
        Where the place of each example lies, shape (n, 3).
    """

    def __init__(self, draws: Tensor, count: int, slot: Slot) -> None:
        self.draws, self.count_of_places = draws.numpy(), count
        self.drawn = ValueTracker(0)
        self.distinct = np.concatenate([[0], touched_so_far(draws).numpy()])
        self.places, self.card = spots(count, count, slot)
        self.empty = DotCloud(self.places, self.card, theme.DATA, GONE)
        self.once = DotCloud(self.places, self.card, theme.DATA)
        self.again = DotCloud(self.places, AGAIN * self.card, theme.DATA)
        self.ring = DotCloud(self.places[:1], self.card, theme.MUTED, 0.0)
        self.hole = DotCloud(self.places[:1], HOLE * self.card, theme.BACKGROUND, 0.0)
        super().__init__(self.empty, self.ring, self.hole, self.once, self.again)
        self._shown = -1
        self.follow()

    def follow(self) -> Tally:
        """Fill the places of the draws that have been made."""
        drawn = self._number
        if drawn != self._shown:
            self._shown = drawn
            times = np.bincount(self.draws[:drawn], minlength=self.count_of_places)
            for cloud, mask in ((self.once, times == 1), (self.again, times > 1)):
                if mask.any():
                    cloud.set_positions(self.places[mask])
                else:
                    cloud.points = self.places[:1].copy()
        return self

    def receive(
        self, flock: DotCloud, run_time: float = Pace.SWEEP, copies: bool = False
    ) -> Animation:
        """Let the cards of the next draws, or copies of them, fly to their places in turn."""
        first = self._number
        last = first + flock.count
        ends: Points = self.places[self.draws[first:last]]
        landed = self.drawn

        def land(_: Mobject, alpha: float) -> None:
            share = np.clip((alpha - IN_THE_AIR) / (1 - IN_THE_AIR), 0, 1)
            landed.set_value(first + share * (last - first))

        return AnimationGroup(
            flight(flock, ends, self.card, IN_THE_AIR, run_time, from_nowhere=copies),
            UpdateFromAlphaFunc(landed, land, run_time=run_time, rate_func=linear),
        )

    def fill(self, run_time: float = Pace.SWEEP) -> Animation:
        """Fill the places in the order of the draws, without cards that fly."""
        return go(self.drawn, len(self.draws), run_time, linear)

    def flock(self) -> DotCloud:
        """Return a card on every place as dots that can fly."""
        return DotCloud(self.places, self.card, theme.DATA)

    def swell(self) -> Animation:
        """Make the cards that were drawn once larger for a moment."""
        return breath(self.once, self.card, SWELLING)

    def show_missed(self, run_time: float = Pace.MOVE) -> Animation:
        """Draw a ring on every place that is empty; there is one at least."""
        times = np.bincount(self.draws[: self._number], minlength=self.count_of_places)
        for cloud in (self.ring, self.hole):
            cloud.set_positions(self.places[times == 0])

        def appear(_: Mobject, alpha: float) -> None:
            for cloud in (self.ring, self.hole):
                cloud.set_opacity(alpha)

        return UpdateFromAlphaFunc(self.ring, appear, run_time=run_time)

    def count_drawn(self, label: Typeset) -> Readout:
        """Return the live count of the draws."""
        return _live(lambda: self._number, label)

    def count_repeats(self, label: Typeset) -> Readout:
        """Return the live count of the draws of an example that had been drawn before."""
        return _live(lambda: self._number - self.distinct[self._number], label)

    def count_missed(self, label: Typeset) -> Readout:
        """Return the live count of the examples that have not been drawn."""
        return _live(lambda: self.count_of_places - self.distinct[self._number], label)

    @property
    def _number(self) -> int:
        return round(self.drawn.get_value())


def _live(value: Callable[[], float], label: Typeset) -> Readout:
    """Return a whole number that follows, after its label."""
    return Readout(value, 0, label, color=theme.DATA).tracked()
