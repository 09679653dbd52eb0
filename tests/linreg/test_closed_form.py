"""The exact answer, and everything that the chapter says of it."""

from __future__ import annotations

import dataclasses

import pytest
import torch

from linreg.closed_form import exact_answer, normal_equation
from linreg.gradient import gradient
from linreg.lesson import Lesson
from linreg.study.exact import exact
from linreg.study.losses import mean_loss
from linreg.study.recording import train
from linreg.study.running_sums import running_sums
from linreg.study.trace import Trace
from tests.linreg.conftest import changed


def test_the_normal_equation_and_lstsq_agree(trace: Trace) -> None:
    X, y = trace.features, trace.labels
    torch.testing.assert_close(normal_equation(X, y), exact_answer(X, y), rtol=1e-5, atol=1e-5)
    torch.testing.assert_close(
        normal_equation(X.double(), y.double()), exact_answer(X.double(), y.double())
    )


def test_at_the_answer_the_gradient_is_zero(trace: Trace) -> None:
    X, y = trace.features.double(), trace.labels.double()
    *w, b = exact_answer(X, y)
    grad_w, grad_b = gradient(X, y, torch.stack(w), b)
    assert grad_w.abs().max() < 1e-12
    assert grad_b.abs().max() < 1e-12


def test_no_other_parameters_have_less_loss(trace: Trace) -> None:
    data = trace.features.double(), trace.labels.double()
    answer = exact_answer(*data)
    least = mean_loss(data, answer[:-1], answer[-1])
    for direction in torch.eye(3, dtype=torch.float64):
        for step in (-0.01, 0.01):
            other = answer + step * direction[:, None]
            assert mean_loss(data, other[:-1], other[-1]) > least


def test_descent_ends_within_a_thousandth_of_the_answer(trace: Trace) -> None:
    found = exact(trace)
    assert found.is_unique
    assert found.difference.abs().max() < 1e-3
    assert found.apart < found.difference.norm()
    torch.testing.assert_close(found.solved, found.true, rtol=0, atol=1e-3)
    assert not torch.equal(found.solved, found.true)


def test_the_answer_does_not_depend_on_where_the_data_lie(trace: Trace) -> None:
    found = exact(trace)
    assert found.solved.dtype == torch.float64
    for shift in range(1, 8):
        room = torch.empty(trace.features.numel() + shift)
        moved = room[shift:].view_as(trace.features).copy_(trace.features)
        again = exact(dataclasses.replace(trace, features=moved))
        torch.testing.assert_close(again.solved, found.solved, rtol=1e-12, atol=1e-12)


def test_without_noise_the_answer_is_the_truth(lesson: Lesson) -> None:
    found = exact(train(changed(lesson, noise_std=0.0)))
    torch.testing.assert_close(found.solved, found.true, rtol=1e-5, atol=1e-5)


def test_fewer_examples_than_unknowns_have_many_answers(lesson: Lesson) -> None:
    few = train(changed(lesson, num_examples=2, batch_size=1))
    assert not exact(few).is_unique
    X, y = few.features, few.labels
    answer = exact_answer(X, y)
    torch.testing.assert_close(X @ answer[:-1] + answer[-1], y)


def test_the_sums_are_those_of_the_normal_equation(trace: Trace) -> None:
    sums = running_sums((trace.features, trace.labels))
    n = len(trace.features)
    X = torch.cat([trace.features, torch.ones(n, 1)], dim=1).double()
    torch.testing.assert_close(sums.left, X.T @ X)
    torch.testing.assert_close(sums.right, (X.T @ trace.labels.double()).flatten())
    assert sums.num_examples == n
    assert not sums.sums[0].any()
    first = torch.outer(sums.rows[0, :-1], sums.rows[0])
    torch.testing.assert_close(sums.sums[1], first)
    solved = torch.linalg.solve(sums.left, sums.right)
    assert solved.tolist() == pytest.approx(exact(trace).solved.tolist(), abs=1e-4)
