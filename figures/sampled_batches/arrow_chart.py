"""A plane of gradients: arrows from one origin, on axes with one unit for both directions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from manim import Line, Polygon, VGroup, VMobject

from visuals.gradient_arrow import GradientArrow
from visuals.label_room import points_along, room_around
from visuals.layout import Slot
from visuals.plots import Chart, Points, Range, padded
from visuals.theme import Stroke, theme
from visuals.typography import Typeset

SHADE = 0.12
"""Opacity of the side that a gradient points to."""

ZERO_LINE = 0.7
"""Opacity of the lines where a component is zero."""

LABEL_PLACES = 24
LABEL_SPACES = (0.05, 0.12, 0.2, 0.3, 0.4, 0.55, 0.7)
"""Places that are tried for a label around a tip, and their distances from it."""

SIDE_PLACES = 20
"""Places that are tried for a side's name across a chart, and as many up it."""

ENOUGH, NEAR = 0.45, 0.2
"""Space around a side's name, and around that of another thing, in scene units; more is not worth
a place farther away."""

LABEL_ROOM, NAMES_APART = 0.09, 0.12
"""Space between a label and what is drawn, and what two labels need more than that."""

PATH_CORNERS = 500
TIP_AIR = 0.16
FITTINGS = 3
"""The numbers at the ticks take room from the plot, and with it change the ranges."""


