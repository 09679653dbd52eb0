"""The examples as a deck of cards: a grid of dots that is shuffled, cut, dealt and drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from manim import (
    DOWN,
    UP,
    Animation,
    AnimationGroup,
    Create,
    Transform,
    ValueTracker,
    VGroup,
    linear,
)

from fastcairo import DotCloud
from visuals.cloud import Cloud
from visuals.layout import GAP, Slot, is_wide
from visuals.numbers import integer
from visuals.plots import Points
from visuals.readout import Readout
from visuals.theme import Pace, theme
from visuals.typography import Math, Typeset

Indices = npt.NDArray[np.int64]

LARGEST_PITCH = 0.6
"""Distance of two cards where there are few, in scene units."""

CARD = 0.34
"""Radius of a card, as a share of the pitch."""

BATCH_GAP = (1.4, 0.5)
"""Space between two batches, across and down, in pitches."""

MOST_DECK_LINES = 400

UNLIT = 0.45
"""Opacity of a card that is not lit: 3 : 1 against the ground, as a lit one is against it."""

WRAPPED, RAGGED = 0.8, 0.75
"""Value of a layout whose batches are wrapped, and of one whose last line is short or the only one,
relative to a layout of whole rows: such layouts need larger cards to be chosen."""


class _Cut(NamedTuple):
    """Layout of batches: cards a line, lines a batch, batches side by side, and the pitch."""

    wide: int
    lines: int
    columns: int
    pitch: float


class Deck(VGroup):
    """All examples, one dot each, in a slot.

    Two clouds share the cards: those that are lit, and those that are not.

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
    drawn
        How many cards have been drawn, once :meth:`draw_from` has said which.
    """

    def __init__(self, count: int, slot: Slot, batch_size: int | None = None) -> None:
        self.count = count
        self.drawn = ValueTracker(0)
        self._rank = np.arange(count)
        self._draws, self._shown = np.arange(count), 0
        spots, self.radius = _spots(count, batch_size or count, slot)
        self.places = spots
        self.lit = DotCloud(spots, radius=self.radius, color=theme.DATA)
        self.rest = DotCloud(spots, radius=self.radius, color=theme.DATA)
        self.is_lit = np.ones(count, dtype=bool)
        super().__init__(self.rest, self.lit)
        self.light(self.is_lit)

    @property
    def first_line(self) -> npt.NDArray[np.bool_]:
        """Mask of the cards in the topmost line, shape (n,)."""
        top = self.places[:, 1].max()
        return np.asarray(np.isclose(self.places[:, 1], top))

    def light(self, is_lit: npt.NDArray[np.bool_], dim: float = UNLIT) -> Deck:
        """Light some cards, a mask of shape (n,), and dim the others."""
        self.is_lit = is_lit
        self.rest.set_opacity(dim)
        self._put(self.lit, is_lit)
        self._put(self.rest, ~is_lit)
        return self

    def appear(self, run_time: float = Pace.SWEEP) -> Animation:
        """Lay the cards down one by one."""
        clouds = [Create(cloud) for cloud in (self.rest, self.lit) if cloud.count]
        return AnimationGroup(*clouds, run_time=run_time, rate_func=linear)

    def relight(self, run_time: float = Pace.QUICK) -> Animation:
        """Light every card."""
        target = self.rest.copy().set_opacity(1)
        return Transform(self.rest, target, run_time=run_time)

    def shuffle_to(self, order: Indices, run_time: float = Pace.SWEEP) -> Animation:
        """Move every card to where it lies in a new order, example numbers of shape (n,)."""
        spots = self.places[np.argsort(self._rank)]
        self._rank = np.argsort(order)
        return self._move(spots, self.radius, run_time)

    def lay_out(
        self, slot: Slot, batch_size: int | None = None, run_time: float = Pace.MOVE
    ) -> Animation:
        """Move the deck to a slot, cut into batches if a batch's size is given."""
        spots, radius = _spots(self.count, batch_size or self.count, slot)
        return self._move(spots, radius, run_time)

    def draw_from(self, draws: Indices) -> Deck:
        """Dim cards as :attr:`drawn` grows, in the order of ``draws``, which may repeat."""
        self._draws = draws
        self.light(np.ones(self.count, dtype=bool))
        self.lit.add_updater(lambda _: self.follow())
        return self

    @property
    def untouched(self) -> int:
        """Number of examples that have not been drawn so far."""
        return self.count - len(np.unique(self._draws[: round(self.drawn.get_value())]))

    def follow(self) -> Deck:
        """Dim the cards that have been drawn."""
        drawn = round(self.drawn.get_value())
        if drawn != self._shown:
            self._shown = drawn
            is_lit = np.ones(self.count, dtype=bool)
            is_lit[self._draws[:drawn]] = False
            self.light(is_lit)
        return self

    def deal(self, rows: Indices, cloud: Cloud) -> tuple[Animation, Animation]:
        """Draw the next cards, whose examples are ``rows``, and let them fly to a cloud."""
        target = cloud.copy()
        cloud.set_positions(self.places[rows]).radius = self.radius
        drawn = ValueTracker(self.drawn.get_value() + len(rows))
        return Transform(cloud, target), Transform(self.drawn, drawn)

    def count_of_untouched(self, label: Typeset) -> Readout:
        """Return a live count of the examples that have not been drawn."""
        return Readout(lambda: self.untouched, 0, label, color=theme.DATA).tracked()

    def _move(self, spots: Points, radius: float, run_time: float) -> Animation:
        """Move every card to the spot of its rank."""
        self.places, self.radius = spots[self._rank], radius
        moves = []
        for cloud, mask in ((self.rest, ~self.is_lit), (self.lit, self.is_lit)):
            target = cloud.copy()
            target.radius = radius
            moves.append(Transform(cloud, self._put(target, mask)))
        return AnimationGroup(*moves, run_time=run_time)

    def _put(self, cloud: DotCloud, mask: npt.NDArray[np.bool_]) -> DotCloud:
        """Put a cloud's dots where some cards lie; without any a point, which draws nothing."""
        if mask.any():
            return cloud.set_positions(self.places[mask])
        cloud.points = self.places[:1].copy()
        return cloud


