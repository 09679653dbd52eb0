from __future__ import annotations

import numpy as np
import pytest
from manim import RIGHT, Animation

from visuals.layout import Slot
from visuals.loss_curve import LossCurve, loss_chart

SLOT = Slot(-3.0, 3.0, -2.0, 2.0)


def loss(w: float) -> float:
    return (w - 2) ** 2 / 2


def curve(w: float = -1.0) -> LossCurve:
    chart = loss_chart(SLOT, loss, (-2, 6))
    return LossCurve(chart, w, loss, lambda weight: weight - 2)


def at(picture: LossCurve, animation: Animation, share: float) -> LossCurve:
    animation.begin()
    animation.interpolate(share)
    return picture.follow()


def weights(picture: LossCurve) -> list[float]:
    if not picture.dots.count:
        return []
    return sorted(picture.chart.x_of(place) for place in picture.dots.positions)


def test_nothing_is_left_before_anything_was_tried() -> None:
    assert weights(curve()) == []


def test_a_sweep_leaves_dots_where_it_passed() -> None:
    picture = curve(-1.0)
    half = weights(at(picture, picture.sweep(5.0), 0.5))
    assert half == pytest.approx([w for w in picture.tries if -1 <= w <= 2])
    assert picture.w.get_value() == pytest.approx(2)


@pytest.mark.parametrize("there", [-1.9, 5.9])
def test_what_was_tried_stays_when_a_later_sweep_comes_through_it(there: float) -> None:
    picture = curve(0.0)
    at(picture, picture.sweep(4.0), 1.0)
    before = weights(picture)
    picture.w.set_value(2.0)
    for share in (0.1, 0.5, 0.9):
        passed = set(np.round(weights(at(picture, picture.sweep(there), share)), 6))
        assert set(np.round(before, 6)) <= passed
        picture.w.set_value(2.0)


def test_dots_and_height_are_the_loss() -> None:
    picture = curve().drop()
    assert picture.dots.positions[0] == pytest.approx(picture.chart.at(-1.0, loss(-1.0)))
    unit = picture.chart.at(0, 1)[1] - picture.chart.at(0, 0)[1]
    assert picture.height_line.height == pytest.approx(loss(-1.0) * unit)


def test_the_curve_is_drawn_as_far_as_its_share_says() -> None:
    picture = curve()
    picture.curve_shown.set_value(0.5)
    picture.follow()
    assert picture.curve.width == pytest.approx(picture.whole.width / 2, rel=0.02)


@pytest.mark.parametrize("w", [1e9, np.inf, np.nan])
def test_any_weight_leaves_a_picture(w: float) -> None:
    picture = curve()
    picture.tangent_shown.set_value(1)
    picture.w.set_value(w)
    drawn = picture.follow().family_members_with_points()
    assert all(np.isfinite(part.points).all() for part in drawn)


def test_the_curve_goes_with_its_chart() -> None:
    picture = curve()
    picture.curve_shown.set_value(1)
    picture.follow()
    picture.chart.shift(RIGHT)
    picture.follow()
    assert picture.curve.get_start() == pytest.approx(picture.at(-2.0), abs=1e-6)
