"""One draw from a normal distribution: a bell of its own, and a dot that falls to its value."""

from __future__ import annotations

from dataclasses import replace

import torch
from manim import UP, Animation, ApplyMethod, Circle, MoveToTarget, ValueTracker, VGroup, rush_into

from figures.normal_distribution.bell import Bell
from figures.normal_distribution.bell_labels import SigmaLabel, places_of_sigma
from linreg.study import normal
from visuals.formula import formula
from visuals.layout import Slot
from visuals.numbers import Num
from visuals.plots import LABEL_GAP, Chart, Range
from visuals.readout import Readout
from visuals.theme import Pace, Radius, Size, theme
from visuals.typography import Words

BELL_REACH = 4.5
"""Standard deviations that a bell's chart shows to each side."""

LINE_END_ROOM = 0.3
"""Room for half a tick's number at the right end of a number line."""

TICKS, FEW_TICKS = 5, 3
"""The most ticks of a number line, and so few that none can be spared."""

CROWDED = 0.5
"""Share of a number line that its ticks' numbers may fill; of more only every second is drawn."""

TITLE_ROOM, DESCENT = 2.4, 0.3
"""Room below a number line for its ticks and the value with its name, and below the value, in ems.
"""

AREA = 0.2
"""Opacity of the area, on which the ruler of sigma stands out."""

BELL_HEADROOM = 1.05
"""Height of a bell's chart, in heights of the bell."""


def bell_ranges(sigma: float, reach: float = BELL_REACH) -> tuple[Range, Range]:
    """Return the ranges of a chart of N(0, sigma^2); two that differ in sigma alone look alike.

    Parameters
    ----------
    sigma
        Standard deviation, > 0.
    reach
        Standard deviations to each side.
    """
    return (-reach * sigma, reach * sigma), (0.0, BELL_HEADROOM * normal.constant(sigma))


class FallingDraw(VGroup):
    """A bell on a number line, and the value that was drawn from it.

    Parameters
    ----------
    slot
        The room for it.
    symbol
        The value's name, as :class:`~visuals.typography.Math` takes it.
    value
        What was drawn.
    sigma
        Standard deviation of what it was drawn from, > 0; its mean is 0.
    density
        Name of the upright axis.

    Attributes
    ----------
    symbol
        The value's name, the label of what it becomes in a formula.
    chart, bell, dot
        The number line, the curve, and the value.
    sigma
        The ruler of sigma, with its number.
    title
        The value with its name, below the number line.
    """

    def __init__(self, slot: Slot, symbol: str, value: Num, sigma: float, density: Words) -> None:
        self.symbol, self.value = symbol, value
        name = formula(f"{{{{ {symbol} : x }}}} =")
        self.title = Readout(lambda: value.value, value.places, name, color=theme.DATA)
        self._later = VGroup(name.unlabelled(), self.title.digits)
        self.chart = self._chart(slot, sigma, density)
        self.bell = Bell(self.chart, sigma=ValueTracker(sigma))
        self.bell.filled.set_value(1.0)
        self.bell.follow()
        self.bell.area.set_fill(opacity=AREA)
        self.sigma = SigmaLabel(self.bell, places_of_sigma(sigma))
        start = self.bell.value_at(torch.tensor(value.value, dtype=torch.float64))
        self.dot = Circle(Radius.MARK, color=theme.DATA, fill_opacity=1, stroke_width=0)
        self.dot.move_to(self.chart.at(value.value, float(start)))
        room = replace(slot, top=slot.bottom + TITLE_ROOM * Size.BODY - LABEL_GAP)
        room.place(self.title, y=-1, shrink=False).set_x(self.middle)
        # The numbers of all draws stand on one line, whatever hangs below it.
        line = slot.bottom + DESCENT * Size.BODY
        self.title.shift(UP * (line - self.title.digits.get_bottom()[1]))
        self._later.set_opacity(0)
        super().__init__(self.chart, self.bell, self.sigma, self.title)

    @property
    def middle(self) -> float:
        """The x of the scene at which the number line has its middle."""
        return float(self.chart.axes[0].get_x())

    def fall(self, run_time: float = Pace.QUICK) -> Animation:
        """Let the dot, which is not yet there, fall to its value."""
        foot = self.chart.at(self.value.value, 0)
        self.dot.generate_target().move_to(foot)
        return MoveToTarget(self.dot, run_time=run_time, rate_func=rush_into)

    def name_value(self, run_time: float = Pace.QUICK) -> Animation:
        """Write the value after its name."""
        return ApplyMethod(self._later.set_opacity, 1.0, run_time=run_time)

    def _ranges(self, sigma: float) -> tuple[Range, Range]:
        return bell_ranges(sigma, max(BELL_REACH, 1.05 * abs(self.value.value) / sigma))

    def _chart(self, slot: Slot, sigma: float, density: Words) -> Chart:
        """Draw the number line where it is in every slot of this size, whatever stands at it."""
        bottom = slot.bottom + TITLE_ROOM * Size.BODY
        room = replace(slot, bottom=bottom)
        draft = Chart(room, *self._ranges(sigma), ticks=TICKS)
        beyond = room.right - draft.axes.get_right()[0]
        low = draft.axes.get_bottom()[1] - bottom
        room = replace(room, right=room.right + beyond - LINE_END_ROOM, bottom=bottom - low)
        chart = Chart(room, *self._ranges(sigma), y_label=density, ticks=TICKS)
        upright = VGroup(*chart.tick_marks[len(chart.x_tick_labels) :])
        across = VGroup(*chart.tick_marks[: len(chart.x_tick_labels)])
        chart.tick_marks.submobjects = [across, upright]
        _thin_out(chart.y_tick_labels, upright, 0)
        labels = chart.x_tick_labels
        crowded = sum(label.width for label in labels) > CROWDED * chart.axes.width
        if crowded and len(labels) > FEW_TICKS:
            # The one in the middle, zero, stays.
            _thin_out(labels, across, len(labels) // 2)
        return chart


def _thin_out(labels: VGroup, marks: VGroup, kept: int) -> None:
    """Leave every second tick out, but not the one of this number."""
    seconds = slice((kept + 1) % 2, None, 2)
    labels.remove(*labels[seconds])
    marks.remove(*marks[seconds])
