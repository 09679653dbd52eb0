"""The first batch, row times column: error times input for every example, and their sums."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from linreg.model import linreg
from linreg.study.trace import Trace


@dataclass(frozen=True)
class BatchProduct:
    """Terms that the product of the transposed features and the errors adds up.

    Attributes
    ----------
    features
        Features of the batch, shape (n, p).
    error
        The errors y_hat - y, shape (n, 1).
    """

    features: Tensor
    error: Tensor

    @property
    def products(self) -> Tensor:
        """Error times input of every example and feature, shape (n, p)."""
        return self.features * self.error

    @property
    def running(self) -> Tensor:
        """Sums of the first products of each feature, shape (n + 1, p), from none to all."""
        return torch.vstack([torch.zeros_like(self.products[:1]), self.products.cumsum(0)])

    @property
    def sums(self) -> Tensor:
        """Rows of the transposed features times the column of errors, shape (p,)."""
        return (self.features.T @ self.error).flatten()

    @property
    def means(self) -> Tensor:
        """The sums divided by the batch size: the gradient for w, shape (p,)."""
        return self.sums / len(self.error)


def first_batch(trace: Trace) -> BatchProduct:
    """Return the first batch with its errors at the first parameters.

    Parameters
    ----------
    trace
        The run.
    """
    rows = trace.batches[0]
    X, y = trace.features[rows], trace.labels[rows]
    return BatchProduct(X, linreg(X, *trace.params(0)) - y)
