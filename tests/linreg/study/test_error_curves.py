"""Curves over one error: by hand, and minus the logarithm of the bell is the half square."""

from __future__ import annotations

import math

import pytest
import torch

from linreg.study.error_curves import (
    absolute,
    half_square,
    height,
    minus_log_bell,
    slope,
    square,
)
from linreg.study.normal import density


@pytest.mark.parametrize("error", [-3.0, 0.0, 0.5])
def test_the_half_takes_the_two_away(error: float) -> None:
    assert (height(half_square, error), height(square, error)) == (error**2 / 2, error**2)
    assert (slope(half_square, error), slope(square, error)) == (error, 2 * error)


def test_the_absolute_error_tells_the_side_and_not_how_far() -> None:
    assert [slope(absolute, error) for error in (-5.0, -0.1, 0.1, 5.0)] == [-1, -1, 1, 1]
    assert height(absolute, -0.1) == pytest.approx(0.1)


@pytest.mark.parametrize("sigma", [0.1, 1.0, 2.5])
def test_minus_the_logarithm_of_the_bell_is_the_half_square(sigma: float) -> None:
    errors = torch.linspace(-2, 2, 9, dtype=torch.float64)
    torch.testing.assert_close(minus_log_bell(errors), half_square(errors))
    constant = math.log(sigma * math.sqrt(2 * math.pi))
    likelihood = -density(errors, sigma=sigma).log()
    torch.testing.assert_close(likelihood, half_square(errors) / sigma**2 + constant)
