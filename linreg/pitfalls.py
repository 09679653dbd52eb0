"""Lines that raise no error and learn the wrong thing, each with its cure."""

# A gradient is None before the first backward, which comes before every step.
# mypy: disable-error-code="operator, union-attr"

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor


def batch_loss(y_hat: Tensor, y: Tensor) -> Tensor:
    """Halve the mean square of the errors, right only where both shapes are the same.

    Parameters
    ----------
    y_hat
        Predictions, shape (n, 1).
    y
        Labels. Of shape (n,) they broadcast against the predictions: n * n differences.

    Returns
    -------
    loss
        Shape (), in squared units of the label.
    """
    return ((y_hat - y) ** 2).mean() / 2


def aligned_loss(y_hat: Tensor, y: Tensor) -> Tensor:
    """Halve the mean square of the errors, with labels in the shape of the predictions.

    Parameters
    ----------
    y_hat
        Predictions, shape (n, 1).
    y
        Labels of as many elements.

    Returns
    -------
    loss
        Shape (), in squared units of the label.
    """
    y = y.reshape(y_hat.shape)
    return ((y_hat - y) ** 2).mean() / 2


def rebinding_sgd(
    params: Iterable[Tensor], lr: float
) -> None:
    """Compute a step and lose it: the name is bound to a new tensor, the parameter stays.

    Parameters
    ----------
    params
        Tensors whose ``grad`` holds the gradient of a mean loss, as of :func:`aligned_loss`.
    lr
        Learning rate.
    """
    with torch.no_grad():
        for param in params:
            param = param - lr * param.grad


def in_place_sgd(
    params: Iterable[Tensor], lr: float
) -> None:
    """Take the same step inside the parameter.

    Parameters
    ----------
    params, lr
        As for :func:`rebinding_sgd`.
    """
    with torch.no_grad():
        for param in params:
            param -= lr * param.grad


def standardize(X: Tensor) -> Tensor:
    """Give every feature the mean 0 and the standard deviation 1.

    Parameters
    ----------
    X
        Features, shape (n, p), n > 1.

    Returns
    -------
    X
        Shape (n, p), without units.
    """
    return (X - X.mean(0)) / X.std(0)