def counted(
    decks: Sequence[Deck], titles: Sequence[Typeset], labels: Sequence[Typeset]
) -> list[VGroup]:
    """Put a title above each deck, and the live count of what is not drawn below it.

    Parameters
    ----------
    decks
        Where they lie side by side, their titles are in line, and so are their counts.
    titles, labels
        What stands above each deck, and before each count.

    Returns
    -------
    groups
        For each deck its title and its count.
    """
    groups = []
    for deck, title, label in zip(decks, titles, labels, strict=True):
        row = VGroup(*decks) if is_wide() else deck
        title.next_to(row, UP, buff=GAP).set_x(deck.get_x())
        if is_wide():
            title.align_to(titles[0], UP)
        count, drawn = deck.count_of_untouched(label), deck.drawn.get_value()
        # The count stands in the middle once the deck is drawn to its end.
        deck.drawn.set_value(deck.count)
        count.follow().next_to(row, DOWN, buff=GAP).set_x(deck.get_x())
        deck.drawn.set_value(drawn)
        groups.append(VGroup(title, count.follow()))
    return groups


def order_begins(order: list[int], count: int = 5) -> Math:
    """Write the first example numbers of an order."""
    first: dict[str, Any] = {f"row{k}": integer(row) for k, row in enumerate(order[:count])}
    listed = ", ".join(f"%({name})s" for name in first)
    more = ", dots" if len(order) > count else ""
    return Math(
        f'{{{{ "order" : order }}}} = ({listed}{more})', colors={"order": theme.DATA}, **first
    )


def _spots(count: int, batch_size: int, slot: Slot) -> tuple[Points, float]:
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
