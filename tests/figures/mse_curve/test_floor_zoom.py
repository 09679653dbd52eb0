"""Both axes are enlarged so that the parabola keeps its shape, whatever the noise."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from figures.mse_curve.floor_zoom import FloorZoom, round_factor
from linreg.lesson import SingleFeature
from linreg.study.single_run import run_single
from visuals import language
from visuals.layout import Slot

SLOT = Slot(-6.0, 6.0, -3.0, 3.0)


def zoom(noise_std: float) -> FloorZoom:
    numbers = SingleFeature(noise_std=noise_std)
    return FloorZoom(SLOT, run_single(numbers), numbers, 10, 2.0)


def test_factors_are_powers_of_ten_within_limits() -> None:
    assert [round_factor(ratio) for ratio in (0.1, 7.0, 200.0, 1e9)] == [10, 10, 100, 10_000]


@pytest.mark.parametrize("noise_std", [0.0, 0.01, 0.1, 5.0])
def test_the_loss_is_enlarged_by_the_square_of_the_weight_s_factor(noise_std: float) -> None:
    picture = zoom(noise_std)
    (low, high), (near_low, near_high) = picture.wide.x_range, picture.near.x_range
    assert (high - low) / (near_high - near_low) == pytest.approx(picture.factor)
    heights = picture.wide.y_range[1], picture.near.y_range[1]
    assert heights[0] / heights[1] == pytest.approx(picture.factor**2)


def test_the_enlarged_chart_holds_the_band() -> None:
    picture = zoom(0.1)
    assert picture.is_noisy
    assert 0 < picture.low < picture.at_truth < picture.high < picture.near.y_range[1]
    assert not zoom(0.0).is_noisy


@pytest.fixture
def _chinese() -> Iterator[None]:
    language.use("zh")
    yield
    language.use(language.ENGLISH)


@pytest.mark.usefixtures("_chinese")
def test_a_factor_in_chinese_stands_below_the_numbers_of_its_axis() -> None:
    picture = zoom(0.1)
    _, weight = picture.zoom_names(language.tr("MSECurve.zoom"))
    assert weight.get_top()[1] < picture.near.x_tick_labels.get_bottom()[1]
