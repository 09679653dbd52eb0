"""The end of a run: it landed, is under way, stood still or diverged."""

from __future__ import annotations

from enum import Enum

import torch
from torch import Tensor

from linreg.gradient import gradient
from linreg.lesson import Lesson
from linreg.study.losses import mean_loss, noise_floor
from linreg.study.trace import Trace

NEAR_FLOOR = 2.0
"""A run has landed when its loss is at most this many times the noise floor."""

WORSE = 2.0
"""A run diverges when its loss grows to more than this many times the first one."""

THOUSANDTH = 1e-3
"""Share of the first loss at which a run has landed, however little noise there is."""

ARRIVED = 0.1
"""A run has arrived when at most this share of the first full gradient is left."""


class Outcome(Enum):
    """End of a run."""

    LANDS = "lands"
    UNDERWAY = "underway"
    STANDS_STILL = "stands_still"
    DIVERGES = "diverges"


def outcome(trace: Trace, lesson: Lesson) -> Outcome:
    """Say how the run of a lesson ended."""
    if lesson.lr == 0:
        return Outcome.STANDS_STILL
    data = trace.features, trace.labels
    first = mean_loss(data, *trace.params(0))
    last = mean_loss(data, *trace.params(-1))
    if not torch.isfinite(last) or last > WORSE * first:
        return Outcome.DIVERGES
    near = last <= NEAR_FLOOR * noise_floor(lesson)
    if near or has_arrived(trace):
        return Outcome.LANDS
    return Outcome.UNDERWAY


def judged(first: Tensor, last: Tensor, near: float) -> Outcome:
    """Say how a run that moved ended, from its loss alone.

    Parameters
    ----------
    first, last
        The loss at both ends, scalars.
    near
        Loss up to which it has landed, as it has at a thousandth of the first.
    """
    if not torch.isfinite(last) or last > WORSE * first:
        return Outcome.DIVERGES
    return Outcome.LANDS if last <= max(near, THOUSANDTH * first.item()) else Outcome.UNDERWAY


def loss_outcome(trace: Trace, lesson: Lesson) -> Outcome:
    """Say how the run of a lesson ended, from the loss of all examples alone.

    It is stricter than :func:`outcome`: what counts as landed lies at the bottom for the eye.
    """
    if stands_still(trace):
        return Outcome.STANDS_STILL
    data = trace.features, trace.labels
    first, last = (mean_loss(data, *trace.params(step)) for step in (0, -1))
    return judged(first, last, NEAR_FLOOR * noise_floor(lesson))


def finite_steps(trace: Trace) -> int:
    """Return the number of steps before the loss overflows; all of them, if it never does."""
    finite = torch.isfinite(trace.loss)
    if finite.all():
        return trace.num_steps
    return int(finite.int().argmin())


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


def stands_still(trace: Trace) -> bool:
    """Say whether a run ends where it began, as it does at a learning rate of zero."""
    return torch.equal(trace.w[0], trace.w[-1]) and torch.equal(trace.b[0], trace.b[-1])


def distance_to_truth(trace: Trace, step: int = -1) -> float:
    """Return how far a run is from the true parameters before a step.

    In units of a weight; -1 is after the last step.
    """
    w, b = trace.params(step)
    error = torch.cat([(w - trace.true_w).flatten(), b - trace.true_b])
    return float(error.norm())


def weights_to_truth(trace: Trace) -> float:
    """Return how far the weights of a run end from the true ones, whatever the bias."""
    w, _ = trace.params(-1)
    return float((w - trace.true_w).norm())
