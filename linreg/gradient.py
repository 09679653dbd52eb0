"""The gradient by hand: error times input, averaged."""

from __future__ import annotations

from torch import Tensor

from linreg.model import linreg


def gradient(
    X: Tensor, y: Tensor, w: Tensor, b: Tensor
) -> tuple[Tensor, Tensor]:
    """Compute the gradient of the mean loss as the derivation by hand ends.

    Parameters
    ----------
    X, y
        Features (n, p) and labels (n, 1).
    w, b
        Weights (p, 1) and bias (1,).

    Returns
    -------
    grad_w, grad_b
        Error times input, averaged, shape (p, 1), and the mean error, shape (1,).
    """
    error = linreg(X, w, b) - y
    grad_w = X.T @ error / len(y)
    grad_b = error.sum(0) / len(y)
    return grad_w, grad_b
