"""Names beside a fan stand where what they name is."""

from __future__ import annotations

import pytest

from figures.batch_gradients.fan_names import name_of_side
from figures.batch_gradients.gradient_fan import GradientFan
from figures.batch_gradients.gradient_view import GradientView
from visuals.layout import body
from visuals.typography import Words


@pytest.mark.parametrize("full", [(0.001, 0.01), (-0.02, 0.001), (0.01, -0.01)])
def test_the_name_of_a_side_stands_on_it(full: tuple[float, float]) -> None:
    fan = GradientFan(body(), [[0.5, 0.5], [-0.5, 0.4]], full, GradientView((0.0, 0.0), 1.0))
    name = name_of_side(fan, Words("side"))
    way = (name.get_center() - fan.window.origin)[:2]
    assert way @ fan.full > 0
    room = fan.window.room
    assert room.left < name.get_left()[0]
    assert name.get_right()[0] < room.right
    assert room.bottom < name.get_bottom()[1]
    assert name.get_top()[1] < room.top
