"""Names in the plot of the chapter: of the line, of its b, and of one error."""

from __future__ import annotations

from typing import Self

from manim import DOWN, RIGHT, UP, Circle, ValueTracker, VGroup, VMobject

from visuals.following import Follower, Picture
from visuals.formula import formula
from visuals.line_in_plot import NAME_GAP, LineInPlot
from visuals.readout import Readout
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Stroke, theme

LINE = "{{ hat(y) : hat }} = {{ w : w }} {{ x : x }} + {{ b : b }}"
ERROR = "{{ r : error }} = {{ hat(y) : hat }} - {{ y : y }}"

PIN, PIN_HEAD = 0.1, 0.05
"""Radii of the ring and of the point at which the line is held, in scene units."""


class Pin(Follower, VGroup):
    """A ring and the value of b where the line meets the y axis: what is held.

    Parameters
    ----------
    plot
        The plot.
    rising
        Whether most lines rise: the name of b stands below them, else above.
    """

    def __init__(self, plot: LineInPlot, *, rising: bool) -> None:
        self.plot, self.rising = plot, rising
        self.ring = Circle(PIN, color=theme.MODEL, stroke_width=Stroke.LINE)
        self.point = Circle(PIN_HEAD, color=theme.MODEL, fill_opacity=1, stroke_width=0)
        self.title = Readout(plot.b.get_value, label=formula("{{ b : b }} =", ROLES_IN_TRAINING))
        super().__init__(self.ring, self.point, self.title)
        self.follow().tracked()

    def follow(self) -> Self:
        """Stand where the line meets the axis now; the name keeps clear of most lines."""
        at = self.plot.at(0.0, self.plot.b.get_value())
        self.ring.move_to(at)
        self.point.move_to(at)
        self.title.next_to(at, (DOWN if self.rising else UP) + RIGHT, buff=NAME_GAP)
        return self


class ErrorName(Follower, VGroup):
    """The definition of the error, beside the stick of one example.

    Parameters
    ----------
    plot
        The plot.
    row
        Number of the example.
    """

    def __init__(self, plot: LineInPlot, row: int) -> None:
        self.plot, self.row = plot, row
        self.title = formula(ERROR, ROLES_IN_TRAINING)
        super().__init__(self.title)
        self.follow().tracked()

    def follow(self) -> Self:
        """Stand right of the middle of the stick of now."""
        x, y = self.plot.x[self.row], self.plot.y[self.row]
        middle = (y + float(self.plot.predict(x))) / 2
        self.title.next_to(self.plot.at(x, middle), RIGHT, buff=NAME_GAP)
        return self


class LineName(Picture, VGroup):
    """The model at the line's right end: its formula at first, then its weight of now.

    Parameters
    ----------
    plot
        The plot.
    rising
        Whether most lines rise: the name stands above them, else below.

    Attributes
    ----------
    shown
        Tracker of its opacity.
    counted
        Tracker from 0 to 1: the formula fades, and the number comes.
    """

    def __init__(self, plot: LineInPlot, *, rising: bool) -> None:
        self.plot, self.rising = plot, rising
        self.shown, self.counted = ValueTracker(0), ValueTracker(0)
        self.model = formula(LINE, ROLES_IN_TRAINING)
        label = formula("{{ w : w }} =", ROLES_IN_TRAINING)
        self.number = Readout(plot.w.get_value, label=label)
        super().__init__(self.model, self.number)
        self.follow().tracked()

    def follow(self) -> Self:
        """Stand clear of the line of now, and within its plot's room."""
        self.number.follow()
        counted, shown = self.counted.get_value(), self.shown.get_value()
        for name, share in ((self.model, 1 - 2 * counted), (self.number, 2 * counted - 1)):
            name.set_opacity(max(share, 0.0) * shown)
            self._place(name)
        return self

    def _place(self, name: VMobject) -> None:
        """Put a name's corner beside the line; where the line leaves the plot, further left."""
        start, end = self.plot.line.get_start_and_end()
        slope = (end - start)[1] / max((end - start)[0], 1e-9)
        up = 1 if self.rising else -1
        right, nearest = end[0], end[1] - up * min(slope * up, 0.0) * name.width + up * NAME_GAP
        limit = self.plot.chart.axes[1].get_end()[1] if self.rising else self.plot.at(0.0, -1e9)[1]
        if up * (nearest - limit) + name.height > 0:
            nearest = limit - up * name.height
            if slope * up > 0:
                right = min(right, start[0] + (nearest - up * NAME_GAP - start[1]) / slope)
        name.move_to(RIGHT * right + UP * nearest, aligned_edge=RIGHT - UP * up)
