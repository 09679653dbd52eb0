"""An epoch shuffles the deck and deals it once: no example twice, none left out."""

from __future__ import annotations

import numpy as np
import torch
from manim import Create, FadeIn, FadeOut

from fastcairo import DotCloud
from figures.sampled_batches.batch_plots import BatchPlots
from figures.sampled_batches.cloud_to_deck import CloudToDeck
from figures.sampled_batches.grid_labels import below, named_batch, without_room
from figures.sampled_batches.linked_cards import short_links
from figures.sampled_batches.tally import Tally
from figures.sampled_batches.two_games import TwoGames
from linreg.data import data_iter
from linreg.study.dealing import draw_with_replacement, first_epoch, missed_percent
from visuals.deck import Deck, Indices
from visuals.layout import GAP, is_wide
from visuals.listing import Listing
from visuals.numbers import as_typed, integer
from visuals.parts import Part
from visuals.source import body_of
from visuals.stage import LectureScene
from visuals.theme import Pace

MOST_BATCHES = 5
FILL = 2.6
"""Seconds in which the rest of a deck is dealt."""

BESIDE_CODE = 73, 51
"""Shares of the body for a listing or a plot, and for the deck beside it."""


class SampledBatches(LectureScene):
    """Shuffle the deck, cut it into batches, deal it to its end."""

    part = Part.DATA

    def construct(self) -> None:
        """Make a deck, shuffle, cut, deal, count, and try what else could be done."""
        self.count, self.size = self.lesson.num_examples, self.lesson.batch_size
        self.epoch = [rows.numpy() for rows in first_epoch(self.trace)]
        self.order = np.concatenate(self.epoch)
        self.examples = self.trace.features[:, 0].numpy(), self.trace.labels.numpy().ravel()
        self.left, self.right = self.body.beside(*BESIDE_CODE if is_wide() else (1, 1))
        deck = self.beat(self.each_example_is_a_card)
        listing = self.beat(self.an_epoch_begins_with_a_shuffle, deck)
        self.beat(self.the_deck_is_cut_into_batches, deck, listing)
        plots = self.beat(self.each_yield_deals_one_batch, deck, listing)
        tally = self.beat(self.every_example_is_dealt_once, deck, plots)
        self.beat(self.putting_back_misses_some, deck, tally)

    def each_example_is_a_card(self) -> Deck:
        """Let the dots of the cloud fly into the deck, and join three to their cards."""
        self.head("deck")
        picture = CloudToDeck(self.left, self.right, *self.examples)
        cloud, deck = picture.cloud, picture.deck
        self.play(picture.appear())
        self.wait(Pace.QUICK)
        with self.saying("each_example_a_card"):
            self.add(picture.flock)
            self.play(*picture.fly())
            self.remove(picture.flock)
            self.add(deck)
        links = short_links(deck, cloud.positions)
        with self.saying("cards_and_their_examples") as sentence:
            self.play(deck.dim_all_but(np.zeros(self.count, dtype=bool)))
            for link, mark in zip(links, ("a", "b", "c"), strict=False):
                sentence.wait_until(mark)
                self.play(link.draw())
        self.wait(Pace.QUICK)
        return deck

    def an_epoch_begins_with_a_shuffle(self, deck: Deck) -> Listing:
        """Run once through the deck, then shuffle it; the first row is lit."""
        self.clear_body(deck)
        self.head("shuffle")
        listing = self.left.place(Listing(body_of(data_iter)), x=-1, shrink=False)
        self.play(FadeIn(listing), run_time=Pace.QUICK)
        with self.saying("one_pass_is_an_epoch") as sentence:
            deck.light(False)
            self.play(deck.run_through(max(Pace.SWEEP, sentence.remaining)))
        row = deck.first_line
        with self.saying("it_is_shuffled"):
            self.play(listing.focus("randperm"), deck.dim_all_but(row))
            self.play(deck.shuffle_to(self.order))
        if len(self.epoch) > 1:
            first = self.epoch[0]
            lit, light = deck.flock(np.flatnonzero(row)), deck.flock(first)
            with self.saying("first_cards_random"):
                deck.light(False)
                self.add(lit)
                self.play(FadeOut(lit), Create(deck.outline(first)))
                self.play(FadeIn(light))
            self.remove(light)
            deck.light(np.isin(np.arange(self.count), first))
        self.add(listing)
        return listing

    def the_deck_is_cut_into_batches(self, deck: Deck, listing: Listing) -> None:
        """Open gaps between the batches, one after the other; mark a short one at the end."""
        self.head("cut")
        self.clear_body(deck, listing)
        self.play(deck.relight())
        deck.light()
        rest, batches = len(self.epoch[-1]), len(self.epoch)
        numbers = {"batch_size": integer(self.size)}
        if batches == 1:
            key = "cut_into_batches_one_batch"
        elif self.size == 1:
            key = "cut_into_batches_single"
        elif rest < self.size:
            key, numbers["rest"] = "cut_into_batches_short_last", integer(rest)
        else:
            key, numbers["batches"] = "cut_into_batches", integer(batches)
        with self.saying(key, **numbers):
            self.play(listing.focus("for i in", "rows ="))
            self.play(deck.lay_out(without_room(self.right), self.size, 2.2, 0.35))
            if batches > 1 and self.size > 1:
                last = rest < self.size
                name = self.words("last_batch" if last else "one_batch")
                self.play(named_batch(deck, self.epoch[-1 if last else 0], name, last))
        self.add(listing)

    def each_yield_deals_one_batch(self, deck: Deck, listing: Listing) -> BatchPlots:
        """Deal the first batches into one plot, one after the other, and lay them side by side."""
        self.head("deal")
        self.clear_body(deck, listing)
        single = "_single" if self.size == 1 else ""
        dealt = self.epoch[:MOST_BATCHES]
        line = listing.single_line("yield")
        top, room = self.left.stacked(11, 89)
        plots = BatchPlots(room, *self.examples, dealt)
        flock = deck.flock(dealt[0])
        with self.saying("yield_deals"):
            self.play(listing.focus("yield"))
            self.add(line)
            self.play(FadeOut(listing), run_time=Pace.QUICK)
            self.play(line.animate.move_to(top.place(line.copy(), x=-1, shrink=False)))
            self._lift(deck, flock, dealt[0], Pace.QUICK)
        with self.saying(f"first_batch{single}"):
            self.play(FadeIn(plots.large), run_time=Pace.QUICK)
            self.play(*plots.receive(flock, 1.5))
        if len(dealt) == 1:
            return plots
        with self.saying("one_more_batch_each"):
            for rows in dealt[1:]:
                flock = deck.flock(rows)
                self._lift(deck, flock, rows, 0.3)
                self.play(*plots.receive(flock, 0.7))
        upper, lower = self.body.stacked(*(68, 32) if is_wide() else (1, 1))
        self.small_picture("small multiples of a plot that was seen large")
        with self.saying(f"side_by_side{single}") as sentence:
            self.play(FadeOut(line), run_time=Pace.QUICK)
            self.play(
                deck.lay_out(lower.inset(GAP / 2), self.size, 1.2),
                *plots.spread(upper, MOST_BATCHES if is_wide() else 3),
            )
            self.play(plots.name_axes(), run_time=Pace.QUICK)
            if not single:
                sentence.wait_until("cloud")
                self.play(*map(FadeIn, plots.clouds()), run_time=Pace.MOVE)
        self.wait(Pace.QUICK)
        return plots

    def every_example_is_dealt_once(self, deck: Deck, plots: BatchPlots) -> Tally:
        """Deal the deck to its end, each card into the place that it had before the shuffle."""
        self.clear_body(deck, *plots.dots)
        self.head("every_one")
        left, right = (without_room(slot, above=False) for slot in self.body.beside(36, 64))
        tally = Tally(torch.tensor(self.order), self.count, right)
        flock = plots.flock()
        self.remove(*plots.dots)
        self.add(flock)
        self.play(deck.lay_out(left, self.size), FadeIn(tally))
        self.add(tally.tracked(), flock)
        self.play(tally.receive(flock, 1.2))
        self.remove(flock)
        dealt = tally.count_drawn(self.words("dealt")), self.words("dealt_twice")
        counters = below(tally.places, dealt[0], tally.count_repeats(dealt[1]))
        names = below(deck.places, self.words("deck_name"))
        self.play(FadeIn(counters, names), run_time=Pace.QUICK)
        with self.asking("does_an_epoch"):
            pass
        remaining = self.order[round(tally.drawn.get_value()) :]
        with self.saying("each_exactly_once") as sentence:
            deck.empty()
            self._fill(tally, deck, remaining)
            sentence.wait_until("once")
            self.play(tally.swell())
        return tally

    def putting_back_misses_some(self, deck: Deck, dealt: Tally) -> None:
        """Draw as often with replacement, and compare what was left out."""
        self.clear_body(deck, dealt)
        self.head("put_back")
        draws = draw_with_replacement(self.lesson)
        names = self.words("deck_name"), self.words("put_back_name")
        order, missed = torch.tensor(self.order), self.words("never_drawn")
        games = TwoGames(self.body.beside(1, 1), draws, order, names, missed)
        cards = dealt.flock()
        self.remove(dealt)
        self.play(games.gather(cards), FadeOut(deck), FadeIn(games.drawn))
        self.remove(cards)
        self.add(games.deck, games.drawn.tracked())
        self.play(games.label())
        with self.asking("if_put_back"):
            first = draws.numpy()[:1]
            card = games.deck.flock(first)
            self.play(games.deck.dim_all_but(np.arange(self.count) == first))
            self._lift(games.deck, card, first, Pace.QUICK)
            self.play(games.leave(card))
            self.play(games.put_back(card))
            self.remove(card)
            self.play(games.deck.relight())
            games.deck.light()
        percent = missed_percent(draws, self.count)
        key = "after_as_many_draws" if percent else "after_as_many_draws_all"
        numbers = {"percent": as_typed(percent)} if percent else {}
        with self.saying(key, **numbers) as sentence:
            self._fill(games.drawn, games.deck, draws.numpy()[1:], copies=True)
            if percent:
                sentence.wait_until("never")
                self.play(games.drawn.show_missed())
        self.small_picture("two grids side by side, which are compared")
        with self.saying("so_deal"):
            self.add(games.dealt)
            self.play(*games.begin_deal(self.words("dealt_name"), self.words("never_dealt")))
            self.add(games.dealt.tracked())
            self.play(games.dealt.fill(2.0))
        self.wait(Pace.QUICK)

    def _lift(self, deck: Deck, flock: DotCloud, rows: Indices, run_time: float) -> None:
        """Lift cards off the deck; their places are empty from here on."""
        self.add(deck.empty(rows), flock)
        self.play(deck.lift(flock, run_time))

    def _fill(self, tally: Tally, deck: Deck, rows: Indices, copies: bool = False) -> None:
        """Let cards fly from a deck into the places of a tally, if there are any."""
        if len(rows):
            flock = deck.flock(rows)
            self.add(flock)
            self.play(tally.receive(flock, FILL, copies))
            self.remove(flock)
