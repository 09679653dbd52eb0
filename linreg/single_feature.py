"""Linear regression with one feature: each step can be done by hand.

The loss here is the mean square, without the half. Everything is computed in float64.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

import torch
from numpy.random import RandomState
from torch import Tensor

Descent: TypeAlias = tuple[
    Tensor, Tensor, Tensor, Tensor, Tensor
]
"""w, b, loss, grad_w, grad_b: all of shape (1,) but the loss, a scalar."""


def line_data(
    w: float,
    b: float,
    n: int,
    sigma: float,
    rng: RandomState,
) -> tuple[Tensor, Tensor]:
    """Draw x from [0, 1) and make labels y = w x + b + noise.

    Parameters
    ----------
    w, b
        True weight and bias.
    n
        Number of examples.
    sigma
        Standard deviation of the normal noise, in units of the label.
    rng
        Source of randomness.

    Returns
    -------
    x, y
        Shapes (n, 1).
    """
    x = rng.rand(n, 1)
    noise = sigma * rng.randn(n, 1)
    y = b + w * x + noise
    return torch.tensor(x), torch.tensor(y)


def split(
    n: int, num_train: int, rng: RandomState
) -> tuple[Tensor, Tensor]:
    """Shuffle the row numbers, and cut them in two.

    Parameters
    ----------
    n
        Number of examples.
    num_train
        Number of examples to train on.
    rng
        Source of randomness.

    Returns
    -------
    train, test
        Row numbers, shapes (num_train,) and (n - num_train,).
    """
    order = rng.permutation(n)
    rows = torch.tensor(order)
    train = rows[:num_train]
    test = rows[num_train:]
    return train, test


def predict(x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    """Return the line's prediction w x + b for every x, shape (n, 1)."""
    return w * x + b


def mse_loss(y_hat: Tensor, y: Tensor) -> Tensor:
    """Return the mean square of the errors, a scalar."""
    return ((y_hat - y) ** 2).mean()


def nudged_slope(
    loss: Callable[[Tensor], Tensor],
    at: Tensor,
    nudge: float,
) -> Tensor:
    """Return the slope of a loss by trying: change of loss over change of parameter.

    Parameters
    ----------
    loss
        The loss as a function of one parameter.
    at
        Value of the parameter.
    nudge
        Change of the parameter.
    """
    change = loss(at + nudge) - loss(at)
    return change / nudge


def mse_gradient(
    x: Tensor, y_hat: Tensor, y: Tensor
) -> tuple[Tensor, Tensor]:
    """Return the slopes of the mean square by formula.

    Parameters
    ----------
    x, y_hat, y
        Feature, predictions and labels, shapes (n, 1).

    Returns
    -------
    grad_w, grad_b
        Twice the mean of error times x, and twice the mean error, scalars.
    """
    error = y_hat - y
    grad_w = 2 * (error * x).mean()
    grad_b = 2 * error.mean()
    return grad_w, grad_b


# The function stands beside a picture: 39 columns.
# fmt: off
def descend(
    x: Tensor, y: Tensor,
    w: Tensor, b: Tensor,
    lr: float, num_steps: int,
) -> Iterator[Descent]:
    """Walk down the loss, all examples at every step.

    Parameters
    ----------
    x, y
        Feature and labels, shapes (n, 1).
    w, b
        Parameters to begin with, shapes (1,).
    lr
        Learning rate.
    num_steps
        Number of steps.

    Yields
    ------
    w, b, loss, grad_w, grad_b
        Before every step.
    """
    for _ in range(num_steps):
        y_hat = predict(x, w, b)
        loss = mse_loss(y_hat, y)
        grads = mse_gradient(x, y_hat, y)
        yield w, b, loss, *grads
        w = w - lr * grads[0]
        b = b - lr * grads[1]
# fmt: on


def least_squares(
    x: Tensor, y: Tensor
) -> tuple[Tensor, Tensor]:
    """Return the w and b of the least loss, without a step, shapes (1,)."""
    ones = torch.ones_like(x)
    X = torch.cat([x, ones], dim=1)
    best = torch.linalg.lstsq(X, y)
    w, b = best.solution
    return w, b
