"""The loss over the weights is a bowl; a step goes against the gradient, down to its bottom."""

from __future__ import annotations

from contextlib import nullcontext

from manim import Animation, FadeIn, FadeOut, ValueTracker, linear, rate_functions

from figures.gradient_descent.descent import Descent, PlaneBeside
from figures.gradient_descent.legs import Legs
from figures.gradient_descent.marks import LossDot
from figures.gradient_descent.second_path import SecondPath
from figures.gradient_descent.slices import FloorDot, Slices
from figures.gradient_descent.step_code import StepCode
from figures.gradient_descent.tries import Tries
from linreg.study.outcome import Outcome, loss_outcome
from visuals.close_map import CloseMap
from visuals.live_arrow import PALE, LiveArrow
from visuals.numbers import integer, significant
from visuals.parts import Part
from visuals.run import FIRST_STEPS
from visuals.stage import LectureScene
from visuals.theme import Pace
from visuals.trackers import go


class GradientDescent(LectureScene):
    """The bowl, its map, the step against the gradient, its code, and the path of all steps."""

    part = Part.GRADIENT
    illustrations = (FIRST_STEPS,)

    def construct(self) -> None:
        """Widen a parabola into a bowl, see it from above, step once, ten times, to the end."""
        self.ending = loss_outcome(self.trace, self.lesson)
        self.one_batch = self.lesson.batch_size == self.lesson.num_examples
        self.descent = Descent(self.trace, self.body)
        self.beat(self.two_weights_make_a_bowl)
        close = self.beat(self.the_map_is_the_bowl_from_above)
        self.beat(self.a_step_goes_the_other_way, close)
        code = self.beat(self.sgd_takes_the_step, close)
        plane = self.beat(self.the_plane_moves_with_the_dot, close, code)
        self.beat(self.the_steps_find_the_bottom, close, plane)
        if not self.one_batch:
            self.beat(self.all_examples_glide, close)

    def two_weights_make_a_bowl(self) -> None:
        """Draw the loss over one weight, sweep it along the other, and move b."""
        self.head("every_plane")
        descent, bowl = self.descent, self.descent.bowl
        slices, dot = Slices(bowl, descent.run.start[1]), FloorDot(bowl, bowl.lowest)
        with self.saying("one_weight_a_curve"):
            self.play(FadeIn(bowl), run_time=Pace.QUICK)
            self.add(slices)
            self.play(go(slices.drawn, 1, 1.4, linear))
        with self.saying("two_weights_a_bowl") as sentence:
            sentence.wait_until("widen")
            self.play(bowl.to_bowl(2.6), go(slices.spread, 1, 2.6))
            self.play(go(bowl.wall_shown, 1), slices.melt())
        self.remove(slices)
        weights = descent.weight_readouts(dot)
        with self.saying("each_place_is_a_plane"):
            self.play(FadeIn(dot, weights), run_time=Pace.QUICK)
            self.add(dot, weights)
            self.play(dot.to(descent.elsewhere), go(dot.risen, 1), run_time=1.2)
            self.play(dot.to(descent.run.start), run_time=1.2)
        bias = descent.bias_readout()
        with self.saying("b_moves_the_bowl"):
            self.play(FadeIn(bias), run_time=Pace.QUICK / 2)
            self.play(go(descent.b, descent.other_b, 1.6))
            self.play(go(descent.b, descent.first_b, 1.2))
        self.small_picture("a bowl as high as the body is narrower than half of it")

    def the_map_is_the_bowl_from_above(self) -> CloseMap:
        """Raise the eye, run along a ring, and mark the start and the bottom."""
        descent, bowl = self.descent, self.descent.bowl
        self.clear_body(bowl)
        self.head("map")
        with self.saying("seen_from_above"):
            self.play(go(bowl.rings_shown, 1, 0.8))
            self.play(bowl.to_map(2.2))
        share = ValueTracker(0)
        runner = LossDot(bowl, lambda: descent.on_ring(share.get_value()))
        with self.saying("rings"):
            self.play(FadeIn(runner), run_time=Pace.QUICK / 2)
            self.play(go(share, 1, 2.6))
        close = descent.close
        self.play(FadeIn(close), FadeOut(runner), run_time=Pace.QUICK)
        self.remove(bowl)
        self.add(close)
        self.play(FadeOut(bowl.box), close.to_frame("close"))
        start = descent.start_mark(self.words("start"))
        bottom = descent.bottom_mark(self.words("bottom"), "close")
        with self.saying("start_and_bottom") as sentence:
            sentence.wait_until("start")
            self.play(FadeIn(start), run_time=Pace.QUICK / 2)
            sentence.wait_until("bottom")
            self.play(FadeIn(bottom), run_time=Pace.QUICK / 2)
        return close

    def a_step_goes_the_other_way(self, close: CloseMap) -> None:
        """Draw the gradient, try other directions, and step the other way."""
        self.head("which_way")
        descent, run = self.descent, self.descent.run
        length = descent.first_arrow
        uphill = LiveArrow(close, run.start, run.uphill)
        legs = Legs(close, run.start, run.uphill, length)
        with self.saying("gradient_is_an_arrow"):
            self.play(FadeOut(descent.start_name), FadeIn(legs.first), run_time=Pace.QUICK)
            self.play(FadeIn(legs.second), run_time=Pace.QUICK)
            self.add(uphill, descent.start_dot)
            self.play(uphill.to(length))
        tries = Tries(close, run.start, run.uphill, length)
        with self.saying("loss_grows_fastest"):
            self.play(FadeOut(legs), FadeIn(tries), run_time=Pace.QUICK / 2)
            self.add(tries.rays, tries)
            for there in tries.each():
                self.play(there)
        with self.asking("which_way_to_step"):
            self.play(FadeOut(tries, tries.rays), run_time=Pace.QUICK)
        step = LiveArrow(close, run.start, run.uphill, length)
        trace = descent.first_step(self.lesson.lr)
        with self.saying("the_other_way") as sentence:
            self.add(step, descent.start_dot)
            self.play(step.turn(), uphill.dim_to(PALE))
            sentence.wait_until("far")
            self.play(step.to(self.lesson.lr, 1.2))
            self.play(close.to_frame("first_step", 1.5), uphill.to(descent.step_arrow, 1.5))
            self.add(trace)
            self.play(trace.to(1))
        self.head("other_way")
        self.wait(1)

    def sgd_takes_the_step(self, close: CloseMap) -> StepCode:
        """Walk through the code of a step while it acts on the map."""
        descent = self.descent
        self.clear_body(close, descent.start_dot)
        self.head("as_code")
        code = StepCode(self.words("recorded"), self.words("not_recorded")).put(descent.code_slot)
        with self.saying("here_is_the_step"):
            self.remove(descent.start_dot)
            self.add(descent.path)
            self.play(close.to_frame("by_code", 1.5), FadeIn(code, run_time=1.5))
        self.wait(2)
        with self.saying("pytorch_records"):
            self.play(code.listing.focus("no_grad"), code.record())
        with self.saying("no_grad_switches_off"):
            self.play(code.point_at("no_grad"), code.stop())
        arrow = self.update_acts(code)
        with self.saying("backward_adds"):
            self.play(code.listing.focus("zero_"), code.point_at("zero_()"))
            self.play(arrow.dim_to(0))
        self.remove(arrow)
        self.add(code)
        self.wait(0.5)
        return code

    def update_acts(self, code: StepCode) -> LiveArrow:
        """Let the line of the update act, part by part."""
        descent = self.descent
        arrow = descent.batch_arrow(0)
        with self.saying("a_sum_becomes_a_mean") as sentence:
            self.play(code.listing.focus("param -=", "/ batch_size"), code.point_at("param.grad"))
            self.add(arrow, descent.path)
            self.play(arrow.to(descent.step_arrow * self.lesson.batch_size))
            sentence.wait_until("size")
            self.play(code.point_at("/ batch_size"), arrow.to(descent.step_arrow))
        still = "_stood_still" if self.ending is Outcome.STANDS_STILL else ""
        with self.saying(f"times_the_learning_rate{still}") as sentence:
            self.play(code.point_at("lr *"), arrow.to(self.lesson.lr))
            if not still:
                sentence.wait_until("minus")
            self.play(code.point_at("-="), arrow.turn(0.8))
            self.play(descent.path.to(1))
        return arrow

    def the_plane_moves_with_the_dot(self, close: CloseMap, code: StepCode) -> PlaneBeside:
        """Take the first steps one by one, in the cloud and on the map."""
        self.head("ten_steps")
        descent, run = self.descent, self.descent.run
        beside = PlaneBeside(descent, self.words("step"))
        with self.saying("plane_and_dot"):
            self.play(FadeOut(code, code.mark, code.not_recorded))
            self.play(close.to_frame("first_steps", 1.2))
            self.play(FadeIn(beside.plane, beside.counter))
            self.add(beside.plane, beside.counter, descent.path)
        with self.saying("each_its_own_batch"):
            for step in range(1, min(4, run.first_steps)):
                self.take_step(beside, step, 1.0)
        differ = run.first_steps >= FIRST_STEPS and not self.one_batch
        with self.saying("arrows_differ") if differ else nullcontext():
            for step in range(4, run.first_steps):
                self.take_step(beside, step, 0.6)
        self.small_picture("plane and map side by side, each of which was seen large")
        self.wait(1)
        return beside

    def take_step(self, beside: PlaneBeside, step: int, seconds: float) -> None:
        """Light a batch, draw the way against its gradient, and go there."""
        descent = self.descent
        arrow = beside.begin(step)
        self.add(arrow, descent.path)
        self.play(arrow.to(descent.step_arrow, 0.45 * seconds))
        self.play(descent.path.to(step + 1, 0.55 * seconds), arrow.dim_to(PALE, 0.55 * seconds))

    def the_steps_find_the_bottom(self, close: CloseMap, beside: PlaneBeside) -> None:
        """Let the run go on to its end."""
        self.head("does_it")
        descent, run = self.descent, self.descent.run
        bottom = descent.bottom_mark(self.words("bottom"), "path")
        leaving: list[Animation] = [FadeOut(*beside.arrows)] if beside.arrows else []
        self.play(close.to_frame("path", 1.2), *leaving)
        beside.plane.mark([])
        self.play(FadeIn(bottom), run_time=Pace.QUICK / 2)
        self.add(bottom, descent.path)
        if run.num_steps > run.first_steps:
            with self.saying("the_other_steps", num_steps=integer(self.trace.num_steps)):
                self.play(go(run.step, descent.slow_from, 4.5, rate_functions.ease_in_quad))
        key = f"path_ends_{self.ending.value}"
        if self.one_batch and self.ending is Outcome.LANDS:
            key = "path_ends_one_batch"
        with self.saying(key):
            self.play(descent.path.to(run.num_steps, 1.6))
        self.head(f"found_{self.ending.value}")
        if self.ending is Outcome.LANDS:
            with self.saying("plane_in_the_cloud"):
                self.play(*beside.light())
        self.small_picture("plane and map side by side, each of which was seen large")
        self.wait(1)

    def all_examples_glide(self, close: CloseMap) -> None:
        """Descend on all examples in each step, and compare."""
        descent, lesson = self.descent, self.lesson
        self.clear_body(close, descent.path, descent.bottom)
        self.head("all_at_once")
        count, size = integer(lesson.num_examples), integer(lesson.batch_size)
        second = SecondPath(descent, lesson)
        with self.saying("use_all_examples", num_examples=count):
            self.play(close.to_frame("whole_path", 1.5), go(descent.path.lit, PALE))
            self.add(second.path)
            self.play(second.run(3.5))
        names = second.name_paths(self.words("a_step", n=size), self.words("a_step", n=count))
        times = significant(lesson.num_examples / lesson.batch_size, 2)
        with self.saying("smooth_but_dear", times=times) if second.settles else nullcontext():
            self.play(FadeIn(names))
        with self.saying("stochastic"):
            self.play(go(descent.path.lit, 1))
            self.play(FadeIn(second.name_sgd()))
        self.wait(1.5)
