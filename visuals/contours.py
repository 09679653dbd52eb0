"""Parameter space: the loss as contours over two weights, and the paths that runs take in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

import numpy as np
import numpy.typing as npt
import torch
from manim import (
    RIGHT,
    UP,
    Animation,
    ApplyMethod,
    DashedLine,
    Dot,
    ValueTracker,
    VGroup,
    VMobject,
    linear,
)

from linreg.bowl import Bowl, bowl
from linreg.training import Trace
from visuals.layout import Slot
from visuals.plots import LABEL_GAP, Chart, Points, Range
from visuals.theme import Dim, Pace, Size, Stroke, theme
from visuals.theme import Dot as Radius
from visuals.typography import Math, Typeset, Words

CORNERS = 180
"""Corners of an ellipse."""

TITLE_ROOM, SUBTITLE_ROOM = 1.0, 0.55
"""How high above the chart's plane the two lines reach, in scene units."""

RINGS = 6
RINGS_REACH = 2.0
"""How far out the last ring is, in reaches of the chart: it fills the corners."""

REACH = 1.2
"""How far from the truth the chart goes, in distances of the start."""

LEAST_REACH = 0.5
"""The same in units of a weight, where the run starts at the truth."""

MOST_CORNERS = 1500
"""Corners of a path that are drawn."""


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
        The room for the chart and for two lines above it.
    trace
        The run whose data, truth and start are shown.
    truth_label
        What stands at the end of the dashed line.

    Attributes
    ----------
    rings
        Lines of equal loss, as one mobject.
    """

    def __init__(self, slot: Slot, trace: Trace, truth_label: Typeset) -> None:
        low = bowl((trace.features, trace.labels), trace.true_b)
        truth = trace.true_w.flatten()
        far = torch.stack([trace.w[0] - truth, low.lowest - truth]).abs().max()
        reach = REACH * max(far.item(), LEAST_REACH)
        w_1, w_2 = truth.tolist()
        room = truth_label.width + LABEL_GAP
        slot = replace(slot, right=slot.right - room, top=slot.top - TITLE_ROOM)
        labels = Math("w_1", size=Size.TICK), Math("w_2", size=Size.TICK)
        trial = Chart(slot, (w_1 - reach, w_1 + reach), (w_2 - reach, w_2 + reach), *labels)
        width, height = (axis.get_length() for axis in trial.axes)
        x, y = reach * max(1, width / height), reach * max(1, height / width)
        super().__init__(slot, (w_1 - x, w_1 + x), (w_2 - y, w_2 + y), *labels)
        truth_lines = VGroup(
            DashedLine(self.at(w_1, self.y_range[0]), self.at(w_1, self.y_range[1])),
            DashedLine(self.at(self.x_range[0], w_2), self.at(self.x_range[1], w_2)),
        ).set_stroke(theme.TRUTH, Stroke.THIN)
        truth_label.next_to(self.at(self.x_range[1], w_2), RIGHT, buff=LABEL_GAP)
        self.rings = self._rings(low, reach)
        self.add_to_back(self.rings)
        self.add(truth_lines, truth_label)

    def put_above(self, title: Words, subtitle: Words) -> None:
        """Put two lines above the chart."""
        top = self.axes.get_top()
        title.move_to(top + UP * TITLE_ROOM, aligned_edge=UP)
        subtitle.move_to(top + UP * SUBTITLE_ROOM, aligned_edge=UP)

    def _rings(self, low: Bowl, reach: float) -> VMobject:
        """Draw lines of equal loss, each as far from the last as from the next."""
        steepness = float(low.curvature.diagonal().mean())
        pieces = []
        for number in range(1, RINGS + 1):
            height = steepness * (RINGS_REACH * reach * number / RINGS) ** 2 / 2
            ellipse = low.ellipse(height, CORNERS).numpy()
            pieces.append(_curves(self, *segments_inside(ellipse, self.x_range, self.y_range)))
        rings = VMobject(color=theme.LOSS, stroke_width=Stroke.THIN, stroke_opacity=Dim.SOFT)
        rings.points = np.concatenate(pieces)
        return rings


class Descent(VGroup):
    """The path of a run over the weights, and the dot at its end; they follow a tracker.

    Parameters
    ----------
    plane
        The chart.
    weights
        The weights before every step and after the last, shape (steps + 1, 2).

    Attributes
    ----------
    corner
        Tracker of how many corners of the path are passed. Every step is one; of a long run
        every early step is, and later ones at even distances.
    leaves
        Whether the run goes off the chart, or ceases to be a number.
    """

    def __init__(self, plane: Chart, weights: npt.ArrayLike) -> None:
        self.plane = plane
        path = np.asarray(weights, dtype=float)
        low, high = np.array([plane.x_range, plane.y_range]).T
        self.leaves = not bool(((path >= low) & (path <= high)).all())
        corners = path[_thinned(len(path))]
        self.corners = corners[np.isfinite(corners).all(axis=1)]
        self.corner = ValueTracker(0.0)
        self.line = VMobject(color=theme.MODEL, stroke_width=Stroke.LINE)
        self.dot = Dot(radius=Radius.MARK, color=theme.MODEL)
        super().__init__(self.line, self.dot)
        self.follow()
        self.add_updater(lambda descent: descent.follow())

    def follow(self) -> Self:
        """Draw the path as far as it is now; off the chart the dot waits at the edge."""
        passed = self.corner.get_value()
        numbers = np.arange(len(self.corners))
        here = [np.interp(passed, numbers, weight) for weight in self.corners.T]
        path = np.vstack([self.corners[numbers < passed], here])
        ranges = self.plane.x_range, self.plane.y_range
        self.line.points = _curves(self.plane, *segments_inside(path, *ranges))
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
