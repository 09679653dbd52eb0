"""Paths over the weights: the gradient at the start with the step against it, and whole runs."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
from manim import TAU, Animation, ApplyMethod, Dot, ValueTracker, VGroup, VMobject, linear

from figures.gradient_descent.weight_plane import ARROW_NAME_GAP, WeightPlane
from linreg.study.trace import Trace
from visuals.gradient_arrow import GradientArrow
from visuals.label_room import points_along, room_around
from visuals.plates import plate
from visuals.plots import Points
from visuals.theme import Pace, Radius, Stroke, theme
from visuals.typography import Math, Typeset

RUN_CORNERS = 1500
"""Corners of a path that are drawn."""

LIT_CORNERS = 30
"""Corners of a tangled path that stay lit."""

DIRECTION_LENGTH = 0.6
"""Length of a direction, in scene units."""

NAME_AT = (0.5, 0.75, 1.0)
"""Places along an arrow at which its name may stand, as shares of it."""

ARROW_NAME_PLACES = 48
"""Places that are tried for a name around its arrow."""

NAME_BORDER = 0.05
"""Space around a name in which rings are cut where no place is free, in scene units."""

WEIGHT_GRADIENT = "partial L \\/ partial bold(w)"
"""The gradient for the weights alone, on one line."""

LEAST_GRADIENT = 1e-12
"""A gradient that is shorter has no direction."""


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
        way = DIRECTION_LENGTH * gradient / max(float(np.linalg.norm(gradient)), LEAST_GRADIENT)
        self.dot = Dot(start, radius=Radius.MARK, color=theme.MODEL).set_z_index(1)
        label = Math(WEIGHT_GRADIENT, color=theme.GRADIENT)
        self.uphill = self._named(label, start, start + way, start - way)
        self.back = self._named(step.set_fill(theme.GRADIENT), start, start - way, start + way)
        super().__init__(self.uphill, self.back, self.dot)

    def _named(self, label: Typeset, start: Points, end: Points, other: Points) -> VGroup:
        """Draw an arrow with its name where it is farthest from what is drawn, near the head."""
        ink = np.vstack(
            [self.plane.drawn_points(), points_along(start, end), points_along(start, other)]
        )
        half = np.array([label.width, label.height, 0.0]) / 2
        angles = np.linspace(0, TAU, ARROW_NAME_PLACES, endpoint=False)
        ways = np.stack([np.cos(angles), np.sin(angles), 0 * angles], axis=1)
        gaps = ways * ARROW_NAME_GAP + np.sign(ways.round(9)) * half
        head = (start + (end - start) * share for share in NAME_AT)
        places = np.concatenate([point + gaps for point in head])
        free = [place for place in places if self.plane.holds(place, half)] or [*places]
        label.move_to(max(free, key=lambda place: room_around(place, half, ink)))
        return VGroup(plate(label, NAME_BORDER), label, GradientArrow(start, end, Stroke.BOLD))


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
        """Draw the path up to the present corner; off the chart the dot waits at the edge."""
        passed = self.corner.get_value()
        numbers = np.arange(len(self.corners))
        here = [np.interp(passed, numbers, weight) for weight in self.corners.T]
        path = np.vstack([self.corners[numbers < passed], here])
        older = max(0, len(path) - LIT_CORNERS) if self.tangled else 0
        for line, part in ((self.past, path[: older + 1]), (self.line, path[older:])):
            line.points = self.plane.polyline(part)
        self.dot.move_to(self.plane.at(*here))
        return self

    def run(self, run_time: float = Pace.SWEEP) -> Animation:
        """Go to the end, at an even pace."""
        last = len(self.corners) - 1
        return ApplyMethod(self.corner.set_value, last, run_time=run_time, rate_func=linear)


def _thinned(count: int) -> npt.NDArray[np.int64]:
    """Return the numbers of the points of a path that are drawn, the last one among them."""
    half = RUN_CORNERS // 2
    if count <= RUN_CORNERS:
        return np.arange(count)
    return np.append(np.arange(half), np.linspace(half, count - 1, half).astype(int))
