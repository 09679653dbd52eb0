"""The density of the noise: its area is counted where the bell is, not where there is none."""

from __future__ import annotations

import pytest
from manim import tempconfig

from figures.normal_distribution.density import DensityFigure
from figures.normal_distribution.rooms import Rooms
from figures.normal_distribution.two_lines import FEATURES_LINE, CodeLine
from linreg.study import normal
from visuals.layout import body
from visuals.typography import Words


@pytest.mark.parametrize("sigma", [0.01, 1.0])
def test_the_area_grows_from_the_foot_of_the_bell_to_one(sigma: float) -> None:
    with tempconfig({"disable_caching": True}):
        rooms = Rooms.of(body())
        line = CodeLine(FEATURES_LINE).put(rooms.line)
        figure = DensityFigure(rooms, line, Words("height"), Words("area ="))
        figure.bell.constant.set_value(1)
        figure.bell.sigma.set_value(sigma)
        counting = figure.count_area()
        next(counting)
        (count,) = next(counting)
        count.begin()
        areas = []
        for moment in (0.0, 0.3, 0.5, 0.7, 1.0):
            count.interpolate(moment)
            areas.append(figure.bell.integral())
        assert areas[0] == pytest.approx(0, abs=0.005)
        assert areas[1] > 0.01
        assert areas[2] == pytest.approx(0.5, abs=0.01)
        assert areas[-1] == pytest.approx(1, abs=0.005)
        assert list(counting) == []
        assert figure.bell.filled.get_value() == 1


def test_the_peak_is_never_above_the_axis() -> None:
    with tempconfig({"disable_caching": True}):
        rooms = Rooms.of(body())
        line = CodeLine(FEATURES_LINE).put(rooms.line)
        figure = DensityFigure(rooms, line, Words("height"), Words("area ="))
        figure.bell.constant.set_value(1)
        moves = figure.shrink(0.01)
        for move in moves:
            move.begin()
        for moment in (0.2, 0.4, 0.6, 0.8, 1.0):
            for move in moves:
                move.interpolate(moment)
            sigma = figure.bell.sigma.get_value()
            assert normal.constant(sigma) < figure.chart.follow().y_range[1]
