"""Ranges that are shown end at round numbers, and factors are shown with few digits."""

from __future__ import annotations

import pytest

from visuals.scales import enlargement, magnification, round_factor, round_range


@pytest.mark.parametrize(
    ("middle", "reach", "ends"),
    [(1.9958, 3.0, (-1.0, 5.0)), (-50.3, 75.45, (-130.0, 30.0)), (0.02, 2.9, (-2.9, 2.9))],
)
def test_a_range_ends_at_round_numbers(
    middle: float, reach: float, ends: tuple[float, float]
) -> None:
    assert round_range(middle, reach) == ends


def test_factors_between_scales() -> None:
    assert enlargement(3.0, 0.5) == 6.0
    assert magnification(2.0, 0.0157) == 130.0


def test_a_round_factor_has_one_digit() -> None:
    assert [round_factor(most) for most in (1.0, 9.99, 10.0, 437.0, 0.035)] == [1, 9, 10, 400, 0.03]
