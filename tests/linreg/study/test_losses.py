"""The noise keeps the loss at a floor, within a band that the number of examples decides."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from scipy.stats import chi2

from linreg.lesson import Lesson
from linreg.study.losses import (
    chi_square_quantile,
    floor_band,
    losses_at_truth,
    mean_loss,
    noise_floor,
)


def test_the_mean_loss_by_hand() -> None:
    data = torch.tensor([[1.0], [2.0]]), torch.tensor([[1.0], [5.0]])
    # predictions 3 and 5, errors 2 and 0, half squares 2 and 0
    assert mean_loss(data, torch.tensor([[2.0]]), torch.tensor([1.0])).item() == 1.0


def test_the_floor_is_half_the_variance(lesson: Lesson) -> None:
    assert noise_floor(lesson) == pytest.approx(0.00005)
    assert noise_floor(lesson.single_feature) == pytest.approx(0.005)


@pytest.mark.parametrize("degrees", [1, 10, 80, 1000, 20_000])
@pytest.mark.parametrize("probability", [0.025, 0.5, 0.975])
def test_quantiles_are_those_of_scipy(probability: float, degrees: int) -> None:
    expected = chi2.ppf(probability, degrees)
    assert chi_square_quantile(probability, degrees) == pytest.approx(expected, rel=1e-9)


def test_the_band_holds_its_share_of_data_sets() -> None:
    low, high = floor_band(0.1, 80, share=0.9)
    random = np.random.default_rng(0)
    floors = (0.1 * random.standard_normal((20_000, 80))) ** 2 / 2
    inside = np.mean((floors.mean(axis=1) > low) & (floors.mean(axis=1) < high))
    assert inside == pytest.approx(0.9, abs=0.01)
    assert low < 0.005 < high


def test_more_examples_narrow_the_band() -> None:
    few, many = (np.ptp(floor_band(0.1, n)) for n in (100, 10_000))
    assert few / many == pytest.approx(10, rel=0.02)
    assert floor_band(0.0, 10) == (0, 0)
    assert math.isfinite(floor_band(1000.0, 1)[1])


def test_most_data_sets_fall_into_the_band_and_their_mean_is_the_floor(lesson: Lesson) -> None:
    numbers = lesson.single_feature
    losses = losses_at_truth(numbers, 10, 400)
    low, high = floor_band(numbers.noise_std, 10)
    inside = ((low <= losses) & (losses <= high)).double().mean().item()
    assert inside == pytest.approx(0.95, abs=0.03)
    assert losses.mean().item() == pytest.approx(noise_floor(numbers), rel=0.1)
    assert torch.equal(losses[:5], losses_at_truth(numbers, 10, 5))
