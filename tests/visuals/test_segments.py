from __future__ import annotations

import numpy as np
import pytest

from visuals.label_room import points_along, room_around
from visuals.segments import DASH_SHARE, Segments, dashes, straight_cubics


def test_a_straight_cubic_has_its_points_at_thirds() -> None:
    cubics = straight_cubics([[0, 0, 0], [3, 3, 0]], [[3, 0, 0], [3, 0, 0]])
    expected = [[0, 0, 0], [1, 0, 0], [2, 0, 0], [3, 0, 0]]
    expected += [[3, 3, 0], [3, 2, 0], [3, 1, 0], [3, 0, 0]]
    np.testing.assert_allclose(cubics, expected)


def test_segments_are_one_mobject_that_may_change_their_number() -> None:
    segments = Segments(np.zeros((2, 3)), np.ones((2, 3)))
    segments.set_segments(np.zeros((5, 3)), np.ones((5, 3)))
    assert len(segments.get_family()) == 1
    assert len(segments.points) == 4 * 5


@pytest.mark.parametrize("count", [1, 2, 7])
def test_dashes_reach_from_end_to_end(count: int) -> None:
    starts, ends = dashes([[0.0, 0.0]], [[10.0, 0.0]], count)
    assert len(starts) == len(ends) == count
    assert starts[0] == pytest.approx([0, 0])
    assert ends[-1] == pytest.approx([10, 0])
    np.testing.assert_allclose(np.diff(starts[:, 0]) * DASH_SHARE, (ends - starts)[:-1, 0])


def test_room_is_the_distance_from_the_boxs_edge() -> None:
    center, half = np.zeros(3), np.array([2.0, 1.0, 0.0])
    wall = points_along(np.array([5.0, -9.0, 0.0]), np.array([5.0, 9.0, 0.0]))
    assert room_around(center, half, wall) == pytest.approx(3)
    corner = np.array([[5.0, 5.0, 0.0]])
    assert room_around(center, half, corner) == pytest.approx(5)
    assert room_around(center, half, np.zeros((1, 3))) == 0
