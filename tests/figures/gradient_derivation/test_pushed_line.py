"""Arrows against the errors, the bar of their mean, and areas that keep their size."""

from __future__ import annotations

import numpy as np
import pytest

from figures.gradient_derivation.gauge import Gauge
from figures.gradient_derivation.pushed_line import SHARE, PushArrows, PushedLine
from figures.gradient_derivation.signed_areas import SignedAreas
from linreg.lesson import Lesson
from linreg.lesson_file import check_lesson, load_lesson
from linreg.study.single_run import run_single
from visuals.layout import Slot
from visuals.typography import Words

LEFT, RIGHT = Slot(-6, -1, -3, 3), Slot(-0.5, 6, -3, 3)


def plot(**single: float) -> PushedLine:
    told: Lesson = load_lesson()
    numbers = {**told.single_feature.model_dump(), **single}
    told = check_lesson({**told.model_dump(), "single_feature": numbers})
    return PushedLine(LEFT, run_single(told.single_feature))


def move(line: PushedLine, w: float, b: float) -> None:
    line.w.set_value(w)
    line.b.set_value(b)
    line.follow()


@pytest.mark.parametrize("true_b", [1.0, -20.0])
def test_the_line_starts_too_low_somewhere_and_balances(true_b: float) -> None:
    line = plot(true_b=true_b)
    assert line.pushes.push.min() < 0
    move(line, *line.lifted)
    assert line.pushes.grad_b == pytest.approx(0, abs=1e-9)
    move(line, *line.balanced)
    assert line.pushes.grad_b == pytest.approx(0, abs=1e-9)
    assert line.pushes.grad_w == pytest.approx(0, abs=1e-9)


def test_arrows_begin_at_the_line_and_point_to_the_label() -> None:
    line = plot()
    move(line, *line.lifted)
    arrows = PushArrows(line)
    arrows.shown.set_value(1)
    arrows.follow()
    for x, y, arrow in zip(line.x, line.y, arrows, strict=True):
        foot, label = line.at(x, float(line.predict(x)))[1], line.at(x, y)[1]
        low, high = sorted((foot, foot + SHARE * (label - foot)))
        assert arrow.get_bottom()[1] == pytest.approx(low)
        assert arrow.get_top()[1] == pytest.approx(high)


def test_the_bar_is_the_mean_error_on_the_plot_s_scale() -> None:
    line = plot()
    gauge = Gauge(line, RIGHT, Words("mean"))
    mean = line.pushes.grad_b
    assert gauge.bar.height == pytest.approx(abs(mean) * line.unit)
    assert gauge.bar.get_top()[1] == pytest.approx(gauge.zero[1])
    assert gauge.bar.get_bottom()[1] > RIGHT.bottom


def test_an_area_keeps_its_size_on_its_way_to_a_stack() -> None:
    line = plot(noise_std=1.0)
    move(line, *line.lifted)
    areas = SignedAreas(line, RIGHT)
    for tracker in (areas.high, areas.wide):
        tracker.set_value(1)
    areas.shown.set_value(1)

    def sizes() -> list[float]:
        areas.follow()
        return [outline.width * outline.height for outline in areas.outlines]

    assert areas.zoom == 1
    in_plot = sizes()
    across = line.at(1.0, 0.0)[0] - line.at(0.0, 0.0)[0]
    expected = np.abs(line.pushes.turn.numpy()) * across * line.unit
    assert in_plot == pytest.approx(list(expected), rel=1e-6)
    for share in (0.3, 1.0):
        areas.sorted.set_value(share)
        assert sizes() == pytest.approx(in_plot, rel=1e-6)


def test_the_stacks_fit_and_are_equal_where_the_line_is_balanced() -> None:
    line = plot(noise_std=0.5)
    move(line, *line.lifted)
    areas = SignedAreas(line, Slot(-0.5, 6, -1, 1)).fit()
    assert areas.zoom < 1
    assert max(areas.heights()) == pytest.approx(areas.room)
    move(line, *line.balanced)
    plus, minus = areas.heights()
    assert plus == pytest.approx(minus)
    assert plus > 0


def test_the_axis_begins_at_zero_unless_the_labels_are_far_from_it() -> None:
    assert plot().chart.y_range[0] == 0
    assert plot(true_b=-20.0).chart.y_range[0] < -10
