"""Examples in three dimensions: two features on a turntable, the label upright, and the plane.

Points (x1, x2, y) are projected orthographically by two angles, which trackers hold. The label's
axis is scaled to the room there is, so that the shape is legible for any weights.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Self

import numpy as np
import numpy.typing as npt
from manim import (
    DEGREES,
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    ApplyMethod,
    Line,
    ValueTracker,
    VectorizedPoint,
    VGroup,
    VMobject,
    there_and_back,
)

from fastcairo import DotCloud
from linreg.training import Trace
from visuals.cloud import fitting_radius
from visuals.layout import Slot
from visuals.plots import TICK_GAP, TICK_LENGTH, Points, padded, round_ticks, tick_labels
from visuals.segments import Segments, dashes, plated, stand_beside
from visuals.theme import Dim, Stroke, theme
from visuals.typography import Typeset

HIGHEST = 16 * DEGREES
"""The highest that the eye goes above the turntable."""

TICK_ROOM, NAME_ROOM = 0.8, 0.5
RIM_CHORDS = 72
GRID_LINES = 5
PLANE_DASHES = 18
PLANE_REACH = 0.6
"""Half the side of the plane's drawn piece, at most, as a share of the turntable's radius."""


FLAT = 0.02
"""How far from a plane, as a share of the labels' range, examples look as if they lay on it."""

TIP = 0.06
"""Length of an axis's arrow head, as a share of the turntable's radius."""

PLANE_NAME_AT = 0.7
"""Where along the plane, seen edge-on, its equation stands."""


class Eye:
    """Where examples are seen from: two angles, in radians, and a point that is looked at.

    At azimuth 0 and elevation 0 feature one runs from left to right, at a quarter turn
    feature two.

    Parameters
    ----------
    reach
        Radius of the turntable, in units of the features.
    y_range
        Of the labels.
    half, height
        Radius of the turntable and height of the label's axis, in scene units.

    Attributes
    ----------
    azimuth, elevation
        Trackers.
    center
        The middle of the picture; moved, everything follows.
    """

    def __init__(
        self, reach: float, y_range: tuple[float, float], half: float, height: float
    ) -> None:
        self.reach, self.y_range, self.half, self.height = reach, y_range, half, height
        self.azimuth, self.elevation = ValueTracker(0), ValueTracker(0)
        self.center = VectorizedPoint()

    @property
    def tilt(self) -> float:
        """Elevation as a share of the highest."""
        return self.elevation.get_value() / HIGHEST

    def turned(self, features: npt.ArrayLike) -> tuple[Points, Points]:
        """Return how far right and how far away features (n, 2) lie, in radii, shapes (n,)."""
        x1, x2 = np.asarray(features, dtype=float).T / self.reach
        cos, sin = math.cos(self.azimuth.get_value()), math.sin(self.azimuth.get_value())
        return cos * x1 + sin * x2, cos * x2 - sin * x1

    def project(self, points: npt.ArrayLike) -> Points:
        """Return where points (x1, x2, y) are seen, shape (n, 3) for (n, 3)."""
        at = np.asarray(points, dtype=float)
        right, away = self.turned(at[:, :2])
        low, high = self.y_range
        upright = ((at[:, 2] - low) / (high - low) - 0.5) * self.height
        elevation = self.elevation.get_value()
        up = upright * math.cos(elevation) + away * self.half * math.sin(elevation)
        seen = np.column_stack([right * self.half, up, np.zeros_like(up)])
        return np.asarray(seen + self.center.get_location())

    def floor(self, features: npt.ArrayLike) -> Points:
        """Return where features (n, 2) are seen on the turntable, shape (n, 3)."""
        at = np.asarray(features, dtype=float)
        return self.project(np.column_stack([at, np.full(len(at), self.y_range[0])]))

    def rim(self, y: npt.ArrayLike) -> Points:
        """Return where labels (n,) are seen above the turntable's leftmost point, (n, 3)."""
        values = np.asarray(y, dtype=float)
        angle = self.azimuth.get_value()
        left = -self.reach * np.array([math.cos(angle), math.sin(angle)])
        return self.project(np.column_stack([np.tile(left, (len(values), 1)), values]))


