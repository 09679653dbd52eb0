"""One factor, 1 - lr x curvature, decides whether training creeps, lands, zigzags or explodes."""

from __future__ import annotations

from manim import FadeIn, FadeOut, MoveToTarget, ValueTracker, rate_functions

from figures.learning_rate.cut_chart import CutCurve, cut_chart
from figures.learning_rate.factor_formula import FactorFormula, limit_formula
from figures.learning_rate.factor_line import NAMED_AT, FactorLine
from figures.learning_rate.first_step import DistanceBar, Ratio, distance_left, step_arrow
from figures.learning_rate.four_bowls import FourBowls
from figures.learning_rate.hops import Hops, jump
from figures.learning_rate.ladder_race import LadderRace
from figures.learning_rate.printed import Printed, overflow_lines
from figures.learning_rate.rate_mark import RateMark
from figures.learning_rate.run_race import RunRace
from linreg.study.outcome import Outcome
from linreg.study.rates import RateRun, ladder, of_four_kinds, run_at
from linreg.study.steepest_cut import steepest_cut
from visuals.chart_rooms import move_chart
from visuals.layout import is_wide
from visuals.numbers import Num, as_typed, integer
from visuals.parts import Part
from visuals.stage import LectureScene
from visuals.theme import Pace, theme
from visuals.trackers import go
from visuals.typography import Typeset

RATES = (0.003, 0.3, 1.5, 2.5)
"""Learning rates that creep, land, zigzag and explode where the curvature is near one."""

START, HALF, FAR = 1.0, 0.5, 1.6
"""Distances of the dot."""

CREEPING, LANDING, ZIGZAG, LIMIT, BEYOND = 0.97, 0.6, -0.7, -1.0, -1.2
"""Factors at which the first bowl is looked at."""

NUM_STEPS = 10
"""Steps that are drawn in a bowl."""

NUM_RUNS = 8
"""Learning rates that are tried at the end."""


