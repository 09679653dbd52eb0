"""Hops are where descent is, and leave no mark off the chart; names of runs keep apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from manim import ValueTracker

from figures.learning_rate.cut_chart import cut_chart
from figures.learning_rate.factor_line import NAMED_AT, FactorLine
from figures.learning_rate.four_bowls import FourBowls
from figures.learning_rate.hops import Hops, jump
from figures.learning_rate.ladder_race import LadderRace, RateChart
from figures.learning_rate.rate_mark import GAP, RateMark
from figures.learning_rate.run_race import PAST, RunRace
from linreg.lesson_file import load_lesson
from linreg.study.rates import run_at
from linreg.study.steepest_cut import SteepestCut
from visuals.layout import body
from visuals.plots import Chart
from visuals.typography import Words

CUT = SteepestCut(curvature=1.0, lowest=0.0, limit=2.0)


def hops(lr: float, step: float) -> Hops:
    return Hops(cut_chart(body(), CUT), CUT, lr, 10, step)


@pytest.mark.parametrize("lr", [0.25, 1.5])
def test_after_whole_steps_the_dot_is_where_descent_is(lr: float) -> None:
    after = hops(lr, 3)
    assert after.distance == pytest.approx((1 - lr) ** 3)
    place = after.chart.at(after.distance, CUT.loss(after.distance))
    assert after.dot.get_center() == pytest.approx(place)


def test_between_steps_it_is_on_its_way_through_the_air() -> None:
    half = hops(1.5, 0.5)
    assert half.distance == pytest.approx((1 - 0.5) / 2)
    ends = [half.chart.at(d, CUT.loss(d)) for d in (1.0, -0.5)]
    assert half.dot.get_center() == pytest.approx(np.mean(ends, axis=0))


def test_off_the_chart_there_is_no_dot_and_the_path_ends_at_the_edge() -> None:
    gone = hops(2.5, 10)
    assert gone.dot.get_fill_opacity() == 0
    top = gone.chart.at(0.0, gone.chart.y_range[1])[1]
    assert gone.line.points[:, 1].max() == pytest.approx(top)


def test_a_dot_above_the_chart_is_not_seen() -> None:
    chart = hops(0.3, 10).chart
    low = Chart(body(), chart.x_range, (CUT.lowest, CUT.loss(0.5)))
    assert Hops(low, CUT, 0.3, 10).dot.get_fill_opacity() == 0


def test_a_run_that_explodes_leaves_the_chart() -> None:
    runs = [run_at(load_lesson(), lr) for lr in (0.3, 3.0)]
    race = LadderRace(body(), runs, Words("rate"), Words("loss"))
    assert [dot.get_fill_opacity() for dot in race.dots] == [1, 1]
    race.step.set_value(race.num_steps)
    assert [dot.get_fill_opacity() for dot in race.follow().dots] == [1, 0]


def test_the_mark_walks_over_every_rate_and_stands_at_the_edge_where_a_run_left() -> None:
    runs = [run_at(load_lesson(), lr) for lr in (0.03, 0.3, 3.0)]
    race = LadderRace(body(), runs, Words("rate"), Words("loss"))
    race.step.set_value(race.num_steps)
    race.follow()
    assert race.first_lost == 2
    assert race.lands_far_below(2.0, 0)
    assert not race.lands_far_below(2.0, 1)
    mark = RateMark(race.ends())
    for number, dot in enumerate(race.dots):
        mark.number.set_value(number)
        assert mark.follow().get_center()[:2] == pytest.approx(
            [dot.get_x(), dot.get_y() + GAP], abs=0.05
        )
    back = mark.walk_to(0, 0.5)
    assert back.run_time == pytest.approx(1.0)
    assert back.rate_func(0.5) == pytest.approx(0.5)


def test_factors_of_equal_bowls_stand_on_one_line_below_them() -> None:
    lrs = (0.003, 0.3, 1.5, 2.5)
    bowls = FourBowls(body(), CUT, lrs, 10, "factor %(factor)s")
    middles = [factor.middle for factor in bowls.factors]
    assert max(middles) == pytest.approx(min(middles))
    for curve, factor in zip(bowls.curves, bowls.factors, strict=True):
        assert factor.get_top()[1] < curve.chart.get_bottom()[1]


def test_in_a_narrow_chart_the_factor_of_a_batch_stands_above_its_ring() -> None:
    runs = [run_at(load_lesson(), lr) for lr in (0.3, 1.5)]
    for share, above in ((1.0, False), (0.5, True)):
        room = body()
        slot = replace(room, right=room.left + share * room.width)
        race = RunRace(slot, runs, Words("step"), Words("loss"))
        _, ring, name = race.steep_batch(1, "this batch: factor %(factor)s")
        assert race.chart.axes.get_left()[0] < name.get_left()[0]
        assert (name.get_bottom()[1] > ring.get_top()[1]) == above


def test_runs_before_the_one_that_is_told_are_pale() -> None:
    runs = [run_at(load_lesson(), lr) for lr in (0.03, 0.3)]
    race = RunRace(body(), runs, Words("step"), Words("loss"))
    race.steps[0].set_value(race.num_steps)
    for moves in race.make_pale():
        moves.begin()
        moves.finish()
    assert [path.follow().get_stroke_opacity() for path in race.paths] == [PAST, 1]


def test_jumps_go_from_whole_step_to_whole_step() -> None:
    step = ValueTracker(2)
    rate = jump(step, 4, 0.5).rate_func
    assert [rate(share) for share in (0.0, 0.2499, 0.25, 0.5, 1.0)] == pytest.approx(
        [0.0, 0.25, 0.25, 0.5, 1.0]
    )


def test_the_mark_stands_at_the_factor() -> None:
    lr = ValueTracker(0.25)
    names = {key: Words(key) for key in NAMED_AT}
    line = FactorLine(body(), CUT, lr, "factor", names)
    assert line.mark.get_y() == pytest.approx(line.at(0.75)[1])
    lr.set_value(2.5)
    assert line.follow().mark.get_y() == pytest.approx(line.at(-1.5)[1])


def test_equal_factors_of_the_rate_are_equal_distances() -> None:
    chart = RateChart(body(), [0.001, 0.01, 0.1], (1e-3, 1.0), Words("rate"), Words("loss"))
    x = chart.at([0.001, 0.01, 0.1], [1.0] * 3)[:, 0]
    assert x[1] - x[0] == pytest.approx(x[2] - x[1])


def test_names_of_runs_stand_in_the_room_and_apart() -> None:
    runs = [run_at(load_lesson(), lr) for lr in (0.003, 0.3, 1.5, 2.5)]
    race = RunRace(body(), runs, Words("step"), Words("loss"))
    names = [race.name_of(number)[1] for number in range(4)]
    for number, name in enumerate(names):
        assert name.get_right()[0] <= body().right
        for other in names[number + 1 :]:
            gap = abs(name.get_center() - other.get_center())[:2]
            reach = np.array([name.width + other.width, name.height + other.height]) / 2
            assert (gap > reach).any()
