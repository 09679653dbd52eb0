"""The update: a step against the gradient."""

# A gradient is None before the first backward, which comes before every step.
# mypy: disable-error-code="operator, union-attr"

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor


def sgd(
    params: Iterable[Tensor], lr: float, batch_size: int
) -> None:
    """Take one step of minibatch stochastic gradient descent, in place.

    Parameters
    ----------
    params
        Tensors whose ``grad`` holds the gradient of the batch's **summed** loss.
    lr
        Learning rate, the step for a gradient of one.
    batch_size
        Examples in the batch: it turns the sum into a mean, so that the step does not
        depend on the batch's size.
    """
    with torch.no_grad():
        for param in params:
            param -= lr * param.grad / batch_size
            param.grad.zero_()
