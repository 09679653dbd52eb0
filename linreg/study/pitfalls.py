"""Three faults that raise no error: the runs of a lesson with each of them."""

# torch leaves backward without types.
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import torch
from torch import Tensor

from linreg.data import Data
from linreg.model import linreg
from linreg.pitfalls import batch_loss, in_place_sgd, rebinding_sgd, standardize
from linreg.study.trace import Trace

FEWEST, USUAL = 2, 10
"""Examples that a batch needs for its errors to mix, and those taken where it has fewer."""

MOST_STEPS = 3000
"""Steps of a run at most: what goes wrong is seen long before."""


@dataclass(frozen=True)
class FaultyRun:
    """Parameters and losses of a run.

    Attributes
    ----------
    w, b
        Before every step and after the last, shapes (steps + 1, p) and (steps + 1,).
    loss
        Value of the run's own loss before every step, shape (steps,).
    """

    w: Tensor
    b: Tensor
    loss: Tensor

    @property
    def num_steps(self) -> int:
        """Number of steps."""
        return len(self.loss)


@dataclass(frozen=True)
class Mixing:
    """The errors of one batch whose labels are flat.

    Attributes
    ----------
    y_hat, y
        Predictions (n, 1) and labels (n,).
    errors
        Their difference as PyTorch broadcasts it, shape (n, n): a row a prediction.
    """

    y_hat: Tensor
    y: Tensor
    errors: Tensor

    @property
    def size(self) -> int:
        """Examples of the batch."""
        return len(self.y)

    @property
    def number(self) -> int:
        """Number of differences."""
        return self.errors.numel()


def mixing_batches(trace: Trace) -> tuple[Tensor, ...]:
    """Return row numbers of batches in which errors can mix: the run's own, if they are large.

    Batches of one example are replaced by batches of ten; a data set of one has none.
    """
    if len(trace.batches[0]) >= FEWEST:
        return trace.batches[:MOST_STEPS]
    order = torch.cat(trace.batches)
    batches = order.split(min(USUAL, len(trace.features)))
    return tuple(batch for batch in batches if len(batch) >= FEWEST)[:MOST_STEPS]


def mixing(trace: Trace) -> Mixing:
    """Return the errors of the first batch at the start, with labels of shape (n,)."""
    rows = mixing_batches(trace)[0]
    y_hat = linreg(trace.features[rows], *trace.params(0))
    y = trace.labels[rows].flatten()
    return Mixing(y_hat, y, y_hat - y)


def mixed_run(trace: Trace, lr: float) -> FaultyRun:
    """Train with :func:`~linreg.pitfalls.batch_loss` on labels of shape (n,)."""
    return _run(trace, (trace.features, trace.labels.flatten()), mixing_batches(trace), lr)


def rescaled(trace: Trace, factor: float) -> Data:
    """Return the data with the first feature multiplied by a factor, as in another unit."""
    factors = torch.ones(trace.features.shape[1])
    factors[0] = factor
    return trace.features * factors, trace.labels


def standardized(trace: Trace) -> Data:
    """Return the data with standardized features; the labels stay."""
    return standardize(trace.features), trace.labels


def run_on(trace: Trace, data: Data, lr: float) -> FaultyRun:
    """Train on other data with the run's own start and batches."""
    return _run(trace, data, trace.batches[:MOST_STEPS], lr)


def rebound_run(trace: Trace, lr: float) -> FaultyRun:
    """Train with :func:`~linreg.pitfalls.rebinding_sgd` on the run's own data and batches."""
    data = trace.features, trace.labels
    return _run(trace, data, trace.batches[:MOST_STEPS], lr, rebinding_sgd)


def lost_step(trace: Trace, lr: float) -> Tensor:
    """Return the weights that the first step computes, shape (p,)."""
    return trace.w[0] - lr * trace.grad_w[0]


def _run(
    trace: Trace,
    data: Data,
    batches: tuple[Tensor, ...],
    lr: float,
    update: Callable[[Iterable[Tensor], float], None] = in_place_sgd,
) -> FaultyRun:
    w, b = (param.clone().requires_grad_() for param in trace.params(0))
    ws, bs, losses = [w.detach().flatten().clone()], [b.detach().clone()], []
    for rows in batches:
        X, y = data[0][rows], data[1][rows]
        loss = batch_loss(linreg(X, w, b), y)
        loss.backward()
        update([w, b], lr)
        w.grad = b.grad = None
        losses.append(loss.detach())
        ws.append(w.detach().flatten().clone())
        bs.append(b.detach().clone())
    return FaultyRun(torch.stack(ws), torch.cat(bs), torch.stack(losses))
