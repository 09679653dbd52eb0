"""The record of one training run."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor


@dataclass(frozen=True)
class Trace:
    """Everything that one training run did.

    A run that diverges is recorded as it is, with inf and nan.

    Attributes
    ----------
    features, labels
        The data, shapes (n, p) and (n, 1).
    true_w, true_b
        Parameters that the labels were made with, shapes (p, 1) and (1,).
    w, b
        Parameters before every step and after the last, shapes (steps + 1, p) and
        (steps + 1,).
    grad_w, grad_b
        Gradient of the batch's mean loss at every step, shapes (steps, p) and (steps,).
    loss
        Mean loss of the batch before every step, shape (steps,).
    epoch_loss
        Mean loss over all data after every epoch, shape (epochs,).
    batches
        The row numbers of every step's batch, in the order in which they were dealt.
    """

    features: Tensor
    labels: Tensor
    true_w: Tensor
    true_b: Tensor
    w: Tensor
    b: Tensor
    grad_w: Tensor
    grad_b: Tensor
    loss: Tensor
    epoch_loss: Tensor
    batches: tuple[Tensor, ...]

    @property
    def num_steps(self) -> int:
        """Number of updates in the whole run."""
        return len(self.loss)

    @property
    def steps_per_epoch(self) -> int:
        """Number of updates in one pass over the data."""
        return self.num_steps // len(self.epoch_loss)

    def params(self, step: int) -> tuple[Tensor, Tensor]:
        """Return w (p, 1) and b (1,) as they were before a step; -1 is after the last."""
        return self.w[step].reshape(-1, 1), self.b[step].reshape(1)
