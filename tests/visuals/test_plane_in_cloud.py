from __future__ import annotations

import math

import numpy as np
import pytest
from manim import DEGREES

from visuals.layout import Slot, body
from visuals.plane_in_cloud import PlaneInCloud
from visuals.plots import Points

W, B = np.array([2.0, -3.4]), 4.2


def examples(count: int) -> tuple[Points, Points]:
    x = np.random.default_rng(0).normal(size=(count, 2))
    return x, x @ W + B


def picture(count: int = 100, slot: Slot | None = None) -> PlaneInCloud:
    return PlaneInCloud(slot or body(), *examples(count))


def place(plane: PlaneInCloud, w1: float, w2: float, b: float) -> PlaneInCloud:
    for tracker, value in ((plane.w1, w1), (plane.w2, w2), (plane.b, b)):
        tracker.set_value(value)
    return plane.follow()


@pytest.mark.parametrize("count", [1, 10, 20000])
def test_every_example_is_drawn_once(count: int) -> None:
    plane = place(picture(count), 1, 1, 3)
    drawn = [cloud.count for cloud in (plane.behind, plane.before)]
    assert sum(drawn) == count


def test_a_dealt_share_is_drawn() -> None:
    plane = picture(100)
    plane.shown.set_value(0.25)
    plane.follow()
    assert plane.behind.count + plane.before.count == 25


@pytest.mark.parametrize("azimuth", [-140, 30, 200])
def test_a_dot_is_behind_where_the_sheet_is_nearer_to_the_eye(azimuth: float) -> None:
    plane = place(picture(), 1, -2, 3)
    plane.view.azimuth.set_value(azimuth * DEGREES)
    points = plane.examples
    hidden = plane.sheet.hides(points, plane.parameters, 0.0)
    # Walk from each example towards the eye: one that is hidden comes to the other side.
    far = points + 1e3 * plane.view.to_eye
    side = points[:, 2] - plane.predict(points[:, :2])
    far_side = far[:, 2] - plane.predict(far[:, :2])
    assert (hidden == (side * far_side < 0)).all()
    assert hidden.any()
    assert not hidden.all()


@pytest.mark.parametrize(
    "parameters",
    [
        (0, 0, 0),
        (1e9, -1e9, 0),
        (1e308, 1e308, 1e308),
        (0, 0, 1e6),
        (math.inf, 0, 0),
        (math.nan, math.nan, math.nan),
        (0, 1, math.inf),
    ],
)
def test_the_sheet_stays_in_the_box(parameters: tuple[float, float, float]) -> None:
    plane = picture()
    plane.mark(range(10))
    plane.errors_shown.set_value(1)
    place(plane, *parameters)
    corners = plane.sheet.corners(plane.parameters)
    low, high = plane.view.low, plane.view.high
    assert (corners >= low - 1e-6).all()
    assert (corners <= high + 1e-6).all()
    assert all(np.isfinite(part.points).all() for part in plane.family_members_with_points())


def test_a_plane_that_is_not_finite_has_no_sheet() -> None:
    plane = place(picture(), math.nan, 0, 0)
    assert len(plane.sheet.corners(plane.parameters)) == 0


@pytest.mark.parametrize("scale", [1, 0.1])
def test_edge_on_the_sheet_is_a_line(scale: float) -> None:
    x, y = examples(100)
    plane = place(PlaneInCloud(body(), x * [1, scale], y), W[0], W[1] / scale, B)
    plane.view.elevation.set_value(0)
    plane.view.azimuth.set_value(plane.edge_on())
    seen = plane.view.project(plane.sheet.corners(plane.parameters))[:, :2]
    assert np.linalg.matrix_rank(seen - seen[0], tol=1e-9) == 1


def test_the_next_edge_on_is_not_passed_before() -> None:
    plane = place(picture(), *W, B)
    assert 90 * DEGREES < plane.edge_on(after=90 * DEGREES) < 180 * DEGREES
    assert place(plane, 0, 0, 0).edge_on(after=1.0) == 1.0


def test_sticks_end_on_the_plane() -> None:
    plane = picture()
    plane.mark([3])
    plane.errors_shown.set_value(1)
    plane.follow()
    x1, x2, y = plane.examples[3]
    stick = plane.sticks_behind if plane.sticks_behind.height else plane.sticks_before
    ends = plane.at(x1, x2, y), plane.at(x1, x2, 0.0)
    assert stick.height == pytest.approx(abs(ends[0][1] - ends[1][1]))
    assert plane.error_squares([3])[0].width == pytest.approx(stick.height)


@pytest.mark.parametrize("azimuth", range(-180, 180, 30))
@pytest.mark.parametrize("slot", [body(), Slot(-6.4, 0.2, -3.1, 2.7), Slot(-3.6, 3.6, -5, 6)])
def test_all_ink_is_in_the_slot(slot: Slot, azimuth: float) -> None:
    plane = place(picture(slot=slot), *W, B)
    plane.view.azimuth.set_value(azimuth * DEGREES)
    plane.follow()
    assert plane.get_left()[0] >= slot.left - 0.05
    assert plane.get_right()[0] <= slot.right + 0.05
    assert plane.get_bottom()[1] >= slot.bottom - 0.05
    assert plane.get_top()[1] <= slot.top + 0.2


def test_a_box_that_shows_less_hides_the_numbers_that_left_it() -> None:
    plane = picture()
    box, view = plane.box, plane.view
    view.show(np.array([-1.0, -1.0, -3.0]), np.array([1.0, 1.0, 8.0]))
    plane.follow()
    for axis, ticks in enumerate(box.ticks):
        for label, tick in zip(box.numbers[axis], ticks, strict=True):
            inside = view.low[axis] <= tick <= view.high[axis]
            assert (label.get_fill_opacity() > 0) == inside
    floor = view.project([[-1, -1, -3], [1, -1, -3], [1, 1, -3], [-1, 1, -3]])
    low, high = floor.min(axis=0) - 1e-6, floor.max(axis=0) + 1e-6
    assert ((box.grid.points >= low) & (box.grid.points <= high)).all()
