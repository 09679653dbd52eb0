"""A bracket beside a plot: a standard deviation up from its line, and one down, to scale."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Self

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, ApplyMethod, FadeIn, ValueTracker, VGroup

from figures.feature_scatter.feature_plot import FeaturePlot
from visuals.following import Follower
from visuals.layout import is_wide
from visuals.readout import Readout
from visuals.segments import Segments
from visuals.theme import Pace, Size, Stroke, theme
from visuals.trackers import go
from visuals.typography import Words

EITHER_WAY = "±"
"""Sign before a spread, which reaches up and down from the line."""

CAP = 0.13
"""Half the width of a cap."""

COLUMNS, COLUMNS_IF_TALL = (0.3, 1.9), (0.3, 1.75)
"""Distances of brackets from the plot."""

GAP = 0.1

ASCENT = 0.72
"""Height of tall letters above the baseline, in ems."""

LEADING = 1.2
"""Distance of the name's baseline from the number's, in ems."""


class Bracket(Follower, VGroup):
    """A bracket with caps at both ends and in the middle, with its name and its number.

    Parameters
    ----------
    plot
        The plot beside which it stands, and whose line is its middle.
    spread
        Returns the standard deviation of now.
    name
        What spreads.
    places
        Digits of the number behind the point.
    column
        0 next to the plot, 1 beside that.

    Attributes
    ----------
    aside
        Tracker: 0 on the line in the plot, 1 in its column beside it.
    """

    def __init__(
        self,
        plot: FeaturePlot,
        spread: Callable[[], float],
        name: Words,
        places: int,
        column: int = 0,
    ) -> None:
        self.plot, self.spread, self.column = plot, spread, column
        self.whole, _ = plot.spreads
        self.aside = ValueTracker(1)
        nowhere = np.zeros((1, 3))
        self.rule = Segments(nowhere, nowhere, theme.INK, Stroke.LINE)
        self.number = Readout(spread, places, Words(EITHER_WAY), color=theme.INK)
        self.number.align_to(name, LEFT)
        self.number.shift(UP * (name.baseline - LEADING * Size.BODY - self.number.pen.get_y()))
        self.label = VGroup(name, self.number)
        self.above = float(self.label.get_top()[1]) - name.baseline
        super().__init__(self.rule, self.label)
        self.follow().tracked()

    def come(self) -> Iterator[Animation]:
        """Yield what is played to show it on the line, and to move it beside the plot."""
        self.aside.set_value(0)
        self.label.set_opacity(0)
        yield FadeIn(self.follow(), run_time=Pace.QUICK)
        yield go(self.aside, 1)
        yield ApplyMethod(self.label.set_opacity, 1.0, run_time=Pace.QUICK / 2)

    def follow(self) -> Self:
        """Stand at the line of now, as long as the spread of now."""
        chart, plot = self.plot.chart, self.plot
        columns = COLUMNS if is_wide() else COLUMNS_IF_TALL
        across, middle = plot.middle
        heights = middle + self.spread() * np.array([-1.0, 0.0, 1.0])
        low, high = chart.axes[1].get_start_and_end()
        marks = plot.at(np.full(3, across), heights)
        beyond = chart.axes[0].get_end()[0] + columns[self.column]
        marks[:, 0] += self.aside.get_value() * (beyond - marks[:, 0])
        marks[:, 1] = np.clip(marks[:, 1], low[1], high[1])
        bottom, center, top = marks
        caps = marks[[0, 2]] if top[1] - bottom[1] < 4 * CAP else marks
        cap = RIGHT * CAP
        self.rule.set_segments(np.vstack([bottom, caps - cap]), np.vstack([top, caps + cap]))
        self.number.follow()
        # Names of brackets side by side stand on one line, below the longest of them.
        (first, last), rise = chart.y_range, float(high[1] - low[1])
        reach = max(float(top[1] - bottom[1]) / 2, self.whole / (last - first) * rise)
        line = center[1] - reach - 1.5 * GAP - ASCENT * Size.BODY
        self.label.shift(UP * (line + self.above - self.label.get_top()[1]))
        if self.label.get_bottom()[1] < low[1]:
            self.label.next_to(center + UP * reach, UP, buff=1.5 * GAP)
        self.label.shift(LEFT * (self.label.get_left()[0] - center[0] + CAP))
        over = self.label.get_top()[1] - high[1]
        under = low[1] - self.label.get_bottom()[1]
        self.label.shift(DOWN * max(0.0, over) + UP * max(0.0, under))
        return self
