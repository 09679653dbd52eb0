"""One draw from a normal distribution: a bell of its own, and a dot that falls to its value."""

from __future__ import annotations

from dataclasses import replace

from manim import Animation, Circle, Line, MoveToTarget, ValueTracker, VGroup, VMobject, rush_into

from linreg import normal
from visuals.bell import Bell
from visuals.formula import formula
from visuals.layout import Slot
from visuals.numbers import Num
from visuals.plots import LABEL_GAP, Chart, Range
from visuals.theme import Dot, Pace, Size, Stroke, theme

REACH = 4.5
"""Standard deviations that a bell's chart shows to each side."""

HEADROOM = 1.15
"""Height of a bell's chart, in heights of the bell."""


def bell_ranges(
    sigma: float, reach: float = REACH, headroom: float = HEADROOM
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


class Draw(VGroup):
    """A bell on a number line, and the value that was drawn from it.

    Without deviation there is no bell, but a needle at zero.

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
    title
        The value with its name, above the bell.
    """

    def __init__(self, slot: Slot, symbol: str, value: Num, sigma: float) -> None:
        self.symbol, self.value = symbol, value
        self.title = formula(f"{{{{ {symbol} : x }}}} = {{{{ %(value)s : x_value }}}}", value=value)
        x_label = formula(f"{{{{ {symbol} : x }}}}", size=Size.TICK)
        # All axes lie at one height, whatever descends from their names.
        bottom = slot.bottom + Size.TICK - x_label.height
        room = replace(slot, bottom=bottom, top=slot.top - self.title.height - LABEL_GAP)
        self.chart = Chart(room, *self._ranges(sigma), x_label=x_label, y_ticks=False)
        self.chart.axes[1].set_stroke(opacity=0)
        self.bell = Bell(self.chart, sigma=ValueTracker(sigma)) if sigma else self._needle()
        top = self.chart.at(value.value, self.chart.y_range[1])
        self.dot = Circle(Dot.MARK, color=theme.DATA, fill_opacity=1, stroke_width=0).move_to(top)
        middle = self.chart.axes[0].get_center()[0]
        self.title.set_x(middle).set_y(slot.top - self.title.height / 2)
        super().__init__(self.chart, self.bell)

    def fall(self, run_time: float = Pace.QUICK) -> Animation:
        """Let the dot, which is not yet there, fall to its value."""
        foot = self.chart.at(self.value.value, 0)
        self.dot.generate_target().move_to(foot)
        return MoveToTarget(self.dot, run_time=run_time, rate_func=rush_into)

    def _ranges(self, sigma: float) -> tuple[Range, Range]:
        if not sigma:
            return (-1.0, 1.0), (0.0, HEADROOM)
        return bell_ranges(sigma, max(REACH, 1.05 * abs(self.value.value) / sigma))

    def _needle(self) -> VMobject:
        foot, top = self.chart.at(0, 0), self.chart.at(0, 1)
        return Line(foot, top, color=theme.INK, stroke_width=Stroke.LINE)
