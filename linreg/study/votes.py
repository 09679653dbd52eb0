"""Gradients of all batches at one place: how long they are, and how many agree."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from linreg.gradient import gradient
from linreg.study.batch_gradients import gradients_at
from linreg.study.dealing import first_epoch
from linreg.study.outcome import has_arrived
from linreg.study.trace import Trace

ROUNDING = 1e-5
"""Gradients this much shorter than others are rounding: the labels are float32."""


@dataclass(frozen=True)
class Vote:
    """Gradients for both weights at one place of the parameter space.

    All are computed in float64.

    Attributes
    ----------
    each
        The gradient of every batch of an epoch, shape (batches, 2).
    share
        Share of the examples that each batch holds, shape (batches,).
    full
        The gradient of all examples, shape (2,).
    """

    each: Tensor
    share: Tensor
    full: Tensor

    @classmethod
    def early(cls, trace: Trace) -> Vote:
        """Return the gradients of all batches at the first parameters."""
        return vote(trace, *trace.params(0))

    @classmethod
    def late(cls, trace: Trace) -> Vote:
        """Return those at the last parameters; at the true ones if the run has not arrived."""
        if has_arrived(trace):
            return vote(trace, *trace.params(-1))
        return vote(trace, trace.true_w, trace.true_b)

    @property
    def head_to_tail(self) -> Tensor:
        """Sums of the first 0, 1, 2, ... gradients by their shares, shape (batches + 1, 2)."""
        parts = self.share[:, None] * self.each
        return torch.cat([torch.zeros(1, 2).double(), parts.cumsum(0)])

    @property
    def running_mean(self) -> Tensor:
        """Means of the first 1, 2, ... gradients, weighted by their shares, shape (batches, 2)."""
        return self.head_to_tail[1:] / self.share.cumsum(0)[:, None]

    @property
    def mean(self) -> Tensor:
        """Mean of the batches' gradients, each weighted by its batch's size, shape (2,)."""
        return self.share @ self.each

    @property
    def length(self) -> float:
        """Mean length of a batch's gradient."""
        return float(self.each.norm(dim=1).mean())

    def times_longer_than(self, other: Vote) -> float:
        """Return the ratio of the lengths; inf where the other's gradients are zero."""
        if other.length == 0:
            return math.inf
        return self.length / other.length

    def power_of_ten_longer_than(self, other: Vote) -> float:
        """Return the ratio of the lengths, rounded down to a power of ten, or inf."""
        times = self.times_longer_than(other)
        if not (math.isfinite(times) and times):
            return times
        return 10.0 ** math.floor(math.log10(times))

    def vanishes_beside(self, other: Vote) -> bool:
        """Say whether nothing but rounding is left of the gradients."""
        return self.length <= ROUNDING * other.length

    @property
    def agrees(self) -> Tensor:
        """Whether each gradient is less than a right angle from the full one, shape (batches,)."""
        return self.each @ self.full > 0

    @property
    def agreeing(self) -> int:
        """Number of batches whose gradient agrees."""
        return int(self.agrees.sum())

    @property
    def by_chance(self) -> float:
        """Number of batches that would agree if every direction were as likely as any other."""
        return len(self.each) / 2


def vote(trace: Trace, w: Tensor, b: Tensor) -> Vote:
    """Return the gradients of all batches of the first epoch at one place.

    Parameters
    ----------
    trace
        The run that dealt the batches.
    w, b
        Weights (2, 1) and bias (1,): the place.
    """
    exact = replace(
        trace,
        features=trace.features.double(),
        labels=trace.labels.double(),
    )
    w, b = w.double(), b.double()
    each_w, _ = gradients_at(exact, w, b)
    full_w, _ = gradient(exact.features, exact.labels, w, b)
    sizes = torch.tensor([len(rows) for rows in first_epoch(trace)])
    return Vote(each_w, sizes.double() / len(trace.labels), full_w.flatten())
