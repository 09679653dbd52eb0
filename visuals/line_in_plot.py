"""The model of one feature: a line in a plot of examples, with its errors and their squares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
import numpy.typing as npt
from manim import (
    DOWN,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    DashedVMobject,
    Square,
    ValueTracker,
    VGroup,
    VMobject,
    linear,
)

from fastcairo import DotCloud
from visuals.cloud import fitting_radius
from visuals.following import Follower, Picture
from visuals.formula import formula
from visuals.layout import Slot
from visuals.plots import Chart, Points, Range, padded
from visuals.roles import ROLES_IN_TRAINING
from visuals.segments import Segments, straight_cubics
from visuals.space import put_dots
from visuals.square_pour import SquarePour
from visuals.theme import Dim, Pace, Radius, Stroke, theme
from visuals.trackers import Quantity, as_tracker, go
from visuals.typography import Typeset

AIR = 0.1
"""Air beside the examples and the first predictions, as a share of their span."""

NAME_GAP = 0.16
"""Distance of a name from its dot, in scene units."""

MANY = 20
"""Sticks and squares of more examples have thinner lines."""

STEEPEST = 2.0
"""Slope on the screen up to which a name keeps clear of the line."""

SQUARE_POINTS = 16
"""Points of a square's outline, as four cubic curves."""

UNIT_DASHES = 24
"""Dashes around a unit square."""


