"""An epoch is the shuffled deck dealt once; each batch is a cheap, noisy vote."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import torch
from manim import DOWN, LEFT, Animation, FadeIn, FadeOut, VGroup, linear

from figures.sampled_batches.deck import Deck, Indices, counted, order_begins
from figures.sampled_batches.small_charts import SmallChart, SmallCharts
from figures.sampled_batches.votes import EqualGradients, VotePicture, mean_formula, two_parts
from linreg.data import data_iter
from linreg.study.dealing import draw_with_replacement, first_epoch, missed
from linreg.study.outcome import has_arrived
from linreg.study.votes import Vote
from visuals.cloud import Cloud
from visuals.layout import GAP, Slot, is_wide
from visuals.listing import Listing
from visuals.numbers import Num, integer, significant
from visuals.pipeline import Station
from visuals.plots import padded
from visuals.source import body_of
from visuals.stage import LectureScene
from visuals.theme import Dim, Pace, theme
from visuals.typography import Math, Typeset, Words

MOST_BATCHES = 5
COLUMNS = 3


class SampledBatches(LectureScene):
    """Deal an epoch, and let its batches vote on the same line."""

    station = Station.DATA

    def construct(self) -> None:
        """Tell the chapter."""
        self.epoch = [rows.numpy() for rows in first_epoch(self.trace)]
        self.dealt = self.epoch[:MOST_BATCHES]
        self.all = integer(self.lesson.num_examples)
        self.left, self.right = self.body.beside(*((73, 51) if is_wide() else (13, 12)))
        self.line_slot, self.panel_slot = self.left.stacked(60, 502, gap=GAP / 2)
        halves = self.left, self.right
        self.code_slot, self.deck_slot = (replace(it, bottom=it.bottom + 2 * GAP) for it in halves)
        deck, listing = self.beat(self.the_deck_holds_every_example)
        self.beat(self.shuffling_parts_neighbours, deck, listing)
        self.beat(self.the_deck_is_cut_into_batches, deck, listing)
        panels = self.beat(self.yield_deals_one_batch, deck, listing)
        self.beat(self.no_example_comes_twice, deck)
        picture = self.beat(self.each_batch_pulls_the_same_line, panels)
        self.beat(self.the_votes_average_to_the_full_gradient, picture)
        self.beat(self.near_the_optimum_they_argue, picture)

    # The deck

    def the_deck_holds_every_example(self) -> tuple[Deck, Listing]:
        """Show the code, and all examples; the first line is lit, so that it can be followed."""
        self.head("dealing")
        deck = Deck(self.lesson.num_examples, self.deck_slot)
        deck.light(deck.first_line)
        listing = self.code_slot.place(Listing(body_of(data_iter)), x=-1, shrink=False)
        label = self.words("examples", color=theme.DATA, n=self.all).next_to(deck, DOWN, buff=GAP)
        self.play(FadeIn(listing), run_time=Pace.QUICK)
        self.play(deck.appear(Pace.HOLD), FadeIn(label), listing.focus("len(features)"))
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
        size, rest = self.lesson.batch_size, len(self.epoch[-1])
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

    def yield_deals_one_batch(self, deck: Deck, listing: Listing) -> SmallCharts:
        """Deal the first batches under the line that deals, one chart each; dim what was dealt."""
        self.play(listing.focus("yield"), run_time=Pace.MOVE)
        self.add(line := listing.single_line("yield"))
        self.play(FadeOut(listing), run_time=Pace.QUICK)
        self.play(line.animate.align_to(listing, LEFT).set_y(self.line_slot.center[1]))
        panels = self._panels()
        deck.draw_from(np.concatenate(self.epoch))
        for number, (panel, rows) in enumerate(zip(panels.panels, self.dealt, strict=False)):
            run_time = Pace.QUICK if number else Pace.HOLD
            self.play(*deck.deal(rows, self._cloud(panel, rows)), run_time=run_time)
            self.play(FadeIn(panel.chart, panel.title), run_time=Pace.QUICK / 2)
            if not number:
                self.wait(Pace.HOLD)
        self.wait(Pace.HOLD)
        return panels

    def no_example_comes_twice(self, deck: Deck) -> None:
        """Deal the deck to its end; beside it draw as often with replacement."""
        self.clear_body(deck)
        n, draws = self.lesson.num_examples, draw_with_replacement(self.lesson)
        slots = [half.inset(2 * GAP) for half in self.body.beside(1, 1)]
        urn = Deck(n, slots[1], self.lesson.batch_size).draw_from(draws.numpy())
        self.play(deck.lay_out(slots[0], self.lesson.batch_size))
        keys = "dealt", "drawn"
        titles = [self.words(key, n=self.all) for key in keys]
        labels = counted((deck, urn), titles, [self.words(f"never_{key}") for key in keys])
        self.play(FadeIn(labels[0]), run_time=Pace.QUICK)
        self.play(deck.drawn.animate.set_value(n), run_time=Pace.SWEEP, rate_func=linear)
        self.wait(Pace.HOLD)
        left_out = missed(draws, n)
        key = "some_are_missed" if left_out else "all_are_touched"
        self.say(key, n=self.all, missed=integer(left_out))
        self.play(FadeIn(urn, labels[1]), run_time=Pace.QUICK)
        self.play(urn.drawn.animate.set_value(n), run_time=Pace.SWEEP, rate_func=linear)
        self.wait(Pace.HOLD)

    # The votes

    def each_batch_pulls_the_same_line(self, panels: SmallCharts) -> VotePicture:
        """Move one line by each batch's gradient, and grow that gradient from the origin."""
        self.clear_body()
        self.head("voting")
        self._cloud(panels.panels[-1], np.arange(self.lesson.num_examples))
        far = Vote.early(self.trace)
        picture = self._picture(self.right, far, "before_training")
        params = self.trace.w[0, 0].item(), self.trace.b[0].item()
        gradients = torch.vstack([far.each[: len(self.dealt)], far.full]).tolist()
        pulls = zip(panels.panels, gradients, strict=True)
        steps = [panel.line_pulled_by(params, gradient) for panel, gradient in pulls]
        names = (self.words(key, color=theme.MODEL) for key in ("before", "after"))
        before, after = panels.name_lines(*names)
        cost = self.words("cost", each=integer(self.lesson.batch_size), n=self.all)
        head = picture.title.get_y() if is_wide() else self.line_slot.center[1]
        cost.set_y(head).set_x(panels.middle)
        *some, last = panels.panels
        self.play(FadeIn(*some, before, cost, picture.chart, picture.title))
        past: list[Animation] = []
        for panel, arrow, step in zip(some, picture.arrows, steps, strict=False):
            run_time = 0.7 * Pace.MOVE if past else Pace.HOLD
            swap = [FadeIn(after), cost.animate.set_opacity(Dim.SOFT)] if panel is some[-1] else []
            self.play(step.animate.set_value(1), arrow.grow(), *past, *swap, run_time=run_time)
            past = [panel.recede(), arrow.recede()]
        self.wait(Pace.HOLD)
        self.say("all_vote", times=integer(len(self.epoch)))
        self.play(*past, FadeIn(last), run_time=Pace.QUICK)
        self.play(steps[-1].animate.set_value(1), picture.full.grow(), run_time=Pace.HOLD)
        self.wait(Pace.HOLD)
        self.add(picture)
        return picture

    def the_votes_average_to_the_full_gradient(self, picture: VotePicture) -> None:
        """Lay all gradients head to tail, each by its share, and compare the two sums."""
        self.clear_body(picture)
        even = len(self.epoch[-1]) == self.lesson.batch_size
        formula = mean_formula(len(self.epoch), even)
        parts = two_parts(self.text("two_parts"))
        mean = self.words("mean_of_batches" if even else "weighted_mean")
        equal = EqualGradients(picture.votes, mean, self.words("of_all", n=self.all))
        rows = VGroup(formula, parts, equal).arrange(DOWN, buff=1.5 * GAP, aligned_edge=LEFT)
        self.left.place(rows, x=-1 if is_wide() else 0, shrink=False)
        laid = picture.lay_head_to_tail()
        key = "joints" if laid.every > 1 else "all_joints"
        joints = picture.note_path(self.words(key, every=integer(laid.every)), laid)
        self.play(FadeIn(formula, parts), picture.full.recede())
        self.play(laid.begin(), FadeOut(picture.arrows))
        self.play(laid.go_on(), FadeIn(joints))
        self.wait(Pace.QUICK)
        for part in (equal.one, equal.other, equal.sign):
            self.play(FadeIn(part), run_time=Pace.QUICK)
            self.wait(Pace.HOLD)

    def near_the_optimum_they_argue(self, picture: VotePicture) -> None:
        """Draw the same batches' gradients where the run ended, on a scale of their own."""
        arrived, far, near = has_arrived(self.trace), picture.votes, Vote.late(self.trace)
        verdict, speaks = self._verdict(arrived), not near.vanishes_beside(far)
        here, there = self.body.beside(1, 1)
        place = "after_steps" if arrived else "at_the_truth"
        late = self._picture(there, near, place, picture)
        self.clear_body(picture.chart, picture.title, *picture.full)
        if verdict.endswith("with_noise"):
            self.head("arguing")
        picture.arrows.set_opacity(1)
        self.play(FadeIn(picture.arrows), picture.full.animate.set_opacity(1))
        self.add(picture)
        self.play(picture.move_by(here.center - self.right.center))
        self.play(picture.part_by_side(), FadeIn(self._agreement(picture, "agree")))
        self.wait(Pace.MOVE)
        enlarged = self.words("enlarged", times=significant(late.enlarged(picture), 2))
        self.play(picture.step_back(), FadeIn(late.chart, late.title, late.subtitle(enlarged)))
        self.play(*(arrow.grow() for arrow in late.arrows), run_time=Pace.HOLD)
        self.wait(Pace.MOVE)
        self.say(verdict, times=Num(far.power_of_ten_longer_than(near), 0))
        self.play(late.full.grow())
        if speaks:
            note = self._agreement(late, "agree" if verdict == "one_batch" else "now_agree")
            self.play(late.part_by_side())
            self.wait(Pace.MOVE)
            self.play(FadeIn(note), run_time=Pace.QUICK)
            self.hold(note)

    # Parts

    def _panels(self) -> SmallCharts:
        """Return one panel a batch, and one for all examples, which stands after them."""
        _, slot = self.panel_slot.stacked(245, 295)
        titles: list[Typeset] = [Math(f"cal(B)_{k + 1}") for k in range(len(self.dealt))]
        titles.append(self.words("all", n=self.all))
        x, y = padded(self.trace.features[:, 0]), padded(self.trace.labels)
        names = (Math(name, color=theme.DATA) for name in ("x_1", "y"))
        panels = SmallCharts(slot, COLUMNS, titles, x, y, *names)
        return panels.lay_out(self.panel_slot, COLUMNS, rows=-(-len(titles) // COLUMNS))

    def _cloud(self, panel: SmallChart, rows: Indices) -> Cloud:
        """Return examples, by number, as points of a panel."""
        return panel.cloud(self.trace.features[rows, 0], self.trace.labels[rows, 0])

    def _picture(
        self, slot: Slot, votes: Vote, key: str, like: VotePicture | None = None
    ) -> VotePicture:
        """Return the gradients of the dealt batches and of all, at a place named by a key."""
        title = self.words(key, n=integer(self.trace.num_steps))
        sides = self.words("agreeing_side"), self.words("other_side")
        return VotePicture(slot, title, votes, len(self.dealt), self.text("part"), sides, like)

    def _agreement(self, picture: VotePicture, key: str) -> Words:
        """Say under a picture how many batches point the way of the full gradient."""
        votes, batches = picture.votes, integer(len(self.epoch))
        agree, chance = integer(votes.agreeing), Num(votes.by_chance, len(self.epoch) % 2)
        return picture.note(self.words(key, agree=agree, chance=chance, batches=batches))

    def _verdict(self, arrived: bool) -> str:
        """Return the key of what is to be said about the end of this run."""
        if len(self.epoch) == 1:
            return "one_batch"
        noise = "noise" if self.lesson.noise_std > 0 else "no_noise"
        return f"{'near' if arrived else 'never_there'}_with_{noise}"
