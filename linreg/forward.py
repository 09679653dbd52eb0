"""The forward pass in single operations: what autograd records of a loss."""

# The screen shows by which name the losses are known, so that it is given before the return.
# ruff: noqa: RET504

from __future__ import annotations

from torch import Tensor


# The screen shows the lines with spaces around every operator.
# fmt: off
def forward(
    X: Tensor, y: Tensor, w: Tensor, b: Tensor
) -> Tensor:
    """Compute the losses as ``squared_loss`` of ``linreg`` does, for labels of shape (n, 1).

    Parameters
    ----------
    X, y
        Features (n, p) and labels (n, 1).
    w, b
        Weights (p, 1) and bias (1,).

    Returns
    -------
    losses
        Half the squared error of every example, shape (n, 1).
    """
    y_hat = X @ w + b
    r = y_hat - y
    losses = r ** 2 / 2
    return losses
# fmt: on
