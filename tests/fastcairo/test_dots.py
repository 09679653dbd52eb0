"""A cloud of dots behaves like a mobject, and like its dots."""

from __future__ import annotations

import numpy as np
import pytest
from manim import BLUE, RED, RIGHT, Circle, Create, Dot, Scene, Square, Transform, VGroup

from fastcairo import DotCloud
from fastcairo.testing import rendered_frames

POSITIONS = np.array([[0.0, 0, 0], [1, 2, 0], [-3, 1, 0]])


def test_positions_can_be_read_and_set() -> None:
    cloud = DotCloud(POSITIONS[:, :2], radius=0.1, color=BLUE)
    assert cloud.count == 3
    assert np.array_equal(cloud.positions, POSITIONS)
    cloud.shift(RIGHT)
    assert np.array_equal(cloud.positions, POSITIONS + RIGHT)
    assert cloud.set_positions(POSITIONS[:2]) is cloud
    assert cloud.count == 2


@pytest.mark.parametrize("positions", [[], [1, 2, 3], [[1, 2, 3, 4]], np.zeros((2, 2, 3))])
def test_positions_of_another_shape_are_refused(positions: object) -> None:
    with pytest.raises(ValueError, match=r"must have shape \(n, 3\) or \(n, 2\)"):
        DotCloud(positions)  # type: ignore[arg-type]


def test_radius_colour_and_opacity() -> None:
    cloud = DotCloud(POSITIONS, radius=0.1, color=BLUE, opacity=0.5)
    assert cloud.radius == pytest.approx(0.1)
    cloud.radius = 0.2
    assert cloud.radius == pytest.approx(0.2)
    assert cloud.get_color() == BLUE
    cloud.set_color(RED).set_opacity(0.3)
    assert cloud.get_color() == RED
    assert cloud.get_stroke_opacity() == pytest.approx(0.3)
    assert cloud.get_fill_opacity() == 0


def test_size_is_that_of_the_centres() -> None:
    cloud = DotCloud(POSITIONS)
    assert cloud.width == 4
    assert np.array_equal(cloud.get_center(), [-1, 1, 0])
    assert VGroup(cloud, Square(side_length=8)).width == 8


@pytest.mark.parametrize(
    ("alpha", "shown"), [(0, 0), (0.3, 0), (0.34, 1), (0.7, 2), (0.999, 2), (1, 3)]
)
def test_a_part_of_a_cloud_has_whole_dots(alpha: float, shown: int) -> None:
    part = DotCloud(POSITIONS)
    part.pointwise_become_partial(DotCloud(POSITIONS), 0, alpha)
    assert part.count == shown
    assert len(part.points) > 0
    assert np.array_equal(part.positions, POSITIONS[:shown])


def test_create_shows_all_dots_in_the_end() -> None:
    cloud = DotCloud(POSITIONS)
    animation = Create(cloud)
    animation.begin()
    assert cloud.count == 0
    animation.interpolate(0.5)
    assert cloud.count == 1
    animation.finish()
    assert np.array_equal(cloud.positions, POSITIONS)


def test_transform_keeps_dots_whole() -> None:
    cloud, target = DotCloud(POSITIONS, 0.1), DotCloud(POSITIONS + RIGHT, 0.3)
    animation = Transform(cloud, target, rate_func=lambda t: t)
    animation.begin()
    animation.interpolate(0.5)
    assert np.allclose(cloud.positions, POSITIONS + RIGHT / 2)
    assert cloud.radius == pytest.approx(0.2)


def test_clouds_of_different_counts_are_aligned_by_repeating_dots() -> None:
    small, large = DotCloud(POSITIONS), DotCloud(np.zeros((7, 3)))
    small.align_points(large)
    assert small.count == large.count == 7
    assert {tuple(p) for p in small.positions.tolist()} == {tuple(p) for p in POSITIONS.tolist()}


def test_a_cloud_can_become_something_else() -> None:
    cloud = DotCloud(POSITIONS)
    animation = Transform(cloud, Circle())
    animation.begin()
    animation.finish()
    assert np.allclose(cloud.get_end(), Circle().get_end(), atol=1e-6)


def test_a_dot_of_a_cloud_is_a_dot() -> None:
    class Cloud(Scene):
        def construct(self) -> None:
            self.add(DotCloud(POSITIONS, radius=0.4, color=BLUE))
            self.wait(0.2)

    class Dots(Scene):
        def construct(self) -> None:
            self.add(*(Dot(position, radius=0.4, color=BLUE) for position in POSITIONS))
            self.wait(0.2)

    cloud, dots = rendered_frames(Cloud)[0].astype(int), rendered_frames(Dots)[0].astype(int)
    # Cairo draws a cap as a polygon within a tenth of a pixel, and a dot from eight curves.
    assert np.abs(cloud - dots).mean() < 0.1
    assert cloud.any()
