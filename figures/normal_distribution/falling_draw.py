"""One draw from a normal distribution: a bell of its own, and a dot that falls to its value."""

from __future__ import annotations

from dataclasses import replace

import torch
from manim import UP, Animation, Circle, MoveToTarget, ValueTracker, VGroup, rush_into

from figures.normal_distribution.bell import Bell, PeakMark
from linreg.study import normal
from visuals.formula import formula
from visuals.layout import Slot
from visuals.numbers import Num
from visuals.plots import LABEL_GAP, Chart, Range
from visuals.theme import Pace, Radius, Size, theme

BELL_REACH = 4.5
"""Standard deviations that a bell's chart shows to each side."""

LINE_END_ROOM = 0.3
"""Room for half a tick's number at each end of a number line."""

TICKS, FEW_TICKS = 5, 3
"""The most ticks of a number line, and so few that none can be spared."""

CROWDED = 0.5
"""Share of a number line that its ticks' numbers may fill; of more only every second is drawn."""

SUBSCRIPT = 0.1
"""Room for an index below a line, in scene units."""

TITLE_ROOM = 2.0
"""Room above a bell for the value and for the number at the peak, in ems."""

BELL_HEADROOM = 1.15
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

    Attributes
    ----------
    symbol
        The value's name, the label of what it becomes in a formula.
    chart, bell, dot
        The number line, the curve, and the value.
    mark
        The bell's peak and its height.
    title
        The value with its name.
    """

    def __init__(self, slot: Slot, symbol: str, value: Num, sigma: float) -> None:
        self.symbol, self.value = symbol, value
        self.title = formula(f"{{{{ {symbol} : x }}}} = {{{{ %(value)s : x_value }}}}", value=value)
        self.chart = self._chart(slot, sigma)
        self.chart.axes[1].set_stroke(opacity=0)
        self.bell = Bell(self.chart, sigma=ValueTracker(sigma))
        self.bell.filled.set_value(1.0)
        self.bell.follow()
        self.mark = PeakMark(self.bell)
        foot = self.chart.at(value.value, 0)
        start = self.bell.value_at(torch.tensor(value.value, dtype=torch.float64))
        self.dot = Circle(Radius.MARK, color=theme.DATA, fill_opacity=1, stroke_width=0)
        self.dot.move_to(self.chart.at(value.value, float(start)))
        room = (slot.width - self.title.width) / 2
        middle = slot.center[0]
        self.title.next_to(foot, UP)
        self.title.set_x(min(max(foot[0], middle - room), middle + room))
        # The numbers of all draws stand on one line, whatever hangs below it.
        line = slot.top - Size.BODY
        self.title.shift(UP * (line - self.title.part("x_value").get_bottom()[1]))
        super().__init__(self.chart, self.bell, self.mark)

    def fall(self, run_time: float = Pace.QUICK) -> Animation:
        """Let the dot, which is not yet there, fall to its value."""
        foot = self.chart.at(self.value.value, 0)
        self.dot.generate_target().move_to(foot)
        return MoveToTarget(self.dot, run_time=run_time, rate_func=rush_into)

    def _ranges(self, sigma: float) -> tuple[Range, Range]:
        return bell_ranges(sigma, max(BELL_REACH, 1.05 * abs(self.value.value) / sigma))

    def _chart(self, slot: Slot, sigma: float) -> Chart:
        """Draw the number line where it is in every slot of this size, whatever stands at it."""
        x_label = formula(f"{{{{ {self.symbol} : x }}}}")
        bottom = slot.bottom + Size.BODY - x_label.height
        top = slot.top - TITLE_ROOM * Size.BODY - LABEL_GAP
        room = replace(slot, left=slot.left + LINE_END_ROOM, bottom=bottom, top=top)
        draft = Chart(room, *self._ranges(sigma), x_label, ticks=TICKS, y_ticks=False)
        beyond = room.right - draft.axes.get_right()[0]
        room = replace(room, right=room.right + beyond - LINE_END_ROOM)
        chart = Chart(room, *self._ranges(sigma), x_label, ticks=TICKS, y_ticks=False)
        labels, marks = chart.x_tick_labels, chart.tick_marks
        crowded = sum(label.width for label in labels) > CROWDED * chart.axes.width
        if crowded and len(labels) > FEW_TICKS:
            # The one in the middle, zero, stays.
            seconds = slice((len(labels) // 2 + 1) % 2, None, 2)
            labels.remove(*labels[seconds])
            marks.remove(*marks[seconds])
        return chart
