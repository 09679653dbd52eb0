"""The loss over the weight that turns the line, with the number and the marks of the chapter."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

from manim import (
    RIGHT,
    UP,
    Animation,
    ApplyMethod,
    DashedLine,
    Rectangle,
    Transform,
    VGroup,
    VMobject,
)

from figures.mse_curve.pinned_line import PinnedLine
from visuals.formula import formula
from visuals.layout import Slot
from visuals.line_in_plot import NAME_GAP
from visuals.loss_curve import LossCurve, loss_chart
from visuals.numbers import significant
from visuals.plots import LABEL_GAP, Chart
from visuals.readout import Readout
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Pace, Stroke, theme
from visuals.typography import Math

BAR = 0.12
"""Width of the bar into which the half square is poured, in scene units."""

LEAST = 1e-3
"""Height of the bar of no loss, in scene units."""


class TriedCurve(LossCurve):
    """The loss of the line over its weight; the line's tracker moves both.

    Parameters
    ----------
    slot
        The room.
    line
        The line in its plot.

    Attributes
    ----------
    number
        The loss of the first line, beside its dot.
    """

    def __init__(self, slot: Slot, line: PinnedLine) -> None:
        profile = line.profile
        chart = loss_chart(slot, profile.loss, line.tried)
        super().__init__(chart, line.w, profile.loss, profile.slope)
        w = self.w.get_value()
        self.number = Math("L = %(loss)s", color=theme.LOSS, loss=significant(profile.loss(w)))
        self.number.next_to(self.at(w), RIGHT, buff=2 * NAME_GAP)

    def all_tried(self, share: float) -> Self:
        """Show all weights as tried, and the curve, with the dot at a share of what is tried."""
        self.w.set_value(self._weight(share))
        for tracker, end in zip(self.tried, self.chart.x_range, strict=True):
            tracker.set_value(end)
        self.curve_shown.set_value(1)
        return self.follow()

    def bar(self) -> Rectangle:
        """Return the thin bar over the weight of now, as high as its loss."""
        w = self.w.get_value()
        foot, top = self.chart.at(w, 0.0), self.at(w)
        bar = Rectangle(width=BAR, height=max(top[1] - foot[1], LEAST), stroke_width=0)
        return bar.set_fill(theme.LOSS, 1).move_to((foot + top) / 2)

    def shift_to(self, share: float, run_time: float = Pace.QUICK) -> Animation:
        """Take the weight to a share of what is tried, from left to right."""
        return self.turn_to(self._weight(share), run_time)

    def bottom(self, weight: float) -> LowestMark:
        """Return the mark of the weight of the lowest loss."""
        return LowestMark(self, weight)

    def hide_foot(self) -> list[Animation]:
        """Fade what stands below the x axis."""
        # A group of animations would take these parts out of the chart.
        return [ApplyMethod(part.set_opacity, 0) for part in self._foot()]

    def make_room_below(self, target: Chart) -> Animation:
        """Move to the place of a chart without numbers and name below, once they were hidden."""
        marks = self.chart.tick_marks[: len(self.chart.x_tick_labels)]
        self.chart.tick_marks.remove(*marks)
        self.chart.x_tick_labels.remove(*self.chart.x_tick_labels)
        if self.chart.x_label is not None:
            self.chart.remove(self.chart.x_label)
            self.chart.x_label = None
        return Transform(self.chart, target)

    def chart_above(self, slot: Slot) -> Chart:
        """Return axes for this loss without numbers and name below, above those of its slope."""
        assert self.chart.y_label is not None
        room = replace(slot, right=slot.right - name_room())
        name = self.chart.y_label.copy()
        ranges = self.chart.x_range, self.chart.y_range
        return Chart(room, *ranges, y_label=name, x_ticks=False)

    def _weight(self, share: float) -> float:
        low, high = self.chart.x_range
        return low + share * (high - low)

    def _foot(self) -> list[VMobject]:
        chart = self.chart
        marks = chart.tick_marks[: len(chart.x_tick_labels)]
        return [*marks, *chart.x_tick_labels, *([chart.x_label] if chart.x_label else [])]


class LowestMark(VGroup):
    """The weight of the lowest loss: its number, joined to the bottom by a dashed line.

    Parameters
    ----------
    curve
        The loss over the weight.
    weight
        The weight.
    """

    def __init__(self, curve: LossCurve, weight: float) -> None:
        bottom = curve.at(weight)
        label = formula("{{ w : w }} =", ROLES_IN_TRAINING)
        self.title = Readout(lambda: weight, label=label)
        self.title.next_to(bottom, UP, buff=5 * NAME_GAP)
        top = bottom + UP * 4 * NAME_GAP
        self.line = DashedLine(bottom, top, color=theme.INK, stroke_width=Stroke.THIN)
        super().__init__(self.line, self.title)


def name_room() -> float:
    """Return the width that the name of the weight takes at the end of its axis."""
    return float(formula("{{ w : w }}", ROLES_IN_TRAINING).width) + LABEL_GAP
