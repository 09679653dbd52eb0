"""The loss of one error in both programs, and its slope, which is the gradient."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self, TypeAlias

import numpy as np
import numpy.typing as npt
from manim import DOWN, LEFT, RIGHT, Animation, ValueTracker, VGroup
from torch import Tensor

from figures.concise_implementation.loss_runs import loss_ring
from linreg.study.error_curves import half_square, height, slope, square
from visuals.code import CodeText
from visuals.following import Follower
from visuals.layout import Slot, is_wide
from visuals.plots import Chart, Points
from visuals.readout import Readout
from visuals.tangents import CurveDot, Tangent
from visuals.theme import Pace, Size, Stroke, theme
from visuals.trackers import go
from visuals.typography import Typeset, Words

Loss: TypeAlias = Callable[[Tensor], Tensor]

REACH, TOP, BELOW = 3.7, 6.9, -0.45
"""Largest error and largest loss on the chart, and its lower edge, which rings at zero are clear
of."""

RINGS, RING_REACH = 24, 2.6
"""Rings on a curve, and the error of the last."""

BESIDE = 0.3
"""Space between a mark and its name or number, in scene units."""

FROM, TO = 1.0, 1.7
"""Errors at which the slopes are compared."""

OUR_NAME, OUR_NAME_TALL, THEIR_NAME = -1.9, -1.5, -2.1
"""Errors at which both curves are named, the first also in a tall frame."""


class TwoLosses:
    """The half square as a line, and the square as rings that lift off it.

    Parameters
    ----------
    slot
        The room for the chart.
    x_label, y_label
        What the axes measure.
    slope_name
        Returns the word before a slope.

    Attributes
    ----------
    chart, line, rings
        The axes and both losses.
    slopes
        A tangent, a dot and a number on each of them.
    """

    def __init__(
        self, slot: Slot, x_label: Typeset, y_label: Typeset, slope_name: Callable[[], Words]
    ) -> None:
        self.chart = Chart(slot, (-REACH, REACH), (BELOW, TOP), x_label, y_label)
        self.lifted, self.error = ValueTracker(0), ValueTracker(FROM)
        self.line = self.chart.curve(_heights(half_square), None, theme.LOSS, Stroke.BOLD)
        self.rings = LiftedRings(self.chart, self.lifted)
        self.slopes = [
            VGroup(
                Tangent(self.chart, self.error, *_pair(loss)).tracked(),
                CurveDot(self.chart, self.error, _pair(loss)[0]).tracked(),
                SlopeNumber(self.chart, self.error, loss, slope_name(), side).tracked(),
            )
            for loss, side in ((half_square, RIGHT), (square, LEFT))
        ]

    def lift(self, run_time: float = Pace.SWEEP) -> Animation:
        """Let the rings rise from the half square to the square."""
        return go(self.lifted, 1, run_time)

    def slide(self, run_time: float = Pace.SWEEP) -> Animation:
        """Move both slopes along their curves."""
        return go(self.error, TO, run_time)

    def name_line(self, words: Words) -> VGroup:
        """Return our name, with words below it, outside of the bowl of the line."""
        error = OUR_NAME if is_wide() else OUR_NAME_TALL
        place = self.chart.at(error, height(half_square, error))
        return _named("squared_loss", words).next_to(place, DOWN + LEFT, buff=BESIDE / 2)

    def name_rings(self, words: Words) -> VGroup:
        """Return PyTorch's name, with words below it, inside the bowl of the rings."""
        place = self.chart.at(THEIR_NAME, height(square, THEIR_NAME))
        return _named("MSELoss", words).next_to(place, RIGHT, buff=BESIDE)


class LiftedRings(Follower, VGroup):
    """Rings on a curve between the half square and the square.

    Parameters
    ----------
    chart
        Where they are plotted.
    lifted
        Tracker from 0, the half square, to 1, the square.
    """

    def __init__(self, chart: Chart, lifted: ValueTracker) -> None:
        self.chart, self.lifted = chart, lifted
        self.errors = np.linspace(-RING_REACH, RING_REACH, RINGS)
        self.ends = [_heights(loss)(self.errors) for loss in (half_square, square)]
        super().__init__(*(loss_ring() for _ in self.errors))
        self.follow().tracked()

    def follow(self) -> Self:
        """Put every ring where it is now."""
        lifted = self.lifted.get_value()
        heights = (1 - lifted) * self.ends[0] + lifted * self.ends[1]
        for ring, place in zip(self, self.chart.at(self.errors, heights), strict=True):
            ring.move_to(place)
        return self


class SlopeNumber(Readout):
    """The slope of a loss at the error of now, beside its dot.

    Parameters
    ----------
    chart, error, loss
        Where it is, and of what it is the slope.
    name
        The word before it.
    side
        Direction from the dot.
    """

    def __init__(
        self, chart: Chart, error: ValueTracker, loss: Loss, name: Words, side: Points
    ) -> None:
        self.side = side
        self.chart, self.error, self.loss = chart, error, loss
        super().__init__(lambda: slope(loss, error.get_value()), 1, name, color=theme.GRADIENT)

    def follow(self) -> Self:
        """Show the number of now, beside the dot of now."""
        super().follow()
        error = self.error.get_value()
        self.next_to(self.chart.at(error, height(self.loss, error)), self.side, buff=BESIDE)
        return self


def _heights(loss: Loss) -> Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]]:
    return lambda errors: np.array([height(loss, float(error)) for error in errors])


def _pair(loss: Loss) -> tuple[Callable[[float], float], Callable[[float], float]]:
    """Return a loss and its slope as functions of one error."""
    return lambda error: height(loss, error), lambda error: slope(loss, error)


def _named(name: str, words: Words) -> VGroup:
    """Return a name above words; in a tall frame there is room for the words alone."""
    parts = [CodeText(name, Size.CODE), words] if is_wide() else [words]
    return VGroup(*parts).arrange(DOWN, buff=BESIDE / 2)
