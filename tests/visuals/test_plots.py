from __future__ import annotations

import numpy as np
import pytest

from visuals.chart_rooms import move_chart
from visuals.cloud import Cloud, fitting_radius
from visuals.layout import Slot, body, safe_area
from visuals.plots import Chart, padded, round_ticks
from visuals.typography import Math

SLOT = Slot(-3, 3, -2, 2)


@pytest.mark.parametrize(
    ("low", "high"), [(-3, 3), (0, 0.01), (-170, 190), (4.19, 4.21), (1e4, 3e7)]
)
def test_ticks_are_few_and_round(low: float, high: float) -> None:
    ticks = round_ticks(low, high)
    assert 2 <= len(ticks) <= 5
    assert low <= ticks[0] < ticks[-1] <= high
    step = ticks[1] - ticks[0]
    mantissa = step / 10 ** np.floor(np.log10(step) + 1e-9)
    assert round(mantissa, 6) in (1, 2, 5)


@pytest.mark.parametrize("last", [1, 2, 3, 4, 7, 100])
def test_what_is_counted_has_whole_ticks(last: int) -> None:
    chart = Chart(SLOT, (0, last), (0, 1), counts=True)
    ticks = [label.tick for label in chart.x_tick_labels]
    assert ticks[0] == 0
    assert len(ticks) >= 2
    assert all(tick == round(tick) for tick in ticks)


def test_a_range_of_nothing_is_still_a_range() -> None:
    for values in ([], [4.2], [np.nan, np.inf], [3, 3, 3]):
        low, high = padded(values)
        assert np.isfinite([low, high]).all()
        assert high - low >= 1


def test_points_lie_where_the_ticks_say() -> None:
    chart = Chart(SLOT, (-2, 2), (0, 10), Math("x"), Math("y"))
    for label in chart.x_tick_labels:
        assert chart.at(label.tick, 0)[0] == pytest.approx(label.get_x(), abs=1e-6)
    for label in chart.y_tick_labels:
        assert chart.at(-2, label.tick)[1] == pytest.approx(label.get_y(), abs=0.02)
    assert chart.at([0, 1], [5, 5]).shape == (2, 3)
    assert chart.x_of(chart.at(1.5, 3)) == pytest.approx(1.5)


def test_a_chart_stays_in_its_slot() -> None:
    chart = Chart(SLOT, (-1234, 9876), (-0.001, 0.002), Math("x_1"), Math("y"))
    assert chart.get_left()[0] >= SLOT.left - 0.02
    assert chart.get_right()[0] <= SLOT.right + 0.02
    assert chart.get_bottom()[1] >= SLOT.bottom - 0.02
    assert chart.get_top()[1] <= SLOT.top + 0.02


def test_what_is_off_the_chart_is_put_on_its_edge() -> None:
    chart = Chart(SLOT, (0, 1), (0, 1))
    far = chart.at([np.inf, -5, np.nan], [2, -np.inf, 0.5])
    corner, opposite = chart.at(0, 0), chart.at(1, 1)
    assert (far[:, :2] >= corner[:2] - 1e-9).all()
    assert (far[:, :2] <= opposite[:2] + 1e-9).all()


@pytest.mark.parametrize("slope", [0.0, 0.3, -50.0, 1e9])
def test_a_line_is_cut_at_the_charts_edge(slope: float) -> None:
    chart = Chart(SLOT, (-1, 1), (-1, 1))
    line = chart.line(slope, 0.25)
    for end in line.get_start_and_end():
        assert (end[:2] >= chart.at(-1, -1)[:2] - 1e-6).all()
        assert (end[:2] <= chart.at(1, 1)[:2] + 1e-6).all()


def test_a_moved_chart_takes_its_coordinates_along() -> None:
    chart = Chart(SLOT, (0, 1), (0, 1))
    before = chart.at(0.5, 0.5)
    chart.shift([1, 2, 0])
    np.testing.assert_allclose(chart.at(0.5, 0.5) - before, [1, 2, 0])


def test_a_cloud_is_one_mobject_of_many_points() -> None:
    chart = Chart(SLOT, (-4, 4), (-4, 4))
    x = np.linspace(-3, 3, 20_000)
    cloud = Cloud(chart, x, -x, radius=fitting_radius(len(x)))
    assert len(cloud.get_family()) == 1
    np.testing.assert_allclose(cloud.positions, chart.at(x, -x))


def test_slots_stay_inside_and_apart() -> None:
    area, room = safe_area(), body()
    assert area.left <= room.left
    assert room.right <= area.right
    assert room.bottom == pytest.approx(-3.1)
    left, right = room.beside(39, 30)
    assert left.right < right.left
    top, bottom = room.stacked(1, 2)
    assert bottom.top < top.bottom
    assert bottom.height == pytest.approx(2 * top.height)


def test_a_chart_moves_into_another_slot_and_its_texts_keep_their_size() -> None:
    chart = Chart(SLOT, (-2, 2), (0, 10), Math("x"), Math("y"))
    height = chart.x_tick_labels.height
    room = Slot(-6, 0, -3, 3)
    moving = move_chart(chart, room)
    moving.begin()
    moving.finish()
    assert chart.at(-2, 0)[0] == pytest.approx(chart.axes.get_left()[0], abs=1e-6)
    assert room.left <= chart.get_left()[0] < chart.get_right()[0] <= room.right + 0.02
    assert chart.x_tick_labels.height == pytest.approx(height)
