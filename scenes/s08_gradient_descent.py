"""The gradient is error times input, averaged; a step goes the other way."""

from __future__ import annotations

from math import isfinite

import torch
from manim import DOWN, LEFT, Create, FadeIn, FadeOut, Transform, VGroup, VMobject
from torch import Tensor

from figures.gradient_descent.derivation import RESIDUAL, Derivation, step_formulas
from figures.gradient_descent.gradient_check import AUTOGRAD, GradientCheck
from figures.gradient_descent.pulls import BatchFit, PulledLine, past
from figures.gradient_descent.weight_paths import Descent, UphillAndBack
from figures.gradient_descent.weight_plane import WeightPlane
from linreg.optim import sgd
from linreg.study import batch_gradients, dealing, outcome, recording
from linreg.study.trace import Trace
from visuals.formula import formula
from visuals.layout import GAP, Slot, is_wide
from visuals.listing import Listing
from visuals.numbers import Num, as_typed, integer, places_of
from visuals.pipeline import Station
from visuals.roles import ROLES_IN_TRAINING
from visuals.source import body_of, fitted
from visuals.stage import LectureScene
from visuals.theme import Pace, theme
from visuals.typography import Words

FORMULA, STEP, LISTING = 2.0, 1.0, 4.0
"""Seconds for which a new formula is read, a changed one, and a listing."""

MOST_STEPS = 300
"""Steps of descent on the full batch, each of which reads all examples."""

MOST_FAULTY_STEPS = 3000
"""Steps of the run that never zeroes its gradients; one epoch may have more."""


