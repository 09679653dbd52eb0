"""Losses as functions of one error, and their slopes."""

from __future__ import annotations

import math
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


def absolute(error: Tensor) -> Tensor:
    """Return the size of the error."""
    return error.abs()


def negative_log_likelihood(error: Tensor, sigma: float = 1.0) -> Tensor:
    """Return minus the logarithm of the density of normal noise of the size of an error.

    It is the half square over sigma^2, plus a constant: the least mean square belongs to the
    parameters that make the labels likeliest.

    Parameters
    ----------
    error
        Errors y_hat - y of any shape.
    sigma
        Standard deviation of the noise, positive.
    """
    return half_square(error) / sigma**2 + math.log(sigma * math.sqrt(2 * math.pi))


def slope(loss: Callable[[Tensor], Tensor], error: float) -> float:
    """Return the derivative of a loss by the prediction, by autograd.

    Parameters
    ----------
    loss
        One of the functions above.
    error
        The error y_hat - y.
    """
    at = torch.tensor(error, dtype=torch.float64, requires_grad=True)
    (derivative,) = torch.autograd.grad(loss(at), at)
    return derivative.item()


def height(loss: Callable[[Tensor], Tensor], error: float) -> float:
    """Return a loss of one error, in double precision."""
    return loss(torch.tensor(error, dtype=torch.float64)).item()
