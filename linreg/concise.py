"""The same training with the parts that PyTorch has: other names, and a loss without a half."""

# The screen shows by which names the parts are known, so that a name is given before a return.
# ruff: noqa: RET504
# torch leaves backward without types.
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from torch import Tensor, nn, optim
from torch.utils.data import DataLoader, TensorDataset

from linreg.data import Data

Loader: TypeAlias = DataLoader[tuple[Tensor, ...]]
"""Deals batches X (batch_size, p) and y (batch_size, 1), anew in every epoch."""


# The functions stand beside a picture: 33 columns.
# fmt: off
def make_loader(
    data: Data, batch_size: int
) -> Loader:
    """Make what deals shuffled minibatches, every example once an epoch.

    Parameters
    ----------
    data
        Features (n, p) and labels (n, 1).
    batch_size
        Examples a batch. The last batch is shorter when it does not divide their number.

    Notes
    -----
    :func:`~linreg.data.data_iter` is used up after an epoch; a loader begins anew with every
    ``for``.
    """
    dataset = TensorDataset(*data)
    loader = DataLoader(
        dataset, batch_size,
        shuffle=True)
    return loader


def make_net() -> nn.Linear:
    """Make a model of two features and one prediction, with random parameters.

    Its ``weight`` has the shape (1, 2), a row for each prediction, and its ``bias`` (1,).
    """
    net = nn.Linear(2, 1)
    return net


def fit_concise(
    loader: Loader, net: nn.Module,
    lr: float, num_epochs: int,
) -> Iterator[Tensor]:
    """Train a model, one step each time that the next value is asked for.

    Parameters
    ----------
    loader
        The batches.
    net
        The model, which is changed.
    lr
        Learning rate. ``MSELoss`` has no half: the steps are those of
        :func:`~linreg.training.fit` at twice this rate.
    num_epochs
        Passes over the data.

    Yields
    ------
    loss
        The batch's mean square, a scalar, before every update, when the gradients are there.
    """
    mse = nn.MSELoss()
    trainer = optim.SGD(
        net.parameters(), lr)
    for _ in range(num_epochs):
        for X, y in loader:
            y_hat = net(X)
            loss = mse(y_hat, y)
            loss.backward()
            yield loss
            trainer.step()
            trainer.zero_grad()
# fmt: on
