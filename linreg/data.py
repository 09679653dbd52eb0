"""Draw a data set whose answer is known, and deal it in shuffled batches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import torch
from torch import Tensor

Data: TypeAlias = tuple[Tensor, Tensor]
"""Features of shape (n, p) and labels of shape (n, 1)."""


def synthetic_data(
    w: Tensor,
    b: float,
    num_examples: int,
    sigma: float = 0.01,
) -> Data:
    """Draw features from N(0, 1) and make labels y = X w + b + noise.

    Parameters
    ----------
    w
        True weights, shape (p, 1) or (p,).
    b
        True bias.
    num_examples
        Number of examples n.
    sigma
        Standard deviation of the normal noise, in units of the label.

    Returns
    -------
    features, labels
        Shapes (n, p) and (n, 1).

    Notes
    -----
    The generator of *Dive into Deep Learning*, section 3.3.
    """
    shape = (num_examples, len(w))
    X = torch.normal(0, 1, shape)
    y = X @ w.reshape(-1, 1) + b
    y += torch.normal(0, sigma, y.shape)
    return X, y


def data_iter(
    batch_size: int, features: Tensor, labels: Tensor
) -> Iterator[Data]:
    """Yield shuffled minibatches, every example once.

    Parameters
    ----------
    batch_size
        Examples a batch. The last batch is shorter when it does not divide their number.
    features, labels
        Tensors of equal length, shapes (n, p) and (n, 1).

    Yields
    ------
    X, y
        Shapes (batch_size, p) and (batch_size, 1).
    """
    n = len(features)
    order = torch.randperm(n)
    for i in range(0, n, batch_size):
        rows = order[i : i + batch_size]
        yield features[rows], labels[rows]
