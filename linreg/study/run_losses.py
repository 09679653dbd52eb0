"""The loss of all examples at every step of a run, and what its curve tells."""

from __future__ import annotations

import torch
from torch import Tensor

from linreg.data import Data
from linreg.lesson import Lesson
from linreg.study.losses import noise_floor
from linreg.study.outcome import NEAR_FLOOR, WORSE, Outcome, stands_still
from linreg.study.trace import Trace

THOUSANDTH = 1e-3
"""Share of the first loss at which a run has landed, however little noise there is."""

FEWEST_STEPS = 20
"""Steps that a fall needs before it can be called straight."""

STRAIGHT = 0.98
"""Least correlation of the loss's logarithm with the step, for a fall that is nearly straight."""


def run_losses(trace: Trace) -> Tensor:
    """Return the mean half square of all examples before every step and after the last.

    Returns
    -------
    losses
        Shape (steps + 1,), float64. Where the parameters overflow, it is inf or nan.
    """
    return losses_along((trace.features, trace.labels), trace.w, trace.b)


def losses_along(data: Data, w: Tensor, b: Tensor) -> Tensor:
    """Return the mean half square of all examples for each of many parameters.

    Parameters
    ----------
    data
        Features (n, p) and labels (n, 1).
    w, b
        Parameters, shapes (k, p) and (k,).

    Returns
    -------
    losses
        Shape (k,), float64. Where the parameters overflow, it is inf or nan.

    Notes
    -----
    The error is a product of the row (x_1, ..., x_p, 1, y) and (w_1, ..., w_p, b, -1). The mean
    of its square is therefore a quadratic form of the rows' second moments, which do not change
    from step to step.
    """
    features, labels = data
    n = len(labels)
    rows = torch.cat([features, torch.ones(n, 1), labels], dim=1).double()
    factors = torch.cat([w, b[:, None], -torch.ones(len(b), 1)], dim=1).double()
    _, triangle = torch.linalg.qr(rows)
    squares: Tensor = (factors @ triangle.T).square().sum(dim=1)
    return squares / (2 * n)


def arrival(losses: Tensor, lesson: Lesson) -> int:
    """Return the first step at which the loss is near its floor; the last, if it never is.

    Parameters
    ----------
    losses
        What :func:`run_losses` returns.
    lesson
        The lesson of the run.
    """
    near = losses <= NEAR_FLOOR * noise_floor(lesson)
    return int(near.int().argmax()) if near.any() else len(losses) - 1


def falls_straight(losses: Tensor) -> bool:
    """Say whether losses fall by nearly the same factor each step.

    Parameters
    ----------
    losses
        Of successive steps, positive.
    """
    if len(losses) <= FEWEST_STEPS or not (losses > 0).all():
        return False
    steps = torch.arange(len(losses), dtype=losses.dtype)
    return bool(torch.corrcoef(torch.stack([steps, losses.log()]))[0, 1] < -STRAIGHT)


def seen_outcome(losses: Tensor, trace: Trace, lesson: Lesson) -> Outcome:
    """Say how a run ended, as the curve of its loss shows it.

    It landed when the loss ended near its floor, or at a thousandth of the first.

    Parameters
    ----------
    losses
        What :func:`run_losses` returns.
    trace, lesson
        The run and its lesson.
    """
    first, last = losses[0], losses[-1]
    if stands_still(trace):
        return Outcome.STANDS_STILL
    if not torch.isfinite(last) or last > WORSE * first:
        return Outcome.DIVERGES
    if last <= max(NEAR_FLOOR * noise_floor(lesson), THOUSANDTH * float(first)):
        return Outcome.LANDS
    return Outcome.UNDERWAY
