"""Losses as functions of one error, and their slopes."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from linreg.loss import squared_loss


def half_square(error: Tensor) -> Tensor:
    """Return the lecture's loss of errors y_hat - y of any shape."""
    return squared_loss(error, torch.zeros_like(error))


def square(error: Tensor) -> Tensor:
    """Return the squared error, what ``torch.nn.MSELoss`` takes the mean of."""
    return error**2


def slope(loss: Callable[[Tensor], Tensor], error: float) -> float:
    """Return the derivative of a loss by the prediction, by autograd.

    Parameters
    ----------
    loss
        :func:`half_square` or :func:`square`.
    error
        The error y_hat - y.
    """
    at = torch.tensor(error, dtype=torch.float64, requires_grad=True)
    (derivative,) = torch.autograd.grad(loss(at), at)
    return derivative.item()


def height(loss: Callable[[Tensor], Tensor], error: float) -> float:
    """Return a loss of one error, in double precision."""
    return loss(torch.tensor(error, dtype=torch.float64)).item()
