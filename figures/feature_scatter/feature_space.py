"""Examples in three dimensions: two features on a turntable, the label upright, and the plane.

Points (x1, x2, y) are projected orthographically by two angles, which trackers hold. The label's
axis is scaled to the room there is, so that the shape is legible for any weights.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Self

import numpy as np
from manim import (
    DEGREES,
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    ApplyMethod,
    FadeIn,
    Line,
    ReplacementTransform,
    ValueTracker,
    VGroup,
    VMobject,
    there_and_back,
)

from fastcairo import DotCloud
from figures.feature_scatter.projection import HIGHEST_ELEVATION, Projection
from figures.feature_scatter.slanted_lines import stand_beside
from linreg.study.trace import Trace
from visuals.cloud import CROWD_OPACITY, fitting_radius
from visuals.formula import formula
from visuals.layout import BEHIND, Slot, safe_area
from visuals.plates import plate
from visuals.plots import (
    LABEL_GAP,
    TICK_GAP,
    TICK_LENGTH,
    Points,
    padded,
    round_ticks,
    tick_labels,
)
from visuals.segments import Segments, dashes
from visuals.theme import Dim, Pace, Radius, Stroke, theme
from visuals.typography import Math, Typeset

TICK_ROOM, AXIS_NAME_ROOM = 0.8, 0.5
RIM_CHORDS = 72
GRID_LINES = 5
PLANE_DASHES = 18
EDGE_DASHES = 40
SIDE_DASHES = 30
"""Dashes of the plane seen edge-on."""

FRONT = (110 * DEGREES, 152 * DEGREES)
"""Azimuths from which both features' axes point to the viewer."""

NAME_BESIDE, NAME_BELOW, NAME_ASIDE = 0.46, 0.28, 0.85
"""Distances of a feature's name from the head of its axis; what is added where that is behind."""

FLAT = 0.02
"""Distance from a plane, as a share of the labels' range, below which examples seem on it."""

AXIS_TIP = 0.06
"""Length of an axis's arrow head, as a share of the turntable's radius."""

NEAR_EDGE = 12 * DEGREES
"""Angle from edge-on at which the tilted plane is best seen as one."""

NAME_BELOW_TOP, PLANE_NAME_GAP = 0.3, 0.3
"""Place of the tilted plane's equation: below the top, as a share of the height; and beside it."""

PLANE_NAME_AT = 0.7
"""Place of the equation along the plane seen edge-on, as a share."""


