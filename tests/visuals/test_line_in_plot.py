from __future__ import annotations

import math

import numpy as np
import pytest

from visuals.layout import Slot, body
from visuals.line_in_plot import LineInPlot
from visuals.square_pour import SquarePour
from visuals.typography import Math

SLOT = Slot(1.0, 6.0, -3.0, 2.0)


def picture(count: int = 10, w: float = 0.5, b: float = 1.0) -> LineInPlot:
    random = np.random.default_rng(0)
    x = random.random(count)
    return LineInPlot(body(), x, 1 + 2 * x + 0.1 * random.normal(size=count), w, b)


def areas_of(pour: SquarePour) -> list[float]:
    return [piece.width * piece.height for piece in pour.pieces]


@pytest.mark.parametrize("count", [1, 4, 10, 80])
def test_a_square_is_the_squared_error_in_units_of_the_label(count: int) -> None:
    plot = picture(count)
    errors = plot.predict(plot.x) - plot.y
    for square, error in zip(plot.squares, errors, strict=True):
        assert square.width == pytest.approx(abs(error) * plot.unit)
        assert square.height == pytest.approx(square.width)
    assert plot.areas() == pytest.approx((errors * plot.unit) ** 2)
    assert plot.unit_square(0.5).width == pytest.approx(0.5 * plot.unit, rel=1e-3)


def test_sticks_and_squares_belong_to_the_marked_examples() -> None:
    plot = picture().mark([2, 5])
    assert [number for number, square in enumerate(plot.squares) if square.width > 1e-9] == [2, 5]
    assert len(plot.areas()) == 2


@pytest.mark.parametrize("count", [1, 4, 10, 80])
def test_pouring_keeps_every_area_but_for_the_zoom(count: int) -> None:
    plot = picture(count)
    pour = plot.pour_into(SLOT)
    first = areas_of(pour)
    assert sorted(first) == pytest.approx(sorted(plot.areas()))
    pour.stage.set_value(1)
    assert areas_of(pour.follow()) == pytest.approx([a * pour.zoom**2 for a in first])
    assert pour.width <= SLOT.width + 0.05
    assert pour.height <= SLOT.height + 0.05
    for stage in (1.3, 1.6):
        pour.stage.set_value(stage)
        assert sum(areas_of(pour.follow())) == pytest.approx(sum(first) * pour.zoom**2)
    for stage in (2, 2.5, 3):
        pour.stage.set_value(stage)
        assert areas_of(pour.follow()) == pytest.approx([np.mean(first) * pour.zoom**2] * count)
    assert pour.mean.width == pytest.approx(pour.mean.height)


def test_on_the_way_to_the_strip_a_piece_keeps_its_area() -> None:
    pour = picture(w=1.5).pour_into(SLOT)
    first = areas_of(pour)
    pour.stage.set_value(0.4)
    assert pour.zoom == 1
    assert areas_of(pour.follow()) == pytest.approx(first)


def test_the_mean_square_follows_the_line_and_its_half_is_shaded_off() -> None:
    plot = picture()
    pour = plot.pour_into(SLOT)
    pour.stage.set_value(3)
    pour.halved.set_value(1)
    plot.w.set_value(1.9)
    pour.follow()
    errors = plot.predict(plot.x) - plot.y
    area = np.mean(errors**2) * plot.unit**2 * pour.zoom**2
    assert pour.mean.width**2 == pytest.approx(area)
    assert pour.fill.width * pour.fill.height == pytest.approx(area / 2)
    assert pour.fill.get_bottom()[1] == pytest.approx(pour.mean.get_bottom()[1])


@pytest.mark.parametrize("w", [0.0, 1e9, -1e300, math.inf, math.nan])
def test_any_line_leaves_a_picture(w: float) -> None:
    plot = picture()
    names = plot.name_example(0, Math("y"), Math("hat(y)"))
    pour = plot.pour_into(SLOT)
    pour.stage.set_value(3)
    for tracker in (plot.errors_shown, plot.squares_shown, plot.predictions_shown):
        tracker.set_value(1)
    plot.w.set_value(w)
    for part in (plot.follow(), names.follow(), pour.follow()):
        drawn = part.family_members_with_points()
        assert all(np.isfinite(member.points).all() for member in drawn)
