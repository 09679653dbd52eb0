from __future__ import annotations

import pytest
import torch

from linreg.loss import squared_loss
from linreg.model import linreg
from linreg.study.loss_surface import loss_surface


def data() -> tuple[torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(1)
    x = torch.randn(40, 2, generator=generator).double() + 0.5
    return x, x @ torch.tensor([[2.0], [-3.4]]).double() + 4.2 + 0.01 * torch.randn(
        40, 1, generator=generator
    )


def test_the_surface_is_the_mean_half_square_and_its_gradient() -> None:
    features, labels = data()
    surface = loss_surface((features, labels))
    w = torch.tensor([[0.3], [-1.0]], dtype=torch.double, requires_grad=True)
    b = torch.tensor([0.7], dtype=torch.double, requires_grad=True)
    loss = squared_loss(linreg(features, w, b), labels).mean()
    loss.backward()
    assert surface.loss(w.detach().flatten(), 0.7) == pytest.approx(loss.item())
    grad_w, grad_b = surface.gradient(w.detach().flatten(), 0.7)
    assert w.grad is not None
    assert b.grad is not None
    assert grad_w.tolist() == pytest.approx(w.grad.flatten().tolist())
    assert grad_b == pytest.approx(b.grad.item())


def test_at_the_lowest_weights_the_gradient_for_the_weights_is_zero() -> None:
    surface = loss_surface(data())
    for b in (0.0, 4.2):
        grad_w, _ = surface.gradient(surface.lowest(b), b)
        assert grad_w.tolist() == pytest.approx([0, 0], abs=1e-9)
