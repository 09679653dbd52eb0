"""Pushes and levers add up to the gradient, and cancel on the least-squares line."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from linreg.gradient import gradient
from linreg.lesson import Lesson
from linreg.study.push_and_lever import Pushes, balanced_line, pushes
from linreg.study.single_run import SingleRun, run_single
from linreg.study.trace import Trace


@pytest.fixture(scope="module")
def run(lesson: Lesson) -> SingleRun:
    return run_single(lesson.single_feature)


def test_turns_and_stacks_by_hand() -> None:
    by_hand = Pushes(lever=torch.tensor([1.0, 2.0, 3.0]), push=torch.tensor([1.0, -2.0, 0.5]))
    assert by_hand.turn.tolist() == [1.0, -4.0, 1.5]
    assert by_hand.stacks == (2.5, 4.0)
    assert by_hand.grad_w == pytest.approx(-0.5)
    assert by_hand.grad_b == pytest.approx(-0.5 / 3)


def test_their_means_are_the_gradient(run: SingleRun) -> None:
    x, y = run.x_train[:10], run.y_train[:10]
    w, b = run.params(0)
    ten = pushes(x, y, w, b)
    grad_w, grad_b = gradient(x, y, w.reshape(1, 1), b)
    assert len(ten.push) == 10
    assert ten.grad_w == pytest.approx(grad_w.item())
    assert ten.grad_b == pytest.approx(grad_b.item())


def test_the_run_s_mean_square_has_twice_the_gradient(run: SingleRun) -> None:
    every = pushes(run.x_train, run.y_train, *run.params(0))
    assert 2 * every.grad_w == pytest.approx(run.grad_w[0].item())
    assert 2 * every.grad_b == pytest.approx(run.grad_b[0].item())


def test_they_cancel_at_the_least_squares(run: SingleRun) -> None:
    every = pushes(run.x_train, run.y_train, run.best_w, run.best_b)
    plus, minus = every.stacks
    assert plus == pytest.approx(minus)
    assert plus > 0
    assert every.grad_b == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("feature", [0, 1])
def test_the_balanced_line_is_numpys_least_squares(trace: Trace, feature: int) -> None:
    X, y = trace.features.double(), trace.labels.double()
    w, b = torch.tensor([[0.5], [1.5]]).double(), torch.tensor([3.0]).double()
    other = 1 - feature
    left = (y.flatten() - X[:, other] * w[other]).numpy()
    expected = np.polyfit(X[:, feature].numpy(), left, deg=1)
    assert [v.item() for v in balanced_line(X, y, w, b, feature)] == pytest.approx(list(expected))


def test_one_example_lifts_the_line_and_keeps_its_slope() -> None:
    X, y = torch.tensor([[2.0, 1.0]]), torch.tensor([[10.0]])
    w, b = torch.tensor([[1.0], [1.0]]), torch.tensor([0.0])
    slope, bias = balanced_line(X, y, w, b, 0)
    assert (slope.item(), bias.item()) == (1.0, 7.0)