class LearningRate(LectureScene):
    """The factor on one bowl, on four, in real runs, and the choice of the rate."""

    part = Part.TRAINING
    illustrations = (*RATES, START, HALF, FAR)

    def construct(self) -> None:
        """Find the factor, let it run from one to beyond minus one, and train at several rates."""
        self.cut = steepest_cut((self.trace.features, self.trace.labels))
        self.rates = of_four_kinds(RATES, self.cut.curvature)
        curve = self.beat(self.the_slope_is_curvature_times_distance)
        hops = self.beat(self.a_step_multiplies_the_distance, curve)
        self.beat(self.the_factor_runs_from_one_to_beyond_minus_one, curve, hops)
        self.beat(self.four_rates_run_in_lock_step, curve)
        self.beat(self.real_runs_obey_the_same_rule)
        self.beat(self.as_large_as_is_stable_then_smaller)

    def the_slope_is_curvature_times_distance(self) -> CutCurve:
        """Move the dot, and compare its distance with the slope."""
        self.head("how_far")
        distance = ValueTracker(START)
        chart = cut_chart(self.body, self.cut, Typeset(self.text("distance")))
        curve = CutCurve(chart, self.cut, distance)
        curve.curve_shown.set_value(0)
        with self.asking("a_cut") as sentence:
            self.play(FadeIn(chart), run_time=Pace.QUICK)
            self.add(curve)
            self.play(curve.show_curve(Pace.MOVE))
            sentence.wait_until("step")
            self.play(go(curve.dot_shown, 1, Pace.QUICK))
        bar = DistanceBar(chart, self.cut, distance.get_value)
        words = self.text("slope"), self.text("curvature")
        ratio = Ratio(chart, self.cut, distance.get_value, *words)
        with self.saying("half_the_slope") as sentence:
            self.play(FadeIn(bar, ratio.distance), run_time=Pace.QUICK)
            self.play(curve.show_tangent(), FadeIn(ratio.slope), run_time=Pace.QUICK)
            self.add(ratio.distance.tracked(), ratio.slope.tracked(), bar)
            sentence.wait_until("half")
            self.play(curve.turn_to(HALF, Pace.MOVE))
        with self.saying("their_ratio") as sentence:
            self.play(FadeIn(ratio.ratio), curve.turn_to(FAR, Pace.MOVE))
            self.play(curve.turn_to(START, Pace.MOVE))
            sentence.wait_until("curvature")
            self.play(FadeIn(ratio.named), run_time=Pace.QUICK)
        ratio.rest()
        self.wait(Pace.QUICK)
        return curve

    def a_step_multiplies_the_distance(self, curve: CutCurve) -> Hops:
        """Write a step as a formula, take the distance out, and step."""
        self.clear_body(curve)
        self.head("what_is_left")
        lr = self.rates[1]
        chart = curve.chart
        hops = Hops(chart, self.cut, lr, NUM_STEPS)
        bar = DistanceBar(chart, self.cut, lambda: hops.distance)
        arrow = step_arrow(chart, self.cut, START, lr)
        words = (self.text(key) for key in ("slope", "curvature", "factor"))
        formula = FactorFormula(chart, self.cut, *words)
        with self.saying("a_step") as sentence:
            self.play(FadeIn(bar, formula), run_time=Pace.QUICK)
            self.play(FadeIn(arrow))
            sentence.wait_until("curvature")
            self.play(formula.put_in_curvature())
        with self.saying("one_factor"):
            self.play(formula.take_out())
            self.play(formula.name_factor(), run_time=Pace.QUICK)
        left = distance_left(chart, self.cut, lambda: hops.distance)
        numbers = {"lr": as_typed(lr), "factor": Num(self.cut.factor(lr), 2)}
        with self.saying("at_one_rate", **numbers):
            naming = formula.with_numbers(lr), FadeIn(left)
            self.play(*naming, curve.hide(curve.tangent_shown), run_time=Pace.QUICK)
            curve.dot_shown.set_value(0)
            self.add(hops, left.tracked())
            self.play(jump(hops.step, 1, 1.0))
            self.play(FadeOut(arrow), run_time=Pace.QUICK / 2)
            self.play(jump(hops.step, 3, 0.5))
        left.clear_updaters()
        return hops

    def the_factor_runs_from_one_to_beyond_minus_one(self, curve: CutCurve, hops: Hops) -> None:
        """Let the learning rate grow, and draw all steps anew at every moment."""
        self.clear_body(curve, hops)
        self.head("another_rate")
        left, right = self.body.beside(70, 30) if is_wide() else self.body.stacked(58, 42)
        names = {key: self.words(key) for key in NAMED_AT}
        line = FactorLine(right, self.cut, hops.lr, self.text("factor"), names)
        for name, factor in (("creeps", CREEPING), ("lands", LANDING), ("zigzags", ZIGZAG)):
            with self.saying(f"it_{name}"):
                if factor == CREEPING:
                    growing = go(hops.step, NUM_STEPS)
                    self.play(move_chart(curve.chart, left), growing, FadeIn(line))
                    self.add(line)
                self.play(hops.to_factor(factor, 1.6))
                self.play(FadeIn(names[name]), run_time=Pace.QUICK)
        limit = limit_formula(curve.chart, self.cut, self.text("curvature"))
        with self.saying("the_limit"):
            self.play(hops.to_factor(LIMIT, 1.0))
            self.play(FadeIn(limit), go(hops.step, 0, Pace.QUICK))
            self.play(jump(hops.step, NUM_STEPS, 0.25))
        with self.saying("it_explodes"):
            self.play(FadeOut(limit), run_time=Pace.QUICK / 2)
            self.head("one_factor_decides")
            self.play(hops.to_factor(BEYOND, 1.2))
            self.play(FadeIn(names["explodes"]), run_time=Pace.QUICK)
        self.wait(Pace.QUICK)

    def four_rates_run_in_lock_step(self, curve: CutCurve) -> None:
        """Split the bowl into four equal ones, and take ten steps in each at its own rate."""
        self.clear_body(curve.chart.axes, curve.curve)
        bowls = FourBowls(self.body, self.cut, self.rates, NUM_STEPS, self.text("factor_is"))
        with self.asking("four_equal_bowls"):
            self.head("which_land")
            parts = bowls.split_from(curve)
            self.remove(curve.chart.axes, curve.curve)
            self.play(*(MoveToTarget(part) for part in parts))
            self.play(FadeIn(bowls), run_time=Pace.QUICK)
            self.remove(parts)
        with self.saying("the_size_counts"):
            self.play(FadeIn(bowls.factors), run_time=Pace.QUICK)
            self.play(jump(bowls.step, NUM_STEPS, 0.25))
            self.head("one_factor_decides")
        self.small_picture("four equal bowls, of which one was seen large")

    def real_runs_obey_the_same_rule(self) -> None:
        """Train at the four rates, and look at what a steep batch and an overflow do."""
        self.clear_body()
        self.head("real_training")
        runs = [run_at(self.lesson, lr) for lr in self.rates]
        loss = self.words("loss_axis", color=theme.LOSS)
        race = RunRace(self.body, runs, self.words("step"), loss)
        with self.saying("each_line_up", factor=integer(race.chart.rise)):
            self.play(FadeIn(race), race.light_levels(Pace.MOVE))
        first = 0
        if [run.outcome for run in runs[:2]] == [Outcome.UNDERWAY, Outcome.LANDS]:
            first = 2
            with self.saying("two_as_before"):
                self.draw_run(race, 0)
                self.draw_run(race, 1)
        for number in range(first, len(runs)):
            self.tell_run(race, number, runs[number])

    def draw_run(self, race: RunRace, number: int) -> None:
        """Make the runs before pale, draw a run, and name it."""
        dimming = race.make_pale()
        self.add(race.paths[number])
        self.play(*dimming, race.run(number, 1.4))
        self.play(FadeIn(race.name_of(number)), run_time=Pace.QUICK / 2)

    def tell_run(self, race: RunRace, number: int, run: RateRun) -> None:
        """Draw a run, and say how it ended."""
        numbers = {"lr": as_typed(run.lr), "steps": integer(race.num_steps)}
        if run.thrown_by is not None:
            with self.saying("run_thrown_out", **numbers):
                self.draw_run(race, number)
                self.play(FadeIn(race.steep_batch(number, self.text("of_batch"))))
                self.head("limit_is_lower")
        elif run.overflow is not None:
            printed = Printed(overflow_lines(run))
            with self.saying("run_overflows", **numbers) as sentence:
                self.draw_run(race, number)
                self.play(FadeIn(race.beside_rise(number, printed)), run_time=Pace.QUICK)
                sentence.wait_until("inf")
                self.play(printed.print_row(0))
                sentence.wait_until("nan")
                self.play(printed.print_row(1))
        else:
            with self.saying(f"run_{run.outcome.value}", **numbers):
                self.draw_run(race, number)

    def as_large_as_is_stable_then_smaller(self) -> None:
        """Train at eight rates at once."""
        self.clear_body()
        self.head("how_to_choose")
        runs = [run_at(self.lesson, lr) for lr in ladder(self.cut.limit, NUM_RUNS)]
        loss = self.words("loss_axis", color=theme.LOSS)
        race = LadderRace(self.body, runs, self.words("learning_rate"), loss)
        counter = race.counter(self.words("step"))
        with self.saying("three_times"):
            self.play(FadeIn(race, counter), run_time=Pace.QUICK)
            self.add(race, counter.tracked())
            self.play(go(race.step, race.num_steps, 3.4, rate_functions.ease_in_cubic))
            self.play(FadeIn(race.undefined()), run_time=Pace.QUICK / 2)
        self.walk_up_and_back(race)

    def walk_up_and_back(self, race: LadderRace) -> None:
        """Walk from rate to rate until the loss explodes, and back to the rate of the lesson."""
        name = self.words("at_the_limit")
        mark = RateMark(race.ends())
        with self.saying("choose") as sentence:
            self.play(FadeIn(mark), run_time=Pace.QUICK / 2)
            self.add(mark.tracked())
            self.play(mark.walk_to(race.first_lost, 0.3))
            self.play(FadeIn(race.limit(self.cut.limit, name)), run_time=Pace.QUICK)
            self.head("then_smaller")
            sentence.wait_until("back")
            self.play(mark.walk_to(max(0, race.first_lost - 1), 0.4))
        ours = race.number_of(self.lesson.lr)
        if ours is None:
            return
        far = race.lands_far_below(self.cut.limit, ours)
        key = "ours_is_far_below" if far else "ours"
        with self.saying(key, lr=as_typed(self.lesson.lr)):
            self.play(FadeIn(mark.named(self.words("this_lecture"), ours)), run_time=Pace.QUICK)
            self.play(mark.walk_to(ours, 1.2 * Pace.MOVE))