class ArrowChart(VGroup):
    """A plane of two gradient components, with the origin in it.

    Parameters
    ----------
    slot
        The room for the chart, labels and ticks included.
    tips
        Points that must be on it, shape (k, 2); those that are not finite are passed over.
    x_label, y_label
        What the axes measure.
    least
        The least span of an axis, in the gradients' unit.
    width
        Of the plot itself, if it shall be narrower than the slot allows.

    Attributes
    ----------
    chart
        The axes, ticks and labels.
    """

    def __init__(
        self,
        slot: Slot,
        tips: npt.ArrayLike,
        x_label: Typeset,
        y_label: Typeset,
        least: float,
        width: float = np.inf,
    ) -> None:
        points = np.vstack([np.asarray(tips, dtype=float), np.zeros(2)])
        x, y = (padded(points[:, axis], TIP_AIR, least) for axis in (0, 1))
        self.chart = Chart(slot, x, y, x_label, y_label)
        for _ in range(FITTINGS):
            spare = max(0.0, self.chart.axes[0].width - width) / 2
            slot = replace(slot, left=slot.left + spare, right=slot.right - spare)
            x, y = _one_unit(x, y, self.chart)
            self.chart = Chart(slot, x, y, x_label, y_label)
        self.zero = VGroup(
            self._rule((x[0], 0.0), (x[1], 0.0)),
            self._rule((0.0, y[0]), (0.0, y[1])),
        )
        super().__init__(self.zero, self.chart)

    @property
    def rules(self) -> tuple[Line, ...]:
        """The axes, and the two lines through the origin."""
        return (*self.zero, *self.chart.axes)

    @property
    def origin(self) -> Points:
        """The point of zero gradient, shape (3,)."""
        return self.chart.at(0.0, 0.0)

    def arrow(
        self, tip: npt.ArrayLike, stroke_width: float = Stroke.LINE, broad: bool = False
    ) -> GradientArrow:
        """Draw a gradient, shape (2,), from the origin."""
        end = self.chart.at(*np.asarray(tip, dtype=float))
        return GradientArrow(self.origin, end, stroke_width, broad)

    def label(
        self,
        arrow: GradientArrow,
        label: Typeset,
        others: Sequence[GradientArrow],
        lines: Sequence[Line],
    ) -> None:
        """Put a label by an arrow's tip, where neither arrows nor axes nor other lines are."""
        ink = np.vstack([one.drawn_points for one in (arrow, *others)])
        names = [part.points for one in others for part in one[1:].get_family() if len(part.points)]
        lines = (*lines, *self.rules)
        rules = np.vstack([points_along(*line.get_start_and_end()) for line in lines])
        half = np.array([label.width, label.height, 0.0]) / 2
        turns = np.linspace(0, 2 * np.pi, LABEL_PLACES, endpoint=False)
        ring = np.column_stack([np.cos(turns), np.sin(turns), 0 * turns])
        best, most = arrow.end, -np.inf
        for far in LABEL_SPACES:
            for place in filter(self._holds, arrow.end + ring * (half + far)):
                room = min(room_around(place, half, points) for points in (ink, rules))
                if names:
                    room = min(room, room_around(place, half, np.vstack(names)) - NAMES_APART)
                if room > most:
                    best, most = place, room
            if most > LABEL_ROOM:
                break
        arrow.add(label.move_to(best))

    def name_side(self, name: Typeset, direction: npt.ArrayLike, ink: Points) -> bool:
        """Put a name near the origin where it has room less than a right angle from a direction.

        Parameters
        ----------
        name
            What is to be placed.
        direction
            Shape (2,).
        ink
            Points of the scene that it must keep clear of, shape (k, 3).

        Returns
        -------
        has_room
            Whether it has room there.
        """
        toward = np.append(np.asarray(direction, dtype=float), 0.0)
        return self.name_near(name, self.origin, ink, ENOUGH, toward)

    def name_near(
        self,
        name: Typeset,
        point: Points,
        ink: Points,
        enough: float = NEAR,
        toward: Points | None = None,
    ) -> bool:
        """Put a name near a point of the scene, where it has room.

        Parameters
        ----------
        name
            What is to be placed.
        point
            Shape (3,).
        ink
            Points of the scene that it must keep clear of, shape (k, 3).
        enough
            Space around it, in scene units; more is not worth a place farther away.
        toward
            If given, all of it lies less than a right angle from this direction, shape (3,).

        Returns
        -------
        has_room
            Whether it has room there.
        """
        half = np.array([name.width, name.height, 0.0]) / 2
        x_axis, y_axis = self.chart.axes
        low, high = x_axis.get_start() + half, np.maximum(x_axis.get_end(), y_axis.get_end()) - half
        if (high < low).any():
            return False
        across, up = (np.linspace(low[axis], high[axis], SIDE_PLACES) for axis in (0, 1))
        rooms = [
            (min(room_around(place, half, ink), enough), -np.linalg.norm(place - point), place)
            for place in np.array([[x, y, 0.0] for x in across for y in up])
            if toward is None or (place - point) @ toward > half @ abs(toward)
        ]
        room, _, best = max(rooms, key=lambda one: one[:2], default=(0.0, 0.0, point))
        name.move_to(best)
        return bool(room > LABEL_ROOM)

    def across(self, direction: npt.ArrayLike) -> Line:
        """Draw the line through the origin that stands at a right angle to a direction."""
        x, y = np.asarray(direction, dtype=float)
        start, end = (self._edge(np.array(turned)) for turned in ((-y, x), (y, -x)))
        return Line(start, end, color=theme.GRADIENT, stroke_width=Stroke.THIN)

    def side(self, direction: npt.ArrayLike) -> VMobject:
        """Shade what lies less than a right angle from a direction, shape (2,)."""
        toward = np.asarray(direction, dtype=float)
        (left, right), (low, high) = self.chart.x_range, self.chart.y_range
        frame = np.array([[left, low], [right, low], [right, high], [left, high]])
        kept = frame[frame @ toward > 0]
        corners = np.vstack([self.chart.at(*kept.T), *self.across(toward).get_start_and_end()])
        around = corners - corners.mean(axis=0)
        order = np.argsort(np.arctan2(around[:, 1], around[:, 0]))
        return Polygon(
            *corners[order], stroke_width=0, fill_color=theme.GRADIENT, fill_opacity=SHADE
        )

    def path(self, corners: npt.ArrayLike, stroke_width: float = Stroke.LINE) -> VMobject:
        """Draw a path through points, shape (k, 2); of very many only some are corners."""
        points = np.asarray(corners, dtype=float)
        kept = np.unique(np.linspace(0, len(points) - 1, PATH_CORNERS).round().astype(int))
        path = VMobject(color=theme.GRADIENT, stroke_width=stroke_width)
        return path.set_points_as_corners(self.chart.at(*points[kept].T))

    def _edge(self, toward: Points) -> Points:
        """Return where a direction, shape (2,), leaves the plot; nowhere without a length."""
        low, high = np.transpose([self.chart.x_range, self.chart.y_range])
        edges = np.where(toward > 0, high, low)
        reach = (edges[toward != 0] / toward[toward != 0]).min(initial=np.inf)
        return self.chart.at(*toward * reach) if np.isfinite(reach) else self.origin

    def _holds(self, point: Points) -> bool:
        """Say whether a point of the scene lies on the plot."""
        x_axis, y_axis = self.chart.axes
        inside_x = x_axis.get_left()[0] <= point[0] <= x_axis.get_right()[0]
        return bool(inside_x and y_axis.get_bottom()[1] <= point[1] <= y_axis.get_top()[1])

    def _rule(self, start: tuple[float, float], end: tuple[float, float]) -> Line:
        return Line(
            self.chart.at(*start),
            self.chart.at(*end),
            color=theme.MUTED,
            stroke_width=Stroke.THIN,
            stroke_opacity=ZERO_LINE,
        )


def _one_unit(x: Range, y: Range, chart: Chart) -> tuple[Range, Range]:
    """Widen the narrower range until a unit is as long across as it is up."""
    width, height = chart.axes[0].width, chart.axes[1].height
    unit = max((x[1] - x[0]) / width, (y[1] - y[0]) / height)
    return _widened(x, unit * width), _widened(y, unit * height)


def _widened(span: Range, length: float) -> Range:
    middle = (span[0] + span[1]) / 2
    return middle - length / 2, middle + length / 2
