"""Many runs over the learning rate: one dot each, which falls as the loss of its run does."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Self

import numpy as np
import numpy.typing as npt
from manim import DOWN, LEFT, UP, DashedLine, Dot, ValueTracker, VGroup

from linreg.study.outcome import Outcome
from linreg.study.rates import RateRun
from visuals.code import CodeText
from visuals.following import Picture
from visuals.layout import GAP, Slot
from visuals.log_chart import LogChart, log_padded
from visuals.numbers import as_typed
from visuals.plots import LABEL_GAP, Points, Range, TickLabel, share_of_range
from visuals.readout import Readout
from visuals.theme import Size, Stroke, theme
from visuals.typography import Typeset, Words

AIR = 1.6
"""Room beside the least and the greatest rate, as a factor."""

TOP = 30.0
"""Upper end of the axis, in first losses."""

TICKS = 7
"""Ticks of the loss at most."""

FAR_BELOW = 0.1
"""Share of a limit below which a rate is far from it."""

DOT = 0.13
"""Radius of a dot, in scene units."""


class RateChart(LogChart):
    """Axes for a loss over learning rates, both logarithmic, with a tick at every rate.

    Parameters
    ----------
    slot
        The room.
    rates
        The rates, ascending.
    y
        Range of the loss.
    x_label, y_label
        What the axes measure.
    """

    def __init__(
        self, slot: Slot, rates: Sequence[float], y: Range, x_label: Typeset, y_label: Typeset
    ) -> None:
        self.rates = list(rates)
        x = self.rates[0] / AIR, self.rates[-1] * AIR
        super().__init__(slot, x, y, x_label, y_label, TICKS)

    def _x_share(self, x: npt.ArrayLike, clip: bool) -> npt.NDArray[np.float64]:
        low, high = np.log10(self.x_range)
        return share_of_range(np.log10(np.asarray(x, dtype=float)), (low, high), clip)

    def _x_ticks(self, most: int) -> list[float]:
        return self.rates[:: 1 + len(self.rates) // (most + 2)]

    def _x_numbers(self, ticks: list[float]) -> VGroup:
        numbers = map(as_typed, ticks)
        return VGroup(*(TickLabel(n, size=Size.TICK, color=theme.MUTED) for n in numbers))


class LadderRace(Picture, VGroup):
    """A dot for every run, at its rate and its loss of now; it leaves at the upper edge for good.

    Parameters
    ----------
    slot
        The room.
    runs
        The runs, by ascending rates, all with the same number of steps.
    x_label, y_label
        What the axes measure.

    Attributes
    ----------
    chart
        The axes.
    step
        Tracker of the step of now.
    num_steps
        Number of steps of every run.
    """

    def __init__(
        self, slot: Slot, runs: Sequence[RateRun], x_label: Typeset, y_label: Typeset
    ) -> None:
        self.runs, self.step = runs, ValueTracker(0)
        self.num_steps = len(runs[0].losses) - 1
        first = float(runs[0].losses[0])
        low, _ = log_padded([min(first, run.least_loss) for run in runs])
        rates = [run.lr for run in runs]
        self.chart = RateChart(slot, rates, (low, TOP * first), x_label, y_label)
        self.dots = [Dot(radius=DOT, color=theme.LOSS) for _ in runs]
        super().__init__(self.chart, *self.dots)
        self.follow().tracked()

    def follow(self) -> Self:
        """Put every dot at its loss of now."""
        step = round(self.step.get_value())
        for dot, run in zip(self.dots, self.runs, strict=True):
            loss, top = float(run.losses[step]), self.chart.y_range[1]
            dot.move_to(self.chart.at(run.lr, loss if np.isfinite(loss) else top))
            dot.set_opacity(float(loss <= top))
        return self

    def counter(self, name: Words) -> Readout:
        """Return the number of the step of now, above the chart and right of the loss's name."""
        readout = Readout(lambda: round(self.step.get_value()), 0, name, color=theme.INK)
        assert self.chart.y_label is not None
        middle = self.chart.axes[0].get_x() - readout.width / 2
        left = max(middle, self.chart.y_label.get_right()[0] + GAP)
        return readout.set_x(left, direction=LEFT).align_to(self.chart.y_label, UP)

    def undefined(self) -> VGroup:
        """Return the last loss as a program prints it, where the run left the chart."""
        texts = VGroup()
        for dot, run in zip(self.dots, self.runs, strict=True):
            if not math.isfinite(run.last_loss):
                text = CodeText(run.printed_last, Size.CODE, python=False)
                texts.add(text.next_to(dot, DOWN, buff=LABEL_GAP))
        return texts

    def limit(self, lr: float, name: Words) -> VGroup:
        """Return the dashed upright at a rate, with its name left of it."""
        ends = self.chart.at([lr, lr], self.chart.y_range)
        line = DashedLine(*ends, color=theme.INK, stroke_width=Stroke.THIN)
        return VGroup(line, name.next_to(line, LEFT, buff=LABEL_GAP))

    @property
    def first_lost(self) -> int:
        """The first run that diverges; the last run, if none does."""
        lost = (n for n, run in enumerate(self.runs) if run.outcome is Outcome.DIVERGES)
        return next(lost, len(self.runs) - 1)

    def number_of(self, lr: float) -> int | None:
        """Return the number of the run at a rate, if there is one."""
        return next((number for number, run in enumerate(self.runs) if run.lr == lr), None)

    def lands_far_below(self, limit: float, number: int) -> bool:
        """Say whether a run lands at a rate that is far from a limit."""
        run = self.runs[number]
        return run.outcome is Outcome.LANDS and run.lr <= FAR_BELOW * limit

    def ends(self) -> Points:
        """Return the last place of each dot; at the upper edge where it left, shape (k, 3)."""
        top = self.chart.y_range[1]
        losses = [run.last_loss if run.last_loss <= top else top for run in self.runs]
        return self.chart.at([run.lr for run in self.runs], losses)
