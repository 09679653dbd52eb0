"""Multiplications of solving and of descending, by the number of features."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import (
    DEGREES,
    DOWN,
    RIGHT,
    UP,
    Animation,
    DashedLine,
    Line,
    Square,
    ValueTracker,
    VGroup,
)
from manim import Dot as Disc

from linreg.lesson import Lesson
from linreg.study.solving_cost import cost_ratio, costs, descent_is_cheaper_from
from visuals.following import Picture
from visuals.layout import Slot
from visuals.log_chart import LogLogChart
from visuals.numbers import integer, significant
from visuals.plots import Points
from visuals.segments import Segments
from visuals.theme import Pace, Radius, Size, Stroke, theme
from visuals.trackers import go
from visuals.typography import Typeset, Words

FIRST, LAST = 2, 1000
"""Features between which the costs are drawn."""

SAMPLES = 120
"""Points of a curve."""

RIGHT_ROOM = 1.9
"""Room for the names at the ends of the curves, in scene units."""

NAME_GAP = 0.25


class CostChart(Picture, VGroup):
    """Both costs over the number of features, on axes of powers of ten.

    Parameters
    ----------
    slot
        The room for it.
    lesson
        Its examples, batches and epochs are counted.
    x_name, y_name
        What the axes measure.
    solving, descending
        Names of the curves.

    Attributes
    ----------
    cheaper_from
        Number of features from which on descent takes fewer multiplications.
    shown
        Trackers of the opacities of the ends of both curves.
    reached
        Tracker of the logarithm of the number of features up to which the curves are drawn.
    """

    def __init__(
        self,
        slot: Slot,
        lesson: Lesson,
        x_name: Typeset,
        y_name: Typeset,
        solving: Typeset,
        descending: Typeset,
    ) -> None:
        self.cheaper_from = integer(descent_is_cheaper_from(lesson))
        self.times = significant(cost_ratio(lesson, LAST), 3)
        self.features = np.unique(np.geomspace(FIRST, LAST, SAMPLES).round().astype(int))
        self.costs = np.array([costs(lesson, int(p)) for p in self.features], dtype=float).T
        low, high = self.costs.min(), self.costs.max()
        room = Slot(slot.left, slot.right - RIGHT_ROOM, slot.bottom, slot.top)
        self.chart = LogLogChart(room, (1.0, LAST * 1.0), (low / 4, high * 2), x_name, y_name)
        self.reached = ValueTracker(np.log10(FIRST))
        nowhere = np.zeros((1, 3))
        self.shown = [ValueTracker(0), ValueTracker(0)]
        self.curves = [Segments(nowhere, nowhere, theme.INK, Stroke.LINE) for _ in range(2)]
        diamond = Square(0.17, color=theme.INK, stroke_width=Stroke.LINE).rotate(45 * DEGREES)
        self.marks = [
            diamond.set_fill(theme.BACKGROUND, 1),
            Disc(radius=Radius.MARK, color=theme.INK),
        ]
        self.names = [solving, descending]
        super().__init__(self.chart, *self.curves, *self.marks, *self.names)
        self.follow().tracked()

    def show_end(self, number: int) -> Animation:
        """Show the end of a curve with its name: 0 is solving, 1 descent."""
        return go(self.shown[number], 1, Pace.QUICK)

    def to(self, features: int, run_time: float) -> Animation:
        """Draw the curves up to a number of features."""
        return go(self.reached, float(np.log10(features)), run_time)

    def follow(self) -> Self:
        """Draw the curves as far as they are reached."""
        logs, reached = np.log10(self.features), self.reached.get_value()
        ends = []
        for curve, mark, cost in zip(self.curves, self.marks, self.costs, strict=True):
            kept = logs <= reached + 1e-9
            end = 10 ** np.interp(reached, logs, np.log10(cost))
            points = self.chart.at(
                np.append(self.features[kept], 10**reached), np.append(cost[kept], end)
            )
            curve.set_segments(points[:-1], points[1:])
            mark.move_to(points[-1])
            ends.append(points[-1])
        self._name(ends)
        for name, mark, shown in zip(self.names, self.marks, self.shown, strict=True):
            name.set_opacity(shown.get_value())
            mark.set_stroke(opacity=shown.get_value())
        self.marks[1].set_fill(opacity=self.shown[1].get_value())
        return self

    @property
    def crosses(self) -> bool:
        """Whether solving is cheaper at first."""
        return self.cheaper_from.value > FIRST

    def crossing(self, text: str) -> VGroup:
        """Return an upright line where descent becomes cheaper, with its name."""
        foot, top = self.chart.at([self.cheaper_from.value] * 2, self.chart.y_range)
        line = DashedLine(foot, top, color=theme.MUTED, stroke_width=Stroke.LINE)
        name = Words(text, features=self.cheaper_from)
        return VGroup(line, name.next_to(top, RIGHT, buff=NAME_GAP).shift(DOWN * name.height))

    def gap(self) -> VGroup:
        """Return the line between both ends of now, and its factor."""
        line = Line(self.marks[0].get_center(), self.marks[1].get_center(), color=theme.INK)
        factor = Words("× %(times)s", size=Size.TITLE, times=self.times).next_to(
            line, RIGHT, buff=NAME_GAP
        )
        return VGroup(line, factor)

    def _name(self, ends: list[Points]) -> None:
        """Keep the names right of the ends, apart from each other."""
        least = sum(name.height for name in self.names) / 2 + NAME_GAP / 2
        higher = int(ends[1][1] > ends[0][1])
        for number, (name, end) in enumerate(zip(self.names, ends, strict=True)):
            name.next_to(end, RIGHT, buff=NAME_GAP)
            apart = max(0.0, least - abs(ends[0][1] - ends[1][1])) / 2
            name.shift(UP * (apart if number == higher else -apart))
