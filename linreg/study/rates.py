"""Learning rates: four of different kinds, a ladder of many, and training runs at them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from torch import Tensor

from linreg.lesson import Lesson
from linreg.study.descent import curvatures, step_factor
from linreg.study.losses import noise_floor
from linreg.study.outcome import NEAR_FLOOR, Outcome, judged
from linreg.study.recording import train
from linreg.study.run_losses import arrival, run_losses
from linreg.study.trace import Trace

MOST_STEPS = 1000
"""A run is compared with others over so many steps, in whole epochs, but one epoch at least."""

KINDS = ((0.99, 1.0), (0.3, 0.8), (-0.8, -0.3), (-3.0, -1.2))
"""Factors of a step that creeps, lands, zigzags and explodes: their least and greatest."""

THROWN_OUT = 1000.0
"""A run that had landed was thrown out when its loss grows to so many times the floor."""

LADDER = (1.0, 3.0)
"""Rates of a ladder, times powers of ten."""


def of_four_kinds(rates: Sequence[float], curvature: float) -> tuple[float, ...]:
    """Return four rates whose steps creep, land, zigzag and explode.

    Parameters
    ----------
    rates
        The rates to take, if they are of these kinds; they are at a curvature of one.
    curvature
        The curvature of the loss. If the rates are of other kinds there, they are divided by
        it, and rounded to two digits.
    """
    pairs = zip(rates, KINDS, strict=True)
    if all(low <= step_factor(rate, curvature) <= high for rate, (low, high) in pairs):
        return tuple(rates)
    return tuple(float(f"{rate / curvature:.1e}") for rate in rates)


def ladder(limit: float, count: int) -> list[float]:
    """Return rates, each about three times the one before; the last one is beyond the limit.

    Parameters
    ----------
    limit
        The rate that the last one but one does not exceed, and the last one does.
    count
        Number of rates.
    """
    rates: list[float] = []
    power = -9
    while not rates or rates[-1] <= limit:
        rates += [float(f"{digit:g}e{power}") for digit in LADDER]
        power += 1
    beyond = next(place for place, rate in enumerate(rates) if rate > limit)
    return rates[beyond + 1 - count : beyond + 1]


@dataclass(frozen=True)
class RateRun:
    """A training run at one learning rate.

    Attributes
    ----------
    lesson
        The lesson of the run, but for its rate; it has so many epochs as the run.
    lr
        The learning rate.
    trace
        The run.
    """

    lesson: Lesson
    lr: float
    trace: Trace

    @cached_property
    def losses(self) -> Tensor:
        """The loss of all examples before every step and after the last, shape (steps + 1,)."""
        return run_losses(self.trace)

    @cached_property
    def outcome(self) -> Outcome:
        """End of the run."""
        return judged(self.losses[0], self.losses[-1], NEAR_FLOOR * noise_floor(self.lesson))

    @cached_property
    def arrival(self) -> int:
        """The first step at which the loss is near its floor; the last, if it never is."""
        return arrival(self.losses, self.lesson)

    @cached_property
    def finite_losses(self) -> Tensor:
        """The losses before they overflow."""
        finite = self.losses.isfinite()
        return self.losses if finite.all() else self.losses[: int(finite.int().argmin())]

    @property
    def last_loss(self) -> float:
        """The loss of all examples after the run."""
        return self.losses[-1].item()

    @property
    def least_loss(self) -> float:
        """The least finite loss."""
        return self.finite_losses.min().item()

    @cached_property
    def peak(self) -> int:
        """The step after the arrival at which the loss is greatest."""
        return self.arrival + int(self.losses[self.arrival :].nan_to_num().argmax())

    @cached_property
    def thrown_by(self) -> int | None:
        """The step whose batch threw the run out after it had landed, if one did.

        It leads to the peak, and its batch is steeper than its rate bears.
        """
        floor = noise_floor(self.lesson)
        step = self.peak - 1
        if floor == 0 or step <= self.arrival or self.outcome is not Outcome.LANDS:
            return None
        high = float(self.losses[self.peak]) > THROWN_OUT * floor
        return step if high and step_factor(self.lr, self.curvature_of_batch(step)) < -1 else None

    def curvature_of_batch(self, step: int) -> float:
        """Return the largest curvature of the loss of the batch of a step."""
        rows = self.trace.batches[step]
        return curvatures(self.trace.features[rows])[-1].item()

    @cached_property
    def overflow(self) -> tuple[int, int] | None:
        """The first steps whose loss is inf, and nan, where the run has both."""
        infinite, undefined = self.trace.loss.isinf(), self.trace.loss.isnan()
        if not (infinite.any() and undefined.any()):
            return None
        first = int(infinite.int().argmax()), int(undefined.int().argmax())
        return first if 0 < first[0] < first[1] else None

    @property
    def printed_last(self) -> str:
        """The loss of all examples after the run, as a program prints it."""
        return f"{self.last_loss:.3g}"

    def printed(self, step: int) -> str:
        """Return the line that a program prints for the loss of the batch of a step."""
        return f"step {step}, loss {self.trace.loss[step].item():.6g}"


def run_at(lesson: Lesson, lr: float) -> RateRun:
    """Train as a lesson says, but at another rate, and not for many thousands of steps."""
    steps_per_epoch = -(-lesson.num_examples // lesson.batch_size)
    num_epochs = min(lesson.num_epochs, max(1, MOST_STEPS // steps_per_epoch))
    shorter = lesson.model_copy(update={"num_epochs": num_epochs})
    return RateRun(shorter, lr, train(shorter, lr))
