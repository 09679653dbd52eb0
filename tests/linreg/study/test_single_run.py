"""The run with one feature gives the published digits, in torch and in NumPy."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest
import torch

from linreg.lesson import Lesson, SingleFeature
from linreg.lesson_file import check_lesson
from linreg.single_feature import descend, least_squares, mse_gradient, mse_loss, predict, split
from linreg.study.outcome import Outcome
from linreg.study.single_run import SingleRun, report_single, run_single, single_outcome

EXACT = 1e-12


@pytest.fixture(scope="module")
def run(lesson: Lesson) -> SingleRun:
    return run_single(lesson.single_feature)


def near(value: float) -> Any:
    return pytest.approx(value, rel=EXACT)


def test_the_published_digits_come_out(run: SingleRun) -> None:
    assert run.loss[0].item() == near(2.7421577700550976)
    assert run.grad_b[0].item() == near(-3.044811379650508)
    assert run.grad_w[0].item() == near(-1.8337537171510832)
    assert (run.b[0].item(), run.w[0].item()) == pytest.approx((0.49671415, -0.1382643), abs=5e-9)
    assert (run.b[1].item(), run.w[1].item()) == pytest.approx((0.80119529, 0.04511107), abs=5e-9)
    assert (run.b[-1].item(), run.w[-1].item()) == pytest.approx((1.02354, 1.96896), abs=5e-6)
    assert run.num_steps == 1000
    assert (len(run.x_train), len(run.x_test)) == (80, 20)


def test_it_ends_at_the_least_squares(run: SingleRun) -> None:
    best_w, best_b = np.polyfit(run.x_train.flatten(), run.y_train.flatten(), deg=1)
    assert (run.best_w.item(), run.best_b.item()) == pytest.approx((best_w, best_b), rel=1e-10)
    assert run.w[-1].item() == pytest.approx(best_w, abs=5e-7)
    assert run.b[-1].item() == pytest.approx(best_b, abs=5e-7)


def test_it_is_the_run_that_numpy_makes(run: SingleRun) -> None:
    """A plain NumPy program, and the package's functions on arrays, give the same digits."""
    random = np.random.RandomState(42)
    x = random.rand(100, 1)
    y = 1 + 2 * x + 0.1 * random.randn(100, 1)
    order = np.arange(100)
    random.shuffle(order)
    x, y = x[order[:80]], y[order[:80]]
    random = np.random.RandomState(42)
    b, w = random.randn(1), random.randn(1)
    functions: Any = descend  # typed for tensors, and right for arrays
    for step, (at_w, at_b, loss, grad_w, grad_b) in enumerate(functions(x, y, w, b, 0.1, 20)):
        error = w * x + b - y
        assert (at_w, at_b) == (pytest.approx(w, rel=EXACT), pytest.approx(b, rel=EXACT))
        assert loss == near(np.mean(error**2))
        assert run.w[step].item() == near(w[0])
        assert run.b[step].item() == near(b[0])
        assert run.loss[step].item() == near(loss)
        assert run.grad_w[step].item() == near(grad_w)
        assert run.grad_b[step].item() == near(grad_b)
        w, b = w - 0.1 * 2 * np.mean(error * x), b - 0.1 * 2 * np.mean(error)


def test_the_formula_is_autograds(run: SingleRun) -> None:
    w, b = (param.clone().requires_grad_() for param in run.params(0))
    mse_loss(predict(run.x_train, w, b), run.y_train).backward()
    assert w.grad is not None
    assert b.grad is not None
    assert w.grad.item() == near(run.grad_w[0].item())
    assert b.grad.item() == near(run.grad_b[0].item())
    grad_w, grad_b = mse_gradient(run.x_train, run.y_hat(0), run.y_train)
    assert (grad_w, grad_b) == (run.grad_w[0], run.grad_b[0])


def test_a_smaller_nudge_comes_nearer(run: SingleRun) -> None:
    def off(nudge: float) -> tuple[float, float]:
        grad_w, grad_b = run.nudged(nudge)
        return grad_w - run.grad_w[0].item(), grad_b - run.grad_b[0].item()

    mean_square = (run.x_train**2).mean().item()
    for nudge in (0.1, 0.01, 0.001):
        assert off(nudge) == pytest.approx((nudge * mean_square, nudge), rel=1e-6)
    assert max(map(abs, off(1e-7))) < 1e-6


