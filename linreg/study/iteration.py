"""One pass through the body of the training loop, with every tensor that its lines make."""

# torch leaves backward without types.
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor

from linreg.loss import squared_loss
from linreg.model import linreg
from linreg.study.trace import Trace


@dataclass(frozen=True)
class Iteration:
    """Values of the loop's variables in one pass through its body.

    Attributes
    ----------
    X, y
        The batch, shapes (n, p) and (n, 1).
    w, b
        Parameters before the step, shapes (p, 1) and (1,).
    y_hat, loss
        Predictions and losses, each of shape (n, 1).
    grad_w, grad_b
        ``w.grad`` and ``b.grad``: gradients of the **summed** loss, shapes (p, 1) and (1,).
    new_w, new_b
        Parameters after the step.
    """

    X: Tensor
    y: Tensor
    w: Tensor
    b: Tensor
    y_hat: Tensor
    loss: Tensor
    grad_w: Tensor
    grad_b: Tensor
    new_w: Tensor
    new_b: Tensor

    @property
    def total(self) -> float:
        """Sum of the losses, of which ``backward`` takes the gradient."""
        return float(self.loss.sum())

    @property
    def mean_grad_w(self) -> Tensor:
        """Gradient of the mean loss for the weights, shape (p, 1)."""
        return self.grad_w / len(self.y)

    def subtracted(self, lr: float) -> Tensor:
        """Return what a step at a learning rate subtracts from the weights, shape (p, 1)."""
        return lr * self.mean_grad_w


def iterate(trace: Trace, step: int) -> Iteration:
    """Repeat one step of a run, with its own batch and parameters.

    Parameters
    ----------
    trace
        The run.
    step
        Number of the step, from 0.
    """
    rows = trace.batches[step]
    X, y = trace.features[rows], trace.labels[rows]
    w, b = trace.params(step)
    w = w.clone().requires_grad_()
    b = b.clone().requires_grad_()
    y_hat = linreg(X, w, b)
    losses = squared_loss(y_hat, y)
    losses.sum().backward()
    assert w.grad is not None
    assert b.grad is not None
    return Iteration(
        X,
        y,
        w.detach(),
        b.detach(),
        y_hat.detach(),
        losses.detach(),
        w.grad,
        b.grad,
        *trace.params(step + 1),
    )
