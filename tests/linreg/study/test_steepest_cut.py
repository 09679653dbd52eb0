"""On the cut a step multiplies the distance by one factor, as full-batch descent does."""

from __future__ import annotations

import pytest
import torch

from linreg.lesson import Lesson
from linreg.study.losses import mean_loss
from linreg.study.recording import full_batch
from linreg.study.steepest_cut import SteepestCut, steepest_cut
from linreg.study.trace import Trace
from tests.linreg.conftest import changed


@pytest.fixture(scope="module")
def cut(trace: Trace) -> SteepestCut:
    return steepest_cut((trace.features, trace.labels))


@pytest.mark.parametrize("lr", [0.003, 0.3, 1.5, 2.5])
def test_a_step_multiplies_the_distance_by_the_factor(cut: SteepestCut, lr: float) -> None:
    expected = [cut.factor(lr) ** step for step in range(6)]
    assert cut.distances(lr, 5) == pytest.approx(expected)


def test_the_four_rates_creep_land_zigzag_and_explode(cut: SteepestCut) -> None:
    factors = [round(cut.factor(lr), 3) for lr in (0.003, 0.3, 1.5, 2.5)]
    assert factors == [0.997, 0.669, -0.653, -1.754]


def test_at_the_limit_the_factor_is_minus_one(cut: SteepestCut) -> None:
    assert cut.factor(cut.limit) == pytest.approx(-1)
    assert cut.rate(-1) == pytest.approx(cut.limit)
    assert cut.limit == pytest.approx(2 / cut.curvature)


def test_half_the_distance_means_half_the_slope(cut: SteepestCut) -> None:
    assert cut.slope(0.5) == pytest.approx(cut.slope(1) / 2)
    nudge = 1e-6
    tried = (cut.loss(1 + nudge) - cut.loss(1 - nudge)) / (2 * nudge)
    assert cut.slope(1) == pytest.approx(tried, rel=1e-6)


@pytest.mark.parametrize("lr", [0.3, 1.5])
def test_full_batch_descent_does_the_same_in_the_steepest_direction(
    lesson: Lesson, cut: SteepestCut, lr: float
) -> None:
    run = full_batch(lesson, 4, lr=lr)
    X = torch.cat([run.features, torch.ones(len(run.features), 1)], dim=1).double()
    best = torch.linalg.lstsq(X, run.labels.double()).solution.flatten()
    _, axes = torch.linalg.eigh(X.T @ X / len(X))
    params = torch.cat([run.w, run.b[:, None]], dim=1).double()
    along = (params - best) @ axes[:, -1]
    distances = cut.distances(lr, 4, start=along[0].item())
    torch.testing.assert_close(along, torch.tensor(distances).double(), rtol=1e-4, atol=1e-5)


def test_the_loss_along_the_direction_is_that_of_the_examples(
    trace: Trace, cut: SteepestCut
) -> None:
    features, labels = trace.features.double(), trace.labels.double()
    X = torch.cat([features, torch.ones(len(features), 1)], dim=1)
    best = torch.linalg.lstsq(X, labels).solution.flatten()
    _, axes = torch.linalg.eigh(X.T @ X / len(X))
    there = best + 1.5 * axes[:, -1]
    loss = mean_loss((features, labels), there[:-1, None], there[-1:])
    assert cut.loss(1.5) == pytest.approx(loss.item())


def test_a_single_example_has_a_cut(lesson: Lesson) -> None:
    run = full_batch(changed(lesson, num_examples=1, batch_size=1), 1)
    assert steepest_cut((run.features, run.labels)).curvature >= 1
