"""What became of a run: it landed, is under way, stood still or diverged."""

from __future__ import annotations

from enum import Enum

import torch

from linreg.lesson import Lesson
from linreg.study.analysis import mean_loss, noise_floor
from linreg.study.sampling import has_arrived
from linreg.study.trace import Trace

NEAR_FLOOR = 2.0
"""A loss of so many floors is as good as it gets."""

WORSE = 2.0
"""A loss of so many times the first one is no way to go."""


class Outcome(Enum):
    """How a run ended."""

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


def finite_steps(trace: Trace) -> int:
    """Return the number of steps before the loss overflows; all of them, if it never does."""
    finite = torch.isfinite(trace.loss)
    if finite.all():
        return trace.num_steps
    return int(finite.int().argmin())
