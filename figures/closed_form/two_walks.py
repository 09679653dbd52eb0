"""Descents on the squares of errors, which have a formula, and on their sizes, which have none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
from manim import RIGHT, UP, Animation, Mobject, ValueTracker, VGroup
from manim import Dot as Disc

from figures.closed_form.diamond import diamond
from linreg.study.power_loss import PowerLoss
from visuals.following import Follower
from visuals.formula import formula
from visuals.layout import Slot
from visuals.plots import Chart, Range
from visuals.roles import ROLES_IN_TRAINING
from visuals.segments import Segments
from visuals.theme import Radius, Size, Stroke, theme
from visuals.trackers import go
from visuals.typography import Math, Words

SAMPLES = 400
"""Points of a curve."""

HALF_REACH = 1.6
"""Half of the range of weights, in distances of the lowest weight from zero, at least one."""

SQUARE, SIZE = 2.0, 1.0
"""Exponents of the half square and of the size of the error."""

NAMES = {SQUARE: "{{ r : error }}^2 \\/ 2", SIZE: "|{{ r : error }}|"}
"""The losses of one example."""

NAME_GAP = 0.16
"""Distance of the words of a formula, in scene units."""

LOW, HIGH = 0.5, 1.3
"""Distances of names above the lowest point, in scene units: in a wide bowl and in a narrow one."""

NAME_HEIGHT = 0.9
"""Height of the formula, as a share of the chart."""

BELOW = 0.08
"""Room below the losses, as a share of the highest: a mark at the bottom is clear of the axis."""

NUM_STEPS = 18
"""Steps of a descent."""

START = 0.88
"""Place of the start between the middle and the left end of the weights."""


def weights_of(losses: PowerLoss) -> Range:
    """Return the range of weights that the curves show."""
    middle = losses.profile.lowest_at
    reach = HALF_REACH * max(1.0, abs(middle)) / 1.6
    return middle - reach, middle + reach


class Walk(Follower, VGroup):
    """A loss over the weight, and a dot that descends on it and leaves its places behind.

    Parameters
    ----------
    slot
        The room for it.
    losses
        The losses.
    exponent
        Which of them.
    mean_of
        Words before the loss of one example.

    Attributes
    ----------
    step
        Tracker of the number of steps taken.
    lowest
        The lowest point, in the scene.
    """

    def __init__(self, slot: Slot, losses: PowerLoss, exponent: float, mean_of: Words) -> None:
        low, high = weights_of(losses)
        weights = np.linspace(low, high, SAMPLES)
        values = [losses.loss(w, exponent) for w in weights]
        x_name = formula("{{ w : w }}", ROLES_IN_TRAINING)
        y_name = formula("{{ L : loss }}", ROLES_IN_TRAINING)
        self.chart = Chart(
            slot, (low, high), (-BELOW * max(values), 1.08 * max(values)), x_name, y_name
        )
        points = self.chart.at(weights, values)
        self.curve = Segments(points[:-1], points[1:], theme.LOSS, Stroke.LINE)
        middle = losses.profile.lowest_at
        start = middle - START * (middle - low)
        self.walked = losses.descend(start, exponent, NUM_STEPS, middle - start).numpy()
        self.heights = [losses.loss(w, exponent) for w in self.walked]
        at = losses.lowest_at(exponent, low, high)
        self.lowest = self.chart.at(at, losses.loss(at, exponent))
        self.step = ValueTracker(0)
        self.losses, self.exponent = losses, exponent
        self.past = VGroup(*(Disc(radius=Radius.SAMPLE, color=theme.MODEL) for _ in self.walked))
        self.dot = Disc(radius=Radius.MARK, color=theme.MODEL)
        name = formula(NAMES[exponent], ROLES_IN_TRAINING, Size.TITLE)
        both = VGroup(mean_of, name.next_to(mean_of, RIGHT, buff=NAME_GAP))
        name.shift(UP * (mean_of.baseline - _letter(name).get_bottom()[1]))
        both.move_to(self.chart.at(middle, NAME_HEIGHT * self.chart.y_range[1]))
        super().__init__(self.chart, self.curve, self.past, self.dot, both)
        self.follow().tracked()

    def above_lowest(self, name: Words, rise: float) -> Words:
        """Put a name so far above the lowest point."""
        return name.next_to(self.lowest, UP, buff=rise)

    def follow(self) -> Self:
        """Put the dots where the steps of now are."""
        step = self.step.get_value()
        for number, (dot, w, height) in enumerate(
            zip(self.past, self.walked, self.heights, strict=True)
        ):
            dot.move_to(self.chart.at(w, height)).set_opacity(0.75 * float(number <= step))
        here = float(np.interp(step, np.arange(len(self.walked)), self.walked))
        self.dot.move_to(self.chart.at(here, self.losses.loss(here, self.exponent)))
        return self


class TwoWalks(VGroup):
    """Descents on squares and on sizes, each on the loss of its own.

    Parameters
    ----------
    slots
        The room for each.
    losses
        The losses.
    mean_of
        Words before the loss of one example.
    """

    def __init__(self, slots: Sequence[Slot], losses: PowerLoss, mean_of: Words) -> None:
        both = zip(slots, (SQUARE, SIZE), strict=True)
        self.walks = [Walk(slot, losses, exponent, mean_of.copy()) for slot, exponent in both]
        super().__init__(*self.walks)

    def answers(self, solved: Words, no_formula: Words) -> tuple[VGroup, Words]:
        """Return the marked answer of the squares, and the name above the lowest size."""
        squares, sizes = self.walks
        squares.above_lowest(solved.set_fill(theme.MODEL), LOW)
        answer = VGroup(diamond().move_to(squares.lowest), solved)
        return answer, sizes.above_lowest(no_formula, HIGH)

    def run(self, run_time: float) -> list[Animation]:
        """Take all steps of both."""
        return [go(walk.step, NUM_STEPS, run_time) for walk in self.walks]


def _letter(name: Math) -> Mobject:
    """Return the letter r of a loss, which stands on the baseline."""
    return name.part("error")[0]
