"""A curve over one weight that is made of tries: each leaves a dot, the dots become the curve."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

import numpy as np
from manim import (
    Animation,
    AnimationGroup,
    DashedLine,
    Line,
    ManimColor,
    ValueTracker,
    VGroup,
    VMobject,
    linear,
    squish_rate_func,
)

from fastcairo import DotCloud
from visuals.following import Picture
from visuals.formula import formula
from visuals.layout import Slot
from visuals.plots import Chart, Points, Range
from visuals.roles import ROLES_IN_TRAINING
from visuals.space import put_dots
from visuals.tangents import CurveDot, Tangent
from visuals.theme import Pace, Radius, Stroke, theme
from visuals.trackers import Quantity, as_tracker, go
from visuals.typography import Typeset

NUM_TRIES = 17
"""Dots that a sweep over the whole chart leaves."""

TRIED = 0.75
"""Opacity of the dots that were left behind."""

ABOVE = 1.1
"""Upper end of the loss axis, in highest losses."""

SAMPLES = 120
"""Points of the curve."""

Function = Callable[[float], float]


def loss_chart(
    slot: Slot,
    loss: Function,
    w_range: Range,
    w_name: Typeset | None = None,
    loss_name: Typeset | None = None,
    highest: float | None = None,
) -> Chart:
    """Return axes for a loss over a range of weights, from zero upward.

    Parameters
    ----------
    slot
        The room for it.
    loss
        The loss at a weight.
    w_range
        The weights.
    w_name, loss_name
        What the axes measure; w and L unless given.
    highest
        The highest loss with room on it; that at the ends of the range unless given.
    """
    top = highest or max(map(loss, w_range)) or 1.0
    w_name = w_name or formula("{{ w : w }}", ROLES_IN_TRAINING)
    loss_name = loss_name or formula("{{ L : loss }}", ROLES_IN_TRAINING)
    return Chart(slot, w_range, (0.0, ABOVE * top), w_name, loss_name)


class LossCurve(Picture, VGroup):
    """A loss over one weight: the dot of now, the dots of weights that were tried, the curve.

    Drawn with ``color=theme.GRADIENT`` on a chart below, it shows the slope in the same way.

    Parameters
    ----------
    chart
        The axes, as :func:`loss_chart` makes them.
    w
        The weight: a number, or the tracker that turns the line.
    function
        The loss at a weight.
    slope
        Its derivative, for the tangent; without it there is none.
    color
        Of the curve, and of the line from zero to the dot; the loss's unless given.

    Attributes
    ----------
    w
        Tracker of the weight.
    tried
        Trackers of the least and the greatest weight that a sweep has tried.
    curve_shown
        Tracker of the share of the curve that is drawn, from left to right.
    dot_shown, height_shown, tangent_shown, tries_shown
        Trackers from 0 to 1: opacities of the dot of now, the line from zero to it, the tangent,
        the dots of weights that were tried.
    dropped
        Single weights that left a dot.
    """

    def __init__(
        self,
        chart: Chart,
        w: Quantity,
        function: Function,
        slope: Function | None = None,
        color: ManimColor | None = None,
    ) -> None:
        self.chart, self.w, self.function = chart, as_tracker(w), function
        ink = theme.LOSS if color is None else color
        low, high = chart.x_range
        self.tries = np.linspace(low, high, NUM_TRIES)[1:-1]
        self.heights = [function(weight) for weight in self.tries]
        self.tried = ValueTracker(np.inf), ValueTracker(-np.inf)
        self.curve_shown, self.dot_shown = ValueTracker(0), ValueTracker(1)
        self.height_shown, self.tangent_shown = ValueTracker(0), ValueTracker(0)
        self.tries_shown = ValueTracker(1)
        self.dropped: list[float] = []
        self.samples = [function(weight) for weight in np.linspace(low, high, SAMPLES)]
        self.whole, self.drawn_at = VMobject(), np.empty((0, 3))
        self.curve = VMobject(color=ink, stroke_width=Stroke.LINE)
        home = chart.at(low, 0.0)
        self.dots = DotCloud([home], radius=Radius.SAMPLE, color=theme.MODEL, opacity=TRIED)
        self.height_line = Line(home, home, color=ink, stroke_width=Stroke.LINE)
        self.dot = CurveDot(chart, self.w, function)
        self.tangent = Tangent(chart, self.w, function, slope) if slope else VGroup()
        super().__init__(*(chart, self.curve, self.dots, self.height_line, self.tangent, self.dot))
        self.follow().tracked()

    def at(self, weight: float) -> Points:
        """Return where the curve is at a weight, shape (3,)."""
        return self.chart.at(weight, self.function(weight))

    def lowest_line(self, weight: float) -> DashedLine:
        """Return the dashed upright line at the weight of least loss."""
        ends = self.chart.at([weight] * 2, self.chart.y_range)
        return DashedLine(*ends, color=theme.TRUTH, stroke_width=Stroke.LINE)

    def zero_line(self) -> Line:
        """Return the level line at zero."""
        ends = self.chart.at(self.chart.x_range, [0.0, 0.0])
        return Line(*ends, color=theme.MUTED, stroke_width=Stroke.AXIS)

    # What can be played

    def turn_to(self, weight: float, run_time: float = Pace.MOVE) -> Animation:
        """Take the weight to another value; nothing is left behind."""
        return go(self.w, weight, run_time)

    def drop(self) -> Self:
        """Leave a dot where the dot is now."""
        self.dropped.append(self.w.get_value())
        return self.follow()

    def sweep(self, weight: float, run_time: float = 2 * Pace.SWEEP) -> Animation:
        """Take the weight evenly to another value; on the way it leaves dots."""
        start = self.w.get_value()
        ways = [go(self.w, weight, run_time, linear)]
        for tracker, outer in zip(self.tried, (min, max), strict=True):
            tracker.set_value(outer(tracker.get_value(), start))
            tried = tracker.get_value()
            if outer(tried, weight) != tried:
                # What was tried before stays: its end moves when the weight gets there.
                late = (tried - start) / (weight - start)
                rate = squish_rate_func(linear, late, 1.0)
                ways.append(go(tracker, weight, run_time, rate))
        return AnimationGroup(*ways, run_time=run_time)

    def show_curve(self, run_time: float = Pace.SWEEP) -> Animation:
        """Draw the curve from left to right."""
        return go(self.curve_shown, 1, run_time, linear)

    def show_height(self, run_time: float = Pace.QUICK) -> Animation:
        """Show the line from zero to the dot: the value as a length."""
        return go(self.height_shown, 1, run_time)

    def show_tangent(self, run_time: float = Pace.QUICK) -> Animation:
        """Show the tangent at the dot."""
        return go(self.tangent_shown, 1, run_time)

    def hide(self, *shown: ValueTracker, run_time: float = Pace.QUICK) -> Animation:
        """Take some of the ``..._shown`` to zero."""
        return AnimationGroup(*(go(tracker, 0, run_time) for tracker in shown))

    # Following

    def follow(self) -> Self:
        """Put everything where the weight is now."""
        weight = self.w.get_value()
        low, high = (tracker.get_value() for tracker in self.tried)
        swept = (self.tries >= low) & (self.tries <= high)
        at = [*self.tries[swept], *self.dropped]
        heights = [*np.array(self.heights)[swept], *map(self.function, self.dropped)]
        home = self.chart.at(self.chart.x_range[0], 0.0)
        put_dots(self.dots, self.chart.at(at, heights).reshape(-1, 3), home)
        self.dots.set_opacity(TRIED * self.tries_shown.get_value())
        if self.curve_shown.get_value() > 0:
            self._redraw()
            self.curve.pointwise_become_partial(self.whole, 0, self.curve_shown.get_value())
        else:
            self.curve.set_points_as_corners([home, home])
        ends = self.chart.at(weight, 0.0), self.at(weight)
        self.height_line.set_points_as_corners(ends)
        self.height_line.set_stroke(opacity=self.height_shown.get_value())
        self.dot.follow().set_opacity(self.dot_shown.get_value())
        if isinstance(self.tangent, Tangent):
            self.tangent.follow().set_stroke(opacity=self.tangent_shown.get_value())
        return self

    def _redraw(self) -> None:
        """Draw the whole curve anew where its chart has moved."""
        corners = self.chart.at(self.chart.x_range, self.chart.y_range)
        if not np.array_equal(corners, self.drawn_at):
            self.whole = self.chart.curve(lambda _: self.samples, samples=SAMPLES)
            self.drawn_at = corners
