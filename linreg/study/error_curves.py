"""Losses as functions of one error, and their slopes."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from linreg.loss import squared_loss
from linreg.study.normal import bell


def half_square(error: Tensor) -> Tensor:
    """Return the lecture's loss of errors y_hat - y of any shape."""
    return squared_loss(error, torch.zeros_like(error))


def square(error: Tensor) -> Tensor:
    """Return the squared error, what ``torch.nn.MSELoss`` takes the mean of."""
    return error**2


def absolute(error: Tensor) -> Tensor:
    """Return the size of the error."""
    return error.abs()


def minus_log_bell(error: Tensor) -> Tensor:
    """Return minus the logarithm of the bell e^(-r^2 / 2), of errors r of any shape.

    It is the half square: the least mean square belongs to the parameters that make labels with
    normal noise likeliest. Another sigma adds a factor, and the bell's own factor a constant.
    """
    return -bell(error).log()


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
