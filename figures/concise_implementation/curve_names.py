"""Names of both programs beside their curves, each with its learning rate."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, VGroup

from figures.concise_implementation.loss_runs import LossRuns
from visuals.following import Picture
from visuals.numbers import as_typed
from visuals.plots import Points
from visuals.readout import Readout
from visuals.theme import Size, theme
from visuals.typography import Words

SHARES = {RIGHT[0]: (0.35, 0.2, 0.1), LEFT[0]: (0.5, 0.6, 0.7, 0.8, 0.9, 0.4, 0.3)}
"""Places of a name right or left of its curve, as shares of the way from the first loss."""

AWAY = 0.35
"""Space between a name and its curve, in scene units."""

LINE = 1.3 * Size.BODY
"""Distance of the baselines of a name and of the rate below it, in scene units."""

BELOW_RING, BEGUN = 0.75, 0.1
"""Space between the first ring, while it is alone, and the name below it, in scene units; and the
share of the steps within which the name goes on to its place."""

LEVEL_RUN, LEVEL_AT = 0.05, 0.2
"""Powers of ten by which a run must change, or its curve counts as level; and the place of the name
of a level curve, or of one without room at its sides, as a share of the steps."""


class CurveName(Picture, VGroup):
    """A program's name and rate, right or left of its curve.

    Parameters
    ----------
    runs
        The curves.
    name, rate
        The program's name, and the word before its rate.
    is_ours
        Whether it is the line's name, which stands on its right, or that of the rings.
    lr
        The lesson's learning rate.
    """

    def __init__(self, runs: LossRuns, name: Words, rate: Words, is_ours: bool, lr: float) -> None:
        self.runs, self.is_ours, self.lr = runs, is_ours, lr
        places = max(as_typed(lr).places, as_typed(lr / 2).places)
        self.rate = Readout(self._rate, places, rate, color=theme.INK)
        self.rate.shift(RIGHT * (name.get_left()[0] - self.rate.get_left()[0]))
        self.rate.shift(UP * (name.baseline - LINE - rate.baseline))
        super().__init__(name, self.rate)
        self.follow().tracked()

    def follow(self) -> Self:
        """Stand beside the curve of now, or below the first ring while it is alone."""
        self.rate.follow()
        self._stand_beside()
        taken = self.runs.their_step.get_value() / (BEGUN * self.runs.last)
        if self.is_ours or taken >= 1 or self.runs.swing.get_value() > 0:
            return self
        goal = self.get_center()
        self.next_to(self.runs.rings[0], DOWN, buff=BELOW_RING, aligned_edge=LEFT)
        share = max(taken, 0.0) if self._is_below_ours() else 1.0
        return self.shift(share * (goal - self.get_center()))

    def _is_below_ours(self) -> bool:
        """Say whether our curve runs above this place."""
        chart, logs = self.runs.chart, self.runs.line.logs
        step = chart.x_of(self.get_right())
        ours = chart.at(step, 10.0 ** np.interp(step, np.arange(len(logs)), logs))
        return bool(ours[1] > self.get_top()[1] + AWAY / 4)

    def _stand_beside(self) -> Self:
        chart = self.runs.chart
        logs = self.runs.line.logs if self.is_ours else self.runs.rings.logs_of_now
        way = logs[-1] - logs[0]
        side = RIGHT if self.is_ours else LEFT
        # The side of the curve on which the name stands, up or down.
        edge = DOWN if (way < 0) == self.is_ours else UP
        for share in SHARES[side[0]] if abs(way) >= LEVEL_RUN else ():
            place = self._crossing(logs, logs[0] + share * way)
            self.next_to(place, side, buff=AWAY, aligned_edge=edge).shift(-edge * AWAY / 2)
            left, right = chart.axes[0].get_start_and_end()
            middle = (left[0] + right[0]) / 2
            if self.get_left()[0] > left[0] + AWAY / 4 and self.get_right()[0] < middle:
                return self
        return self._beside_level(logs)

    def _beside_level(self, logs: Points) -> Self:
        """Stand above our curve or below theirs, which falls too little to have a side."""
        at = LEVEL_AT * self.runs.last
        level = np.interp(at, np.arange(len(logs)), logs)
        place = self.runs.chart.at(at, 10.0**level)
        return self.next_to(place, UP if self.is_ours else DOWN, buff=AWAY)

    def _rate(self) -> float:
        share = 0.0 if self.is_ours else self.runs.swing.get_value()
        return self.lr * (1 - share / 2)

    def _crossing(self, logs: Points, level: float) -> Points:
        """Return where a curve first crosses a level, shape (3,)."""
        step = int(np.argmax((logs - level) * (logs[0] - level) <= 0))
        return self.runs.chart.at(step, 10.0**level)
