"""A slice through the loss says the same one weight at a time and all at once."""

from __future__ import annotations

import pytest

from linreg.study.profile import profile_at_truth
from linreg.study.trace import Trace


def test_many_losses_are_the_losses_of_each(trace: Trace) -> None:
    profile = profile_at_truth(trace)
    weights = [-1.0, profile.lowest_at, 4.0]
    losses = profile.losses(weights).tolist()
    assert losses == pytest.approx([profile.loss(weight) for weight in weights])
    assert min(losses) == losses[1]


def test_the_slope_is_zero_where_the_loss_is_lowest(trace: Trace) -> None:
    profile = profile_at_truth(trace)
    at, apart = profile.lowest_at, 0.5
    assert profile.slope(at) == pytest.approx(0, abs=1e-9)
    assert profile.slope(at + apart) == pytest.approx(profile.curvature * apart)
