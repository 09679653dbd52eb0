"""The exact answer: at the bottom of the loss the gradient is zero, which is an equation to solve."""

# torch leaves linalg without types.
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

import torch
from torch import Tensor


# The functions stand beside a picture: 39 columns.
# fmt: off
def normal_equation(
    X: Tensor, y: Tensor
) -> Tensor:
    """Solve X^T X w = X^T y, where a column of ones makes the bias one more weight.

    Parameters
    ----------
    X, y
        Features (n, p) and labels (n, 1).

    Returns
    -------
    w
        Weights, then the bias, shape (p + 1, 1).

    Raises
    ------
    RuntimeError
        If the equations have more than one answer, as with fewer examples than unknowns.
    """
    ones = torch.ones(len(X), 1)
    X = torch.cat([X, ones], dim=1)
    return torch.linalg.solve(
        X.T @ X, X.T @ y)


def exact_answer(
    X: Tensor, y: Tensor
) -> Tensor:
    """Let PyTorch find the weights of least loss in one call.

    Parameters
    ----------
    X, y
        Features (n, p) and labels (n, 1).

    Returns
    -------
    w
        Weights, then the bias, shape (p + 1, 1). Where several do equally well, the shortest.
    """
    ones = torch.ones(len(X), 1)
    X = torch.cat([X, ones], dim=1)
    best = torch.linalg.lstsq(X, y)
    return best.solution
# fmt: on
