"""The map of a run shows the same weights, losses and arrows in every frame."""

from __future__ import annotations

import math

import numpy as np
import pytest
from manim import Animation

from figures.gradient_descent.descent import Descent
from figures.gradient_descent.step_code import StepCode, agreeing_places
from linreg.lesson import Lesson
from linreg.lesson_file import check_lesson, load_lesson
from linreg.study.iteration import iterate
from linreg.study.recording import full_batch, train
from visuals.layout import body
from visuals.live_arrow import LiveArrow
from visuals.map_marks import Named, dot_mark
from visuals.plots import Points
from visuals.theme import theme
from visuals.typography import Words

LESSON = load_lesson()


def lesson(**values: object) -> Lesson:
    return check_lesson({**LESSON.model_dump(), "num_examples": 50, **values})


def descent(**values: object) -> Descent:
    told = lesson(**values)
    return Descent(train(told), body(), told.lr)


def finish(moving: Animation) -> None:
    moving.begin()
    moving.finish()


def in_frame(drawn: Descent, name: str) -> Descent:
    finish(drawn.close.to_frame(name))
    drawn.close.follow()
    return drawn


def weights_at(drawn: Descent, places: Points) -> Points:
    """Read weights off the map as a viewer does."""
    view = drawn.close.view
    middle = (view.low + view.high)[:2] / 2
    return np.asarray(middle + (places - view.center.get_location())[:, :2] / view.scale[:2])


@pytest.mark.parametrize("name", ["overview", "close", "by_code", "path", "whole_path"])
def test_in_every_frame_a_ring_lies_where_the_loss_is_that_of_a_level(name: str) -> None:
    close = in_frame(drawn := descent(), name).close
    losses = close.losses(weights_at(drawn, close.rings.points[::4]))
    off = np.abs(losses[:, None] - close.levels).min(axis=1)
    assert off.max() < 3e-3 * close.top


@pytest.mark.parametrize(
    "values", [{}, {"lr": 0.0}, {"lr": 2.5}, {"true_w": [0.0, -50.0]}, {"true_w": [0.0, 0.0]}]
)
def test_frames_hold_the_start_and_have_a_size(values: dict[str, object]) -> None:
    drawn = descent(**values)
    for frame in drawn.frames.values():
        low, high = frame.bounds
        assert np.isfinite([*low, *high]).all()
        assert (low <= drawn.run.start).all()
        assert (drawn.run.start <= high).all()
        assert (low < high).all()


def test_the_map_follows_the_bias_of_the_step() -> None:
    drawn = descent()
    drawn.run.step.set_value(1.5)
    expected = (drawn.run.trace.b[1] + drawn.run.trace.b[2]).item() / 2
    assert drawn.close.b.get_value() == pytest.approx(expected)


def test_a_run_is_shown_as_long_as_it_is_finite() -> None:
    drawn = descent(lr=30.0, num_epochs=100)
    assert 0 < drawn.run.num_steps < drawn.run.trace.num_steps
    drawn.run.step.set_value(drawn.run.num_steps)
    parts = drawn.close.follow().family_members_with_points()
    assert all(np.isfinite(part.points).all() for part in parts)


def test_the_first_curve_is_as_broad_as_the_body_and_the_map_as_any() -> None:
    drawn = descent()
    bowl = drawn.bowl
    low, high = bowl.view.low, bowl.view.high
    left, right = bowl.view.project([low, high])[:, 0]
    assert right - left > 0.85 * body().width
    finish(bowl.to_map())
    left, right = bowl.follow().view.project([low, high])[:, 0]
    assert right - left == pytest.approx(drawn.frames["overview"].size[0])


def test_the_numbers_before_a_step_its_change_and_after_add_up() -> None:
    one = iterate(full_batch(LESSON, 1), 0)
    change = one.subtracted(LESSON.lr)
    places = agreeing_places(one.w, change, one.new_w)
    before, less, after = (
        [round(value, places) for value in values.flatten().tolist()]
        for values in (one.w, change, one.new_w)
    )
    assert [a - c for a, c in zip(before, less, strict=True)] == pytest.approx(after)


def test_gradients_are_zero_at_once() -> None:
    code = StepCode(iterate(full_batch(LESSON, 1), 0), LESSON.lr)
    code.zero_gradients()
    assert [tracker.get_value() for tracker in code.gradients] == [0, 0]


