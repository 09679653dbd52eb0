"""The curvature decides the largest rate of full-batch descent, and every step's factor."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from linreg.lesson import Lesson
from linreg.study.descent import curvatures, largest_rate, step_factor
from linreg.study.losses import mean_loss
from linreg.study.recording import full_batch, train
from linreg.study.trace import Trace


def test_curvatures_are_those_of_numpy(trace: Trace) -> None:
    X = np.column_stack([trace.features.double(), np.ones(1000)])
    singular = np.linalg.svd(X, compute_uv=False)
    assert curvatures(trace.features).numpy() == pytest.approx(np.sort(singular**2 / 1000))
    assert curvatures(trace.features).tolist() == pytest.approx([0.98, 1.01, 1.10], abs=0.005)


def test_beyond_the_largest_rate_it_diverges(lesson: Lesson, trace: Trace) -> None:
    limit = largest_rate(trace.features)
    assert limit == pytest.approx(1.815, abs=0.001)
    below, above = (full_batch(lesson, 300, lr=limit * factor) for factor in (0.98, 1.02))
    assert below.loss[-1] < 0.01 * below.loss[0]
    assert above.loss[-1] > 10 * above.loss[0]


def test_a_step_multiplies_the_distance(lesson: Lesson) -> None:
    """With one direction of curvature 1 the error of full-batch descent shrinks by the factor."""
    assert step_factor(0.25, 2.0) == 0.5
    run = full_batch(lesson, 2, lr=0.5)
    data = run.features.double(), run.labels.double()
    X = torch.cat([data[0], torch.ones(len(data[0]), 1)], dim=1)
    best = torch.linalg.lstsq(X, data[1]).solution.flatten()
    values, axes = torch.linalg.eigh(X.T @ X / len(X))
    before, after = (
        axes.T @ (torch.cat([run.w[step], run.b[step : step + 1]]).double() - best)
        for step in (0, 1)
    )
    factors = torch.tensor([step_factor(0.5, value) for value in values.tolist()]).double()
    torch.testing.assert_close(after, factors * before, rtol=1e-4, atol=1e-5)


def test_full_batch_descent_reads_all_examples_at_every_step(lesson: Lesson, trace: Trace) -> None:
    run = full_batch(lesson, 5)
    assert [sorted(rows.tolist()) for rows in run.batches] == [list(range(1000))] * 5
    assert torch.equal(run.features, trace.features)
    assert torch.equal(run.w[0], trace.w[0])
    losses = [mean_loss((run.features, run.labels), *run.params(step)) for step in range(6)]
    assert losses == sorted(losses, reverse=True)


def test_another_rate_is_the_only_change(lesson: Lesson, trace: Trace) -> None:
    faster = train(lesson, lr=0.3)
    assert torch.equal(faster.features, trace.features)
    assert torch.equal(faster.batches[42], trace.batches[42])
    torch.testing.assert_close(faster.w[:-1] - 0.3 * faster.grad_w, faster.w[1:])
