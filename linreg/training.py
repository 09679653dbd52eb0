"""The training loop: data, model, loss, gradient, update, and around again."""

# torch leaves backward without types.
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from torch import Tensor

from linreg.data import Data, data_iter
from linreg.loss import squared_loss
from linreg.model import init_params, linreg
from linreg.optim import sgd

Step: TypeAlias = tuple[Tensor, Tensor, Tensor]
"""Weights (p, 1), bias (1,) and the losses of the batch, shape (batch_size, 1)."""


# The function stands beside a picture: 13 lines, 41 columns.
# fmt: off
def fit(
    data: Data, batch_size: int,
    lr: float, num_epochs: int,
) -> Iterator[Step]:
    """Train a new model, one step each time that the next value is asked for.

    Parameters
    ----------
    data
        Features (n, p) and labels (n, 1).
    batch_size
        Examples a minibatch.
    lr
        Learning rate.
    num_epochs
        Passes over the data.

    Yields
    ------
    w, b, losses
        Before every update, when ``w.grad`` and ``b.grad`` hold the gradient of the batch's
        summed loss. The parameters are the same two tensors every time; after the last step
        they are what was learned.
    """
    w, b = init_params(data[0].shape[1])
    for _ in range(num_epochs):
        for X, y in data_iter(
                batch_size, *data):
            y_hat = linreg(X, w, b)
            losses = squared_loss(y_hat, y)
            losses.sum().backward()
            yield w, b, losses
            sgd([w, b], lr, len(y))
# fmt: on
