"""One draw from a normal distribution: a bell of its own, and a dot that falls to its value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from manim import (
    UP,
    Animation,
    ApplyMethod,
    Circle,
    FadeIn,
    Line,
    MoveToTarget,
    TransformFromCopy,
    ValueTracker,
    VGroup,
    VMobject,
    rush_into,
)

from figures.normal_distribution.bell import Bell, SigmaMark
from linreg.study import normal
from visuals.formula import formula
from visuals.layout import Slot
from visuals.numbers import Num
from visuals.plots import LABEL_GAP, Chart, Range
from visuals.theme import Pace, Radius, Size, Stroke, theme

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

LEAST_SIGMA = 1e-6
"""Less than this no tick can show, nor the last digit of most labels."""

BELL_HEADROOM = 1.15
"""Height of a bell's chart, in heights of the bell."""


def bell_ranges(
    sigma: float, reach: float = BELL_REACH, headroom: float = BELL_HEADROOM
) -> tuple[Range, Range]:
    """Return the ranges of a chart of N(0, sigma^2); two that differ in sigma alone look alike.

    Parameters
    ----------
    sigma
        Standard deviation, > 0.
    reach
        Standard deviations to each side.
    headroom
        Height of the chart, in heights of the bell.
    """
    return (-reach * sigma, reach * sigma), (0.0, headroom * normal.constant(sigma))


def rise_together(draws: Sequence[FallingDraw], bell: Bell | None) -> list[Animation]:
    """Show the bells of draws alone, out of copies of another if there is one."""
    if bell is None:
        return [FadeIn(draw.bell) for draw in draws]
    # Copies that lie on each other are together as bright as the one was.
    source = bell.copy()
    source.area.set_fill(opacity=bell.area.get_fill_opacity() / len(draws))
    return [TransformFromCopy(source, draw.bell) for draw in draws]


class FallingDraw(VGroup):
    """A bell on a number line, and the value that was drawn from it.

    Without deviation, or next to none, there is no bell, but a needle at zero.

    Parameters
    ----------
    slot
        The room for it.
    symbol
        The value's name, as :class:`~visuals.typography.Math` takes it.
    value
        What was drawn.
    sigma
        Standard deviation of what it was drawn from; its mean is 0.

    Attributes
    ----------
    symbol
        The value's name, the label of what it becomes in a formula.
    chart, bell, dot
        The number line, the curve or needle, and the value.
    mark
        One sigma of the bell; empty at a needle.
    stem, title
        From the dot up to the value with its name, above the bell.
    """

    def __init__(self, slot: Slot, symbol: str, value: Num, sigma: float) -> None:
        self.symbol, self.value = symbol, value
        self.title = formula(f"{{{{ {symbol} : x }}}} = {{{{ %(value)s : x_value }}}}", value=value)
        self.chart = self._chart(slot, sigma)
        self.chart.axes[1].set_stroke(opacity=0)
        self.bell = (
            Bell(self.chart, sigma=ValueTracker(sigma)) if sigma >= LEAST_SIGMA else self._needle()
        )
        foot, top = (self.chart.at(value.value, y) for y in self.chart.y_range)
        self.dot = Circle(Radius.MARK, color=theme.DATA, fill_opacity=1, stroke_width=0).move_to(
            top
        )
        self.stem = Line(foot, top, color=theme.DATA, stroke_width=Stroke.THIN)
        room = (slot.width - self.title.width) / 2
        middle = slot.center[0]
        self.title.set_x(min(max(top[0], middle - room), middle + room))
        # The numbers of all draws stand on one line, whatever hangs below it.
        line = top[1] + LABEL_GAP + SUBSCRIPT
        self.title.shift(UP * (line - self.title.part("x_value").get_bottom()[1]))
        self.mark = VGroup()
        if isinstance(self.bell, Bell):
            # Across the middle from the stem, which would cut its number.
            self.mark.add(SigmaMark(self.bell, -1 if value.value > 0 else 1))
        super().__init__(self.chart, self.bell, self.mark)

    def ground(self) -> Animation:
        """Show what the bell stands on, and what measures it."""
        return FadeIn(VGroup(*(part for part in self if part is not self.bell)))

    def fall(self, run_time: float = Pace.QUICK) -> Animation:
        """Let the dot, which is not yet there, fall to its value."""
        foot = self.chart.at(self.value.value, 0)
        self.dot.generate_target().move_to(foot)
        return MoveToTarget(self.dot, run_time=run_time, rate_func=rush_into)

    def rest(self) -> Animation:
        """Dim what measures the bell."""
        return ApplyMethod(self.mark.set_color, theme.MUTED)

    def _ranges(self, sigma: float) -> tuple[Range, Range]:
        if sigma < LEAST_SIGMA:
            return (-1.0, 1.0), (0.0, BELL_HEADROOM)
        return bell_ranges(sigma, max(BELL_REACH, 1.05 * abs(self.value.value) / sigma))

    def _chart(self, slot: Slot, sigma: float) -> Chart:
        """Draw the number line where it is in every slot of this size, whatever stands at it."""
        x_label = formula(f"{{{{ {self.symbol} : x }}}}")
        bottom = slot.bottom + Size.BODY - x_label.height
        top = slot.top - Size.BODY - LABEL_GAP
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

    def _needle(self) -> VMobject:
        foot, top = self.chart.at(0, 0), self.chart.at(0, 1)
        return Line(foot, top, color=theme.INK, stroke_width=Stroke.LINE)
