"""The loss curve on its way to the whole room and to the true bias."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

from manim import Animation, ValueTracker, VGroup, VMobject

from linreg.study.profile import WeightProfile
from visuals.following import Picture
from visuals.formula import formula
from visuals.plots import Chart, Range
from visuals.readout import Readout
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Pace, Stroke, theme
from visuals.trackers import go


class SlidingCurve(Picture, VMobject):
    """A loss curve between two charts, for a bias between two values.

    Parameters
    ----------
    start, end
        The charts.
    profile
        The loss against the weight at the first bias.

    Attributes
    ----------
    moved
        Tracker from 0, the first chart, to 1, the second one.
    b
        Tracker of the bias.
    """

    def __init__(self, start: Chart, end: Chart, profile: WeightProfile) -> None:
        self.start, self.end, self.profile = start.copy(), end.copy(), profile
        self.lens = start.copy()
        self.moved, self.b = ValueTracker(0), ValueTracker(profile.b.item())
        super().__init__(color=theme.LOSS, stroke_width=Stroke.LINE)
        self.follow().tracked()

    def grow(self, run_time: float = Pace.MOVE) -> Animation:
        """Take the room and the ranges of the second chart."""
        return go(self.moved, 1, run_time)

    def readout(self) -> Readout:
        """Return the bias of now as a live number."""
        return Readout(self.b.get_value, label=formula("{{ b : b }} =", ROLES_IN_TRAINING))

    def follow(self) -> Self:
        """Draw the curve of the bias of now in the room of now."""
        share = self.moved.get_value()
        start, end = self.start, self.end
        for axis, first, last in zip(self.lens.axes, start.axes, end.axes, strict=True):
            axis.set_points((1 - share) * first.points + share * last.points)
        self.lens.x_range = _between(start.x_range, end.x_range, share)
        self.lens.y_range = _between(start.y_range, end.y_range, share)
        bias = self.profile.b.new_full((1,), self.b.get_value())
        curve = self.lens.curve(replace(self.profile, b=bias).losses)
        self.set_points(curve.points)
        return self


def frame_of(chart: Chart) -> VGroup:
    """Return copies of the axes of a chart and of their names, without numbers."""
    names = (name for name in (chart.x_label, chart.y_label) if name is not None)
    return VGroup(chart.axes, *names).copy()


def _between(first: Range, last: Range, share: float) -> Range:
    low, high = ((1 - share) * a + share * b for a, b in zip(first, last, strict=True))
    return low, high
