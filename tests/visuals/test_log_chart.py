from __future__ import annotations

import numpy as np
import pytest

from visuals.layout import Slot
from visuals.log_chart import LogChart, log_padded, powers_of_ten

SLOT = Slot(-3, 3, -2, 2)


def test_every_power_of_ten_is_as_high_as_the_next() -> None:
    chart = LogChart(SLOT, (0, 10), (1e-3, 1e3))
    heights = chart.at(np.zeros(7), 10.0 ** np.arange(-3, 4))[:, 1]
    np.testing.assert_allclose(np.diff(heights), np.ptp(heights) / 6)


def test_what_is_not_positive_lies_on_the_lower_edge() -> None:
    chart = LogChart(SLOT, (0, 10), (1e-3, 1e3))
    bottom = chart.axes[0].get_y()
    for value in (0.0, -5.0, np.nan):
        assert chart.at(1, value)[1] == pytest.approx(bottom)


def test_a_log_range_holds_the_positive_values() -> None:
    low, high = log_padded([0.01, 100, 0, -3, np.inf, np.nan])
    assert low < 0.01
    assert high > 100
    assert low * high == pytest.approx(0.01 * 100)
    low, high = log_padded([5.0])
    assert high / low >= 100


def test_long_numbers_are_written_as_powers() -> None:
    assert [label.text for label in powers_of_ten([-2, 0, 2])] == ["0.01", "1", "100"]
    assert [label.source for label in powers_of_ten([0, 5])] == ["10^(0)", "10^(5)"]
