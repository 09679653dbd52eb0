"""A gradient that is too short to be seen is enlarged by a round number, which is told."""

from __future__ import annotations

import numpy as np
import pytest

from figures.batch_gradients.gradient_fan import SEEN, GradientFan
from figures.batch_gradients.gradient_view import GradientView
from visuals.layout import body


@pytest.mark.parametrize(("length", "least"), [(0.02, 10.0), (0.9, 1.0), (0.0, 1.0)])
def test_a_short_full_gradient_is_enlarged_by_a_round_number(length: float, least: float) -> None:
    view = GradientView((0.0, 0.0), 1.0)
    fan = GradientFan(body(), [[0.5, 0.5], [-0.5, 0.4]], [length, 0.0], view)
    times = fan.round_times_seen()
    assert times >= least
    fan.full_shown.set_value(1.0)
    fan.full_times.set_value(times)
    tip = fan.follow().window.at(fan.full * times)
    long = float(np.linalg.norm(tip - fan.window.origin))
    assert long <= max(SEEN, length * fan.window.unit) + 1e-6
    assert times == float(f"{times:.0e}")
