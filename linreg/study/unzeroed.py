"""Training that never zeroes its gradients: they add up, and the run passes the bottom."""

from __future__ import annotations

from enum import Enum

import torch
from torch import Tensor

from linreg.study.outcome import stands_still
from linreg.study.trace import Trace

PASSED = 0.5
"""Share of the first loss below which a least loss counts as the bottom that a run passes."""

FARTHEST = 3.0
"""Distance from the true weights, in that of the start, beyond which a run has left the map."""

BACK = 3
"""Steps of a run that has come back to the bottom, in steps to its first passing."""

LEAST = 0.5
"""The distance of the start at least, in units of a weight."""


class Swing(Enum):
    """End of a run without zeroing."""

    MISSES = "misses"
    UNDERWAY = "underway"
    STANDS_STILL = "stands_still"
    LEAVES = "leaves"


def passing(losses: Tensor) -> int:
    """Return the step at which a run passes the bottom for the first time.

    That is the first at which the loss is less than half of the first one and rises again; where
    there is none, the last.

    Parameters
    ----------
    losses
        The loss of all examples before every step and after the last.
    """
    low = (losses[:-1] < PASSED * losses[0]) & (losses[1:] > losses[:-1])
    return int(low.int().argmax()) if low.any() else len(losses) - 1


def near_steps(trace: Trace) -> Tensor:
    """Say before which steps, and whether after the last, the weights are near the true ones."""
    away = (trace.w - trace.true_w.flatten()).abs().amax(dim=1)
    near: Tensor = away.nan_to_num(nan=torch.inf) <= FARTHEST * away[0].clamp(min=LEAST)
    return near


def swing(trace: Trace, losses: Tensor) -> Swing:
    """Say how a run without zeroing ended.

    Parameters
    ----------
    trace, losses
        The run, and its loss as :func:`passing` takes it.
    """
    if stands_still(trace):
        return Swing.STANDS_STILL
    if not near_steps(trace).all():
        return Swing.LEAVES
    came_back = BACK * passing(losses) <= trace.num_steps
    return Swing.MISSES if came_back else Swing.UNDERWAY


def held_grads(trace: Trace) -> Tensor:
    """Return what ``w.grad`` held at every step, shape (steps, p).

    Parameters
    ----------
    trace
        A run without zeroing.
    """
    sizes = torch.tensor([len(batch) for batch in trace.batches])
    return trace.grad_w * sizes[:, None]
