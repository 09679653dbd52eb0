"""An epoch is the shuffled deck dealt once; each batch is a cheap, noisy vote."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import torch
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, LaggedStart, VGroup, linear
from torch import Tensor

from linreg.data import data_iter
from linreg.sampling import Vote, draw_with_replacement, first_epoch, has_arrived, touched, vote
from visuals.arrows import VotePicture, mean_formula, named_gradient, two_parts
from visuals.cloud import Cloud
from visuals.deck import Deck, Indices, order_begins
from visuals.layout import GAP
from visuals.listing import Listing, body_of
from visuals.numbers import Num, integer, significant
from visuals.panels import Panel, Panels
from visuals.pipeline import Station
from visuals.plots import padded
from visuals.stage import LectureScene
from visuals.theme import Pace, theme
from visuals.typography import Math, Typeset, Words

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
        """Show the code, and all examples; the first line is lit, so that it can be followed."""
        self.head("dealing")
        deck = Deck(self.taught.num_examples, self.deck_slot)
        deck.light(deck.first_line)
        listing = self.left.place(Listing(body_of(data_iter)), shrink=False)
        listing.match_y(deck)
        label = self.words("examples", color=theme.DATA, n=integer(deck.count))
        label.next_to(deck, DOWN, buff=GAP)
        self.play(FadeIn(listing), run_time=Pace.QUICK)
        self.play(deck.appear(), FadeIn(label), listing.focus("len(features)"))
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
        """Deal the first batches to where the code was, one chart each; dim what was dealt."""
        self.play(listing.focus("yield"), run_time=Pace.SWEEP)
        self.play(FadeOut(listing), run_time=Pace.QUICK)
        panels = self._panels()
        deck.draw_from(np.concatenate(self.epoch))
        for number, (panel, rows) in enumerate(zip(panels.panels, self.dealt, strict=False)):
            run_time = Pace.MOVE if number else Pace.HOLD
            self.play(*deck.deal(rows, self._cloud(panel, rows)), run_time=run_time)
            self.play(FadeIn(panel.chart, panel.title), run_time=Pace.QUICK / 2)
        self.wait(Pace.HOLD)
        return panels

    def no_example_comes_twice(self, deck: Deck) -> None:
        """Deal the deck to its end; beside it draw as often with replacement."""
        self.clear_body(deck)
        n, draws = self.taught.num_examples, draw_with_replacement(self.taught)
        slots = [half.inset(2 * GAP) for half in self.body.beside(1, 1)]
        urn = Deck(n, slots[1], self.taught.batch_size).draw_from(draws.numpy())
        self.play(deck.lay_out(slots[0], self.taught.batch_size))
        decks = VGroup(deck, urn)
        labels = [
            cards.counted(self.words(key), self.words("untouched"), decks)
            for key, cards in (("dealt", deck), ("with_replacement", urn))
        ]
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
        self._cloud(panels.panels[-1], np.arange(self.taught.num_examples))
        picture = self._picture(far, "before_training")
        params = self.trace.w[0, 0].item(), self.trace.b[0].item()
        gradients = torch.vstack([far.each[: len(self.dealt)], far.full]).tolist()
        pulls = zip(panels.panels, gradients, strict=True)
        steps = [panel.line_pulled_by(params, gradient) for panel, gradient in pulls]
        self.play(FadeIn(panels, picture.chart, picture.title))
        for number, (arrow, step) in enumerate(zip(picture.arrows, steps, strict=False)):
            run_time = Pace.MOVE if number else Pace.HOLD
            self.play(step.animate.set_value(1), arrow.grow(), run_time=run_time)
        self.say("all_vote", times=integer(len(self.epoch)))
        past = [panel.recede() for panel in panels.panels[:-1]]
        self.play(*past, picture.recede(), run_time=Pace.QUICK)
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
        parts = VGroup(self.words("two_parts"), two_parts()).arrange(RIGHT, buff=GAP)
        rows = VGroup(formula, parts, mean, whole).arrange(DOWN, buff=1.5 * GAP, aligned_edge=LEFT)
        self.left.place(rows, x=-1, shrink=False)
        path = picture.chart.path(far.head_to_tail)
        corners = picture.chart.chart.at(*far.head_to_tail.numpy().T)
        laid = [arrow.laid_along(*corners[k : k + 2]) for k, arrow in enumerate(picture.arrows)]
        self.play(FadeIn(formula, parts), FadeOut(picture.full.shaft), FadeIn(picture.full.outline))
        self.play(LaggedStart(*laid, lag_ratio=0.8, run_time=Pace.SWEEP), FadeOut(picture.arrows))
        self.play(Create(path), run_time=1.5 * Pace.SWEEP, rate_func=linear)
        self.play(FadeIn(mean), run_time=Pace.QUICK)
        self.wait(Pace.HOLD)
        self.play(FadeIn(whole), run_time=Pace.QUICK)
        self.hold(mean, whole)

    def near_the_optimum_they_argue(self, picture: VotePicture, far: Vote) -> None:
        """Draw the same batches' gradients where the run ended, on a scale of their own."""
        arrived = has_arrived(self.trace)
        params = self.trace.params(-1) if arrived else (self.trace.true_w, self.trace.true_b)
        near = vote(self.trace, *params)
        late = self._picture(near, "after_steps" if arrived else "at_the_truth", far.length)
        here, there = self.body.beside(1, 1)
        VGroup(late, late.ray).shift(there.center - self.right.center)
        self.clear_body(picture.chart, picture.title, *picture.full)
        picture.arrows.set_opacity(1)
        self.play(FadeIn(picture.arrows, picture.full.shaft))
        self.add(picture)
        aside = here.center - self.right.center
        picture.ray.shift(aside)
        self.play(picture.animate.shift(aside))
        enlarged = self.words("enlarged", times=significant(late.enlarged(picture), 2))
        self.play(FadeIn(late.chart, late.title, late.subtitle(enlarged)))
        self.play(*(arrow.grow() for arrow in late.arrows), run_time=Pace.HOLD)
        self.play(late.full.grow())
        speaks = not near.vanishes_beside(far)
        if speaks:
            self.play(Create(late.ray), Create(picture.ray))
        verdict = self._verdict(arrived)
        if verdict.endswith("with_noise"):
            self.head("arguing")
        self.say(verdict, times=Num(far.power_of_ten_longer_than(near), 0))
        if speaks:
            key = "agree" if verdict == "one_batch" else "now_agree"
            notes = self._agreement(picture, far, "agree"), self._agreement(late, near, key)
            self.play(FadeIn(*notes))
            self.hold(*notes)

    # Parts

    def _panels(self) -> Panels:
        """Return one panel a batch, and one for all examples, which stands after them."""
        _, slot = self.body.stacked(245, 295)
        titles: list[Typeset] = [Math(f"cal(B)_{k + 1}") for k in range(len(self.dealt))]
        titles.append(self.words("all", n=integer(self.taught.num_examples)))
        x = padded(self.trace.features[:, 0])
        y = padded(self.trace.labels)
        size = replace(self.left, bottom=slot.bottom, top=slot.top)
        panels = Panels(size, COLUMNS, titles, x, y, Math("x_1"), Math("y"))
        return panels.lay_out(self.left, COLUMNS, rows=-(-len(titles) // COLUMNS))

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
        """Return a gradient under a name."""
        name = self.words(key, n=integer(self.taught.num_examples))
        return named_gradient(name, values.tolist())

    def _agreement(self, picture: VotePicture, votes: Vote, key: str) -> Words:
        """Say under a picture how many batches point the way of the full gradient."""
        counts = {"agree": integer(votes.agreeing), "batches": integer(len(self.epoch))}
        return picture.note(self.words(key, **counts))

    def _verdict(self, arrived: bool) -> str:
        """Return the key of what is to be said about the end of this run."""
        if len(self.epoch) == 1:
            return "one_batch"
        noise = "noise" if self.taught.noise_std > 0 else "no_noise"
        return f"{'near' if arrived else 'never_there'}_with_{noise}"