def test_the_test_loss_is_that_of_the_examples_kept_aside(run: SingleRun) -> None:
    w, b = run.params(-1)
    loss = mse_loss(predict(run.x_test, w, b), run.y_test)
    assert run.test_loss[-1].item() == near(loss.item())
    both = torch.cat([run.x_train, run.x_test]).flatten()
    assert len(set(both.tolist())) == 100


def test_every_step_goes_against_its_gradient(lesson: Lesson, run: SingleRun) -> None:
    lr = lesson.single_feature.lr
    torch.testing.assert_close(run.w[:-1] - lr * run.grad_w[:-1], run.w[1:], rtol=0, atol=0)
    torch.testing.assert_close(run.b[:-1] - lr * run.grad_b[:-1], run.b[1:], rtol=0, atol=0)


@pytest.mark.parametrize(
    "numbers",
    [
        {"lr": 0},
        {"lr": 3.0},
        {"noise_std": 0},
        {"true_w": 0, "true_b": 0},
        {"num_steps": 1},
        {"num_examples": 11, "test_share": 0.09},
    ],
)
def test_every_valid_table_runs(lesson: Lesson, numbers: dict[str, float]) -> None:
    told = check_lesson({**lesson.model_dump(), "single_feature": numbers}).single_feature
    run = run_single(told)
    assert len(run.w) == told.num_steps + 1
    assert len(run.x_train) == told.num_train
    if told.lr > 1:
        assert not run.loss[-1].isfinite()
    if not told.noise_std:
        assert run.best_w.item() == pytest.approx(told.true_w)
    assert report_single(run)[0] == "after 0 steps"


def test_the_caller_s_random_state_is_left_alone(lesson: Lesson) -> None:
    np.random.seed(3)
    expected = np.random.rand()
    np.random.seed(3)
    run_single(lesson.single_feature)
    assert np.random.rand() == expected


def test_a_split_leaves_nothing_out() -> None:
    train, test = split(10, 7, np.random.RandomState(0))
    assert (len(train), len(test)) == (7, 3)
    assert sorted(torch.cat([train, test]).tolist()) == list(range(10))


def test_least_squares_of_points_on_a_line() -> None:
    x = torch.arange(4, dtype=torch.float64).reshape(-1, 1)
    w, b = least_squares(x, 3 * x - 1)
    assert (w.item(), b.item()) == pytest.approx((3, -1))


def test_the_command_prints_every_digit(lesson: Lesson) -> None:
    command = subprocess.run(
        [sys.executable, "-m", "linreg", "single"], capture_output=True, text=True, check=True
    )
    assert command.stdout.splitlines() == report_single(run_single(SingleFeature()))
    assert lesson.single_feature == SingleFeature()
    assert "2.74215777005509" in command.stdout


def test_a_row_of_the_table_is_an_example(run: SingleRun) -> None:
    rows = np.array([run.example(row) for row in range(run.num_train)])
    x, y, y_hat, error, square = rows.T
    assert y_hat == pytest.approx(run.w[0].item() * x + run.b[0].item(), rel=EXACT)
    assert error == pytest.approx(y_hat - y, rel=EXACT)
    assert square.mean() == near(run.loss[0].item())


def test_raising_the_bias_raises_all_predictions(run: SingleRun) -> None:
    b, loss = run.raised(0.1)
    error = run.w[0] * run.x_train + b - run.y_train
    assert b == near(run.b[0].item() + 0.1)
    assert loss == near((error**2).mean().item())
    assert (loss - run.loss[0].item()) / 0.1 == pytest.approx(run.nudged(0.1)[1], rel=1e-9)


@pytest.mark.parametrize(
    ("numbers", "ending"),
    [
        ({}, Outcome.LANDS),
        ({"noise_std": 0.0}, Outcome.LANDS),
        ({"num_steps": 3}, Outcome.UNDERWAY),
        ({"lr": 0.0}, Outcome.STANDS_STILL),
        ({"lr": 2.5}, Outcome.DIVERGES),
        ({"lr": 2.5, "num_steps": 2}, Outcome.DIVERGES),
    ],
)
def test_the_outcome_is_told(numbers: dict[str, Any], ending: Outcome) -> None:
    single = SingleFeature(**numbers)
    assert single_outcome(run_single(single), single) is ending
