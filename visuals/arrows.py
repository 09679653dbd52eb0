"""Gradients as arrows from one origin, on axes with one unit for both directions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from manim import (
    Animation,
    AnimationGroup,
    ApplyMethod,
    Arrow,
    FadeIn,
    GrowArrow,
    Line,
    Polygon,
    Transform,
    VGroup,
    VMobject,
)
from manim import Dot as Disc

from visuals.label_room import along, room_around
from visuals.layout import Slot
from visuals.plots import Chart, Points, Range, padded
from visuals.theme import Dim, Dot, Stroke, theme
from visuals.typography import Typeset

TIP = 0.22
"""Length of an arrow's head, in scene units."""

HEAD = 0.6
"""The largest share of an arrow that is its head; a shorter arrow is thinner, too."""

BROAD = 1.1
"""The largest breadth of a broad arrow's head, as a share of the arrow: it is seen though short."""

RIM = 3.0
"""Width of the rim that tells a broad arrow from those under it."""

SHORTEST = 0.05
"""An arrow that is shorter than this, in scene units, is drawn as a dot."""

PAST = 0.78
"""Opacity of labels that are past: on the shaded side, too, they keep the contrast of text."""

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

MOST_CORNERS = 500
AIR = 0.16
FITTINGS = 3
"""The numbers at the ticks take room from the plot, and with it change the ranges."""


class GradientArrow(VGroup):
    """A gradient, drawn from where it would be zero; a dot where it is too short to point.

    Parameters
    ----------
    start, end
        Points of the scene, shape (3,).
    stroke_width
        Of the shaft.
    broad
        Whether it stands out, however short it is, and from whatever lies under it.
    """

    def __init__(
        self,
        start: Points,
        end: Points,
        stroke_width: float = Stroke.LINE,
        broad: bool = False,
    ) -> None:
        self.start, self.end = start, end
        length = float(np.linalg.norm(end - start))
        head = TIP * np.sqrt(stroke_width / Stroke.LINE)
        fitting = min(head, HEAD * length)
        breadth = min(head, BROAD * length) if broad else fitting
        self.shaft: VMobject = (
            Arrow(
                start,
                end,
                buff=0,
                color=theme.GRADIENT,
                stroke_width=stroke_width * breadth / head,
                tip_length=fitting,
                tip_style={"width": breadth},
                max_tip_length_to_length_ratio=1,
                max_stroke_width_to_length_ratio=1000,
            )
            if length > SHORTEST
            else Disc(end, radius=Dot.SAMPLE, color=theme.GRADIENT)
        )
        if broad and isinstance(self.shaft, Arrow):
            _rim(self.shaft)
        super().__init__(self.shaft)

    @property
    def ink(self) -> Points:
        """Points along the shaft and on the head, shape (k, 3)."""
        outlines = [part.points for part in self.shaft.get_family() if len(part.points)]
        return np.vstack([along(self.start, self.end), *outlines])

    def recede(self) -> Animation:
        """Dim it, its label less than its shaft."""
        labels = (ApplyMethod(label.set_opacity, PAST) for label in self[1:])
        return AnimationGroup(ApplyMethod(self.shaft.set_opacity, Dim.SOFT), *labels)

    def hollow(self) -> Animation:
        """Empty the head and thin the shaft: an arrow that is told from a full one by its shape."""
        target = self.shaft.copy()
        head = target.tip if isinstance(target, Arrow) else target
        if isinstance(target, Arrow):
            target.set_stroke(width=min(target.stroke_width, Stroke.THIN), family=False)
        head.set_fill(theme.BACKGROUND, opacity=1).set_stroke(theme.GRADIENT, Stroke.THIN)
        return Transform(self.shaft, target)

    def laid_along(self, start: Points, end: Points) -> Animation:
        """Let a copy of the shaft become a segment between two points, shape (3,)."""
        segment = Line(start, end, color=theme.GRADIENT, stroke_width=Stroke.LINE)
        return Transform(self.shaft.copy(), segment)

    def grow(self) -> Animation:
        """Let it grow out of its start, and its label appear."""
        shaft = self.shaft
        grown = GrowArrow(shaft) if isinstance(shaft, Arrow) else FadeIn(shaft)
        return AnimationGroup(grown, *(FadeIn(label) for label in self[1:]))


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
        x, y = (padded(points[:, axis], AIR, least) for axis in (0, 1))
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
        """Where the gradient is zero, shape (3,)."""
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
        ink = np.vstack([one.ink for one in (arrow, *others)])
        names = [part.points for one in others for part in one[1:].get_family() if len(part.points)]
        lines = (*lines, *self.rules)
        rules = np.vstack([along(*line.get_start_and_end()) for line in lines])
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
        kept = np.unique(np.linspace(0, len(points) - 1, MOST_CORNERS).round().astype(int))
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


def _rim(arrow: Arrow) -> None:
    """Give an arrow a rim of the ground's colour, but none between its shaft and its head."""
    ground = theme.BACKGROUND
    width = arrow.get_stroke_width() + 2 * RIM
    arrow.set_stroke(ground, width, family=False, background=True)
    point, left, right = arrow.tip.get_start_anchors()
    edge = VMobject(fill_color=ground, fill_opacity=1, stroke_color=ground, stroke_width=2 * RIM)
    arrow.add_to_back(edge.set_points_as_corners([left, point, right]))


def _one_unit(x: Range, y: Range, chart: Chart) -> tuple[Range, Range]:
    """Widen the narrower range until a unit is as long across as it is up."""
    width, height = chart.axes[0].width, chart.axes[1].height
    unit = max((x[1] - x[0]) / width, (y[1] - y[0]) / height)
    return _widened(x, unit * width), _widened(y, unit * height)


def _widened(span: Range, length: float) -> Range:
    middle = (span[0] + span[1]) / 2
    return middle - length / 2, middle + length / 2