class FeatureSpace(VGroup):
    """A turntable with all examples over it, its axes, and the true plane.

    Parameters
    ----------
    slot
        The room for it, axes and names included, whatever the angles.
    trace
        The run, with its data.
    num_marked
        How many examples, the first ones, have larger dots.

    Attributes
    ----------
    projection
        The angles, and the center to move.
    names
        What the axes measure: feature one, feature two, the label.
    plane_shown, names_shown
        Trackers of how much of the plane and of the features' names is seen, from 0 to 1.
    cloud, marked
        The examples, and the larger ones.
    """

    def __init__(self, slot: Slot, trace: Trace, num_marked: int) -> None:
        features, labels = trace.features.double().numpy(), trace.labels.double().numpy()
        self.data = np.hstack([features, labels])
        self.w, self.b = trace.true_w.flatten().double().numpy(), trace.true_b.item()
        half = min((slot.width - TICK_ROOM - AXIS_NAME_ROOM) / 2, 0.6 * slot.height)
        rim = half * math.sin(HIGHEST_ELEVATION)
        height = (slot.height - 2 * AXIS_NAME_ROOM - 1.5 * rim) / math.cos(HIGHEST_ELEVATION)
        self.farthest = float(np.linalg.norm(features, axis=1).max()) or 1.0
        reach = max(1.0, 1.04 * self.farthest)
        slope = float(np.linalg.norm(self.w))
        y_range = padded(labels, share=0.04, least=max(1.0, slope))
        self.projection = Projection(reach, y_range, half, height)
        self.plane_shown, self.names_shown = ValueTracker(0), ValueTracker(1)
        self.projection.center.move_to(self.center_in(slot))
        self.corners = self._plane_corners()
        self.outline = self._plane_outline()
        self.names = [formula(f"{{{{ {name} : {name} }}}}") for name in ("x_1", "x_2", "y")]
        self._draw(num_marked)
        super().__init__(
            self.turntable, *self.scales, self.rule, self.y_labels, self.fill, self.grid,
            self.cloud, self.marked, *self.names,
        )  # fmt: skip
        self.follow()
        self.add_updater(lambda space: space.follow())

    # Angles

    @property
    def edge_on(self) -> float:
        """The azimuth, at least half a turn on, from which the plane is seen edge-on.

        The view is then along the direction in which w1 x1 + w2 x2 does not change, and the
        sum grows from left to right.
        """
        angle = math.atan2(self.w[1], self.w[0])
        return angle + math.tau * math.ceil((math.pi - angle) / math.tau)

    @property
    def nearly_edge_on(self) -> float:
        """The azimuth in front of both axes from which the plane is seen nearly edge-on."""
        fronts = np.linspace(*FRONT, 100)
        off = np.abs(np.sin(self.edge_on - fronts)) - math.sin(NEAR_EDGE)
        return float(fronts[np.abs(off).argmin()])

    @property
    def unit(self) -> float:
        """Length of a unit of the label, seen from the side, in scene units."""
        low, high = self.projection.y_range
        return self.projection.height / (high - low)

    @property
    def is_flat(self) -> bool:
        """Whether the examples lie so near the plane that they look like one."""
        off = self.data[:, 2] - self.data[:, :2] @ self.w - self.b
        return bool(off.std() < FLAT * np.ptp(self.data[:, 2]))

    def turn(self, azimuth: float, elevation: float, run_time: float) -> Animation:
        """Turn the view to other angles."""
        return AnimationGroup(
            ApplyMethod(self.projection.azimuth.set_value, azimuth),
            ApplyMethod(self.projection.elevation.set_value, elevation),
            run_time=run_time,
        )

    def walk_to(self, azimuth: float, run_time: float) -> Animation:
        """Turn the view to another azimuth; on the way it sees the turntable from above."""
        return AnimationGroup(
            ApplyMethod(self.projection.azimuth.set_value, azimuth),
            ApplyMethod(
                self.projection.elevation.set_value, HIGHEST_ELEVATION, rate_func=there_and_back
            ),
            run_time=run_time,
        )

    def show_plane(self, run_time: float = Pace.SWEEP) -> Animation:
        """Show the true plane."""
        return ApplyMethod(self.plane_shown.set_value, 1, run_time=run_time)

    def center_in(self, slot: Slot) -> Points:
        """Return where the center must be for everything to lie in a slot, shape (3,)."""
        low = 0.5 * self.projection.height * math.cos(
            HIGHEST_ELEVATION
        ) + self.projection.half * math.sin(HIGHEST_ELEVATION)
        x = slot.center[0] + (TICK_ROOM - AXIS_NAME_ROOM) / 2
        return np.array([x, slot.bottom + AXIS_NAME_ROOM + low, 0.0])

    # Parts

    def frame(self) -> VGroup:
        """Return the floor and the label's axis as two lines, as they are seen from the side."""
        low, high = self.projection.rim(self.projection.y_range)
        far = low + RIGHT * 2 * self.projection.half
        floor, upright = Line(low, far), Line(low, high)
        return VGroup(floor, upright).set_stroke(theme.MUTED, Stroke.AXIS)

    def name_the_sum(self, labels: VGroup, axis: Math) -> Animation:
        """Let the features' names go over into w1 x1 + w2 x2, and the plane into its edge.

        Parameters
        ----------
        labels
            The :meth:`edge_on_labels`.
        axis
            The sum, which has the parts ``x_1`` and ``x_2``.
        """
        parts = [axis.part("x_1"), axis.part("x_2")]
        names = [name.copy() for name in self.names[:2]]
        moving = {leaf for part in parts for leaf in part}
        family = labels.family_members_with_points()
        rest = [leaf for leaf in family if isinstance(leaf, VMobject) and leaf not in moving]
        self.names_shown.set_value(0)
        self.follow()
        return AnimationGroup(
            *(ReplacementTransform(*pair) for pair in zip(names, parts, strict=True)),
            FadeIn(VGroup(*rest)),
            ApplyMethod(self.plane_shown.set_value, 0),
            run_time=Pace.MOVE,
        )

    def name_the_plane(self, plane: Typeset) -> VGroup:
        """Put the plane's equation to the right of its upper part."""
        top, bottom = self.fill.get_top()[1], self.fill.get_bottom()[1]
        y = top + NAME_BELOW_TOP * (bottom - top)
        beside = np.abs(self.fill.points[:, 1] - y) < plane.height
        edge = np.array([self.fill.points[beside, 0].max(), y, 0.0])
        plane.next_to(edge, RIGHT, buff=PLANE_NAME_GAP)
        plane.shift(LEFT * max(0.0, float(plane.get_right()[0]) - safe_area().right))
        return VGroup(plate(plane), plane)

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
        most = self.projection.reach * size
        ticks = round_ticks(-most, most) if size else []
        labels = tick_labels(ticks)
        across = self.w / size if size else np.array([1.0, 0.0])
        left, right = self.projection.floor(self.projection.reach * np.array([-across, across]))
        feet = [left + (right - left) * (0.5 + tick / most / 2) for tick in ticks]
        for label, foot in zip(labels, feet, strict=True):
            label.next_to(foot, DOWN, buff=TICK_GAP)
        marks = [Line(foot, foot + DOWN * TICK_LENGTH) for foot in feet]
        VGroup(*marks).set_stroke(theme.MUTED, Stroke.AXIS)
        below = right + DOWN * (TICK_GAP + labels.height + LABEL_GAP)
        axis.next_to(below, DOWN, buff=0.0).align_to(right, RIGHT)
        span = np.array(self.projection.y_range) - self.b
        ends = np.clip(
            span / size if size else np.inf * span, -self.projection.reach, self.projection.reach
        )
        edge = self._on_plane(np.outer(ends, across))
        stand_beside(plane, edge[0], edge[1], PLANE_NAME_AT)
        line = Segments(*dashes(edge[:1], edge[1:], SIDE_DASHES), theme.TRUTH, 2 * Stroke.LINE)
        return VGroup(*marks, labels, axis, line.set_z_index(BEHIND), VGroup(plate(plane), plane))

    def _draw(self, num_marked: int) -> None:
        """Make every part; :meth:`follow` puts it where it is seen."""
        self.x_ticks = round_ticks(-self.projection.reach, self.projection.reach)
        self.y_ticks = round_ticks(*self.projection.y_range)
        self.scales = [tick_labels(self.x_ticks) for _ in self.names[:2]]
        self.y_labels = tick_labels(self.y_ticks)
        nowhere = np.zeros((1, 3))
        self.turntable = Segments(nowhere, nowhere, stroke_width=Stroke.AXIS)
        self.rule = Segments(nowhere, nowhere, stroke_width=Stroke.AXIS)
        self.grid = Segments(nowhere, nowhere, color=theme.TRUTH)
        self.fill = VMobject(stroke_width=0, fill_color=theme.TRUTH)
        radius = fitting_radius(len(self.data))
        self.cloud = DotCloud(nowhere, radius=radius, color=theme.DATA, opacity=CROWD_OPACITY)
        self.num_marked = num_marked
        self.marked = DotCloud(nowhere, radius=Radius.SAMPLE, color=theme.DATA)

    def follow(self) -> Self:
        """Put everything where the projection shows it."""
        seen = self.projection.project(self.data)
        self.cloud.set_positions(seen)
        self.marked.set_positions(seen[: self.num_marked])
        self._follow_turntable()
        self._follow_labels()
        self._follow_plane()
        for axis in range(2):
            self._follow_feature(axis)
        return self

    def _follow_turntable(self) -> None:
        angles = np.linspace(0, math.tau, RIM_CHORDS + 1)
        rim = self.projection.floor(
            self.projection.reach * np.column_stack([np.cos(angles), np.sin(angles)])
        )
        ends = np.eye(2)
        wings = [
            end * (1 - AXIS_TIP) + side * AXIS_TIP / 2 * end[::-1]
            for end in ends
            for side in (-1, 1)
        ]
        starts = np.vstack([-ends, wings]) * self.projection.reach
        stops = np.vstack([ends, np.repeat(ends, 2, axis=0)]) * self.projection.reach
        self.turntable.set_segments(
            np.vstack([rim[:-1], self.projection.floor(starts)]),
            np.vstack([rim[1:], self.projection.floor(stops)]),
        )

    def _follow_labels(self) -> None:
        low, high = self.projection.rim(self.projection.y_range)
        feet = self.projection.rim(self.y_ticks)
        # Heights are read at the axis from the side only.
        shown = _step(self.projection.tilt, 0.08, 0.0)
        ticks = feet + LEFT * TICK_LENGTH * shown
        self.rule.set_segments(np.vstack([low, feet]), np.vstack([high, ticks]))
        self.y_labels.set_opacity(shown)
        for label, foot in zip(self.y_labels, feet, strict=True):
            label.next_to(foot, LEFT, buff=TICK_GAP)
        self.names[2].next_to(high, UP, buff=LABEL_GAP).align_to(high, LEFT)

    def _plane_corners(self) -> Points:
        """Return the corners of the least rectangle of features around the examples, (4, 2).

        One side goes the way on which the plane rises, so that it stays among the labels.
        """
        size = float(np.linalg.norm(self.w))
        rise = self.w / size if size else np.array([1.0, 0.0])
        ways = np.array([rise, [-rise[1], rise[0]]])
        along = self.data[:, :2] @ ways.T
        ends = np.stack([along.min(axis=0), along.max(axis=0)])
        corners = ends[[0, 1, 1, 0], 0], ends[[0, 0, 1, 1], 1]
        return np.asarray(np.column_stack(corners) @ ways)

    def _follow_plane(self) -> None:
        around = self._on_plane(self.outline)
        self.fill.set_points_as_corners(around)
        starts, stops = map(self._on_plane, self._grid_ends())
        lines = dashes(starts, stops, PLANE_DASHES)
        edge = around[:-1:2], around[1::2]
        self.grid.set_segments(*(np.vstack(ends) for ends in zip(lines, edge, strict=True)))
        shown = self.plane_shown.get_value()
        self.grid.set_stroke(opacity=shown)
        self.fill.set_fill(opacity=shown * Dim.FAINT)

    def _plane_outline(self) -> Points:
        """Return the rectangle as far out as the examples lie, shape (n, 2)."""
        shares = np.linspace(0, 1, EDGE_DASHES, endpoint=False)[:, None]
        sides = pairwise([*self.corners, self.corners[0]])
        around = np.vstack([start + shares * (end - start) for start, end in sides])
        far = np.linalg.norm(around, axis=1, keepdims=True) / self.farthest
        around /= np.maximum(far, 1.0)
        return np.vstack([around, around[:1]])

    def _grid_ends(self) -> tuple[Points, Points]:
        """Return both ends of the lines across the plane, each of shape (n, 2)."""
        a, b, _, d = self.corners
        starts, stops = [], []
        for side, across in ((b - a, d - a), (d - a, b - a)):
            way = across / max(float(np.linalg.norm(across)), 1e-9)
            for share in np.linspace(0, 1, GRID_LINES)[1:-1]:
                foot = a + share * side
                middle = foot @ way
                half = math.sqrt(max(self.farthest**2 - foot @ foot + middle**2, 0.0))
                ends = np.clip([-middle - half, -middle + half], 0, np.linalg.norm(across))
                starts.append(foot + ends[0] * way)
                stops.append(foot + ends[1] * way)
        return np.array(starts), np.array(stops)

    def _on_plane(self, features: Points) -> Points:
        return self.projection.project(np.column_stack([features, features @ self.w + self.b]))

    def _follow_feature(self, axis: int) -> None:
        """Name a feature's axis at its head; its numbers show when it is full length."""
        direction = np.eye(2)[axis]
        rights, aways = self.projection.turned(self.projection.reach * direction[None])
        right, away, tilt = float(rights[0]), float(aways[0]), self.projection.tilt
        shown = self.names_shown.get_value()
        # Seen from the side the name stands below the floor, from above outside the rim.
        # Behind the turntable it stands further aside, clear of the examples.
        below = tilt * -away + (1 - tilt)
        behind = tilt * max(away, 0.0)
        beside = right * (NAME_BESIDE + NAME_ASIDE * behind)
        below *= NAME_BELOW * (1 - NAME_ASIDE * behind)
        head = self.projection.floor(self.projection.reach * direction[None])[0]
        self.names[axis].move_to(head + RIGHT * beside + DOWN * below)
        in_sight = tilt * _step(away, 0.95, 0.8) + (1 - tilt) * _step(abs(right), 0.2, 0.45)
        self.names[axis].set_opacity(shown * in_sight)
        feet = self.projection.floor(np.outer(self.x_ticks, direction))
        for label, foot in zip(self.scales[axis], feet, strict=True):
            label.next_to(foot, DOWN, buff=TICK_GAP)
        self.scales[axis].set_opacity(
            shown * _step(tilt, 0.08, 0.0) * _step(abs(right), 0.9, 0.995)
        )


def _step(value: float, start: float, end: float) -> float:
    """Return 0 before the start, 1 after the end, and what is between."""
    return float(np.clip((value - start) / (end - start), 0.0, 1.0))