def test_an_arrow_turns_about_its_beginning() -> None:
    drawn = in_frame(descent(), "close")
    arrow = LiveArrow(drawn.close, drawn.run.start, drawn.run.uphill, 1.0)
    there = arrow.tip - drawn.run.start
    arrow.turned.set_value(math.pi)
    assert arrow.tip - drawn.run.start == pytest.approx(-there)
    drawn_tip = weights_at(drawn, arrow.follow().head.points[:1])[0]
    assert drawn_tip == pytest.approx(arrow.tip)


def test_a_gradient_that_is_turned_about_has_the_colour_of_a_step() -> None:
    drawn = in_frame(descent(), "close")
    arrow = LiveArrow(drawn.close, drawn.run.start, drawn.run.uphill, 1.0)
    assert arrow.follow().head.get_fill_color() == theme.GRADIENT
    arrow.turned.set_value(math.pi)
    assert arrow.follow().head.get_fill_color() == theme.MODEL


def test_the_line_under_the_code_is_never_between_two_places() -> None:
    code = StepCode(iterate(full_batch(LESSON, 1), 0), LESSON.lr)
    finish(code.point_at("lr *"))
    before = np.array(code.line.get_start_and_end())
    move = code.point_at("/ batch_size")
    move.begin()
    move.interpolate(0.4)
    assert np.array(code.line.get_start_and_end()) == pytest.approx(before)
    assert code.line.get_stroke_opacity() < 1
    move.interpolate(0.5)
    assert code.line.get_stroke_opacity() == pytest.approx(0, abs=0.1)
    move.interpolate(1.0)
    assert code.line.get_stroke_opacity() == 1


def test_an_arrow_that_leaves_the_map_is_cut_and_has_no_head() -> None:
    drawn = in_frame(descent(), "close")
    arrow = LiveArrow(drawn.close, drawn.run.start, drawn.run.uphill, 1000.0)
    assert arrow.head.get_fill_opacity() == 0
    ends = weights_at(drawn, arrow.shaft.points)
    low, high = drawn.frames["close"].bounds
    assert (ends >= low - 1e-9).all()
    assert (ends <= high + 1e-9).all()


def test_a_mark_off_the_map_is_unseen() -> None:
    drawn = in_frame(descent(), "first_step")
    drawn.close.follow()
    far, near = drawn.run.start + 1000, drawn.run.start
    assert Named(drawn.close, lambda: far, dot_mark()).mark.get_fill_opacity() == 0
    assert Named(drawn.close, lambda: near, dot_mark()).mark.get_fill_opacity() == 1


@pytest.mark.parametrize(
    "values",
    [{}, {"true_w": [0.5, 0.5]}, {"true_w": [-0.01, 0.01]}, {"true_w": [50.0, -0.01]}, {"lr": 0.0},
     {"true_w": [-0.01, 0.0], "noise_std": 5.0, "batch_size": 50}],
)  # fmt: skip
def test_the_step_is_seen_however_near_the_bottom_it_begins(values: dict[str, object]) -> None:
    drawn = descent(**values)
    step = drawn.named_at * float(np.linalg.norm(drawn.run.uphill))
    assert step * drawn.frames["first_step"].unit > 0.4


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"lr": 0.0, "true_w": [50.0, -0.01]},
        {"lr": 0.0, "true_w": [50.0, -0.01], "true_b": -300.0},
        {"lr": 0.0, "true_w": [50.0, 5.0], "true_b": 0.0},
        {"lr": 0.0, "num_examples": 1000, "true_w": [50.0, -0.01], "true_b": -300.0},
        {"lr": 0.01, "true_w": [-50.0, -5.0]},
    ],
)
def test_the_names_of_gradient_and_step_are_apart(values: dict[str, object]) -> None:
    drawn = in_frame(descent(**values), "first_step")
    names = drawn.name_step(Words("gradient"), Words("step"))
    gradient, step = (named.follow().name_on_plate for named in names)
    across = abs(gradient.get_x() - step.get_x()) > (gradient.width + step.width) / 2
    along = abs(gradient.get_y() - step.get_y()) > (gradient.height + step.height) / 2
    assert across or along