class Space(VGroup):
    """A turntable with all examples over it, its axes, and the true plane.

    Parameters
    ----------
    slot
        The room for it, axes and names included, whatever the angles.
    trace
        The run, with its data.
    names
        What the axes measure: feature one, feature two, the label.

    Attributes
    ----------
    eye
        The angles, and the center to move.
    plane_shown, names_shown
        Trackers of how much of the plane and of the features' names is seen, from 0 to 1.
    cloud
        The examples.
    """

    def __init__(self, slot: Slot, trace: Trace, names: Sequence[Typeset]) -> None:
        features, labels = trace.features.double().numpy(), trace.labels.double().numpy()
        self.data = np.hstack([features, labels])
        self.w, self.b = trace.true_w.flatten().double().numpy(), trace.true_b.item()
        half = min((slot.width - TICK_ROOM - NAME_ROOM) / 2, 0.6 * slot.height)
        rim = half * math.sin(HIGHEST)
        height = (slot.height - 2 * NAME_ROOM - 1.5 * rim) / math.cos(HIGHEST)
        reach = max(1.0, 1.04 * float(np.linalg.norm(features, axis=1).max()))
        slope = float(np.linalg.norm(self.w))
        y_range = padded(labels, share=0.04, least=max(1.0, slope))
        self.eye = Eye(reach, y_range, half, height)
        self.plane_shown, self.names_shown = ValueTracker(0), ValueTracker(1)
        self.eye.center.move_to(self.center_in(slot))
        self.corners = self._plane_corners()
        self._draw(names)
        super().__init__(
            self.turntable, *self.scales, self.rule, self.y_labels, self.fill, self.grid,
            self.cloud, *names, *self.far_names,
        )  # fmt: skip
        self.follow()
        self.add_updater(lambda space: space.follow())

    # Angles

    @property
    def edge_on(self) -> float:
        """The azimuth, at least half a turn on, from which the plane is seen edge-on.

        The eye then looks along the direction in which w1 x1 + w2 x2 does not change, and the
        sum grows from left to right.
        """
        angle = math.atan2(self.w[1], self.w[0])
        return angle + math.tau * math.ceil((math.pi - angle) / math.tau)

    @property
    def is_flat(self) -> bool:
        """Whether the examples lie so near the plane that they look like one."""
        off = self.data[:, 2] - self.data[:, :2] @ self.w - self.b
        return bool(off.std() < FLAT * np.ptp(self.data[:, 2]))

    def turn(self, azimuth: float, elevation: float, run_time: float) -> Animation:
        """Take the eye to other angles."""
        return AnimationGroup(
            ApplyMethod(self.eye.azimuth.set_value, azimuth),
            ApplyMethod(self.eye.elevation.set_value, elevation),
            run_time=run_time,
        )

    def walk_to(self, azimuth: float, run_time: float) -> Animation:
        """Take the eye round to another azimuth; on the way it sees the turntable from above."""
        return AnimationGroup(
            ApplyMethod(self.eye.azimuth.set_value, azimuth),
            ApplyMethod(self.eye.elevation.set_value, HIGHEST, rate_func=there_and_back),
            run_time=run_time,
        )

    def center_in(self, slot: Slot) -> Points:
        """Return where the center must be for everything to lie in a slot, shape (3,)."""
        low = 0.5 * self.eye.height * math.cos(HIGHEST) + self.eye.half * math.sin(HIGHEST)
        x = slot.center[0] + (TICK_ROOM - NAME_ROOM) / 2
        return np.array([x, slot.bottom + NAME_ROOM + low, 0.0])

    # Parts

    def edge_on_labels(self, axis: Typeset, plane: Typeset) -> VGroup:
        """Label what is seen edge-on: the plane, and the axis from left to right.

        Parameters
        ----------
        axis
            What runs from left to right, w1 x1 + w2 x2.
        plane
            The plane's equation.
        """
        size = float(np.linalg.norm(self.w))
        most = self.eye.reach * size
        ticks = round_ticks(-most, most) if size else []
        labels = tick_labels(ticks)
        across = self.w / size if size else np.array([1.0, 0.0])
        left, right = self.eye.floor(self.eye.reach * np.array([-across, across]))
        feet = [left + (right - left) * (0.5 + tick / most / 2) for tick in ticks]
        for label, foot in zip(labels, feet, strict=True):
            label.next_to(foot, DOWN, buff=TICK_GAP)
        marks = [Line(foot, foot + DOWN * TICK_LENGTH) for foot in feet]
        VGroup(*marks).set_stroke(theme.MUTED, Stroke.AXIS)
        below = right + DOWN * (2 * TICK_GAP + labels.height)
        axis.next_to(below, DOWN, buff=0.0).align_to(right, RIGHT)
        seen = self._on_plane(self.corners)
        seen = seen[np.argsort(seen[:, 0])]
        stand_beside(plane, seen[0], seen[-1], PLANE_NAME_AT)
        return VGroup(*marks, labels, axis, plated(plane))

    def _draw(self, names: Sequence[Typeset]) -> None:
        """Make every part; :meth:`follow` puts it where it is seen."""
        self.names, self.far_names = names, [name.copy() for name in names[:2]]
        self.x_ticks = round_ticks(-self.eye.reach, self.eye.reach)
        self.y_ticks = round_ticks(*self.eye.y_range)
        self.scales = [tick_labels(self.x_ticks) for _ in names[:2]]
        self.y_labels = tick_labels(self.y_ticks)
        nowhere = np.zeros((1, 3))
        self.turntable = Segments(nowhere, nowhere, stroke_width=Stroke.AXIS)
        self.rule = Segments(nowhere, nowhere, stroke_width=Stroke.AXIS)
        self.grid = Segments(nowhere, nowhere, color=theme.TRUTH)
        self.fill = VMobject(stroke_width=0, fill_color=theme.TRUTH)
        radius = fitting_radius(len(self.data))
        self.cloud = DotCloud(nowhere, radius=radius, color=theme.DATA)

    def follow(self) -> Self:
        """Put everything where the eye sees it now."""
        self.cloud.set_positions(self.eye.project(self.data))
        self._follow_turntable()
        self._follow_labels()
        self._follow_plane()
        for axis in range(2):
            self._follow_feature(axis)
        return self

    def _follow_turntable(self) -> None:
        angles = np.linspace(0, math.tau, RIM_CHORDS + 1)
        rim = self.eye.floor(self.eye.reach * np.column_stack([np.cos(angles), np.sin(angles)]))
        ends = np.eye(2)
        wings = [end * (1 - TIP) + side * TIP / 2 * end[::-1] for end in ends for side in (-1, 1)]
        starts = np.vstack([-ends, wings]) * self.eye.reach
        stops = np.vstack([ends, np.repeat(ends, 2, axis=0)]) * self.eye.reach
        self.turntable.set_segments(
            np.vstack([rim[:-1], self.eye.floor(starts)]),
            np.vstack([rim[1:], self.eye.floor(stops)]),
        )

    def _follow_labels(self) -> None:
        low, high = self.eye.rim(self.eye.y_range)
        feet = self.eye.rim(self.y_ticks)
        self.rule.set_segments(np.vstack([low, feet]), np.vstack([high, feet + LEFT * TICK_LENGTH]))
        for label, foot in zip(self.y_labels, feet, strict=True):
            label.next_to(foot, LEFT, buff=TICK_GAP)
        self.names[2].next_to(high, UP, buff=TICK_GAP).align_to(high, LEFT)

    def _plane_corners(self) -> Points:
        """Return the corners of a square of features whose plane stays among the labels, (4, 2)."""
        middle = self.data[:, :2].mean(axis=0)
        height = middle @ self.w + self.b
        low, high = self.eye.y_range
        rise = max(float(np.abs(self.w).sum()), 1e-9)
        reach = min(PLANE_REACH * self.eye.reach, min(high - height, height - low) / rise)
        return np.asarray(middle + reach * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]))

    def _follow_plane(self) -> None:
        corners = self.corners
        shares = np.linspace(0, 1, GRID_LINES)[:, None]
        starts, stops = [], []
        for a, b, c, d in ((0, 1, 3, 2), (0, 3, 1, 2)):
            starts.append(corners[a] + shares * (corners[b] - corners[a]))
            stops.append(corners[c] + shares * (corners[d] - corners[c]))
        ends = dashes(
            self._on_plane(np.vstack(starts)), self._on_plane(np.vstack(stops)), PLANE_DASHES
        )
        self.grid.set_segments(*ends)
        around = self._on_plane(np.vstack([corners, corners[:1]]))
        self.fill.set_points_as_corners(around)
        shown = self.plane_shown.get_value()
        self.grid.set_stroke(opacity=shown)
        self.fill.set_fill(opacity=shown * Dim.FAINT)

    def _on_plane(self, features: Points) -> Points:
        return self.eye.project(np.column_stack([features, features @ self.w + self.b]))

    def _follow_feature(self, axis: int) -> None:
        """Name a feature's axis at its nearer end; its numbers show when it is full length."""
        direction = np.eye(2)[axis]
        rights, aways = self.eye.turned(self.eye.reach * direction[None])
        right, away, tilt = float(rights[0]), float(aways[0]), self.eye.tilt
        near = tilt * _step(away, 0.35, 0.05) + (1 - tilt) * _step(abs(right), 0.2, 0.45)
        far = tilt * _step(away, 0.05, 0.35)
        shown = self.names_shown.get_value()
        for side, name, opacity in (
            (1, self.names[axis], near),
            (-1, self.far_names[axis], far),
        ):
            end = self.eye.floor(self.eye.reach * side * direction[None])[0]
            name.move_to(end + RIGHT * side * right * 0.3 + DOWN * 0.3)
            name.set_opacity(shown * opacity)
        feet = self.eye.floor(np.outer(self.x_ticks, direction))
        for label, foot in zip(self.scales[axis], feet, strict=True):
            label.next_to(foot, DOWN, buff=TICK_GAP)
        self.scales[axis].set_opacity(shown * (1 - tilt) * _step(abs(right), 0.9, 0.995))


def _step(value: float, start: float, end: float) -> float:
    """Return 0 before the start, 1 after the end, and what is between."""
    return float(np.clip((value - start) / (end - start), 0.0, 1.0))
