"""The axes of the chart of densities: zooms keep their ends, and ticks stay few."""

from __future__ import annotations

import pytest
from manim import tempconfig

from figures.normal_distribution.live_chart import LiveChart, axis_name
from figures.normal_distribution.ticks import TICKS, ticks_of
from visuals.layout import body
from visuals.plots import TickLabel
from visuals.typography import Words


@pytest.mark.parametrize("top", [0.1, 58.0])
@pytest.mark.parametrize("x", [(-1.0, 1.0), (-40.0, 30.0), (-3.0, 9.0)])
def test_an_axis_goes_from_range_to_range_and_its_foot_stays_at_zero(
    x: tuple[float, float], top: float
) -> None:
    with tempconfig({"disable_caching": True}):
        chart = LiveChart(body(), (-4.0, 8.0), 0.5, axis_name("x"), Words("density"))
        moves = chart.zoom_to(x), chart.rise_to(top)
        spans = []
        for share in (0.0, 0.25, 0.5, 0.75, 1.0):
            for move in moves:
                move.mobject.set_value(share)
            chart.follow()
            assert chart.y_range[0] == pytest.approx(0)
            spans.append((chart.x_range[1] - chart.x_range[0], chart.y_range[1]))
    assert spans[0] == pytest.approx((12.0, 0.5))
    assert chart.x_range == x
    assert chart.y_range == (0.0, top)
    for across in zip(*spans, strict=True):
        assert sorted(across) in (list(across), list(across)[::-1])


@pytest.mark.parametrize("span", [(-6.0, 6.0), (0.0, 57.8), (5.129, 5.219), (0.0, 0.5)])
def test_few_ticks_are_wholly_there(span: tuple[float, float]) -> None:
    seen = [value for value, _, opacity in ticks_of(span) if opacity > 0.5]
    assert 3 <= len(seen) <= TICKS + 1
    assert all(span[0] - 1e-9 <= value <= span[1] + 1e-9 for value in seen)


@pytest.mark.parametrize("end", [-312.4795, -312.477, 5000.0, 0.00099])
def test_long_numbers_stay_in_the_room_of_the_chart(end: float) -> None:
    span = abs(end) * 3e-4
    chart = LiveChart(body(), (end - span, end), 0.5, axis_name("y"), Words("density"))
    labels = [part for part in chart.across.get_family() if isinstance(part, TickLabel)]
    seen = [label for label in labels if label.get_family()[-1].get_fill_opacity() > 0]
    assert len(seen) >= 2
    assert all(label.get_right()[0] <= body().right + 1e-6 for label in seen)
    assert all(label.get_left()[0] >= body().left - 1e-6 for label in seen)
