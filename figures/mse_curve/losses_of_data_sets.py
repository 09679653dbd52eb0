"""The loss of one line on many data sets: how far chance moves it."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import LEFT, ORIGIN, RIGHT, Animation, ValueTracker, linear

from visuals.following import Picture
from visuals.plots import Chart, Points
from visuals.segments import Segments
from visuals.space import put_lines
from visuals.theme import Pace, Stroke, theme
from visuals.trackers import go

MARK = 0.22
"""Half the width of the mark of one data set, in scene units."""


class LossesAtTruth(Picture, Segments):
    """Losses of the true line on several data sets, one short level mark each.

    Parameters
    ----------
    chart
        Where they are drawn.
    true_w
        The true weight.
    losses
        Shape (k,); those that leave the chart are not drawn.

    Attributes
    ----------
    shown
        Tracker of the share that is drawn.
    """

    def __init__(self, chart: Chart, true_w: float, losses: Points) -> None:
        self.shown = ValueTracker(0)
        seen = losses[losses <= chart.y_range[1]]
        self.middles = chart.at(np.full(len(seen), true_w), seen).reshape(-1, 3)
        super().__init__(self.middles, self.middles, theme.LOSS, Stroke.THIN)
        self.follow().tracked()

    def appear(self, run_time: float = Pace.SWEEP) -> Animation:
        """Draw one mark after the other."""
        return go(self.shown, 1, run_time, linear)

    def follow(self) -> Self:
        """Draw the marks that were dealt."""
        count = round(self.shown.get_value() * len(self.middles))
        middles = self.middles[:count]
        home = self.middles[0] if len(self.middles) else ORIGIN
        put_lines(self, middles + LEFT * MARK, middles + RIGHT * MARK, home)
        return self
