from __future__ import annotations

import numpy as np

from visuals.clipping import clipped

UNIT = (0.0, 1.0)


def test_a_polyline_is_cut_at_the_rectangle() -> None:
    starts, ends = clipped([[-1, 0.5], [2, 0.5], [2, 3], [0.5, 0.5], [0.5, 0.75]], UNIT, UNIT)
    np.testing.assert_allclose(starts, [[0, 0.5], [0.8, 1.0], [0.5, 0.5]])
    np.testing.assert_allclose(ends, [[1, 0.5], [0.5, 0.5], [0.5, 0.75]])


def test_segments_outside_or_without_numbers_are_left_out() -> None:
    starts, _ = clipped([[-1, 2], [2, 2], [np.nan, 0.5], [0.2, 0.2], [np.inf, 0]], UNIT, UNIT)
    assert len(starts) == 0
