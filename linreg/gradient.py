"""The gradient twice: by hand as error times input, averaged, and by autograd."""

# torch leaves backward without types.
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

from torch import Tensor

from linreg.loss import squared_loss
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


def autograd(
    X: Tensor, y: Tensor, w: Tensor, b: Tensor
) -> tuple[Tensor, Tensor]:
    """Let autograd find the same gradient from the loss alone.

    Parameters
    ----------
    X, y
        Features (n, p) and labels (n, 1).
    w, b
        Weights (p, 1) and bias (1,), which are left as they are.

    Returns
    -------
    grad_w, grad_b
        Gradient of the mean loss, shapes (p, 1) and (1,).
    """
    w = w.detach().requires_grad_()
    b = b.detach().requires_grad_()
    losses = squared_loss(linreg(X, w, b), y)
    losses.sum().backward()
    assert w.grad is not None
    assert b.grad is not None
    grad_w = w.grad / len(y)
    grad_b = b.grad / len(y)
    return grad_w, grad_b
