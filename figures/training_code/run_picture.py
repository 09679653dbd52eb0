"""The loss of a run, large; then the same above the parameters, over the same steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from manim import Animation, Create, FadeIn, FadeOut, ReplacementTransform, ValueTracker, linear
from torch import Tensor

from figures.training_code.epochs import EpochEnds
from figures.training_code.run_charts import LossChart, ParameterChart, finite_count, over_one_x
from linreg.lesson import Lesson
from linreg.study.losses import noise_floor
from linreg.study.outcome import NEAR_FLOOR, distance_to_truth
from linreg.study.run_losses import arrival
from linreg.study.trace import Trace
from visuals.layout import Slot
from visuals.theme import Dim, Pace
from visuals.trackers import go
from visuals.typography import Words

FALL, REST = 4.0, 2.0
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
    words, epoch
        Returns a word for ``step_axis``, ``loss_axis`` or ``parameters``; and the text of an epoch.

    Attributes
    ----------
    loss
        The large chart of the loss.
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
    ) -> None:
        self.slot, self.trace, self.losses = slot, trace, losses
        self.words, self.epoch = words, epoch
        self.floor = noise_floor(lesson)
        self.last = finite_count(losses) - 1
        self.bend = min(arrival(losses, lesson), self.last)
        self.ends_at_floor = 0 < float(losses[-1]) <= NEAR_FLOOR * self.floor
        self.step, self.again = ValueTracker(0), ValueTracker(0)
        self.loss = self._loss(slot, self.step, words("step_axis"))
        self.epochs = EpochEnds(self.loss.chart, trace, epoch, self.loss.path.corners)

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

    def make_room(self) -> list[Animation]:
        """Move the loss into the upper half, and draw the axes of the parameters below it."""
        above, below = over_one_x(
            lambda slot: self._loss(slot, ValueTracker(self.last), None),
            lambda slot: ParameterChart(
                slot,
                self.trace,
                self.last,
                self.again,
                self.words("step_axis"),
                self.words("parameters"),
            ),
            self.slot.stacked(40, 60),
        )
        marks = EpochEnds(above.chart, self.trace, self.epoch, above.path.corners)
        self.below = below
        self.loss.path.clear_updaters()
        lines = EpochEnds(below.chart, self.trace)
        coming = (below.chart, lines, below.names)
        return [
            FadeOut(self.loss.levels),
            *self.loss.change_into(above, Dim.SOFT, self.ends_at_floor),
            ReplacementTransform(self.epochs, marks),
            *map(FadeIn, coming),
            *map(Create, below.truths),
        ]

    def run(self) -> Animation:
        """Draw the parameters, step by step."""
        return go(self.again, self.last, Pace.SWEEP, linear)

    def _loss(self, slot: Slot, step: ValueTracker, x_label: Words | None) -> LossChart:
        return LossChart(slot, self.losses, self.floor, step, x_label, self.words("loss_axis"))
