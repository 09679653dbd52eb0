"""The bell, its areas and its histogram, against NumPy and by hand."""

from __future__ import annotations

import math
from functools import partial
from statistics import NormalDist

import numpy as np
import pytest
import torch

from linreg.study.normal import (
    area_under,
    bell,
    cdf,
    constant,
    density,
    histogram,
    magnification,
    moments,
    percent_between,
    probability_between,
)


@pytest.mark.parametrize(("mu", "sigma"), [(0.0, 1.0), (2.0, 0.01), (-1.0, 30.0)])
def test_density_and_cdf_are_the_standard_library_s(mu: float, sigma: float) -> None:
    normal = NormalDist(mu, sigma)
    for k in (-2.0, 0.0, 0.7):
        x = mu + k * sigma
        at = torch.tensor(x, dtype=torch.float64)
        assert density(at, mu, sigma).item() == pytest.approx(normal.pdf(x))
        assert cdf(x, mu, sigma) == pytest.approx(normal.cdf(x))
    assert constant(sigma) == pytest.approx(normal.pdf(mu))


def test_the_area_is_the_root_of_two_pi_and_then_one() -> None:
    assert area_under(bell, 0.0, 1.0) == pytest.approx(math.sqrt(2 * math.pi))
    wide = partial(density, mu=1.0, sigma=3.0)
    assert area_under(wide, 1.0, 3.0) == pytest.approx(1)


def test_three_sigma_hold_nearly_all() -> None:
    percents = [round(percent_between(-k, k), 1) for k in (1, 2, 3)]
    assert percents == [68.3, 95.4, 99.7]


def test_a_piece_of_the_area_is_the_probability_of_its_draws() -> None:
    expected = NormalDist(1, 2).cdf(3) - NormalDist(1, 2).cdf(-3)
    assert probability_between(-3.0, 3.0, mu=1.0, sigma=2.0) == pytest.approx(expected)
    half = area_under(bell, 0.0, 1.0, up_to=0.0)
    assert half == pytest.approx(math.sqrt(2 * math.pi) / 2)
    assert area_under(bell, 0.0, 1.0, up_to=-100.0) == 0


def test_moments_are_numpys() -> None:
    values = torch.tensor([1.0, 4.0, 4.0, -3.0])
    mean, deviation = moments(values)
    assert mean == pytest.approx(values.numpy().mean())
    assert deviation == pytest.approx(np.std(values.numpy(), ddof=1))
    assert math.isnan(moments(values[:1])[1])


def test_a_tenth_of_a_range_is_magnified_ten_times() -> None:
    assert magnification((-5.0, 15.0), (1.0, 3.0)) == pytest.approx(10)


def test_a_histogram_is_numpys(trace_values: torch.Tensor) -> None:
    bars = histogram(trace_values)
    counts, _ = np.histogram(trace_values.double().numpy(), bars.edges.numpy())
    assert bars.counts.tolist() == counts.tolist()
    width = np.diff(bars.edges.numpy())
    assert width == pytest.approx(3.49 / 1000 ** (1 / 3))
    assert (bars.heights.numpy() * width).sum() == pytest.approx(1)
    assert np.abs(bars.edges.numpy()).min() == 0
    narrow = histogram(trace_values, narrower=2)
    assert narrow.unit == pytest.approx(2 * bars.unit)


def test_bricks_are_stacked_in_the_order_of_the_draws() -> None:
    # eight values: bins of width 1.745
    bars = histogram(torch.tensor([0.1, -0.1, 0.2, 2.0, 0.3, -0.2, 0.4, 0.5]))
    assert bars.counts.tolist() == [2, 5, 1]
    assert bars.bin_of.tolist() == [1, 0, 1, 2, 1, 0, 1, 1]
    assert bars.place_in_bin().tolist() == [0, 0, 1, 0, 2, 1, 3, 4]
    assert bars.unit == pytest.approx(1 / (8 * 1.745))


def test_one_value_is_one_bar() -> None:
    bars = histogram(torch.tensor([0.5]))
    assert (bars.counts.tolist(), bars.place_in_bin().tolist()) == ([1], [0])


@pytest.fixture
def trace_values() -> torch.Tensor:
    return torch.randn(1000, generator=torch.Generator().manual_seed(5))