class LineInPlot(Picture, VGroup):
    """Examples (x, y) as dots, the line y_hat = w x + b, errors as sticks, squares on the sticks.

    A square's side is its stick: squares are true on the screen, whatever the axes' units, and
    areas are measured in squared units of the label. A line that leaves the plot is cut, one whose
    parameters are not finite is not drawn.

    Parameters
    ----------
    slot
        The room for it, numbers and names included.
    x, y
        The examples, each of shape (n,) or (n, 1), n > 0.
    w, b
        The parameters: numbers, or trackers that other pictures read too.
    names
        What the axes measure; x and y unless given.
    x_range, y_range
        Of the axes; what holds the examples and the first predictions unless given.

    Attributes
    ----------
    w, b
        Trackers of the parameters.
    chart
        The axes.
    shown
        Tracker of the share of the examples that is seen, from 0 to 1, in their order.
    line_shown, errors_shown, squares_shown, predictions_shown
        Trackers from 0 to 1: opacity of the line, length of the sticks as a share, opacity of
        the squares, opacity of the dots on the line.
    rows
        Numbers of the examples with larger dots, sticks and squares; all of them at first.
    """

    def __init__(
        self,
        slot: Slot,
        x: npt.ArrayLike,
        y: npt.ArrayLike,
        w: Quantity = 0.0,
        b: Quantity = 0.0,
        names: Sequence[Typeset] | None = None,
        x_range: Range | None = None,
        y_range: Range | None = None,
    ) -> None:
        self.x, self.y = (np.asarray(at, dtype=float).reshape(-1) for at in (x, y))
        self.w, self.b = as_tracker(w), as_tracker(b)
        self.shown, self.line_shown = ValueTracker(1), ValueTracker(1)
        self.errors_shown, self.squares_shown = ValueTracker(0), ValueTracker(0)
        self.predictions_shown = ValueTracker(0)
        across = x_range or padded(self.x, AIR, least=1e-6)
        ends = self.w.get_value() * np.array(across) + self.b.get_value()
        up = y_range or padded([*self.y, *ends], AIR, least=1e-6)
        symbols = [formula(f"{{{{ {name} : {name} }}}}", ROLES_IN_TRAINING) for name in "xy"]
        x_name, y_name = names or symbols
        self.chart = Chart(slot, across, up, x_name, y_name)
        radius = max(fitting_radius(len(self.x)), Radius.CLOUD)
        at = self.chart.at(self.x, self.y)
        self.dots = DotCloud(at, radius=radius, color=theme.DATA)
        self.marked = DotCloud(at, radius=Radius.SAMPLE, color=theme.DATA)
        self.predictions = DotCloud(at, radius=Radius.SAMPLE, color=theme.MODEL)
        self.errors = Segments(at, at, theme.LOSS, Stroke.LINE)
        self.line = self.chart.line(0.0, 0.0)
        self.squares = VGroup(*(_square() for _ in self.x))
        self.rows = np.arange(len(self.x))
        self.is_marked = False
        self.style: tuple[float, float] | None = None
        super().__init__(
            *(self.chart, self.squares, self.line, self.errors, self.dots),
            *(self.marked, self.predictions),
        )
        self.follow().tracked()

    # Where things are

    @property
    def unit(self) -> float:
        """Length of one unit of the label, in scene units."""
        low, high = self.chart.y_range
        return float(self.chart.axes[1].get_length()) / (high - low)

    def predict(self, x: npt.ArrayLike) -> Points:
        """Return the predictions of now, of the shape of x."""
        with np.errstate(invalid="ignore", over="ignore"):
            return np.asarray(self.w.get_value() * np.asarray(x, dtype=float) + self.b.get_value())

    def at(self, x: float, y: float) -> Points:
        """Return where a point lies in the scene, shape (3,)."""
        return self.chart.at(x, y)

    def areas(self) -> Points:
        """Return the squared errors of the marked examples as areas in the scene, shape (k,)."""
        with np.errstate(invalid="ignore", over="ignore"):
            error = self.predict(self.x[self.rows]) - self.y[self.rows]
            return np.asarray((error * self.unit) ** 2)

    def unit_square(self, side: float = 1.0) -> DashedVMobject:
        """Return a dashed square whose side is so many units of the label: what areas count."""
        square = Square(side * self.unit, color=theme.MUTED, stroke_width=Stroke.THIN)
        return DashedVMobject(square, num_dashes=UNIT_DASHES)

    def name_example(self, row: int, y: Typeset, y_hat: Typeset) -> ExampleNames:
        """Name an example's label and its prediction; the names follow the line."""
        return ExampleNames(self, row, y, y_hat)

    def pour_into(self, slot: Slot, zoom: float | None = None) -> SquarePour:
        """Return the squares of now, ready to be poured; see :class:`SquarePour`."""
        self.follow()
        return SquarePour(
            VGroup(*(self.squares[row] for row in self.rows.tolist())), slot, self.areas, zoom
        )

    # What can be played

    def move_line(self, w: float, b: float, run_time: float = Pace.MOVE) -> Animation:
        """Move the line to other parameters."""
        return AnimationGroup(go(self.w, w, run_time), go(self.b, b, run_time))

    def deal(self, run_time: float = Pace.SWEEP) -> Animation:
        """Show the examples one after the other."""
        self.shown.set_value(0)
        self.follow()
        return go(self.shown, 1, run_time, linear)

    def show_line(self, run_time: float = Pace.MOVE) -> Animation:
        """Show the line."""
        return go(self.line_shown, 1, run_time)

    def mark(self, rows: Sequence[int]) -> Self:
        """Give some examples larger dots, and sticks and squares to no others."""
        self.rows = np.asarray(rows, dtype=np.int64).reshape(-1)
        self.is_marked = True
        return self.follow()

    def show_predictions(self, run_time: float = Pace.QUICK) -> Animation:
        """Show dots on the line at the marked examples."""
        return go(self.predictions_shown, 1, run_time)

    def show_errors(self, run_time: float = Pace.MOVE) -> Animation:
        """Grow sticks from the marked examples to the line."""
        return go(self.errors_shown, 1, run_time)

    def show_squares(self, run_time: float = Pace.MOVE) -> Animation:
        """Show the squares on the sticks."""
        return go(self.squares_shown, 1, run_time)

    def hide(self, *shown: ValueTracker, run_time: float = Pace.QUICK) -> Animation:
        """Take some of the ``..._shown`` to zero."""
        return AnimationGroup(*(go(tracker, 0, run_time) for tracker in shown))

    # Following

    def follow(self) -> Self:
        """Put everything where the line is now."""
        w, b = self.w.get_value(), self.b.get_value()
        self.chart.put_line(self.line, w, b)
        known = bool(np.isfinite([w, b]).all())
        self.line.set_stroke(opacity=self.line_shown.get_value() * known)
        count = round(self.shown.get_value() * len(self.x))
        at = self.chart.at(self.x, self.y)
        put_dots(self.dots, at[:count], at[:1])
        put_dots(self.marked, at[self.rows] if self.is_marked else at[:0], at[:1])
        starts, ends = self._sticks()
        grown = starts + (ends - starts) * self.errors_shown.get_value()
        self.errors.set_segments(starts, grown)
        put_dots(self.predictions, ends, at[:1])
        self.predictions.set_opacity(self.predictions_shown.get_value())
        self._put_squares(at, starts, ends)
        many = len(self.rows) > MANY
        self.errors.set_stroke(width=Stroke.THIN if many else Stroke.LINE)
        style = self.squares_shown.get_value(), Stroke.THIN / 2 if many else Stroke.THIN
        if style != self.style:
            self.style = shown, width = style
            self.squares.set_fill(opacity=shown * Dim.FAINT).set_stroke(width=width, opacity=shown)
        return self

    def _put_squares(self, at: Points, starts: Points, ends: Points) -> None:
        """Put the marked squares on their sticks, on the side where the chart has more room."""
        middle = self.chart.axes[0].get_start_and_end()
        right = starts[:, 0] < (middle[0] + middle[1])[0] / 2
        out = np.where(right, 1, -1)[:, None] * RIGHT * abs(ends - starts)[:, 1:2]
        corners = np.stack([starts, ends, ends + out, starts + out], axis=1)
        sides = straight_cubics(
            corners.reshape(-1, 3), np.roll(corners, -1, axis=1).reshape(-1, 3)
        ).reshape(-1, SQUARE_POINTS, 3)
        marked = dict(zip(self.rows.tolist(), sides, strict=True))
        for number, square in enumerate(self.squares):
            points = marked.get(number)
            square.points = np.tile(at[number], (SQUARE_POINTS, 1)) if points is None else points

    def _sticks(self) -> tuple[Points, Points]:
        """Return where sticks begin and end, (k, 3); one without a prediction has no length."""
        x, y = self.x[self.rows], self.y[self.rows]
        y_hat = self.predict(x)
        y_hat = np.where(np.isnan(y_hat), y, y_hat)
        return self.chart.at(x, y).reshape(-1, 3), self.chart.at(x, y_hat).reshape(-1, 3)


