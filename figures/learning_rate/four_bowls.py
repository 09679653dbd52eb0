"""Four equal bowls on one scale, each with a learning rate of its own, in lock-step."""

from __future__ import annotations

from collections.abc import Sequence

from manim import DOWN, UP, Mobject, ValueTracker, VGroup

from figures.learning_rate.cut_chart import CutCurve, cut_chart
from figures.learning_rate.hops import Hops
from linreg.study.steepest_cut import SteepestCut
from visuals.layout import Slot, is_wide
from visuals.numbers import Num, as_typed
from visuals.plots import LABEL_GAP, Chart
from visuals.typography import Math, Words

ROOM = 0.55
"""Height of the factor below each chart, in scene units."""

NEARLY_ONE = 0.995
"""Factor from which on two decimal places would show one."""


def _value(factor: float) -> Num:
    """Return a factor with two decimal places, or with three where it is nearly one."""
    return Num(factor, 3 if NEARLY_ONE <= factor < 1 else 2)


def _names(chart: Chart) -> list[Mobject]:
    """Return the names of a chart's axes."""
    return [name for name in (chart.x_label, chart.y_label) if name is not None]


def _outline(curve: CutCurve) -> VGroup:
    """Return the axes and the parabola of a curve, which follow nothing."""
    return VGroup(curve.chart.axes.copy(), curve.curve.copy())


class FourBowls(VGroup):
    """The same parabola four times, each with its rate.

    Parameters
    ----------
    slot
        Room for all four.
    cut
        The loss.
    rates
        The learning rates.
    num_steps
        Number of steps at most.
    factor
        Text of a factor, with its number as ``%(factor)s``.

    Attributes
    ----------
    step
        Tracker of the number of steps taken, the same for all.
    curves, titles
        The parabolas on their axes, and the rates above.
    factors
        Each rate's factor, below its bowl; not yet shown.
    """

    def __init__(
        self, slot: Slot, cut: SteepestCut, rates: Sequence[float], num_steps: int, factor: str
    ) -> None:
        self.step = ValueTracker(0)
        self.factors, self.titles = VGroup(), VGroup()
        self.curves: list[CutCurve] = []
        rooms = slot.columns(25, 25, 25, 25)
        if not is_wide():
            rooms = tuple(room for row in slot.stacked(50, 50) for room in row.columns(50, 50))
        super().__init__()
        for room, lr in zip(rooms, rates, strict=True):
            plane = Slot(room.left, room.right, room.bottom + ROOM, room.top)
            chart = cut_chart(plane, cut, Math("d"), y_ticks=False)
            curve = CutCurve(chart, cut, ValueTracker(1))
            hops = Hops(chart, cut, lr, num_steps, self.step)
            title = Math('"lr" = %(lr)s', lr=as_typed(lr))
            title.next_to(chart.axes, UP, buff=LABEL_GAP)
            name = Words(factor, factor=_value(cut.factor(lr)))
            name.next_to(chart, DOWN, buff=LABEL_GAP).set_x(chart.axes.get_x())
            if lr != rates[0]:
                chart.remove(*_names(chart))  # of equal axes, one has names
            self.add(curve, hops, title)
            self.curves.append(curve)
            self.titles.add(title)
            self.factors.add(name)

    def split_from(self, curve: CutCurve) -> VGroup:
        """Return what all four bowls look like where another one stands, and are to become.

        Played as :class:`~manim.Transform` of each part into its ``target``.
        """
        parts = VGroup()
        for bowl in self.curves:
            part = _outline(curve)
            part.target = _outline(bowl)
            parts.add(part)
        return parts
