from __future__ import annotations

import math

import pytest

from visuals.numbers import as_typed, places_of, significant


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (39.894, 3, "39.9"),
        (0.012345, 3, "0.0123"),
        (4200.0, 2, "4200"),
        (0.00012345, 3, "1.23×10⁻⁴"),
        (0.0, 3, "0.00"),
        (620328.0, 3, "620328"),
        (6203282.0, 3, "6.20×10⁶"),
        (-1e9, 2, "−1.0×10⁹"),
        (math.inf, 3, "∞"),
    ],
)
def test_significant_digits_are_shown(value: float, digits: int, shown: str) -> None:
    assert str(significant(value, digits)) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.03, "0.03"),
        (2.0, "2"),
        (-3.4, "−3.4"),
        (10.0, "10"),
        (1000.0, "1000"),
        (0.0005, "0.0005"),
        (0.0, "0"),
        (-0.0, "0"),
        (1 / 3, "0.3333"),
        (-1 / 7, "−0.1429"),
        (0.01 / 3, "0.003333"),
        (123.456789, "123.5"),
        (999.99999, "1000"),
        (1e-6, "1×10⁻⁶"),
        (-1.5e-5, "−1.5×10⁻⁵"),
        (0.000123456, "1.235×10⁻⁴"),
    ],
)
def test_a_number_of_the_lesson_is_shown_as_typed(value: float, shown: str) -> None:
    assert str(as_typed(value)) == shown


@pytest.mark.parametrize(
    ("scale", "places"), [(1.0, 2), (12.0, 1), (1234.0, 0), (0.05, 4), (0.0, 2)]
)
def test_places_show_the_digits_of_a_scale(scale: float, places: int) -> None:
    assert places_of(scale, digits=3) == places
