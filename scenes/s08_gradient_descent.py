"""The loss over the weights is a bowl; a step goes against the gradient, down to its bottom."""

from __future__ import annotations

from contextlib import nullcontext

from manim import FadeIn, FadeOut, ValueTracker, linear, rate_functions

from figures.gradient_descent.descent import Descent, PlaneBeside
from figures.gradient_descent.marks import LossDot
from figures.gradient_descent.second_path import SecondPath
from figures.gradient_descent.slices import FloorDot, Slices
from figures.gradient_descent.step_code import StepCode
from figures.gradient_descent.tries import Tries
from linreg.study.iteration import iterate
from linreg.study.outcome import Outcome, loss_outcome
from linreg.study.recording import full_batch
from visuals.close_map import CloseMap
from visuals.live_arrow import LiveArrow
from visuals.numbers import as_typed, integer, significant
from visuals.parts import Part
from visuals.run import FIRST_STEPS
from visuals.stage import LectureScene
from visuals.theme import Pace
from visuals.trackers import go

FIRST_PART = 0.3
"""Share of the other steps that are taken before the sentence about the end of the path."""

RINGS_BEHIND = 0.85
"""Opacity of the rings behind what is done on the map."""

COLUMNS_PAST = 0.3
"""Opacity of the numbers that came from a gradient which is cleared."""

PATH_PAST = 0.6
"""Opacity of the path of all examples at the end."""


