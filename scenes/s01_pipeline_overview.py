"""Training is one loop, and each station is a few lines of code."""

from __future__ import annotations

from dataclasses import replace

import torch
from manim import (
    DOWN,
    UP,
    Create,
    FadeIn,
    FadeOut,
    GrowFromCenter,
    GrowFromPoint,
    LaggedStart,
    ReplacementTransform,
    Transform,
    TransformFromCopy,
    ValueTracker,
    VGroup,
)

from figures.pipeline_overview.journey import ABOVE_RING, MOST_SHOWN, Journey, pile_at
from figures.pipeline_overview.working_lines import working_lines
from linreg.study.outcome import outcome
from linreg.study.push_and_lever import balanced_line
from visuals.cloud import Cloud, fitting_radius
from visuals.layout import GAP, Slot, is_wide
from visuals.numbers import integer
from visuals.pipeline import Station
from visuals.plots import Chart, padded
from visuals.readout import Readout
from visuals.residuals import Residuals
from visuals.ring import Ring
from visuals.stage import LectureScene
from visuals.theme import Dim, Pace, Radius, Size, theme
from visuals.typography import Math, Words

RUN_TIME = 8.0
"""Seconds that the whole run takes on the screen."""

LAST = 3.0
"""Seconds that the last picture stands."""


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
        notes = self.beat(self.update_moves_the_line, journey)
        self.beat(self.the_ring_turns, journey, *notes)

    def residuals_pull_the_line(self) -> Cloud:
        """Pull a flat line at the mean into its place; return the first minibatch's dots."""
        x, y = self.trace.features[:, 0], self.trace.labels.flatten()
        # Under a heading of two lines the axis's name needs air.
        room = self.body if is_wide() else replace(self.body, top=self.body.top - GAP)
        names = self.words("feature_one"), self.words("label")
        chart = Chart(room, padded(x), padded(y), *names)
        cloud = Cloud(chart, x, y, fitting_radius(len(x)), opacity=Dim.SOFT)
        rows = self.trace.batches[0][:MOST_SHOWN]
        batch = Cloud(chart, x[rows], y[rows], Radius.SAMPLE)
        slope, bias = ValueTracker(0), ValueTracker(y.mean().item())
        line = chart.tracked_line(slope, bias)
        pulls = Residuals(
            chart, x[rows], y[rows], lambda: slope.get_value() * x[rows] + bias.get_value()
        ).tracked()
        self.head("question")
        self.play(FadeIn(chart), run_time=Pace.QUICK)
        self.play(cloud.appear(run_time=2 * Pace.MOVE))
        self.play(Create(line))
        residual = self.words("residual", color=theme.LOSS)
        longest = max(pulls, key=lambda pull: float(pull.height))
        below = longest.get_start()[1] < longest.get_end()[1]
        residual.move_to(
            cloud.room_near(
                longest.get_start(), (residual.width, residual.height), -1 if below else 1
            )
        )
        self.play(Create(pulls), FadeIn(batch), FadeIn(residual))
        self.wait(Pace.MOVE)
        self.say("pulled", n=integer(len(x)), shown=integer(len(rows)))
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
        self.wait(Pace.HOLD)
        return batch

    def training_finds_the_line(self, batch: Cloud) -> None:
        """Name the lecture; of the picture only the minibatch stays, as a pile."""
        self.clear_body(batch)
        self.head("name")
        claim = self.words("claim", size=Size.TITLE, align="center")
        credit = self.words("credit", color=theme.MUTED)
        VGroup(claim, credit).arrange(DOWN, buff=GAP).move_to(self.body.center + UP)
        pile = pile_at(batch, self.body.center + DOWN)
        self.play(FadeIn(claim), Transform(batch, pile))
        self.hold(claim)
        self.play(FadeIn(credit))
        self.hold(credit)

    def training_is_a_ring(self, batch: Cloud) -> Journey:
        """Draw the five stations with their lines of code; the pile enters at the data."""
        self.clear_body(batch)
        self.head("loop")
        ring = Ring(self._rooms()[0], working_lines())
        window = ring.stops[Station.DATA].window
        batch.set_z_index(ABOVE_RING)
        self.play(Transform(batch, pile_at(batch, window.center)), ring.appear(2 * Pace.MOVE))
        self.wait(1.5 * Pace.SWEEP)
        return Journey(self.trace, ring)

    def data_deals_a_batch(self, batch: Cloud, journey: Journey) -> None:
        """Spread the pile: a minibatch is a few points of the cloud."""
        self.play(journey.focus(Station.DATA))
        zero = journey.zeros[Station.DATA]
        self.play(ReplacementTransform(batch, journey.points), FadeIn(zero))
        self.wait(Pace.HOLD)

    def model_predicts(self, journey: Journey) -> None:
        """Carry the points to the model: each gets a prediction."""
        pile = journey.pile_beside(journey.points, Station.DATA)
        self.play(journey.focus(Station.MODEL), TransformFromCopy(journey.points, pile))
        zero = journey.zeros[Station.MODEL]
        self.play(FadeIn(zero), ReplacementTransform(pile, journey.predictions))
        self.wait(Pace.HOLD)

    def loss_is_area(self, journey: Journey) -> None:
        """Carry the predictions to the loss: each leaves a square."""
        pile = journey.pile_beside(journey.predictions, Station.MODEL)
        self.play(journey.focus(Station.LOSS), FadeIn(pile, shift=journey.stride(Station.MODEL)))
        self.play(
            FadeOut(pile, shift=journey.stride(Station.MODEL)),
            FadeIn(journey.zeros[Station.LOSS]),
            LaggedStart(*map(GrowFromCenter, journey.squares)),
            FadeIn(journey.goals),
        )
        self.wait(Pace.HOLD)

    def gradient_is_one_arrow(self, journey: Journey) -> None:
        """Carry the losses to the gradient: they add up to one arrow."""
        pile = journey.pack(journey.predictions, Station.LOSS, theme.LOSS)
        arrow = journey.arrow
        self.play(
            journey.focus(Station.GRADIENT), FadeIn(pile), FadeIn(arrow.axes), run_time=Pace.QUICK
        )
        self.play(journey.ring.travel(pile, Station.LOSS))
        self.play(FadeOut(pile, target_position=arrow.tail), GrowFromPoint(arrow, arrow.tail))
        self.wait(Pace.HOLD)

    def update_moves_the_line(self, journey: Journey) -> tuple[Words, Math, VGroup]:
        """Carry the arrow to the update: the line moves; return what is noted, the past last."""
        arrow = journey.arrow_beside()
        names = journey.name_lines(self.words("before"), self.words("after"))
        times = integer(journey.enlargement())
        slice_, height = self.words("along_feature_one"), self.words("height", n=times)
        journey.note(slice_, height)
        close_up = VGroup(height) if times.value >= 2 else VGroup()
        near = VGroup(journey.zeros[Station.UPDATE], journey.before, names[0], close_up, slice_)
        stride = journey.stride(Station.GRADIENT)
        self.play(journey.focus(Station.UPDATE), FadeIn(arrow, shift=stride))
        self.play(FadeOut(arrow, shift=stride), FadeIn(near))
        self.hold(names[0], close_up)
        most = "mostly_b" if journey.bias_moves_most() else "mostly_w"
        self.say(most if self.lesson.lr > 0 else "stays")
        self.play(journey.move_line(names[0]), FadeIn(names[1], journey.moved))
        self.hold(names, slice_)
        self.say("parameters_return")
        parameters = journey.parameters()
        self.play(
            FadeIn(parameters, shift=journey.ring.direction(Station.UPDATE)),
            journey.ring.focus(Station.UPDATE, Station.MODEL),
            journey.light(Station.MODEL),
        )
        self.wait(Pace.HOLD)
        return slice_, parameters, VGroup(names, close_up, journey.before, journey.moved)

    def the_ring_turns(
        self, journey: Journey, slice_: Words, parameters: Math, past: VGroup
    ) -> None:
        """Count the steps of an epoch and of the run; then the pictures follow it."""
        left, right = self._counts()
        journey.step.set_value(1)
        of = f" / {integer(self.trace.num_steps)}"
        counter = Readout(journey.step.get_value, 0, self.words("step"), color=theme.INK, unit=of)
        level = slice_ if is_wide() else right
        counter.shift(UP * (level.baseline - counter.pen.get_y()))
        counter.end_at(edge := right.get_right()[0])
        self.play(FadeOut(past), parameters.animate.set_fill(theme.MUTED))
        self.play(journey.zoom_out())
        self.play(journey.rest(Station.MODEL, Station.UPDATE))
        for count in (left, right):
            self.play(FadeIn(count, lag_ratio=0.1, run_time=Pace.HOLD))
            self.wait(Pace.SWEEP)
        self.say("one_batch_is_watched")
        self.play(FadeOut(left, right), FadeIn(counter), journey.relax())
        journey.follow()
        counter.add_updater(lambda counter: counter.follow().end_at(edge))
        self.hold(slice_, counter)
        self.say(outcome(self.trace, self.lesson).value)
        self.play(journey.run(RUN_TIME), journey.rest(Station.DATA))
        if nothings := journey.nothings():
            self.say("too_small")
            self.play(*map(journey.call_nothing, nothings), run_time=Pace.MOVE)
        self.wait(LAST)

    def _rooms(self) -> tuple[Slot, ...]:
        """Return where the ring and the counts stand: a wide ring leaves its corners free."""
        return (self.body, self.body) if is_wide() else self.body.stacked(8, 1)

    def _counts(self) -> tuple[Words, Words]:
        """Return how the steps of an epoch and of the run are counted, in two corners."""
        trace, lesson = self.trace, self.lesson
        even = lesson.num_examples % lesson.batch_size == 0
        left = self.words(
            "an_epoch" if even else "an_epoch_rounded_up",
            n=integer(lesson.num_examples),
            batch=integer(lesson.batch_size),
            steps=integer(trace.steps_per_epoch),
        )
        right = self.words(
            "a_run",
            align="right",
            steps=integer(trace.steps_per_epoch),
            epochs=integer(lesson.num_epochs),
            all=integer(trace.num_steps),
        )
        for count, x in ((left, -1), (right, 1)):
            self._rooms()[1].place(count, x=x, y=1, shrink=False)
        right.shift(UP * (left.baseline - right.baseline))
        return left, right
