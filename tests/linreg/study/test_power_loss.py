from __future__ import annotations

import numpy as np
import pytest

from linreg.lesson import Lesson
from linreg.study.power_loss import PowerLoss, power_loss
from linreg.study.single_run import run_single


@pytest.fixture
def losses(lesson: Lesson) -> PowerLoss:
    return power_loss(run_single(lesson.single_feature))


def test_for_two_it_is_the_half_square(losses: PowerLoss) -> None:
    for w in (-1.0, 0.5, 3.0):
        assert losses.loss(w, 2.0) == pytest.approx(losses.profile.loss(w))
        assert losses.slope(w, 2.0) == pytest.approx(losses.profile.slope(w))
    assert losses.lowest_at(2.0, -5, 5) == pytest.approx(losses.profile.lowest_at)


def test_the_slope_of_squares_is_a_straight_line(losses: PowerLoss) -> None:
    slopes = [losses.slope(w, 2.0) for w in np.linspace(-1, 5, 20)]
    assert np.diff(slopes, 2) == pytest.approx(np.zeros(18), abs=1e-12)


def test_the_slope_of_sizes_is_a_flight_of_stairs(losses: PowerLoss) -> None:
    slopes = np.array([losses.slope(w, 1.0) for w in np.linspace(-1, 5, 400)])
    assert len(np.unique(slopes.round(12))) <= 11
    assert (np.diff(slopes) >= -1e-12).all()


@pytest.mark.parametrize("q", [2.0, 1.5, 1.0])
def test_the_slope_is_the_change_of_the_loss(losses: PowerLoss, q: float) -> None:
    w, h = 0.7, 1e-6
    change = (losses.loss(w + h, q) - losses.loss(w - h, q)) / (2 * h)
    assert losses.slope(w, q) == pytest.approx(change, rel=1e-5)


@pytest.mark.parametrize("q", [2.0, 1.0])
def test_descent_comes_near_the_lowest_point_of_either(losses: PowerLoss, q: float) -> None:
    lowest = losses.lowest_at(q, -5, 5)
    walked = losses.descend(0.2, q, 18, lowest - 0.2)
    assert abs(walked[-1].item() - lowest) < 0.05
    assert losses.loss(walked[-1].item(), q) < 0.1 * losses.loss(0.2, q)
