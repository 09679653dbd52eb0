"""The loss of a run; then, in its place and over the same steps, the parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from manim import (
    Animation,
    AnimationGroup,
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    ValueTracker,
    linear,
)
from torch import Tensor

from figures.training_code.epochs import EpochEnds
from figures.training_code.run_charts import LossChart, ParameterChart, finite_count
from linreg.lesson import Lesson
from linreg.study.losses import noise_floor
from linreg.study.outcome import NEAR_FLOOR, distance_to_truth
from linreg.study.run_losses import arrival
from linreg.study.trace import Trace
from visuals.layout import Slot
from visuals.theme import Pace, theme
from visuals.trackers import go
from visuals.typography import Words

FALL, REST = 3.5, 1.8
"""Seconds of the fall of the loss, and of what comes after it has arrived."""

CLOSE = 0.03
"""Share of the parameters' axis up to which they count as at their true values."""


class RunPicture:
    """Both charts of a run, one after the other.

    Parameters
    ----------
    slot
        The room for both.
    trace, lesson
        The run and its lesson.
    losses
        The loss of all examples at every step.
    words
        Returns a word for ``step_axis``, ``loss_axis``, ``noise`` or ``parameters``.
    epoch, true
        The text of an epoch, and the word before a parameter for its true value.

    Attributes
    ----------
    loss, below
        The large charts of the loss and of the parameters.
    bend
        The step at which the loss arrives.
    ends_at_floor
        Whether the loss ends near what noise leaves.
    """

    def __init__(
        self,
        slot: Slot,
        trace: Trace,
        lesson: Lesson,
        losses: Tensor,
        words: Callable[[str], Words],
        epoch: str,
        true: str,
    ) -> None:
        self.trace, self.losses = trace, losses
        self.floor = noise_floor(lesson)
        self.last = finite_count(losses) - 1
        self.bend = min(arrival(losses, lesson), self.last)
        self.ends_at_floor = 0 < float(losses[-1]) <= NEAR_FLOOR * self.floor
        self.step, self.again = ValueTracker(0), ValueTracker(0)
        self.loss = LossChart(
            slot,
            losses,
            self.floor,
            words("noise"),
            self.step,
            words("step_axis"),
            words("loss_axis").set_fill(theme.LOSS),
        )
        self.epochs = EpochEnds(self.loss.chart, trace, epoch, self.loss.path.corners)
        names = words("step_axis"), words("parameters")
        self.below = ParameterChart(slot, trace, self.last, self.again, *names, true)

    @property
    def is_close(self) -> bool:
        """Whether the parameters end at their true values, as far as can be seen."""
        low, high = self.below.chart.y_range
        return distance_to_truth(self.trace) <= CLOSE * (high - low)

    def fall(self) -> list[Animation]:
        """Draw the loss up to where it arrives, and the ends of the epochs."""
        self.loss.path.tracked()
        return [FadeIn(self.epochs), go(self.step, self.bend, FALL, linear)]

    def level_off(self) -> Iterator[list[Animation]]:
        """Draw the level that noise leaves, and the rest of the loss."""
        line, name = self.loss.floor
        yield [Create(line, run_time=Pace.QUICK), FadeIn(name, run_time=Pace.QUICK)]
        yield [go(self.step, self.last, REST, linear)]

    def show_parameters(self) -> Iterator[list[Animation]]:
        """Put the axes of the parameters in the place of the loss."""
        self.loss.path.clear_updaters()
        gone = (self.loss.levels, self.loss, self.loss.floor, self.epochs)
        yield [FadeOut(*gone, run_time=Pace.QUICK / 2)]
        yield [FadeIn(self.below.chart)]

    def show_truths(self, run_time: float) -> Animation:
        """Draw the true values, one after the other."""
        return LaggedStart(
            *(AnimationGroup(Create(line), FadeIn(name)) for line, name in self.below.truths),
            lag_ratio=0.6,
            run_time=run_time,
        )

    def run(self) -> Iterator[list[Animation]]:
        """Name the parameters, and draw them, step by step."""
        self.below.tracked()
        yield [
            go(self.again, self.last, Pace.SWEEP, linear),
            LaggedStart(*map(FadeIn, self.below.names), lag_ratio=0.5, run_time=Pace.SWEEP),
        ]
