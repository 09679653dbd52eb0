"""A slice through the loss says the same one weight at a time and all at once."""

from __future__ import annotations

import pytest

from linreg.lesson import Lesson
from linreg.study.profile import WeightProfile, single_profile, single_profile_at_truth
from linreg.study.single_run import run_single
from linreg.study.trace import Trace
from tests.linreg.conftest import changed


def of_trace(trace: Trace) -> WeightProfile:
    """Slice the loss of both features' examples through the true parameters."""
    numbers = (trace.features, trace.labels, trace.true_w, trace.true_b)
    return WeightProfile(*(number.double() for number in numbers), 0)


def test_many_losses_are_the_losses_of_each(trace: Trace) -> None:
    profile = of_trace(trace)
    weights = [-1.0, profile.lowest_at, 4.0]
    losses = profile.losses(weights).tolist()
    assert losses == pytest.approx([profile.loss(weight) for weight in weights])
    assert min(losses) == losses[1]


def test_the_slope_is_zero_where_the_loss_is_lowest(trace: Trace) -> None:
    profile = of_trace(trace)
    at, apart = profile.lowest_at, 0.5
    assert profile.slope(at) == pytest.approx(0, abs=1e-9)
    assert profile.slope(at + apart) == pytest.approx(profile.curvature * apart)


def test_the_profile_of_one_feature_is_half_the_run_s_mean_square(lesson: Lesson) -> None:
    run = run_single(lesson.single_feature)
    whole, ten = single_profile(run), single_profile(run, 10)
    w, b = run.params(-1)
    assert whole.loss(w.item()) == pytest.approx(run.loss[-1].item() / 2)
    assert whole.loss(0.5) == pytest.approx(run.loss_at(w * 0 + 0.5, b).item() / 2)
    assert len(ten.x) == 10
    assert ten.slope(ten.lowest_at) == pytest.approx(0, abs=1e-12)


def test_where_training_diverged_the_bias_is_that_of_the_least_squares(lesson: Lesson) -> None:
    told = changed(lesson, single_feature={"lr": 3.0})
    run = run_single(told.single_feature)
    profile = single_profile(run)
    assert profile.lowest_at == pytest.approx(run.best_w.item())
    assert profile.b.item() == run.best_b.item()


def test_at_the_truth_the_noise_is_left(lesson: Lesson) -> None:
    numbers = lesson.single_feature
    run = run_single(numbers)
    profile = single_profile_at_truth(run, numbers.true_w, numbers.true_b, 10)
    noise = run.y_train[:10] - (numbers.true_w * run.x_train[:10] + numbers.true_b)
    assert profile.loss(numbers.true_w) == pytest.approx((noise**2).mean().item() / 2)
    assert profile.loss(profile.lowest_at) <= profile.loss(numbers.true_w)
