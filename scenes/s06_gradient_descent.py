"""The gradient is error times input, averaged; a step goes the other way."""

from __future__ import annotations

from functools import partial
from math import isfinite

import torch
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup
from torch import Tensor

from linreg import analysis
from linreg.optim import sgd
from linreg.training import Trace, fit
from visuals.contours import Descent, WeightPlane
from visuals.derivation import Derivation
from visuals.digits import TwinTable
from visuals.formula import ROLES_IN_TRAINING, formula
from visuals.layout import GAP, Slot
from visuals.listing import Listing, body_of, line_of
from visuals.numbers import Num, as_typed, integer, significant
from visuals.pipeline import Station
from visuals.pulls import BatchFit, PulledLine
from visuals.stage import LectureScene
from visuals.theme import Pace, Size, theme
from visuals.typography import Words

_symbols = partial(formula, roles=ROLES_IN_TRAINING)

AUTOGRAD = ("y_hat =", "loss =", ".sum")
"""What the lines of the training loop hold that compute a gradient."""

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
        self.beat(self.a_step_goes_the_other_way)
        self.beat(self.minibatches_find_the_minimum)
        self.beat(self.without_zeroing_it_circles)

    # Pull and lever

    def mean_pull_lifts_the_line(self) -> None:
        """Let the residuals of the first batch pull the line until they cancel."""
        self.head("pull_and_lever")
        picture, formulas = self.body.beside(7, 5)
        self.pulled = PulledLine(picture, BatchFit.first(self.trace))
        residual = _symbols("{{ r_i : error }} = {{ hat(y)_i : hat }} - {{ y_i : y }}")
        self.mean_pull = self.pulled.pull_readout(self.words("mean_pull"))
        self.mean_turn = self.pulled.turn_readout(self.words("mean_turn"))
        shown = VGroup(residual, self.mean_pull, self.mean_turn)
        shown.arrange(DOWN, buff=2 * GAP, aligned_edge=LEFT)
        formulas.place(shown, x=-1, shrink=False)
        self.play(FadeIn(self.pulled.chart), self.pulled.dots.appear(Pace.MOVE))
        self.play(Create(self.pulled.line), run_time=Pace.QUICK)
        self.play(Create(self.pulled.pulls), FadeIn(residual), run_time=Pace.MOVE)
        self.play(FadeIn(self.mean_pull))
        self.wait(1)
        self.play(self.pulled.lift())
        self.hold()

    def lever_turns_the_line(self) -> None:
        """Show the lever of every pull, and turn the line until they cancel too."""
        self.play(self.pulled.show_levers())
        self.play(FadeIn(self.mean_turn.update()))
        self.hold()
        self.play(self.pulled.turn())
        self.hold()

    # The derivation

    def exponent_comes_down(self) -> None:
        """Differentiate one square: the chain rule, and the half that cancels."""
        self.head("chain_rule")
        self.clear_body()
        lines = self.derivation = Derivation(self.body)
        meaning = lines.beside(lines.loss, self.words("loss"))
        self.play(FadeIn(lines.loss), FadeIn(meaning))
        self.wait(1)
        changes = lines.differentiate, lines.bring_exponent_down, lines.pull_input_out
        for change in (*changes, lines.cancel_half):
            self.play(change())
            self.wait(1)
        self.play(lines.name_prediction(), meaning.animate.set_fill(theme.MUTED))
        self.in_words = lines.beside(lines.short, self.words("for_weight"))
        self.play(FadeIn(self.in_words))
        self.hold()

    def error_times_input_averaged(self) -> None:
        """Repeat it for the bias, and write it for all examples at once."""
        lines = self.derivation
        self.play(lines.repeat_for_bias(), self.in_words.animate.set_fill(theme.MUTED))
        self.in_words = lines.beside(lines.for_bias, self.words("for_bias"))
        self.play(FadeIn(self.in_words))
        self.hold()
        past = VGroup(lines.for_bias, self.in_words)
        self.play(lines.gather_examples(), past.animate.set_fill(theme.MUTED))
        self.play(FadeIn(lines.beside(lines.for_all, self.words("for_all"))))
        self.hold()

    # The proof

    def by_hand_equals_autograd(self) -> None:
        """Compare the gradient by hand with autograd's, digit by digit, on the first batch."""
        self.head("proof")
        self.clear_body()
        top, bottom = self.body.stacked(5, 6)
        codes = {
            "by_hand": body_of(analysis.gradient).split("return")[0].rstrip(),
            "autograd": "\n".join(line_of(fit, part) for part in AUTOGRAD),
        }
        panels = VGroup(*(self._titled(key, Listing(code)) for key, code in codes.items()))
        top.place(panels.arrange(RIGHT, buff=2 * GAP, aligned_edge=UP), shrink=False)
        computed, recorded = analysis.first_gradient(self.trace)
        numbers = TwinTable(
            [_symbols(f"{{{{ (partial L)/(partial {p}) : grad }}}}") for p in ("w_1", "w_2", "b")],
            self.words("by_hand"),
            self.words("autograd_mean", n=integer(len(self.trace.batches[0]))),
            computed.tolist(),
            recorded.tolist(),
        )
        verdict = self._verdict(computed, recorded)
        bottom.place(VGroup(numbers, verdict).arrange(DOWN, buff=2 * GAP), shrink=False)
        verdict.set_x(numbers.twins.get_x())
        self.play(FadeIn(panels))
        self.play(FadeIn(numbers))
        self.wait(1)
        for twin in numbers.twins:
            self.play(twin.compare(run_time=Pace.MOVE))
        self.play(FadeIn(verdict))
        self.hold(verdict)

    def _titled(self, key: str, listing: Listing) -> VGroup:
        return VGroup(self.words(key), listing).arrange(DOWN, buff=GAP / 2, aligned_edge=LEFT)

    def _verdict(self, computed: Tensor, recorded: Tensor) -> Words:
        """Say whether two gradients are the same, bit for bit, and if not, how far apart."""
        if torch.equal(computed, recorded):
            return self.words("equal")
        difference = analysis.largest_difference(computed, recorded)
        return self.words("unequal", difference=Num(difference, 1, scientific=True))

    # The step

    def a_step_goes_the_other_way(self) -> None:
        """Walk through the code of a step, each line with its reason."""
        self.head("step")
        self.clear_body()
        self.update = _symbols(
            "({{ w : w }}, {{ b : b }}) arrow.l ({{ w : w_old }}, {{ b : b_old }})"
            "{{ - eta gradient L : grad }}",
            size=Size.TITLE,
        )
        numbers = _symbols(
            "{{ b : b }} arrow.l {{ %(old)s : b_old }} - {{ %(lr)s dot.op (%(slope)s) : grad }}"
            "= {{ %(new)s : b_new }}",
            old=Num(self.trace.b[0].item(), 4),
            lr=as_typed(self.taught.lr),
            slope=Num(self.trace.grad_b[0].item(), 4),
            new=Num(self.trace.b[1].item(), 4),
        )
        listing = Listing(body_of(sgd))
        formulas, code = self.body.stacked(2, 3)
        formulas.place(VGroup(self.update, numbers).arrange(DOWN, buff=2 * GAP), shrink=False)
        code.place(listing, x=-1, shrink=False)
        self.play(FadeIn(self.update))
        self.play(FadeIn(numbers))
        self.wait(1)
        self.play(FadeIn(listing))
        reason = Words("")
        for line in ("no_grad", "batch_size", "zero_"):
            self.say(f"why_{line.strip('_')}")
            dimmed = reason.animate.set_fill(theme.MUTED)
            reason = self.words(line.strip("_")).next_to(listing, RIGHT, buff=GAP)
            reason.set_y(listing.height_of(line))
            self.play(listing.focus(line), dimmed, FadeIn(reason), run_time=Pace.QUICK)
            self.hold(reason)

    # The path

    def minibatches_find_the_minimum(self) -> None:
        """Follow the run over the contours of the loss, and descent on the full batch."""
        self.head("path")
        self.clear_body(self.update)
        top, bottom = self.body.stacked(1, 7, gap=0)
        left, self.right = map(self._plane, bottom.beside(1, 1, gap=2 * GAP))
        self.play(self.update.animate.move_to(top.center), FadeIn(left), FadeIn(self.right))
        batch, everything = integer(self.taught.batch_size), integer(self.taught.num_examples)
        self._descend(left, self.trace, self.words("minibatches", n=batch), "minibatches_wander")
        full = analysis.full_batch(self.taught, min(self.trace.num_steps, MOST_STEPS))
        title = self.words("full_batch", n=everything)
        self.past = self._descend(self.right, full, title, "full_batch_glides", n=everything)

    def without_zeroing_it_circles(self) -> None:
        """Follow the run that keeps all its gradients."""
        self.play(FadeOut(self.past))
        run = analysis.without_zero(self.taught, MOST_FAULTY_STEPS)
        farther = analysis.distance_to_truth(run) > analysis.distance_to_truth(self.trace)
        story = "never_lands" if farther else ""
        self._descend(self.right, run, self.words("without_zero"), story)

    def _plane(self, slot: Slot) -> WeightPlane:
        """Draw the loss over the weights."""
        label = self.words("truth", size=Size.TICK, color=theme.TRUTH)
        return WeightPlane(slot, self.trace, label)

    def _descend(
        self, plane: WeightPlane, run: Trace, title: Words, story: str = "", **numbers: Num
    ) -> VGroup:
        """Let a run go down, and say how far from the truth it ends.

        The story is told of a run that comes nearer to the truth; of others what is so.
        """
        ends, began = (analysis.distance_to_truth(run, step) for step in (-1, 0))
        if analysis.stands_still(run):
            story = "nothing_moves"
        elif not ends < began:
            story = "overshoots"
        if story:
            self.say(story, **numbers)
        descent = Descent(plane, run.w)
        key = "ends" if not descent.leaves else "leaves" if isfinite(ends) else "diverges"
        distance = {"distance": significant(ends, 2)} if isfinite(ends) else {}
        verdict = self.words(key, size=Size.TICK, **distance)
        plane.put_above(title, verdict)
        self.play(FadeIn(title), FadeIn(descent))
        self.play(descent.run())
        self.play(FadeIn(verdict), run_time=Pace.QUICK)
        self.hold(verdict)
        return VGroup(title, verdict, descent)
