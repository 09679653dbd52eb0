"""The gradient by hand is autograd's, and so is what the run recorded."""

from __future__ import annotations

import pytest
import torch

from linreg.study.batch_gradients import equal_places, first_gradient
from linreg.study.trace import Trace


def test_by_hand_and_by_autograd_are_one_gradient(trace: Trace) -> None:
    by_hand, by_autograd = first_gradient(trace)
    assert by_hand.shape == by_autograd.shape == (3,)
    assert by_hand.tolist() == pytest.approx(by_autograd.tolist(), rel=1e-5)
    recorded = [*trace.grad_w[0].tolist(), trace.grad_b[0].item()]
    assert by_autograd.tolist() == pytest.approx(recorded, rel=1e-6)
    assert not trace.w.requires_grad


def test_places_end_where_two_numbers_differ() -> None:
    one = torch.tensor([0.125, -3.25], dtype=torch.float64)
    assert equal_places(one, one) == 5
    assert equal_places(one, one + 0.004) == 1
    assert equal_places(one, one + 10) == 0
    assert equal_places(100 * one, 100 * one) == 3
    assert equal_places(0 * one, 0 * one) == 6
