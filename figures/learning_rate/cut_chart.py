"""The cut through the loss as a parabola over the distance to its bottom."""

from __future__ import annotations

from manim import ValueTracker

from linreg.study.steepest_cut import SteepestCut
from visuals.formula import formula
from visuals.layout import Slot
from visuals.loss_curve import LossCurve
from visuals.plots import Chart
from visuals.roles import ROLES_IN_TRAINING
from visuals.typography import Typeset

REACH = 1.9
"""Greatest distance on the axis."""


def cut_chart(
    slot: Slot, cut: SteepestCut, x_label: Typeset | None = None, y_ticks: bool = True
) -> Chart:
    """Return the axes: the distance to either side, and the loss from its lowest value upward.

    Parameters
    ----------
    slot
        Room for the chart.
    cut
        The loss.
    x_label
        Name of the distance.
    y_ticks
        Whether the loss has numbers.
    """
    loss = cut.lowest, cut.loss(REACH)
    name = formula("{{ L : loss }}", ROLES_IN_TRAINING)
    return Chart(slot, (-REACH, REACH), loss, x_label, name, y_ticks=y_ticks)


class CutCurve(LossCurve):
    """The parabola, drawn; a dot on it and its tangent follow the distance.

    Parameters
    ----------
    chart
        The axes, as :func:`cut_chart` makes them.
    cut
        The loss.
    distance
        Tracker of the distance of the dot.
    """

    def __init__(self, chart: Chart, cut: SteepestCut, distance: ValueTracker) -> None:
        super().__init__(chart, distance, cut.loss, cut.slope)
        self.curve_shown.set_value(1)
        self.dot_shown.set_value(0)
        self.follow()