class ExampleNames(Follower, VGroup):
    """The names of one example's label and prediction, beyond both ends of its stick.

    Parameters
    ----------
    plot
        The picture.
    row
        Number of the example.
    y, y_hat
        The names.
    """

    def __init__(self, plot: LineInPlot, row: int, y: Typeset, y_hat: Typeset) -> None:
        self.plot, self.row = plot, row
        self.label, self.prediction = y, y_hat
        super().__init__(y, y_hat)
        self.follow().tracked()

    def follow(self) -> Self:
        """Stand beyond both ends of the stick of now."""
        x, y = self.plot.x[self.row], self.plot.y[self.row]
        y_hat = float(self.plot.predict(x))
        up = UP if y >= y_hat else DOWN
        self.label.next_to(self.plot.at(x, y), up, buff=NAME_GAP)
        start, end = self.plot.line.get_start_and_end()
        steep = abs(end - start)[1] / max(abs(end - start)[0], 1e-9)
        gap = NAME_GAP + min(steep, STEEPEST) * self.prediction.width / 2
        self.prediction.next_to(self.plot.at(x, y_hat), -up, buff=gap)
        return self


def _square() -> VMobject:
    return VMobject(color=theme.LOSS, stroke_width=Stroke.THIN, fill_color=theme.LOSS)
