"""An epoch is the shuffled deck dealt once; each batch is a cheap, noisy vote."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from manim import DOWN, LEFT, UP, Create, FadeIn, FadeOut, VGroup, linear
from torch import Tensor

from linreg.data import data_iter
from linreg.sampling import Vote, draw_with_replacement, first_epoch, has_arrived, touched, vote
from visuals.arrows import VotePicture, mean_formula
from visuals.cloud import Cloud
from visuals.deck import Deck, Indices, order_begins
from visuals.layout import GAP, Slot
from visuals.listing import Listing, body_of
from visuals.numbers import Num, integer
from visuals.panels import Panel, Panels
from visuals.pipeline import Station
from visuals.plots import padded
from visuals.stage import LectureScene
from visuals.theme import Dim, Pace, theme
from visuals.typography import Math, Typeset

MOST_BATCHES = 5
COLUMNS = 3
LEAST_SPAN = 1e-3
"""The least span of the arrows' axes near the optimum, of an arrow's length before training."""


class SampledBatches(LectureScene):
    """Deal an epoch, and let its batches vote on the same line."""

    station = Station.DATA

    def construct(self) -> None:
        """Tell the chapter."""
        self.epoch = [rows.numpy() for rows in first_epoch(self.trace)]
        self.dealt = self.epoch[:MOST_BATCHES]
        self.left, self.right = self.body.beside(73, 51)
        self.deck_slot = replace(self.right, bottom=self.right.bottom + 2 * GAP)
        deck, listing = self.beat(self.the_deck_holds_every_example)
        self.beat(self.shuffling_parts_neighbours, deck, listing)
        self.beat(self.the_deck_is_cut_into_batches, deck, listing)
        panels = self.beat(self.yield_deals_one_batch, deck, listing)
        self.beat(self.no_example_comes_twice, deck)
        far = vote(self.trace, *self.trace.params(0))
        picture = self.beat(self.each_batch_pulls_the_same_line, panels, far)
        self.beat(self.the_votes_average_to_the_full_gradient, picture, far)
        self.beat(self.near_the_optimum_they_argue, picture, far)

    # The deck

    def the_deck_holds_every_example(self) -> tuple[Deck, Listing]:
        """Lay out all examples; the first line is lit, so that its cards can be followed."""
        self.head("dealing")
        deck = Deck(self.taught.num_examples, self.deck_slot)
        deck.light(deck.first_line)
        listing = self.left.place(Listing(body_of(data_iter)), shrink=False)
        listing.match_y(deck)
        label = self.words("examples", color=theme.DATA, n=integer(deck.count))
        label.next_to(deck, DOWN, buff=GAP)
        self.play(deck.appear(), FadeIn(label))
        self.play(FadeIn(listing), run_time=Pace.QUICK)
        self.play(listing.focus("len(features)"))
        self.wait(Pace.HOLD)
        return deck, listing

    def shuffling_parts_neighbours(self, deck: Deck, listing: Listing) -> None:
        """Move every card to its place in the order of epoch one, and say how that begins."""
        order = np.concatenate(self.epoch)
        begins = order_begins(order.tolist())
        begins.next_to(listing, DOWN, buff=GAP).align_to(listing.code, LEFT)
        self.play(listing.focus("randperm"))
        self.play(deck.shuffle_to(order), run_time=Pace.SWEEP)
        self.play(FadeIn(begins), run_time=Pace.QUICK)
        self.wait(Pace.HOLD)

    def the_deck_is_cut_into_batches(self, deck: Deck, listing: Listing) -> None:
        """Open gaps between the batches; say what happens to the last."""
        size, rest = self.taught.batch_size, len(self.epoch[-1])
        counts = {"batches": integer(len(self.epoch)), "each": integer(size), "rest": integer(rest)}
        self.clear_body(deck, listing)
        self.play(deck.relight(), listing.focus("for i in", "rows ="))
        deck.light(np.ones(deck.count, dtype=bool))
        key = "evenly" if rest == size else "with_a_short_last"
        key = "into_one" if len(self.epoch) == 1 else key
        self.say(f"cut_{key}", **counts)
        self.play(deck.lay_out(self.deck_slot, size), run_time=1.5 * Pace.MOVE)
        label = self.words(f"batches_{key}", color=theme.DATA, **counts)
        self.play(FadeIn(label.next_to(deck, DOWN, buff=GAP)), run_time=Pace.QUICK)

    def yield_deals_one_batch(self, deck: Deck, listing: Listing) -> Panels:
        """Deal the first batches to charts with one pair of axes; dim what was dealt."""
        self.clear_body(deck, listing)
        top, bottom = self.body.stacked(245, 295)
        panels = self._panels(bottom)
        deck_slot = replace(self.right, bottom=top.bottom)
        code_slot = replace(self.left, bottom=top.bottom)
        self.play(
            deck.lay_out(deck_slot, self.taught.batch_size),
            listing.animate.move_to(code_slot.place(listing.copy(), shrink=False)),
        )
        self.play(listing.focus("yield"), FadeIn(*panels.panels[:-1]))
        deck.draw_from(np.concatenate(self.epoch))
        for number, (panel, rows) in enumerate(zip(panels.panels, self.dealt, strict=False)):
            run_time = Pace.MOVE if number else Pace.HOLD
            self.play(*deck.deal(rows, self._cloud(panel, rows)), run_time=run_time)
        self.wait(Pace.HOLD)
        return panels

    def no_example_comes_twice(self, deck: Deck) -> None:
        """Deal the deck to its end; beside it draw as often with replacement."""
        self.clear_body(deck)
        n, draws = self.taught.num_examples, draw_with_replacement(self.taught)
        slots = [half.inset(2 * GAP) for half in self.body.beside(1, 1)]
        urn = Deck(n, slots[1]).draw_from(draws.numpy())
        self.play(deck.lay_out(slots[0], self.taught.batch_size))
        decks = VGroup(deck, urn)
        labels = self._counted("dealt", deck, decks), self._counted("with_replacement", urn, decks)
        labels[1][0].align_to(labels[0][0], UP)
        self.play(FadeIn(labels[0]), run_time=Pace.QUICK)
        self.play(deck.drawn.animate.set_value(n), run_time=Pace.SWEEP, rate_func=linear)
        seen = touched(draws)
        key = "all_are_touched" if seen == n else "some_are_missed"
        self.say(key, n=integer(n), touched=integer(seen))
        self.play(FadeIn(urn, labels[1]), run_time=Pace.QUICK)
        self.play(urn.drawn.animate.set_value(n), run_time=Pace.SWEEP, rate_func=linear)
        self.wait(Pace.HOLD)

    # The votes

    def each_batch_pulls_the_same_line(self, panels: Panels, far: Vote) -> VotePicture:
        """Move one line by each batch's gradient, and grow that gradient from the origin."""
        self.clear_body()
        self.head("voting")
        panels.lay_out(self.left, COLUMNS, rows=-(-len(panels.panels) // COLUMNS))
        self._cloud(panels.panels[-1], np.arange(self.taught.num_examples))
        picture = self._picture(far, "before_training")
        params = self.trace.w[0, 0].item(), self.trace.b[0].item()
        gradients = [*far.each[: len(self.dealt)], far.full]
        steps = [
            panel.line_pulled_by(params, gradient.tolist())
            for panel, gradient in zip(panels.panels, gradients, strict=True)
        ]
        self.play(FadeIn(panels, picture.chart, picture.title))
        for number, (arrow, step) in enumerate(zip(picture.arrows, steps, strict=False)):
            run_time = Pace.MOVE if number else Pace.HOLD
            self.play(step.animate.set_value(1), arrow.grow(), run_time=run_time)
        self.say("all_vote", times=integer(len(self.epoch)))
        self.play(steps[-1].animate.set_value(1), picture.full.grow(), run_time=Pace.HOLD)
        self.wait(Pace.HOLD)
        self.add(picture)
        return picture

    def the_votes_average_to_the_full_gradient(self, picture: VotePicture, far: Vote) -> None:
        """Lay all gradients head to tail, each by its share, and compare the two sums."""
        self.clear_body(picture)
        even = len(self.epoch[-1]) == self.taught.batch_size
        formula = mean_formula(len(self.epoch), even)
        mean = self._vector("mean_of_batches" if even else "weighted_mean", far.mean)
        whole = self._vector("of_all", far.full)
        rows = VGroup(formula, mean, whole).arrange(DOWN, buff=2 * GAP, aligned_edge=LEFT)
        self.left.place(rows, x=-0.4, shrink=False)
        path, shaft = picture.chart.path(far.head_to_tail), picture.full.shaft
        self.play(FadeIn(formula), FadeOut(picture.arrows), shaft.animate.set_opacity(Dim.SOFT))
        self.play(Create(path), run_time=2 * Pace.SWEEP, rate_func=linear)
        self.play(FadeIn(mean), run_time=Pace.QUICK)
        self.wait(Pace.HOLD)
        self.play(FadeIn(whole), run_time=Pace.QUICK)
        self.wait(Pace.SWEEP)

    def near_the_optimum_they_argue(self, picture: VotePicture, far: Vote) -> None:
        """Draw the same batches' gradients where the run ended, on a scale of their own."""
        arrived = has_arrived(self.trace)
        params = self.trace.params(-1) if arrived else (self.trace.true_w, self.trace.true_b)
        near = vote(self.trace, *params)
        late = self._picture(near, "after_steps" if arrived else "at_the_truth", far.length)
        here, there = self.body.beside(1, 1)
        late.shift(there.center - self.right.center)
        self.clear_body(picture.chart, picture.title, *picture.full)
        self.play(FadeIn(picture.arrows), picture.full.shaft.animate.set_opacity(1))
        self.add(picture)
        self.play(picture.animate.shift(here.center - self.right.center))
        self.play(FadeIn(late.chart, late.title))
        verdict = self._verdict(arrived)
        if verdict.endswith("with_noise"):
            self.head("arguing")
        self.say(verdict, times=Num(far.times_longer_than(near), 0))
        self.play(*(arrow.grow() for arrow in late.arrows), run_time=Pace.HOLD)
        self.play(late.full.grow())
        if not near.vanishes_beside(far):
            pairs = (picture, far), (late, near)
            self.play(*(FadeIn(self._agreement(*pair)) for pair in pairs))
        self.wait(Pace.HOLD)

    # Parts

    def _panels(self, slot: Slot) -> Panels:
        """Return one panel a batch, and one for all examples, which stands after them."""
        titles: list[Typeset] = [Math(f"cal(B)_{k + 1}") for k in range(len(self.dealt))]
        titles.append(self.words("all", n=integer(self.taught.num_examples)))
        x = padded(self.trace.features[:, 0])
        y = padded(self.trace.labels)
        size = replace(self.left, bottom=slot.bottom, top=slot.top)
        panels = Panels(size, COLUMNS, titles, x, y, Math("x_1"), Math("y"))
        return panels.lay_out(slot, MOST_BATCHES, rows=1)

    def _counted(self, key: str, cards: Deck, decks: VGroup) -> VGroup:
        """Return a deck's title above all decks and the count of its touched cards below."""
        title = self.words(key).next_to(decks, UP, buff=GAP)
        count = cards.count_of_touched(self.words("touched")).next_to(decks, DOWN, buff=GAP)
        return VGroup(title, count).set_x(cards.get_x())

    def _cloud(self, panel: Panel, rows: Indices) -> Cloud:
        """Return examples, by number, as points of a panel."""
        return panel.cloud(self.trace.features[rows, 0], self.trace.labels[rows, 0])

    def _picture(self, votes: Vote, place: str, far: float = 1.0) -> VotePicture:
        """Return the gradients of the dealt batches and of all, at a place named by a key."""
        return VotePicture(
            self.right,
            self.words(place, n=integer(self.trace.num_steps)),
            votes.each[: len(self.dealt)],
            votes.full,
            votes.head_to_tail,
            LEAST_SPAN * max(far, 1.0),
        )

    def _vector(self, key: str, values: Tensor) -> VGroup:
        """Return a named gradient with its two components under its name."""
        name = self.words(key, n=integer(self.taught.num_examples))
        w, b = (Num(value, 4) for value in values.tolist())
        vector = Math("(%(w)s, %(b)s)", color=theme.GRADIENT, w=w, b=b)
        return VGroup(name, vector).arrange(DOWN, buff=GAP / 2, aligned_edge=LEFT)

    def _agreement(self, picture: VotePicture, votes: Vote) -> Typeset:
        """Say under a picture how many batches point the way of the full gradient."""
        counts = {"agree": integer(votes.agreeing), "batches": integer(len(self.epoch))}
        return picture.note(self.words("agree", **counts))

    def _verdict(self, arrived: bool) -> str:
        """Return the key of what is to be said about the end of this run."""
        if len(self.epoch) == 1:
            return "one_batch"
        noise = "noise" if self.taught.noise_std > 0 else "no_noise"
        return f"{'near' if arrived else 'never_there'}_with_{noise}"
