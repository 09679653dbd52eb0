from __future__ import annotations

import numpy as np
import pytest
from manim import Arrow, Dot

from visuals.gradient_arrow import SHORTEST_ARROW, GradientArrow

ORIGIN = np.zeros(3)


@pytest.mark.parametrize("length", [2 * SHORTEST_ARROW, 0.3, 4.0])
@pytest.mark.parametrize("broad", [False, True])
def test_an_arrow_ends_at_its_gradient(length: float, broad: bool) -> None:
    end = np.array([length, 0.0, 0.0])
    arrow = GradientArrow(ORIGIN, end, broad=broad)
    assert isinstance(arrow.shaft, Arrow)
    assert arrow.shaft.get_end() == pytest.approx(end)
    assert arrow.shaft.get_start() == pytest.approx(ORIGIN)
    assert arrow.shaft.tip.length < length


def test_a_gradient_near_zero_is_a_dot() -> None:
    end = np.array([0.5 * SHORTEST_ARROW, 0.0, 0.0])
    arrow = GradientArrow(ORIGIN, end)
    assert isinstance(arrow.shaft, Dot)
    assert arrow.shaft.get_center() == pytest.approx(end)
