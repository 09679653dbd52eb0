"""What sampling does: how an epoch deals the examples, and what its batches' gradients say."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from linreg.gradient import gradient
from linreg.lesson import Lesson
from linreg.study.analysis import gradients_at
from linreg.study.trace import Trace

ARRIVED = 0.1
"""A run has arrived when so little of the first full gradient is left."""

ROUNDING = 1e-5
"""The labels are float32: gradients this much shorter than others are their rounding."""


def draw_with_replacement(lesson: Lesson) -> Tensor:
    """Draw as many examples as there are, each time from all of them.

    About 1 - 1/e of many examples are touched.

    Returns
    -------
    rows
        Row numbers, shape (n,), some of them more than once. The caller's random state is
        left as it was.
    """
    n = lesson.num_examples
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(lesson.seed)
        return torch.randint(n, (n,))


def touched(rows: Tensor) -> int:
    """Count the different examples among row numbers."""
    return len(set(rows.tolist()))


@dataclass(frozen=True)
class Vote:
    """Gradients at one place of the parameter space, for one weight and the bias.

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
        """Ask every batch where the run began."""
        return vote(trace, *trace.params(0))

    @classmethod
    def late(cls, trace: Trace) -> Vote:
        """Ask every batch where the run ended; at the truth if it has not arrived."""
        if has_arrived(trace):
            return vote(trace, *trace.params(-1))
        return vote(trace, trace.true_w, trace.true_b)

    @property
    def head_to_tail(self) -> Tensor:
        """Sums of the first 0, 1, 2, ... gradients by their shares, shape (batches + 1, 2)."""
        parts = self.share[:, None] * self.each
        return torch.cat([torch.zeros(1, 2).double(), parts.cumsum(0)])

    @property
    def mean(self) -> Tensor:
        """Mean of the batches' gradients, each weighted by its batch's size, shape (2,)."""
        return self.share @ self.each

    @property
    def length(self) -> float:
        """Mean length of a batch's gradient."""
        return float(self.each.norm(dim=1).mean())

    def times_longer_than(self, other: Vote) -> float:
        """Return by how much the lengths differ; inf where the other's gradients are zero."""
        if other.length == 0:
            return math.inf
        return self.length / other.length

    def power_of_ten_longer_than(self, other: Vote) -> float:
        """Return the largest power of ten by which the lengths differ at least, or inf."""
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


def vote(trace: Trace, w: Tensor, b: Tensor, feature: int = 0) -> Vote:
    """Ask every batch of the first epoch for its gradient at one place.

    Parameters
    ----------
    trace
        The run that dealt the batches.
    w, b
        Weights (p, 1) and bias (1,): the place.
    feature
        Number of the feature whose weight is looked at, from 0.
    """
    exact = replace(
        trace,
        features=trace.features.double(),
        labels=trace.labels.double(),
    )
    w, b = w.double(), b.double()
    each_w, each_b = gradients_at(exact, w, b)
    full_w, full_b = gradient(exact.features, exact.labels, w, b)
    sizes = torch.tensor([len(rows) for rows in first_epoch(trace)])
    return Vote(
        torch.stack([each_w[:, feature], each_b], dim=1),
        sizes.double() / len(trace.labels),
        torch.cat([full_w[feature], full_b]),
    )


def enlargement(unit: float, other: float) -> float:
    """Return how many times longer a unit is drawn on one axis than on another."""
    return unit / other


def first_epoch(trace: Trace) -> tuple[Tensor, ...]:
    """Return the batches of the first epoch, as row numbers."""
    return trace.batches[: trace.steps_per_epoch]


def has_arrived(trace: Trace) -> bool:
    """Say whether the run ended near the optimum: little is left of the full gradient.

    A run that diverged, or never moved, has not arrived.
    """
    first, last = (
        torch.cat(
            [
                part.flatten()
                for part in gradient(
                    trace.features,
                    trace.labels,
                    *trace.params(step),
                )
            ]
        ).norm()
        for step in (0, -1)
    )
    return bool(last < ARRIVED * first)
