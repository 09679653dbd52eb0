"""The slope of a loss over one weight: a straight line for squares, which bends into stairs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
from manim import RIGHT, UP, Animation, Line, Mobject, Square, ValueTracker, VGroup
from manim import Dot as Disc

from figures.closed_form.diamond import diamond
from linreg.study.power_loss import PowerLoss
from visuals.following import Follower
from visuals.formula import formula
from visuals.layout import Slot
from visuals.plots import Chart, Range, padded
from visuals.roles import ROLES_IN_TRAINING
from visuals.segments import Segments
from visuals.theme import Pace, Radius, Size, Stroke, theme
from visuals.trackers import go
from visuals.typography import Math, Words

SAMPLES = 400
"""Points of a curve; stairs need many."""

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


class SlopeLine(Follower, VGroup):
    """The slope of the mean of |r|^q / q over the weight, and where it is zero.

    Parameters
    ----------
    slot
        The room for it.
    losses
        The losses.

    Attributes
    ----------
    exponent, drawn
        Trackers of q and of the share of the curve that is drawn.
    zero
        The line at zero.
    """

    def __init__(self, slot: Slot, losses: PowerLoss) -> None:
        self.losses, self.exponent = losses, ValueTracker(SQUARE)
        self.weights = np.linspace(*weights_of(losses), SAMPLES)
        ends = [losses.slope(w, q) for w in self.weights[[0, -1]] for q in (SQUARE, SIZE)]
        x_name = formula("{{ w : w }}", ROLES_IN_TRAINING)
        y_name = formula("{{ g_w : grad }}", ROLES_IN_TRAINING)
        x_range = float(self.weights[0]), float(self.weights[-1])
        self.chart = Chart(slot, x_range, padded(ends, least=1e-6), x_name, y_name)
        self.zero = Line(
            *self.chart.at(x_range, [0.0, 0.0]), color=theme.MUTED, stroke_width=Stroke.THIN
        )
        self.drawn = ValueTracker(0)
        nowhere = np.zeros((1, 3))
        self.curve = Segments(nowhere, nowhere, theme.GRADIENT, Stroke.BOLD)
        super().__init__(self.chart, self.zero, self.curve)
        self.follow().tracked()

    def bend(self, exponent: float, run_time: float = Pace.SWEEP) -> Animation:
        """Change the exponent evenly."""
        return go(self.exponent, exponent, run_time)

    def draw(self, run_time: float = Pace.MOVE) -> Animation:
        """Draw the slope from left to right."""
        return go(self.drawn, 1, run_time)

    def zero_mark(self) -> Square:
        """Return the diamond where the slope of now is zero."""
        at = self.losses.lowest_at(self.exponent.get_value(), self.weights[0], self.weights[-1])
        return diamond().move_to(self.chart.at(at, 0.0))

    def follow(self) -> Self:
        """Draw the slope for the exponent of now."""
        q = self.exponent.get_value()
        weights = self.weights[: max(2, round(self.drawn.get_value() * SAMPLES))]
        points = self.chart.at(weights, [self.losses.slope(w, q) for w in weights])
        self.curve.set_segments(points[:-1], points[1:])
        return self


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
    """Descents on squares, where a diamond marks the answer, and on sizes, for which there is none.

    Parameters
    ----------
    slots
        The room for each.
    losses
        The losses.
    mean_of
        Words before the loss of one example.
    solved, no_formula
        Names above both lowest points.
    """

    def __init__(
        self,
        slots: Sequence[Slot],
        losses: PowerLoss,
        mean_of: Words,
        solved: Words,
        no_formula: Words,
    ) -> None:
        both = zip(slots, (SQUARE, SIZE), strict=True)
        self.walks = [Walk(slot, losses, exponent, mean_of.copy()) for slot, exponent in both]
        squares, sizes = self.walks
        squares.above_lowest(solved.set_fill(theme.MODEL), LOW)
        sizes.above_lowest(no_formula, HIGH)
        super().__init__(*self.walks, diamond().move_to(squares.lowest), solved, no_formula)

    def run(self, run_time: float) -> list[Animation]:
        """Take all steps of both."""
        return [go(walk.step, NUM_STEPS, run_time) for walk in self.walks]


def _letter(name: Math) -> Mobject:
    """Return the letter r of a loss, which stands on the baseline."""
    return name.part("error")[0]
