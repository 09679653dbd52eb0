"""Training is one loop, and each station is a few lines of code."""

from __future__ import annotations

import torch
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    GrowFromCenter,
    LaggedStart,
    ReplacementTransform,
    Transform,
    TransformFromCopy,
    ValueTracker,
    VGroup,
)
from manim.utils.rate_functions import ease_in_quad

from linreg.analysis import balanced_line
from linreg.outcome import outcome
from visuals.cloud import Cloud, fitting_radius
from visuals.journey import ABOVE_RING, MOST_SHOWN, Journey, pile_at
from visuals.layout import GAP
from visuals.numbers import integer
from visuals.pipeline import Station
from visuals.plots import Chart, padded
from visuals.readout import Readout
from visuals.ring import Ring, working_lines
from visuals.squares import Residuals
from visuals.stage import LectureScene
from visuals.theme import Dim, Dot, Pace, Size, theme
from visuals.typography import Math

RUN_TIME = 8.0
"""Seconds that the whole run takes on the screen."""


class PipelineOverview(LectureScene):
    """A question, the ring of five stations, and one minibatch that travels round it."""

    def construct(self) -> None:
        """Table of contents."""
        batch = self.beat(self.residuals_pull_the_line)
        self.beat(self.training_finds_the_line, batch)
        journey = self.beat(self.training_is_a_ring, batch)
        self.beat(self.data_deals_a_batch, batch, journey)
        self.beat(self.model_predicts, journey)
        self.beat(self.loss_is_area, journey)
        self.beat(self.gradient_is_one_arrow, journey)
        self.beat(self.update_moves_the_line, journey)
        self.beat(self.the_ring_turns, journey)

    def residuals_pull_the_line(self) -> Cloud:
        """Pull a flat line at the mean into its place; return the first minibatch's dots."""
        x, y = self.trace.features[:, 0], self.trace.labels.flatten()
        chart = Chart(
            self.body,
            padded(x),
            padded(y),
            self.words("feature_one", size=Size.TICK),
            self.words("label", size=Size.TICK),
        )
        cloud = Cloud(chart, x, y, fitting_radius(len(x)), opacity=Dim.SOFT)
        rows = self.trace.batches[0][:MOST_SHOWN]
        batch = Cloud(chart, x[rows], y[rows], Dot.SAMPLE)
        slope, bias = ValueTracker(0), ValueTracker(y.mean().item())
        line = chart.tracked_line(slope, bias)
        pulls = Residuals(
            chart, x[rows], y[rows], lambda: slope.get_value() * x[rows] + bias.get_value()
        ).tracked()
        self.head("question")
        self.play(FadeIn(chart), run_time=Pace.QUICK)
        self.play(cloud.appear())
        self.play(Create(line))
        self.play(Create(pulls), FadeIn(batch))
        self.wait(Pace.MOVE)
        self.say("pulled")
        found = balanced_line(
            self.trace.features,
            self.trace.labels,
            w=torch.zeros_like(self.trace.true_w),
            b=torch.zeros_like(self.trace.true_b),
            feature=0,
        )
        self.play(
            slope.animate.set_value(found[0].item()),
            bias.animate.set_value(found[1].item()),
            run_time=Pace.SWEEP,
        )
        self.wait(Pace.MOVE)
        return batch

    def training_finds_the_line(self, batch: Cloud) -> None:
        """Name the lecture; of the picture only the minibatch stays, as a pile."""
        self.clear_body(batch)
        self.head("name")
        claim = self.words("claim", size=Size.TITLE, align="center")
        credit = self.words("credit", color=theme.MUTED)
        VGroup(claim, credit).arrange(DOWN, buff=GAP).move_to(self.body.center + UP)
        self.play(FadeIn(claim), Transform(batch, pile_at(batch, self.body.center + DOWN)))
        self.hold(claim)
        self.play(FadeIn(credit), run_time=Pace.QUICK)
        self.hold(credit)

    def training_is_a_ring(self, batch: Cloud) -> Journey:
        """Draw the five stations with their lines of code; the pile enters at the data."""
        self.clear_body(batch)
        self.head("loop")
        ring = Ring(self.body, working_lines())
        window = ring.stops[Station.DATA].window
        batch.set_z_index(ABOVE_RING)
        self.play(Transform(batch, pile_at(batch, window.center)))
        self.play(ring.appear(), run_time=2 * Pace.SWEEP)
        self.hold(ring)
        return Journey(self.trace, ring)

    def data_deals_a_batch(self, batch: Cloud, journey: Journey) -> None:
        """Spread the pile: a minibatch is a few points of the cloud."""
        self.play(journey.focus(Station.DATA))
        self.play(ReplacementTransform(batch, journey.points))
        self.wait(Pace.HOLD)

    def model_predicts(self, journey: Journey) -> None:
        """Carry the points to the model: each gets a prediction."""
        pile = journey.pack(journey.points, Station.DATA)
        self.play(journey.focus(Station.MODEL), TransformFromCopy(journey.points, pile))
        self.play(journey.ring.travel(pile, Station.DATA))
        self.play(ReplacementTransform(pile, journey.predictions))
        self.wait(Pace.HOLD)

    def loss_is_area(self, journey: Journey) -> None:
        """Carry the predictions to the loss: each leaves a square."""
        pile = journey.pack(journey.predictions, Station.MODEL)
        self.play(journey.focus(Station.LOSS), TransformFromCopy(journey.predictions, pile))
        self.play(journey.ring.travel(pile, Station.MODEL))
        self.play(FadeOut(pile), LaggedStart(*map(GrowFromCenter, journey.squares)))
        self.wait(Pace.HOLD)

    def gradient_is_one_arrow(self, journey: Journey) -> None:
        """Carry the losses to the gradient: they add up to one arrow."""
        pile = journey.pack(journey.predictions, Station.LOSS, theme.LOSS)
        self.play(journey.focus(Station.GRADIENT), FadeIn(pile))
        self.play(journey.ring.travel(pile, Station.LOSS))
        self.play(FadeOut(pile, target_position=journey.arrow), GrowFromCenter(journey.arrow))
        self.wait(Pace.HOLD)

    def update_moves_the_line(self, journey: Journey) -> None:
        """Carry the arrow to the update: the line moves, a little, and goes to the model."""
        arrow = journey.arrow.copy()
        way = journey.ring.ways[Station.GRADIENT]
        self.play(
            journey.focus(Station.UPDATE),
            arrow.animate.scale(0.4).move_to(way.get_start()),
            FadeIn(journey.before),
        )
        self.play(journey.ring.travel(arrow, Station.GRADIENT))
        self.say("moves" if self.taught.lr > 0 else "stays")
        self.play(FadeOut(arrow), TransformFromCopy(journey.before, journey.line))
        self.say("parameters_return")
        parameters = Math("w, b", color=theme.MODEL)
        parameters.next_to(journey.ring.ways[Station.UPDATE], UP, buff=0.1)
        self.play(
            FadeIn(parameters, shift=RIGHT), journey.ring.focus(Station.UPDATE, Station.MODEL)
        )
        self.wait(Pace.HOLD)

    def the_ring_turns(self, journey: Journey) -> None:
        """Count the steps of an epoch and of the run while the pictures follow it."""
        left, right = self._counts()
        counter = Readout(journey.step.get_value, 0, self.words("step"), color=theme.INK)
        counter.next_to(right, DOWN, buff=GAP, aligned_edge=LEFT)
        self.play(journey.relax(), FadeIn(left))
        self.play(FadeIn(right))
        self.play(
            FadeOut(journey.before), Transform(journey.line, journey.zoom_out()), FadeIn(counter)
        )
        journey.follow()
        counter.tracked()
        self.say(outcome(self.trace, self.taught).value)
        self.play(
            journey.step.animate.set_value(self.trace.num_steps),
            run_time=RUN_TIME,
            rate_func=ease_in_quad,
        )
        self.wait(Pace.HOLD)

    def _counts(self) -> tuple[VGroup, VGroup]:
        """Return how the steps of an epoch and of the run are counted, in the upper corners."""
        trace, lesson = self.trace, self.taught
        even = lesson.num_examples % lesson.batch_size == 0
        division = "%(n)s div %(batch)s" if even else "ceil(%(n)s div %(batch)s)"
        epoch = Math(
            f"{division} = %(steps)s",
            n=integer(lesson.num_examples),
            batch=integer(lesson.batch_size),
            steps=integer(trace.steps_per_epoch),
        )
        run = Math(
            "%(steps)s times %(epochs)s = %(all)s",
            steps=integer(trace.steps_per_epoch),
            epochs=integer(lesson.num_epochs),
            all=integer(trace.num_steps),
        )
        left = VGroup(epoch, self.words("steps_an_epoch")).arrange(DOWN, aligned_edge=LEFT)
        right = VGroup(run, self.words("steps_in_all")).arrange(DOWN, aligned_edge=RIGHT)
        self.body.place(left, x=-1, y=1, shrink=False)
        self.body.place(right, x=1, y=1, shrink=False)
        right[1].match_y(left[1])
        return left, right
