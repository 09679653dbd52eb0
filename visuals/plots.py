"""Charts: axes with labels and round ticks, and the lines and curves drawn on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Line,
    ManimColor,
    ValueTracker,
    VGroup,
    VMobject,
)

from visuals.layout import Slot
from visuals.numbers import Num
from visuals.theme import Size, Stroke, theme
from visuals.typography import Typeset, Words

TICK_LENGTH = 0.08

TICK_GAP = 0.12
"""Space between an axis and the numbers at its ticks, in scene units."""

LABEL_GAP = 0.14
"""Space between a chart and its labels, in scene units."""

BELOW_NUMBERS = 0.05
"""Least space between the numbers of the x axis and a text below them, in scene units."""

Range: TypeAlias = tuple[float, float]
Points: TypeAlias = npt.NDArray[np.float64]


def round_ticks(low: float, high: float, most: int = 5, least: float = 0.0) -> list[float]:
    """Return round numbers (1, 2 or 5 times a power of ten) in a range.

    Parameters
    ----------
    low, high
        Ends of the range.
    most
        Largest number of ticks.
    least
        Smallest distance of two ticks, at most 1.
    """
    span = high - low
    power = 10.0 ** np.floor(np.log10(span / most))
    for factor in (1, 2, 5, 10, 20):
        step = factor * power
        first, last = np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9)
        if last - first + 1 <= most and step > 0.99 * least:
            break
    return [float(round(k * step, 12)) for k in np.arange(first, last + 1)]


def padded(values: npt.ArrayLike, share: float = 0.08, least: float = 1.0) -> Range:
    """Return a range that holds the finite values, with some air; its span is never zero.

    Parameters
    ----------
    values
        Numbers of any shape; those that are not finite are ignored.
    share
        Air on each side, as a share of the span.
    least
        Smallest span.
    """
    numbers = np.asarray(values, dtype=float)
    finite = numbers[np.isfinite(numbers)]
    low, high = (finite.min(), finite.max()) if finite.size else (0.0, 0.0)
    middle, span = (low + high) / 2, max(high - low, least)
    half = span * (0.5 + share)
    return float(middle - half), float(middle + half)


def _places(ticks: list[float]) -> int:
    """Return the fewest decimal places in which the ticks are exact."""
    for places in range(6):
        if all(abs(round(tick, places) - tick) < 1e-9 for tick in ticks):
            return places
    return 6


class Chart(VGroup):
    """Two axes with round ticks, in a slot.

    Parameters
    ----------
    slot
        Room for the whole chart, labels and ticks included.
    x, y
        Range of each axis, in the units of the plotted data.
    x_label, y_label
        Labels of the axes. The label of y stands upright above its axis.
    ticks
        Largest number of ticks of an axis; 0 for none.
    x_ticks, y_ticks
        Whether an axis shows its ticks.
    counts
        Whether x counts something, so that no tick lies between two whole numbers.
    """

    def __init__(
        self,
        slot: Slot,
        x: Range,
        y: Range,
        x_label: Typeset | None = None,
        y_label: Typeset | None = None,
        ticks: int = 5,
        x_ticks: bool = True,
        y_ticks: bool = True,
        counts: bool = False,
    ) -> None:
        super().__init__()
        self._counts = counts
        self.x_range, self.y_range = x, y
        x_at = self._x_ticks(ticks) if ticks and x_ticks else []
        y_at = self._y_ticks(ticks) if ticks and y_ticks else []
        self.y_at = y_at
        self.x_tick_labels = self._x_numbers(x_at)
        self.y_tick_labels = self._y_numbers(y_at)
        self.x_label, self.y_label = x_label, y_label
        plane = self._plane(slot)
        self.axes = VGroup(
            self._rule([plane.left, plane.bottom, 0], [plane.right, plane.bottom, 0]),
            self._rule([plane.left, plane.bottom, 0], [plane.left, plane.top, 0]),
        )
        self.tick_marks = VGroup()
        for value, label in zip(x_at, self.x_tick_labels, strict=True):
            foot = self.at(value, y[0])
            self.tick_marks.add(self._rule(foot, foot + DOWN * TICK_LENGTH))
            label.next_to(foot, DOWN, buff=TICK_GAP)
        for value, label in zip(y_at, self.y_tick_labels, strict=True):
            foot = self.at(x[0], value)
            self.tick_marks.add(self._rule(foot, foot + LEFT * TICK_LENGTH))
            label.next_to(foot, LEFT, buff=TICK_GAP)
        self.add(self.axes, self.tick_marks, self.x_tick_labels, self.y_tick_labels)
        if x_label is not None:
            x_label.next_to(self.axes[0], DOWN, buff=LABEL_GAP + self._below())
            self.add(x_label.align_to(self.axes, RIGHT))
        if y_label is not None:
            y_label.next_to(self.axes[1], UP, buff=LABEL_GAP)
            self.add(y_label.align_to(self.axes, LEFT))

    # Coordinates

    def at(self, x: npt.ArrayLike, y: npt.ArrayLike, clip: bool = True) -> Points:
        """Return the points of the scene at which points of the chart lie.

        Parameters
        ----------
        x, y
            Coordinates, scalars or arrays of shape (n,).
        clip
            Whether points off the chart are put on its edge. Those that are not a number always
            are.

        Returns
        -------
        points
            Shape (3,) for scalars, else (n, 3).
        """
        start, right = self.axes[0].get_start_and_end()
        up = self.axes[1].get_end()
        across = self._x_share(x, clip)[..., None] * (right - start)
        along = self._y_share(y, clip)[..., None] * (up - start)
        return np.asarray(start + across + along, dtype=float)

    def keep_below_numbers(self, text: VMobject) -> None:
        """Lower a text that reaches the numbers of the x axis: Chinese letters are high."""
        highest = self.x_tick_labels.get_bottom()[1] - BELOW_NUMBERS
        text.shift(DOWN * max(0.0, text.get_top()[1] - highest))

    def x_of(self, point: Points) -> float:
        """Return the x of the chart at a point of the scene."""
        start, right = self.axes[0].get_start_and_end()
        share = (point[0] - start[0]) / (right[0] - start[0])
        return float(self.x_range[0] + share * (self.x_range[1] - self.x_range[0]))

    # Lines and curves

    def curve(
        self,
        function: Callable[[npt.NDArray[np.float64]], npt.ArrayLike],
        x: Range | None = None,
        color: ManimColor | None = None,
        stroke_width: float = Stroke.LINE,
        samples: int = 200,
    ) -> VMobject:
        """Draw y = function(x) as a smooth curve, as far as it stays on the chart.

        Parameters
        ----------
        function
            Takes and returns arrays of shape (n,).
        x
            Range of x; by default the chart's.
        color
            Colour of the curve; by default that of text.
        stroke_width
            In manim's unit.
        samples
            Number of points through which the curve is drawn.
        """
        at = np.linspace(*(x or self.x_range), samples)
        values = np.asarray(function(at), dtype=float)
        inside = np.isfinite(values) & (values <= self.y_range[1]) & (values >= self.y_range[0])
        curve = VMobject(color=color or theme.INK, stroke_width=stroke_width)
        if inside.sum() > 1:
            curve.set_points_smoothly(self.at(at[inside], values[inside]))
        return curve

    def line(
        self, slope: float, intercept: float, color: ManimColor | None = None, **style: float
    ) -> Line:
        """Draw y = slope x + intercept, cut where it leaves the chart.

        Parameters
        ----------
        slope, intercept
            The line.
        color
            Colour of the line; by default that of the model.
        **style
            ``width``, in manim's unit.
        """
        line = Line(color=color or theme.MODEL, stroke_width=style.get("width", Stroke.LINE))
        return self.put_line(line, slope, intercept)

    def put_line(self, line: Line, slope: float, intercept: float, x: Range | None = None) -> Line:
        """Move a line to y = slope x + intercept, cut where it leaves the chart.

        Parameters
        ----------
        line
            The line to move.
        slope, intercept
            Its new place.
        x
            Range of x; by default the chart's.
        """
        start, end = _cut(slope, intercept, x or self.x_range, self.y_range)
        line.set_points_by_ends(self.at(*start), self.at(*end))
        return line

    def tracked_line(
        self, slope: ValueTracker, intercept: ValueTracker, color: ManimColor | None = None
    ) -> Line:
        """Draw y = slope x + intercept, and redraw it when the trackers change.

        Parameters
        ----------
        slope, intercept
            Trackers of the line.
        color
            Colour of the line; by default that of the model.
        """
        line = self.line(slope.get_value(), intercept.get_value(), color)
        line.add_updater(lambda line: self.put_line(line, slope.get_value(), intercept.get_value()))
        return line

    # Parts

    def _x_share(self, x: npt.ArrayLike, clip: bool) -> npt.NDArray[np.float64]:
        return share_of_range(x, self.x_range, clip)

    def _x_ticks(self, most: int) -> list[float]:
        return round_ticks(*self.x_range, most, least=float(self._counts))

    def _x_numbers(self, ticks: list[float]) -> VGroup:
        return tick_labels(ticks)

    def _y_share(self, y: npt.ArrayLike, clip: bool) -> npt.NDArray[np.float64]:
        return share_of_range(y, self.y_range, clip)

    def _y_ticks(self, most: int) -> list[float]:
        return round_ticks(*self.y_range, most)

    def _y_numbers(self, ticks: list[float]) -> VGroup:
        return tick_labels(ticks)

    def _rule(self, start: npt.ArrayLike, end: npt.ArrayLike) -> Line:
        ends = np.array([start, end], dtype=float)
        return Line(*ends, color=theme.MUTED, stroke_width=Stroke.AXIS)

    def _below(self) -> float:
        """Return the height of the numbers under the x axis."""
        return TICK_GAP + self.x_tick_labels.height if len(self.x_tick_labels) else 0.0

    def _plane(self, slot: Slot) -> Slot:
        """Return the part of the slot that is left for the plot itself."""
        left = max(
            TICK_GAP + self.y_tick_labels[0].width if len(self.y_tick_labels) else 0.0,
            *(TICK_GAP + label.width for label in self.y_tick_labels),
            Stroke.AXIS / 100,
        )
        ends = max((label.width / 2 for label in self.x_tick_labels), default=0.0)
        bottom = self._below() if len(self.x_tick_labels) else 0.0
        if self.x_label is not None:
            bottom += LABEL_GAP + self.x_label.height
        top = 0.0 if self.y_label is None else LABEL_GAP + self.y_label.height
        return Slot(slot.left + left, slot.right - ends, slot.bottom + bottom, slot.top - top)


class TickLabel(Words):
    """A number at a tick: it names a place on an axis and is not a result."""

    def __init__(self, number: Num, **style: Any) -> None:
        self.tick = number.value
        super().__init__("%(tick)s", tick=number, **style)


def tick_labels(ticks: list[float]) -> VGroup:
    """Return the numbers at ticks, all with the same decimal places, except 0."""
    places = _places(ticks)
    numbers = (Num(tick, places if tick else 0) for tick in ticks)
    return VGroup(*(TickLabel(number, size=Size.TICK, color=theme.MUTED) for number in numbers))


def share_of_range(values: npt.ArrayLike, span: Range, clip: bool) -> npt.NDArray[np.float64]:
    """Return the positions of values in a range: 0 at its start, 1 at its end.

    Parameters
    ----------
    values
        Numbers of any shape; those that are not a number lie at the start.
    span
        The range.
    clip
        Whether values outside are put on the nearer end.
    """
    low, high = span
    with np.errstate(invalid="ignore", over="ignore"):
        along = (np.asarray(values, dtype=float) - low) / (high - low)
    if not np.isfinite(along).all():
        along = np.nan_to_num(along, nan=0.0, posinf=1.0, neginf=0.0)
    return np.minimum(np.maximum(along, 0.0), 1.0) if clip else along


def _cut(
    slope: float, intercept: float, x: Range, y: Range
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the two ends of the part of a line that lies in a rectangle."""
    if not (np.isfinite(slope) and np.isfinite(intercept)):
        return (x[0], y[0]), (x[0], y[0])
    low, high = x
    if slope != 0:
        ends = sorted(((y[0] - intercept) / slope, (y[1] - intercept) / slope))
        low, high = max(low, ends[0]), min(high, ends[1])
    if low >= high:
        low = high = min(max(low, x[0]), x[1])
    return (low, slope * low + intercept), (high, slope * high + intercept)
