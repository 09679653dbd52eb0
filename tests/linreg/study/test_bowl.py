"""The bowl is the loss: its lowest point, its height and its gradient."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from linreg.gradient import gradient
from linreg.study.bowl import bowl
from linreg.study.losses import mean_loss
from linreg.study.trace import Trace


def test_the_bowl_is_the_loss_over_the_weights(trace: Trace) -> None:
    data, b = (trace.features.double(), trace.labels.double()), torch.tensor([1.5]).double()
    over = bowl(data, b)
    expected = np.linalg.lstsq(data[0].numpy(), data[1].numpy() - 1.5, rcond=None)[0]
    assert over.lowest.numpy() == pytest.approx(expected.flatten())
    floor = mean_loss(data, over.lowest.reshape(-1, 1), b)
    for w in torch.tensor([[0.0, 0.0], [3.0, -1.0]]).double():
        away = w - over.lowest
        height = mean_loss(data, w.reshape(-1, 1), b) - floor
        assert (away @ over.curvature @ away / 2).item() == pytest.approx(height.item())
        grad_w, _ = gradient(*data, w.reshape(-1, 1), b)
        torch.testing.assert_close(over.gradient(w), grad_w.flatten())


def test_an_ellipse_is_a_line_of_one_loss(trace: Trace) -> None:
    data, b = (trace.features.double(), trace.labels.double()), torch.tensor([4.2]).double()
    over = bowl(data, b)
    floor = mean_loss(data, over.lowest.reshape(-1, 1), b)
    ring = over.ellipse(height=2.0, corners=17)
    losses = torch.stack([mean_loss(data, w.reshape(-1, 1), b) for w in ring])
    torch.testing.assert_close(losses - floor, torch.full_like(losses, 2.0))
    torch.testing.assert_close(ring[0], ring[-1])


def test_one_example_makes_a_gorge_whose_ring_is_finite() -> None:
    over = bowl((torch.tensor([[1.0, 2.0]]), torch.tensor([[5.0]])), torch.tensor([0.0]))
    assert over.lowest.tolist() == pytest.approx([1.0, 2.0])  # the shortest of all solutions
    assert over.ellipse(1.0, 9).isfinite().all()
