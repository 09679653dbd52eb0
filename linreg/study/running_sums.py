"""The sums of the normal equation, example by example."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from linreg.data import Data


@dataclass(frozen=True)
class RunningSums:
    """Sums of products that make X^T X and X^T y, after every example.

    Attributes
    ----------
    rows
        Features, the constant one and the label of every example, shape (n, p + 2), float64.
    sums
        Of the products of the first p + 1 columns with all columns, before the first example and
        after each, shape (n + 1, p + 1, p + 2).
    """

    rows: Tensor
    sums: Tensor

    @property
    def num_examples(self) -> int:
        """Number of examples."""
        return len(self.rows)

    @property
    def left(self) -> Tensor:
        """X^T X over all examples, shape (p + 1, p + 1)."""
        return self.sums[-1, :, :-1]

    @property
    def right(self) -> Tensor:
        """X^T y over all examples, shape (p + 1,)."""
        return self.sums[-1, :, -1]


def running_sums(data: Data) -> RunningSums:
    """Add up the products of features (n, p), a column of ones and labels (n, 1)."""
    features, labels = data[0].double(), data[1].double().reshape(-1, 1)
    rows = torch.cat([features, torch.ones_like(labels), labels], dim=1)
    products = rows[:, :-1, None] * rows[:, None, :]
    before = torch.zeros_like(products[:1])
    return RunningSums(rows, torch.cat([before, products.cumsum(dim=0)]))
