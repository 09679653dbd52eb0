"""Parameter space: the loss as contours over two weights, and the paths that runs take in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

import numpy as np
import numpy.typing as npt
import torch
from manim import (
    DL,
    DR,
    RIGHT,
    TAU,
    UL,
    UP,
    UR,
    Animation,
    ApplyMethod,
    DashedLine,
    Dot,
    Rectangle,
    ValueTracker,
    VGroup,
    VMobject,
    linear,
)
from torch import Tensor

from linreg.study.bowl import Bowl, bowl
from linreg.training import Trace
from visuals.arrows import GradientArrow
from visuals.label_room import along, room_around
from visuals.layout import Slot
from visuals.plots import LABEL_GAP, Chart, Points, Range
from visuals.theme import Dot as Radius
from visuals.theme import Pace, Stroke, theme
from visuals.typography import Math, Typeset, Words

CORNERS = 180
"""Corners of an ellipse."""

TITLE_ROOM, SUBTITLE_ROOM = 1.35, 0.9
"""How high above the chart's plane the two lines reach, in scene units."""

NAMES_ABOVE = 0.55
"""How high above the plane the name of an arrow may reach: just below the lines."""

MOST_TICKS = 7
"""Ticks of an axis."""

RINGS = 4
"""Rings, the first of which goes through the start of the run."""

REACH = 1.5
"""How far from the truth the chart goes, in distances of the start."""

LEAST_REACH = 0.5
"""The same in units of a weight, where the run starts at the truth."""

MOST_CORNERS = 1500
"""Corners of a path that are drawn."""

LIT = 30
"""Corners of a tangled path that stay lit."""

ARROW = 0.6
"""Length of a direction, in scene units."""

NAME_AT = (0.5, 0.75, 1.0)
"""Where along its arrow a name may stand, as shares of it."""

NAME_PLACES, NAME_GAP = 48, 0.12
"""Places that are tried for a name around its arrow, and how far from it, in scene units."""

NAME_ROOM = 0.05
"""Space around a name in which rings are cut where no place is free, in scene units."""

WEIGHT_GRADIENT = "partial L \\/ partial bold(w)"
"""The gradient for the weights alone, on one line."""

LEAST_GRADIENT = 1e-12
"""What is shorter has no direction."""


def segments_inside(points: npt.ArrayLike, x: Range, y: Range) -> tuple[Points, Points]:
    """Cut a polyline to a rectangle, segment by segment.

    Parameters
    ----------
    points
        Corners, shape (n, 2). Segments to or from a corner that is not finite are left out.
    x, y
        The rectangle.

    Returns
    -------
    starts, ends
        What lies inside, each of shape (k, 2).

    Notes
    -----
    The parametric clipping of Liang and Barsky, 1984.
    """
    corners = np.asarray(points, dtype=float)
    finite = np.isfinite(corners).all(axis=1)
    start, end = corners[:-1], corners[1:]
    known = finite[:-1] & finite[1:]
    start, way = start[known], (end - start)[known]
    enter, leave = np.zeros(len(start)), np.ones(len(start))
    for axis, (low, high) in enumerate((x, y)):
        at, along = start[:, axis], way[:, axis]
        with np.errstate(divide="ignore", invalid="ignore"):
            bounds = np.sort([(low - at) / along, (high - at) / along], axis=0)
        # A segment along an edge is inside for its whole length, or nowhere.
        still, between = along == 0, (at >= low) & (at <= high)
        enter = np.maximum(enter, np.where(still, np.where(between, 0.0, np.inf), bounds[0]))
        leave = np.minimum(leave, np.where(still, 1.0, bounds[1]))
    inside = enter < leave
    start, way = start[inside], way[inside]
    return start + enter[inside, None] * way, start + leave[inside, None] * way


def _curves(chart: Chart, starts: Points, ends: Points) -> Points:
    """Return straight segments as manim's cubic curves, shape (4 k, 3)."""
    first, last = chart.at(*starts.T), chart.at(*ends.T)
    shares = np.linspace(0, 1, 4)[None, :, None]
    return (first[:, None] * (1 - shares) + last[:, None] * shares).reshape(-1, 3)