class GradientDescent(LectureScene):
    """Pull and lever, the chain rule, the proof by autograd, the step, and its path."""

    station = Station.GRADIENT

    def construct(self) -> None:
        """Explain the gradient, derive it, prove it, and go down it."""
        self.beat(self.mean_pull_lifts_the_line)
        self.beat(self.lever_turns_the_line)
        self.beat(self.exponent_comes_down)
        self.beat(self.error_times_input_averaged)
        self.beat(self.by_hand_equals_autograd)
        self.beat(self.a_step_subtracts_the_gradient)
        self.beat(self.a_step_goes_the_other_way)
        self.beat(self.minibatches_find_the_minimum)
        self.beat(self.without_zeroing_it_circles)

    # Pull and lever

    def mean_pull_lifts_the_line(self) -> None:
        """Let the residuals of the first batch pull the line until they cancel."""
        self.head("pull_and_lever")
        picture, formulas = self.body.beside(7, 5)
        self.pulled = PulledLine(picture, BatchFit.first(self.trace))
        residual = self.residual = formula(RESIDUAL, ROLES_IN_TRAINING)
        self.mean_pull = self.pulled.pull_readout(self.words("mean_pull"))
        self.mean_turn = self.pulled.turn_readout(self.words("mean_turn"))
        shown = VGroup(residual, self.mean_pull, self.mean_turn)
        shown.arrange(DOWN, buff=2 * GAP, aligned_edge=LEFT)
        formulas.place(shown, x=-1, shrink=False)
        self.play(FadeIn(self.pulled.chart), self.pulled.dots.appear(Pace.MOVE))
        self.play(Create(self.pulled.line), Create(self.pulled.pulls), FadeIn(residual))
        self.play(FadeIn(self.mean_pull), run_time=Pace.QUICK)
        self.wait(FORMULA)
        self.play(self.pulled.lift(2 * Pace.MOVE))
        self.wait(STEP)

    def lever_turns_the_line(self) -> None:
        """Show the lever of every pull, and turn the line until they cancel too."""
        told = self.residual.animate.set_fill(theme.MUTED), past(self.mean_pull)
        self.play(self.pulled.show_levers(), *told)
        parts = self.words("pull"), self.words("lever")
        names = self.pulled.name_parts(*parts)
        self.say(f"areas_of_w_{self.pulled.fit.feature + 1}")
        self.play(FadeIn(self.mean_turn.update()), FadeIn(names))
        self.wait(FORMULA)
        self.play(self.pulled.turn(2 * Pace.MOVE), FadeOut(names, run_time=Pace.QUICK / 2))
        self.play(FadeIn(self.pulled.name_parts(*parts)), run_time=Pace.QUICK / 2)
        self.hold()

    # The derivation, and its check

    def exponent_comes_down(self) -> None:
        """Differentiate one square: the chain rule, and the half that cancels."""
        self.clear_body()
        self.head("chain_rule")
        lines = self.derivation = Derivation(self.body)
        self.meaning = lines.beside(lines.loss, self.words("loss"))
        self.play(FadeIn(lines.loss, self.meaning), run_time=Pace.QUICK)
        self.wait(STEP)
        self.play(lines.differentiate(), self.meaning.animate.set_fill(theme.MUTED))
        self.wait(STEP)
        for change in (lines.bring_exponent_down, lines.pull_input_out, lines.cancel_half):
            self.play(change())
            self.wait(STEP)
        self.play(lines.name_prediction())
        self.in_words: VMobject = lines.beside_short(self.words("for_weight"))
        self.play(FadeIn(self.in_words), run_time=Pace.QUICK)
        self.hold()

    def error_times_input_averaged(self) -> None:
        """Repeat it for the bias, and write it for all examples at once."""
        lines = self.derivation
        self.play(lines.rise(self.meaning, self.in_words))
        self.play(lines.repeat_for_bias(), self.in_words.animate.set_fill(theme.MUTED))
        self.in_words = lines.beside(lines.for_bias, self.words("for_bias"))
        self.play(FadeIn(self.in_words), run_time=Pace.QUICK)
        self.hold()
        told = VGroup(lines.for_bias, self.in_words)
        self.play(lines.gather_examples(), told.animate.set_fill(theme.MUTED))
        self.play(FadeIn(lines.beside(lines.for_all, self.words("for_all"))), run_time=Pace.QUICK)
        self.hold()

    def by_hand_equals_autograd(self) -> None:
        """Compare the gradient by hand with autograd's, digit by digit, on the first batch."""
        self.clear_body()
        self.head("check")
        names = (self.words(key) for key in ("by_hand", "autograd", "by_hand"))
        check = GradientCheck(self.body, self.trace, *names)
        verdict = self._verdict(check.computed, check.recorded)
        check.put_below(verdict)
        self.play(FadeIn(check.panels), run_time=Pace.QUICK)
        self.play(FadeIn(check.numbers), run_time=Pace.QUICK)
        self.play(check.autograd.focus(AUTOGRAD[-1]), check.by_hand.focus("grad_w"))
        for comparison in check.compare_weights():
            self.play(comparison)
        self.play(check.compare_bias())
        self.play(FadeIn(verdict), run_time=Pace.QUICK)
        self.hold(verdict)

    def _verdict(self, computed: Tensor, recorded: Tensor) -> Words:
        """Say whether two gradients are the same, bit for bit, and if not, how far apart."""
        if torch.equal(computed, recorded):
            return self.words("equal")
        difference = batch_gradients.largest_difference(computed, recorded)
        return self.words("unequal", difference=Num(difference, 1, scientific=True))

    def a_step_subtracts_the_gradient(self) -> None:
        """Walk through the code of a step, each line with its reason."""
        self.clear_body()
        self.head("step")
        shown = step_formulas(self.trace, as_typed(self.lesson.lr), self.words("first_minibatch"))
        listing = Listing(fitted(body_of(sgd)))
        top, below = self.body.stacked(3, 2)
        top.place(shown, x=-1, shrink=False)
        below.beside(3, 2)[0].place(listing, x=-1, shrink=False)
        self.play(FadeIn(shown, listing), run_time=Pace.QUICK)
        self.wait(LISTING)
        lit, dim = shown.copy(), shown.copy().set_fill(theme.MUTED)
        why: list[Words] = []
        for first, line in (("with", "no_grad"), ("param -=", "batch_size"), ("zero_", "zero_")):
            self.say(f"why_{line.strip('_')}")
            told = [old.animate.set_fill(theme.MUTED) for old in why]
            reason = listing.note(self.words(line.strip("_")), line, *why)
            # The formulas light up with the line that they are.
            light = Transform(shown, lit if line == "batch_size" else dim)
            self.play(listing.focus(first, line), *told, light, FadeIn(reason), run_time=Pace.QUICK)
            self.hold(reason)
            why.append(reason)
        kept = slice(1 if is_wide() else 2)
        self.step, self.lit_step = shown[kept], lit[kept].copy()
        lit[1:3].set_fill(theme.MUTED)
        told = [why[1].animate.set_fill(theme.INK), why[2].animate.set_fill(theme.MUTED)]
        self.say("this_is_the_step")
        self.play(listing.focus("param -=", "batch_size"), Transform(shown, lit), *told)
        self.wait(STEP)

    def a_step_goes_the_other_way(self) -> None:
        """Show the gradient where the run starts, uphill, and the way of the step."""
        self.clear_body(self.step)
        slots = self.body.beside(1, 1, gap=GAP)
        self.left, self.right = map(self._plane, slots)
        self.right.remove(self.right.names)
        formulas = slots[1].place(self.lit_step, shrink=False)
        arrows = UphillAndBack(self.left, self.trace, self.words("step_back"))
        rings, directions = self.words("rings"), self.words("directions", color=theme.GRADIENT)
        self.left.put_above(rings, directions)
        self.explained = VGroup(arrows, self.step, rings, directions)
        self.play(Transform(self.step, formulas), run_time=Pace.QUICK)
        self.play(FadeIn(self.left, rings, arrows.dot), run_time=Pace.QUICK)
        self.hold(rings)
        self.play(FadeIn(arrows.uphill), run_time=Pace.QUICK)
        self.play(FadeIn(arrows.back, directions), run_time=Pace.QUICK)
        self.hold(directions)

    def minibatches_find_the_minimum(self) -> None:
        """Follow the run over the contours of the loss, and descent on the full batch."""
        self.play(FadeOut(self.explained), run_time=Pace.QUICK)
        self.head("path")
        batch, everything = integer(self.lesson.batch_size), integer(self.lesson.num_examples)
        story, title = "minibatches_wander", self._title("minibatches", self.trace, n=batch)
        self.first = self._descend(Descent(self.left, self.trace.w), self.trace, title, story)
        full = recording.full_batch(self.lesson, min(self.trace.num_steps, MOST_STEPS))
        self.wait(2 * STEP)
        story, title = "full_batch_glides", self._title("full_batch", full, n=everything)
        self.second = self._descend(Descent(self.right, full.w), full, title, story, n=everything)
        self.hold(self.second[1])

    def without_zeroing_it_circles(self) -> None:
        """Follow the run that keeps all its gradients."""
        zeroed = self.words("with_zero", color=theme.MUTED, steps=integer(self.trace.num_steps))
        self.left.put_above(zeroed)
        self.play(FadeOut(self.first[0], self.second), run_time=Pace.QUICK)
        self.play(FadeIn(zeroed), self.first[1].animate.set_fill(theme.MUTED), run_time=Pace.QUICK)
        self.head("zeroing")
        run = recording.without_zero(self.lesson, MOST_FAULTY_STEPS)
        farther = outcome.distance_to_truth(run) > outcome.distance_to_truth(self.trace)
        story = "never_lands" if farther else ""
        title = self.words("without_zero", steps=integer(run.num_steps))
        self.hold(self._descend(Descent(self.right, run.w, tangled=True), run, title, story)[1])

    def _plane(self, slot: Slot) -> WeightPlane:
        """Draw the loss over the weights."""
        return WeightPlane(slot, self.trace, self.words("truth"), self.words("ring"))

    def _title(self, key: str, run: Trace, n: Num) -> Words:
        return self.words(key, n=n, read=integer(dealing.examples_read(run)))

    def _descend(
        self, descent: Descent, run: Trace, title: Words, story: str = "", **numbers: Num
    ) -> VGroup:
        """Let a run go down, and say how far from the truth it ends.

        The story is told of a run that comes nearer to the truth; of others what is so.
        """
        ends, began = (outcome.distance_to_truth(run, step) for step in (-1, 0))
        if outcome.stands_still(run):
            story = "nothing_moves"
        elif not ends < began:
            story = "overshoots"
        if story:
            self.say(story, **numbers)
        key = "ends" if not descent.leaves else "leaves" if isfinite(ends) else "diverges"
        away = outcome.weights_to_truth(run)
        verdict = self.words(
            key, **({"distance": Num(away, places_of(away, 2))} if isfinite(ends) else {})
        )
        descent.plane.put_above(title, verdict)
        ground = [] if descent.plane in self.get_mobject_family_members() else [descent.plane]
        self.play(FadeIn(*ground, title, descent), run_time=Pace.QUICK)
        self.play(descent.run())
        self.play(FadeIn(verdict), run_time=Pace.QUICK)
        return VGroup(title, verdict, descent)