class GradientDescent(LectureScene):
    """The bowl, its map, the step against the gradient, its code, and the path of all steps."""

    part = Part.GRADIENT
    illustrations = (FIRST_STEPS,)

    def construct(self) -> None:
        """Widen a parabola into a bowl, see it from above, step once, ten times, to the end."""
        self.ending = loss_outcome(self.trace, self.lesson)
        self.one_batch = self.lesson.batch_size == self.lesson.num_examples
        self.descent = Descent(self.trace, self.body, self.lesson.lr)
        self.beat(self.two_weights_make_a_bowl)
        close = self.beat(self.the_map_is_the_bowl_from_above)
        self.beat(self.a_step_goes_the_other_way, close)
        self.beat(self.sgd_takes_the_step, close)
        plane = self.beat(self.the_plane_moves_with_the_dot, close)
        self.beat(self.the_steps_find_the_bottom, close, plane)
        if not self.one_batch:
            self.beat(self.all_examples_glide, close)

    def two_weights_make_a_bowl(self) -> None:
        """Draw the loss over one weight, sweep it along the other, and move b."""
        self.head("every_plane")
        descent, bowl = self.descent, self.descent.bowl
        slices, dot = Slices(bowl, float(bowl.lowest[1])), FloorDot(bowl, bowl.lowest)
        with self.saying("one_weight_a_curve"):
            self.play(FadeIn(bowl), run_time=Pace.QUICK)
            self.add(slices)
            self.play(go(slices.drawn, 1, 1.4, linear))
        with self.saying("two_weights_a_bowl") as sentence:
            sentence.wait_until("widen")
            self.play(bowl.to_bowl(2.2), go(slices.spread, 1, 2.2))
            self.play(go(bowl.wall_shown, 1, Pace.QUICK), slices.melt(Pace.QUICK))
        self.remove(slices)
        weights = descent.weight_readouts(dot)
        with self.saying("each_place_is_a_plane"):
            self.play(FadeIn(dot, weights), run_time=Pace.QUICK)
            self.add(dot, weights)
            self.play(dot.to(descent.elsewhere), go(dot.risen, 1), run_time=1.2)
            self.play(dot.to(descent.run.start), run_time=1.2)

    def the_map_is_the_bowl_from_above(self) -> CloseMap:
        """Raise the eye, run along a ring, and mark the start and the bottom."""
        descent, bowl = self.descent, self.descent.bowl
        self.clear_body(bowl)
        self.head("map")
        with self.saying("seen_from_above"):
            self.play(go(bowl.rings_shown, 1, 0.8), bowl.to_map(2.0))
            close = descent.close
            bias = descent.bias_mark("rings")
            self.play(FadeIn(close), run_time=Pace.QUICK / 2)
            self.remove(bowl)
            self.add(close)
            self.play(FadeOut(bowl.box), close.to_frame("rings", 1.0), FadeIn(bias))
        share = ValueTracker(0)
        runner = LossDot(close, lambda: descent.on_ring(share.get_value()))
        with self.saying("rings"):
            self.play(FadeIn(runner), run_time=Pace.QUICK / 2)
            self.play(go(share, 1, 2.4))
        with self.saying("start_and_bottom") as sentence:
            dim = go(close.rings_shown, RINGS_BEHIND)
            self.play(FadeOut(runner), dim, run_time=Pace.QUICK / 2)
            sentence.wait_until("start")
            self.play(FadeIn(descent.start_mark(self.words("start"))), run_time=Pace.QUICK)
            sentence.wait_until("bottom")
            bottom = descent.bottom_mark(self.words("bottom"), "close")
            self.play(FadeIn(bottom), run_time=Pace.QUICK / 2)
        return close

    def a_step_goes_the_other_way(self, close: CloseMap) -> None:
        """Draw the gradient, try other directions, and step the other way."""
        self.head("which_way")
        descent, run = self.descent, self.descent.run
        uphill = LiveArrow(close, run.start, run.uphill)
        with self.saying("gradient_is_an_arrow") as sentence:
            self.play(close.to_frame("close", 0.9), FadeOut(descent.start_name))
            self.add(uphill, descent.start_dot)
            name = descent.name_gradient(self.words("gradient"))
            self.play(uphill.to(1, 0.8), FadeIn(name, run_time=Pace.QUICK))
            sentence.wait_until("fastest")
            tries = Tries(close, run.start, run.uphill)
            self.play(FadeIn(tries, tries.rays), run_time=Pace.QUICK / 2)
            for moves in tries.each():
                self.play(*moves)
        with self.asking("which_way_to_step"):
            self.play(FadeOut(tries), run_time=Pace.QUICK / 2)
        step, lr = LiveArrow(close, run.start, run.uphill, 1), self.lesson.lr
        scaled = self.words("gradient_times", lr=as_typed(lr)) if lr else self.words("gradient")
        names = descent.name_step(scaled, self.words("one_step"))
        with self.saying("the_other_way") as sentence:
            self.add(step, descent.start_dot)
            self.play(step.turn(), FadeOut(tries.rays, *tries.ends, run_time=Pace.QUICK))
            sentence.wait_until("far")
            self.play(step.to(lr), uphill.to(lr or 1), FadeOut(name))
            self.head("other_way")
            self.play(close.to_frame("first_step", 1.4))
            self.play(FadeIn(*names, run_time=Pace.QUICK))
            self.wait(Pace.MOVE)

    def sgd_takes_the_step(self, close: CloseMap) -> None:
        """Walk through the code of the same step while it acts on the map."""
        descent = self.descent
        self.clear_body(close, descent.start_dot, run_time=Pace.QUICK / 2)
        self.head("as_code")
        self.play(close.to_frame("by_code", 1.0))
        one = iterate(full_batch(self.lesson, 1), 0)
        code = StepCode(one, self.lesson.lr).put(descent.code_slot)
        with self.saying("here_is_the_step", num_examples=integer(self.lesson.num_examples)):
            self.play(FadeIn(code.listing, run_time=Pace.QUICK / 2))
            self.wait(3)
        with self.saying("no_gradient_of_the_step") as sentence:
            self.play(code.listing.focus("no_grad"), code.point_at("no_grad"))
            sentence.wait_until("each")
            self.play(code.listing.focus("for param"), code.point_at("param"))
        self.update_acts(close, code)
        with self.saying("backward_adds") as sentence:
            self.play(code.listing.focus("zero_"), code.point_at("zero_()"))
            sentence.wait_until("clears")
            code.zero_gradients()
            past = (block.animate.set_opacity(COLUMNS_PAST) for block in (code.mean, code.change))
            self.play(*past, run_time=Pace.QUICK / 2)
            self.wait(Pace.QUICK / 2)
        self.add(code)

    def update_acts(self, close: CloseMap, code: StepCode) -> None:
        """Let the line of the update act, part by part."""
        descent, run = self.descent, self.descent.run
        arrow, taken = LiveArrow(close, run.start, run.uphill), descent.first_step()
        with self.saying("a_sum_becomes_a_mean") as sentence:
            update = code.listing.focus("param -=", "/ batch_size"), code.point_at("param.grad")
            self.play(*update, FadeIn(code.blocks))
            self.add(code.listing, code.blocks, code.line, arrow, descent.start_dot)
            self.play(arrow.to(self.lesson.num_examples))
            sentence.wait_until("size")
            self.play(code.point_at("/ batch_size"), arrow.to(1), FadeIn(code.mean))
        still = "_stood_still" if self.ending is Outcome.STANDS_STILL else ""
        with self.saying(f"times_the_learning_rate{still}") as sentence:
            self.play(code.point_at("lr *"), arrow.to(self.lesson.lr), FadeIn(code.change))
            if not still:
                sentence.wait_until("minus")
            self.play(code.point_at("-="), arrow.turn(0.8))
            self.add(taken, arrow, descent.start_dot)
            self.play(taken.to(1), arrow.dim_to(0, Pace.MOVE), code.move_weights(Pace.MOVE))

    def the_plane_moves_with_the_dot(self, close: CloseMap) -> PlaneBeside:
        """Take the first steps one by one, in the cloud and on the map."""
        self.head("ten_steps")
        descent, run = self.descent, self.descent.run
        beside = PlaneBeside(descent, self.words("step"))
        with self.saying("plane_and_dot"):
            self.add(descent.path)
            self.clear_body(close, descent.path, run_time=Pace.QUICK / 2)
            shown = beside.plane, beside.counter, beside.bias
            self.play(close.to_frame("first_steps", 1.2), FadeIn(*shown))
            self.add(*shown, *beside.arrows, descent.path)
        moving = run.first_steps >= FIRST_STEPS and run.biases[0] != run.biases[FIRST_STEPS]
        self.take_steps(beside, range(4), 0.8, "each_its_own_batch")
        self.take_steps(beside, range(4, FIRST_STEPS), 0.4, "rings_move" if moving else "")
        self.wait(Pace.QUICK)
        self.small_picture("plane and map side by side, each of which was seen large")
        return beside

    def take_steps(self, beside: PlaneBeside, steps: range, seconds: float, key: str) -> None:
        """Take some of the first steps, as far as there are so many, while a sentence is said."""
        with self.saying(key) if key else nullcontext():
            for step in range(steps.start, min(steps.stop, self.descent.run.first_steps)):
                for moves in beside.take(step, seconds):
                    self.play(*moves)

    def the_steps_find_the_bottom(self, close: CloseMap, beside: PlaneBeside) -> None:
        """Let the run go on to its end."""
        self.head("does_it")
        descent, run = self.descent, self.descent.run
        beside.plane.mark([])
        mark = FadeIn(descent.bottom_mark(self.words("bottom"), "path"))
        further = run.num_steps > run.first_steps
        told = {"num_steps": integer(self.trace.num_steps)}
        with self.saying("the_other_steps", **told) if further else nullcontext():
            self.play(close.to_frame("path", 0.9), FadeOut(*beside.arrows), mark)
            self.add(descent.bottom, descent.path)
            if further:
                lands = self.ending is Outcome.LANDS
                part = run.first_steps + round(FIRST_PART * (run.num_steps - run.first_steps))
                until = part if lands else run.num_steps
                self.play(go(run.step, until, 2.4, rate_functions.ease_in_cubic))
        key = f"path_ends_{self.ending.value}"
        if self.one_batch and self.ending is Outcome.LANDS:
            key = "path_ends_one_batch"
        with self.saying(key):
            if run.step.get_value() < run.num_steps:
                self.play(go(run.step, run.num_steps, 2.0, linear))
            self.head(f"found_{self.ending.value}")
            if self.ending is Outcome.LANDS:
                self.play(*beside.light())
        self.small_picture("plane and map side by side, each of which was seen large")

    def all_examples_glide(self, close: CloseMap) -> None:
        """Descend on all examples in each step, and compare."""
        descent, lesson = self.descent, self.lesson
        self.clear_body(close, descent.path, descent.bottom)
        self.head("all_at_once")
        count, size = integer(lesson.num_examples), integer(lesson.batch_size)
        second = SecondPath(descent, lesson)
        with self.saying("all_in_each_step", num_examples=count):
            start = go(descent.run.step, 0, 1.2)
            self.play(close.to_frame("whole_path", 1.2), start)
        sizes = self.words("a_step", n=size), self.words("a_step", n=count)
        used = second.count_used((self.words("used"), self.words("used")), sizes)
        times = significant(lesson.num_examples / lesson.batch_size, 2)
        with self.saying("smooth_but_dear" if second.settles else "dear", times=times):
            self.add(second.path)
            self.play(FadeIn(used), run_time=Pace.QUICK)
            self.add(used)
            self.play(second.run(3.6))
        with self.saying("stochastic") as sentence:
            self.play(go(second.path.lit, PATH_PAST))
            sentence.wait_until("name")
            self.head("sgd")