class WeightPlane(Chart):
    """The loss of a lesson's data over its two weights, the bias at its true value.

    The truth is in the middle, and both axes have one scale.

    Parameters
    ----------
    slot
        The room for the chart and for what stands above it.
    trace
        The run whose data, truth and start are shown.
    truth_label
        What stands at the end of the dashed line.
    rings_label
        The rings' name, which stands beside the corner that the outer rings leave by.

    Attributes
    ----------
    low
        The loss that is shown.
    rings, truth_lines
        Lines of equal loss, as one mobject, and the two dashed lines through the truth.
    names
        The names of the dashed line and of the rings.
    """

    def __init__(
        self, slot: Slot, trace: Trace, truth_label: Typeset, rings_label: Typeset
    ) -> None:
        truth_label.set_fill(theme.TRUTH)
        rings_label.set_fill(theme.LOSS)
        self.names = VGroup(truth_label, rings_label)
        self.low = low = bowl((trace.features, trace.labels), trace.true_b)
        truth = trace.true_w.flatten()
        far = torch.stack([trace.w[0] - truth, low.lowest - truth]).abs().max()
        reach = REACH * max(far.item(), LEAST_REACH)
        w_1, w_2 = truth.tolist()
        room = self.names.width + LABEL_GAP
        slot = replace(slot, right=slot.right - room, top=slot.top - TITLE_ROOM)
        labels = Math("w_1"), Math("w_2")
        square = (w_1 - reach, w_1 + reach), (w_2 - reach, w_2 + reach)
        trial = Chart(slot, *square, *labels, ticks=MOST_TICKS)
        width, height = (axis.get_length() for axis in trial.axes)
        x, y = reach * max(1, width / height), reach * max(1, height / width)
        ranges = (w_1 - x, w_1 + x), (w_2 - y, w_2 + y)
        super().__init__(slot, *ranges, *labels, ticks=MOST_TICKS)
        self.truth_lines = VGroup(
            DashedLine(self.at(w_1, self.y_range[0]), self.at(w_1, self.y_range[1])),
            DashedLine(self.at(self.x_range[0], w_2), self.at(self.x_range[1], w_2)),
        ).set_stroke(theme.TRUTH, Stroke.THIN)
        truth_label.next_to(self.at(self.x_range[1], w_2), RIGHT, buff=LABEL_GAP)
        rings_label.next_to(self.axes, RIGHT, buff=LABEL_GAP).align_to(self.axes, UP)
        self.rings = self._rings(low, trace.w[0])
        self.add_to_back(self.rings)
        self.add(self.truth_lines, self.names)

    def put_above(self, *lines: Words) -> None:
        """Put one or two lines above the chart."""
        for line, room in zip(lines, (TITLE_ROOM, SUBTITLE_ROOM), strict=False):
            line.move_to(self.axes.get_top() + UP * room, aligned_edge=UP)

    def ink(self) -> Points:
        """Return points along the rings, the truth, the axes and the y axis' name, shape (k, 3)."""
        lines = (*self.axes, *self.truth_lines)
        ends = [along(line.get_start(), line.get_end()) for line in lines]
        name = self.y_label
        ways = (UL, UR, DL, DR)
        box = [name.get_corner(way) + way * NAME_GAP for way in ways] if name else []
        return np.vstack([self.rings.points, *ends, *box])

    def holds(self, place: Points, half: Points) -> bool:
        """Return whether a box, by centre and half size, is on the chart or just above it."""
        low, high = self.axes.get_corner(DL), self.axes.get_corner(UR) + UP * NAMES_ABOVE
        return bool(((place - half >= low) & (place + half <= high))[:2].all())

    def _rings(self, low: Bowl, start: Tensor) -> VMobject:
        """Draw lines of equal loss, each as much above the last as the start above the floor."""
        climb = float((start - low.lowest) @ low.gradient(start)) / 2
        climb = max(climb, float(low.curvature.diagonal().mean()) * LEAST_REACH**2 / 2)
        pieces = []
        for number in range(1, RINGS + 1):
            ellipse = low.ellipse(climb * number, CORNERS).numpy()
            pieces.append(_curves(self, *segments_inside(ellipse, self.x_range, self.y_range)))
        rings = VMobject(color=theme.LOSS, stroke_width=Stroke.THIN)
        rings.points = np.concatenate(pieces)
        return rings


