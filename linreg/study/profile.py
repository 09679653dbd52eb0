"""The mean loss as a function of one weight, while everything else stays at the truth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from linreg.gradient import gradient
from linreg.loss import squared_loss
from linreg.model import linreg
from linreg.study.single_run import SingleRun


@dataclass(frozen=True)
class WeightProfile:
    """A slice through the loss: one weight varies.

    Attributes
    ----------
    features, labels
        The examples, shapes (n, p) and (n, 1), in double precision.
    w, b
        Parameters that the slice goes through, shapes (p, 1) and (1,).
    index
        Number of the weight that varies.
    """

    features: Tensor
    labels: Tensor
    w: Tensor
    b: Tensor
    index: int

    @property
    def x(self) -> Tensor:
        """The feature that the weight belongs to, shape (n,)."""
        return self.features[:, self.index]

    @cached_property
    def free_labels(self) -> Tensor:
        """The labels less the bias and the other features' share, shape (n,)."""
        rest = linreg(self.features, self._weights(0.0), self.b)
        return (self.labels - rest).flatten()

    @cached_property
    def lowest_at(self) -> float:
        """The weight of least loss; the slice's own where every weight does equally well."""
        squares = self.x @ self.x
        if squares == 0:
            return self.w[self.index].item()
        return (self.x @ self.free_labels / squares).item()

    @cached_property
    def curvature(self) -> float:
        """Second derivative of the loss: the mean squared feature."""
        return (self.x @ self.x / len(self.x)).item()

    def loss(self, value: float) -> float:
        """Return the mean half squared error when the weight has a value."""
        y_hat = linreg(self.features, self._weights(value), self.b)
        return squared_loss(y_hat, self.labels).mean().item()

    def losses(self, values: Iterable[float]) -> Tensor:
        """Return the loss for each of many values of the weight, shape (k,)."""
        y_hat = torch.outer(self.x, torch.as_tensor(values).double())
        labels = self.free_labels[:, None].expand_as(y_hat)
        return squared_loss(y_hat, labels).mean(dim=0)

    def slope(self, value: float) -> float:
        """Return the derivative of the loss when the weight has a value."""
        grad_w, _ = gradient(
            self.features,
            self.labels,
            self._weights(value),
            self.b,
        )
        return grad_w[self.index].item()

    def _weights(self, value: float) -> Tensor:
        w = self.w.clone()
        w[self.index] = value
        return w


def single_profile(run: SingleRun, most: int | None = None) -> WeightProfile:
    """Slice the loss of the examples with one feature: w varies, b is held.

    b is held where training left it, or at the least squares where that is not finite. The
    loss is the mean half square, half of the run's own mean square.

    Parameters
    ----------
    run
        The run with one feature.
    most
        Number of training examples to take, the first ones; all unless said otherwise.
    """
    w, b = run.params(-1)
    if not (w.isfinite() and b.isfinite()):
        w, b = run.best_w.reshape(1), run.best_b.reshape(1)
    return WeightProfile(run.x_train[:most], run.y_train[:most], w.reshape(1, 1), b, 0)


def single_profile_at_truth(
    run: SingleRun, true_w: float, true_b: float, most: int | None = None
) -> WeightProfile:
    """Slice the loss of the examples with one feature at the true bias.

    Parameters
    ----------
    run
        The run with one feature.
    true_w, true_b
        Weight and bias that the labels were made with.
    most
        Number of training examples to take, the first ones; all unless said otherwise.
    """
    w, b = (torch.tensor([value], dtype=torch.float64) for value in (true_w, true_b))
    return WeightProfile(run.x_train[:most], run.y_train[:most], w.reshape(1, 1), b, 0)
