"""The cost of solving and of descending over the number of features, on one scale."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

import numpy as np
from manim import RIGHT, Animation, FadeIn, Line, ValueTracker, VGroup, VMobject, linear

from figures.closed_form.diamond import diamond
from linreg.study.costs import Costs
from visuals.following import Follower
from visuals.layout import Slot
from visuals.map_marks import dot_mark
from visuals.plots import Chart
from visuals.run_path import RunPath
from visuals.theme import Stroke, theme
from visuals.trackers import go
from visuals.typography import Words

NAME_GAP = 0.15
"""Distance of a name from its mark, in scene units."""

AIR = 1.06
"""Upper end of the axis of costs, in highest costs."""


class CostCurve(Follower, VGroup):
    """A cost, drawn as far as the number of features has come, with a mark at its end.

    Parameters
    ----------
    path
        The cost over the number of features.
    mark
        The mark.
    name
        Its name, beside the mark.
    """

    def __init__(self, path: RunPath, mark: VMobject, name: Words) -> None:
        self.path, self.mark, self.name_of_it = path, mark, name
        super().__init__(path, mark, name)
        self.follow().tracked()

    def follow(self) -> Self:
        """Draw the path, and stand at its end."""
        path = self.path.follow()
        now = path.step.get_value()
        self.mark.move_to(np.array([np.interp(now, path.steps, at) for at in path.corners.T]))
        self.name_of_it.next_to(self.mark, RIGHT, buff=NAME_GAP)
        return self

    def draw(self, run_time: float) -> Animation:
        """Go through the numbers of features at an even pace."""
        return go(self.path.step, float(self.path.steps[-1]), run_time, linear)


class CostChart(VGroup):
    """Axes for both costs; the curves are drawn on them later.

    Parameters
    ----------
    slot
        The room.
    costs
        The costs.
    labels
        Of the axis of features, and of that of costs.
    names
        Of the curves: solving and descent.
    times
        The ratio of both at the right.

    Attributes
    ----------
    curves
        The cost of solving and of descending.
    """

    def __init__(
        self,
        slot: Slot,
        costs: Costs,
        labels: tuple[Words, Words],
        names: tuple[Words, Words],
        times: Words,
    ) -> None:
        last = costs.clear_at
        widest = max(name.width for name in (*names, times))
        room = replace(slot, right=slot.right - widest - 5 * NAME_GAP)
        y = 0.0, AIR * costs.solving(last)
        self.chart = Chart(room, (0.0, float(last)), y, *labels)
        numbers = range(last + 1)
        values = (
            [costs.solving(p) for p in numbers],
            [costs.descending(p) for p in numbers],
        )
        marks = diamond(), dot_mark()
        self.curves = [
            CostCurve(RunPath(self.chart, cost, ValueTracker(0), theme.INK), mark, name)
            for cost, mark, name in zip(values, marks, names, strict=True)
        ]
        self.times = times
        super().__init__(self.chart)

    def compare(self) -> Animation:
        """Draw the distance of both ends, with its ratio."""
        above, below = (curve.name_of_it for curve in self.curves)
        x = above.get_left()[0] + NAME_GAP
        high, low = above.get_bottom()[1] - NAME_GAP, below.get_top()[1] + NAME_GAP
        line = Line((x, high, 0.0), (x, low, 0.0), color=theme.MUTED, stroke_width=Stroke.LINE)
        return FadeIn(line, self.times.next_to(line, RIGHT, buff=NAME_GAP))
