"""Parameter space: the loss as contours over two weights."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import torch
from manim import (
    DL,
    DR,
    RIGHT,
    UL,
    UP,
    UR,
    DashedLine,
    VGroup,
    VMobject,
)
from torch import Tensor

from linreg.study.bowl import Bowl, bowl
from linreg.study.trace import Trace
from visuals.clipping import clipped
from visuals.label_room import points_along
from visuals.layout import Slot
from visuals.plots import LABEL_GAP, Chart, Points
from visuals.segments import straight_cubics
from visuals.theme import Stroke, theme
from visuals.typography import Math, Typeset, Words

ELLIPSE_CORNERS = 180
"""Corners of an ellipse."""

TITLE_ROOM, SUBTITLE_ROOM = 1.35, 0.9
"""Heights of the two lines of text above the plane, in scene units."""

NAMES_ABOVE = 0.55
"""Height above the plane up to which names of arrows may stand: just below the lines."""

WEIGHT_TICKS = 7
"""Ticks of an axis."""

ARROW_NAME_GAP = 0.12
"""Space between a name and the arrow or axis that it stands at, in scene units."""

NUM_RINGS = 4
"""Rings, the first of which goes through the start of the run."""

REACH_IN_STARTS = 1.5
"""Reach of the chart from the truth, in distances of the start."""

LEAST_PLANE_REACH = 0.5
"""The same in units of a weight, where the run starts at the truth."""


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
        reach = REACH_IN_STARTS * max(far.item(), LEAST_PLANE_REACH)
        w_1, w_2 = truth.tolist()
        room = self.names.width + LABEL_GAP
        slot = replace(slot, right=slot.right - room, top=slot.top - TITLE_ROOM)
        labels = Math("w_1"), Math("w_2")
        square = (w_1 - reach, w_1 + reach), (w_2 - reach, w_2 + reach)
        trial = Chart(slot, *square, *labels, ticks=WEIGHT_TICKS)
        width, height = (axis.get_length() for axis in trial.axes)
        x, y = reach * max(1, width / height), reach * max(1, height / width)
        ranges = (w_1 - x, w_1 + x), (w_2 - y, w_2 + y)
        super().__init__(slot, *ranges, *labels, ticks=WEIGHT_TICKS)
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

    def drawn_points(self) -> Points:
        """Return points along the rings, the truth, the axes and the y axis' name, shape (k, 3)."""
        lines = (*self.axes, *self.truth_lines)
        ends = [points_along(line.get_start(), line.get_end()) for line in lines]
        name = self.y_label
        ways = (UL, UR, DL, DR)
        box = [name.get_corner(way) + way * ARROW_NAME_GAP for way in ways] if name else []
        return np.vstack([self.rings.points, *ends, *box])

    def holds(self, place: Points, half: Points) -> bool:
        """Return whether a box, by centre and half size, is on the chart or just above it."""
        low, high = self.axes.get_corner(DL), self.axes.get_corner(UR) + UP * NAMES_ABOVE
        return bool(((place - half >= low) & (place + half <= high))[:2].all())

    def polyline(self, corners: npt.ArrayLike) -> Points:
        """Return a polyline through points (k, 2) as cubics, as far as it lies on the chart."""
        starts, ends = clipped(corners, self.x_range, self.y_range)
        return straight_cubics(self.at(*starts.T), self.at(*ends.T))

    def _rings(self, low: Bowl, start: Tensor) -> VMobject:
        """Draw lines of equal loss, each as much above the last as the start above the floor."""
        climb = float((start - low.lowest) @ low.gradient(start)) / 2
        climb = max(climb, float(low.curvature.diagonal().mean()) * LEAST_PLANE_REACH**2 / 2)
        pieces = []
        for number in range(1, NUM_RINGS + 1):
            ellipse = low.ellipse(climb * number, ELLIPSE_CORNERS).numpy()
            pieces.append(self.polyline(ellipse))
        rings = VMobject(color=theme.LOSS, stroke_width=Stroke.THIN)
        rings.points = np.concatenate(pieces)
        return rings
