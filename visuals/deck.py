"""The examples as a deck of cards: a grid of dots that is shuffled, cut and dealt."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import (
    UP,
    Animation,
    AnimationGroup,
    ApplyMethod,
    Mobject,
    Polygon,
    UpdateFromAlphaFunc,
    VGroup,
    linear,
)

from fastcairo import DotCloud
from visuals.card_grid import CARD, spots
from visuals.flight import flight
from visuals.layout import Slot
from visuals.plots import Points
from visuals.theme import Pace, Stroke, theme

Indices = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

LIT, UNLIT, GONE = 1.0, 0.45, 0.13
"""Opacities of a card that is lit, of one that is not, and of the place of one that was dealt."""

RISE = 0.12
"""Height to which cards are lifted before they fly, in scene units."""


class Deck(VGroup):
    """All examples, one dot each, in a slot.

    Three clouds share the cards: those that are lit, those that are not, and empty places.

    Parameters
    ----------
    count
        Number of examples.
    slot
        Where the deck lies.
    batch_size
        Of the batches that it is cut into; uncut if not given.

    Attributes
    ----------
    places
        Where the card of each example lies, shape (n, 3).
    radius
        Of a card.
    """

    def __init__(self, count: int, slot: Slot, batch_size: int | None = None) -> None:
        self.count = count
        self._rank = np.arange(count)
        self.places, self.radius = spots(count, batch_size or count, slot)
        self._clouds = [
            DotCloud(self.places, self.radius, theme.DATA, opacity)
            for opacity in (LIT, UNLIT, GONE)
        ]
        self._level = np.zeros(count, dtype=np.int64)
        super().__init__(*reversed(self._clouds))
        self._put(self._level)

    @property
    def first_line(self) -> Mask:
        """Mask of the cards in the topmost line, shape (n,)."""
        top = self.places[:, 1].max()
        return np.asarray(np.isclose(self.places[:, 1], top))

    def light(self, is_lit: Mask | bool = True) -> Deck:
        """Light some cards, a mask of shape (n,), or all, and dim the others."""
        return self._put(np.where(is_lit, 0, 1) * np.ones(self.count, dtype=np.int64))

    def empty(self, rows: Indices | None = None) -> Deck:
        """Take the cards of some examples away, or all; their places stay."""
        level = self._level.copy()
        level[slice(None) if rows is None else rows] = 2
        return self._put(level)

    def dim_all_but(self, is_lit: Mask, run_time: float = Pace.QUICK) -> Animation:
        """Dim the cards of a deck that is lit, all but some."""
        self.light(is_lit)
        rest = self._clouds[1].set_opacity(LIT)
        return ApplyMethod(rest.set_opacity, UNLIT, run_time=run_time)

    def relight(self, run_time: float = Pace.QUICK) -> Animation:
        """Light every card that is dimmed."""
        return ApplyMethod(self._clouds[1].set_opacity, LIT, run_time=run_time)

    def run_through(self, run_time: float = Pace.SWEEP) -> Animation:
        """Light the cards one by one, from the first place to the last."""

        def reach(_: Mobject, alpha: float) -> None:
            self.light(self._rank < alpha * self.count)

        return UpdateFromAlphaFunc(self, reach, run_time=run_time, rate_func=linear)

    def shuffle_to(self, order: Indices, run_time: float = Pace.SWEEP) -> Animation:
        """Move every card to where it lies in a new order, example numbers of shape (n,)."""
        by_rank = self.places[np.argsort(self._rank)]
        self._rank = np.argsort(order)
        return self._move(by_rank, self.radius, 1.0, run_time)

    def lay_out(
        self,
        slot: Slot,
        batch_size: int | None = None,
        run_time: float = Pace.MOVE,
        share: float = 1.0,
    ) -> Animation:
        """Move the deck to a slot, cut into batches if a batch's size is given.

        With a ``share`` below 1 the cards move one after the other.
        """
        by_rank, radius = spots(self.count, batch_size or self.count, slot)
        return self._move(by_rank, radius, share, run_time)

    def flock(self, rows: Indices) -> DotCloud:
        """Return the cards of some examples, by number, as dots that can fly."""
        return DotCloud(self.places[rows], self.radius, theme.DATA)

    def lift(self, flock: DotCloud, run_time: float = Pace.QUICK) -> Animation:
        """Lift flying cards off the deck."""
        return flight(flock, flock.positions + UP * RISE, 1.5 * self.radius, run_time=run_time)

    def outline(self, rows: Indices) -> Polygon:
        """Return a line around the cards of some examples, which lie one after the other."""
        return _around(self.places[rows], self.radius / CARD / 2)

    def _move(self, by_rank: Points, radius: float, share: float, run_time: float) -> Animation:
        """Move every card to the spot of its rank."""
        self.places, self.radius = by_rank[self._rank], radius
        moves = []
        for cloud, rows in zip(self._clouds, self._drawn, strict=True):
            if len(rows):
                by_turn = np.argsort(self._rank[rows])
                cloud.set_positions(cloud.positions[by_turn])
                rows[:] = rows[by_turn]
                moves.append(flight(cloud, self.places[rows], radius, share, run_time))
        return AnimationGroup(*moves)

    def _put(self, level: Indices) -> Deck:
        """Give every card its level: lit, not lit, gone."""
        self._level = level
        self._drawn = [np.flatnonzero(level == number) for number in range(3)]
        for cloud, rows, opacity in zip(self._clouds, self._drawn, (LIT, UNLIT, GONE), strict=True):
            cloud.set_opacity(opacity).radius = self.radius
            self._fill(cloud, rows)
        return self

    def _fill(self, cloud: DotCloud, rows: Indices) -> None:
        """Put a cloud's dots where some cards lie; without any a point, which draws nothing."""
        if len(rows):
            cloud.set_positions(self.places[rows])
        else:
            cloud.points = self.places[:1].copy()


def _around(places: Points, margin: float) -> Polygon:
    """Return the outline of places in rows, of which the last may be shorter."""
    rows = np.unique(np.round(places[:, 1], 6))[::-1]
    left, right = places[:, 0].min() - margin, places[:, 0].max() + margin
    top, bottom = rows[0] + margin, rows[-1] - margin
    last = places[np.isclose(places[:, 1], rows[-1], atol=1e-5), 0].max() + margin
    step = rows[-1] + margin if len(rows) > 1 else top
    corners = [(left, top), (right, top), (right, step), (last, step), (last, bottom)]
    points = [np.array([x, y, 0.0]) for x, y in [*corners, (left, bottom)]]
    return Polygon(*points, color=theme.INK, stroke_width=Stroke.THIN)