class UphillAndBack(VGroup):
    """The gradient at the start of a run, uphill, and the way of the step against it.

    The gradient is that of the loss which the plane shows, of all examples, for the two weights: it
    stands at a right angle to the ring. The arrows are directions: both are of one length.

    Parameters
    ----------
    plane
        The chart.
    trace
        The run, whose start is taken.
    step
        The name of the way back.

    Attributes
    ----------
    dot, uphill, back
        Where the run starts, and the two arrows with their names.
    """

    def __init__(self, plane: WeightPlane, trace: Trace, step: Typeset) -> None:
        self.plane = plane
        start = plane.at(*trace.w[0].tolist())
        gradient = np.append(plane.low.gradient(trace.w[0]).numpy(), 0.0)
        way = ARROW * gradient / max(float(np.linalg.norm(gradient)), LEAST_GRADIENT)
        self.dot = Dot(start, radius=Radius.MARK, color=theme.MODEL).set_z_index(1)
        label = Math(WEIGHT_GRADIENT, color=theme.GRADIENT)
        self.uphill = self._named(label, start, start + way, start - way)
        self.back = self._named(step.set_fill(theme.GRADIENT), start, start - way, start + way)
        super().__init__(self.uphill, self.back, self.dot)

    def _named(self, label: Typeset, start: Points, end: Points, other: Points) -> VGroup:
        """Draw an arrow with its name where it is farthest from what is drawn, near the head."""
        ink = np.vstack([self.plane.ink(), along(start, end), along(start, other)])
        half = np.array([label.width, label.height, 0.0]) / 2
        angles = np.linspace(0, TAU, NAME_PLACES, endpoint=False)
        ways = np.stack([np.cos(angles), np.sin(angles), 0 * angles], axis=1)
        gaps = ways * NAME_GAP + np.sign(ways.round(9)) * half
        head = (start + (end - start) * share for share in NAME_AT)
        places = np.concatenate([point + gaps for point in head])
        free = [place for place in places if self.plane.holds(place, half)] or [*places]
        label.move_to(max(free, key=lambda place: room_around(place, half, ink)))
        ground = Rectangle(
            width=label.width + 2 * NAME_ROOM,
            height=label.height + 2 * NAME_ROOM,
            stroke_width=0,
            fill_color=theme.BACKGROUND,
            fill_opacity=1,
        ).move_to(label)
        return VGroup(ground, label, GradientArrow(start, end, Stroke.BOLD))


class Descent(VGroup):
    """The path of a run over the weights, and the dot at its end; they follow a tracker.

    Parameters
    ----------
    plane
        The chart.
    weights
        The weights before every step and after the last, shape (steps + 1, 2).
    tangled
        Whether only the latest corners stay lit, and what lies further back is muted.

    Attributes
    ----------
    corner
        Tracker of how many corners of the path are passed. Every step is one; of a long run
        every early step is, and later ones at even distances.
    leaves
        Whether the run goes off the chart, or ceases to be a number.
    """

    def __init__(self, plane: WeightPlane, weights: npt.ArrayLike, tangled: bool = False) -> None:
        self.tangled = tangled
        self.plane = plane
        path = np.asarray(weights, dtype=float)
        low, high = np.array([plane.x_range, plane.y_range]).T
        self.leaves = not bool(((path >= low) & (path <= high)).all())
        corners = path[_thinned(len(path))]
        self.corners = corners[np.isfinite(corners).all(axis=1)]
        self.corner = ValueTracker(0.0)
        self.line = VMobject(color=theme.MODEL, stroke_width=Stroke.LINE)
        self.dot = Dot(radius=Radius.MARK, color=theme.MODEL)
        self.past = VMobject(color=theme.MUTED, stroke_width=Stroke.THIN)
        super().__init__(self.past, self.line, self.dot)
        self.follow()
        self.add_updater(lambda descent: descent.follow())

    def follow(self) -> Self:
        """Draw the path as far as it is now; off the chart the dot waits at the edge."""
        passed = self.corner.get_value()
        numbers = np.arange(len(self.corners))
        here = [np.interp(passed, numbers, weight) for weight in self.corners.T]
        path = np.vstack([self.corners[numbers < passed], here])
        ranges = self.plane.x_range, self.plane.y_range
        older = max(0, len(path) - LIT) if self.tangled else 0
        for line, part in ((self.past, path[: older + 1]), (self.line, path[older:])):
            line.points = _curves(self.plane, *segments_inside(part, *ranges))
        self.dot.move_to(self.plane.at(*here))
        return self

    def run(self, run_time: float = Pace.SWEEP) -> Animation:
        """Go to the end, at an even pace."""
        last = len(self.corners) - 1
        return ApplyMethod(self.corner.set_value, last, run_time=run_time, rate_func=linear)


def _thinned(count: int) -> npt.NDArray[np.int64]:
    """Return the numbers of the points of a path that are drawn, the last one among them."""
    half = MOST_CORNERS // 2
    if count <= MOST_CORNERS:
        return np.arange(count)
    return np.append(np.arange(half), np.linspace(half, count - 1, half).astype(int))
