"""Marks in the cloud: an example with its place and height, dots, names, and an outline."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import RIGHT, Dot, Line, VGroup

from fastcairo import DotCloud
from figures.pipeline_overview.trained_plane import TrainedPlane
from visuals.formula import formula
from visuals.label_room import room_around
from visuals.plane_in_cloud import NAME_GAP
from visuals.plates import plate
from visuals.roles import ROLES_IN_TRAINING
from visuals.segments import Segments
from visuals.theme import Radius, Stroke, theme

FRONT = (0.35, 0.75)
"""Heights, as shares of the box, between which the example is that is explained first."""


def front_example(plane: TrainedPlane) -> int:
    """Return the row of an example that is near the eye and neither high nor low."""
    shares = (plane.examples - plane.view.low) / (plane.view.high - plane.view.low)
    low, high = FRONT
    fits = (shares[:, 2] > low) & (shares[:, 2] < high)
    depth = plane.examples @ (plane.view.to_eye * plane.view.scale**2)
    return int(np.where(fits, depth, depth.min() - 1).argmax())


def guides(plane: TrainedPlane, row: int) -> VGroup:
    """Return lines to an example: from the two axes to the place on the floor, and upwards."""
    x1, x2, y = plane.examples[row]
    edge1, edge2 = (
        plane.view.high[axis] if plane.view.axes[2][axis] > 0 else plane.view.low[axis]
        for axis in range(2)
    )
    bottom = plane.view.low[2]
    foot = (x1, x2, bottom)
    ends = [((x1, edge2, bottom), foot), ((edge1, x2, bottom), foot), (foot, (x1, x2, y))]
    return VGroup(
        *(
            Line(plane.at(*a), plane.at(*b), color=theme.DATA, stroke_width=Stroke.LINE)
            for a, b in ends
        )
    )


def large_dot(plane: TrainedPlane, row: int) -> Dot:
    """Return a larger dot on an example."""
    return Dot(plane.dot_of(row), radius=Radius.MARK, color=theme.DATA)


def dots(plane: TrainedPlane, rows: Sequence[int]) -> DotCloud:
    """Return dots where those of marked examples will be, which can fade in."""
    seen = plane.view.project(plane.examples[list(rows)])
    return DotCloud(seen, radius=Radius.SAMPLE, color=theme.DATA)


def names_of_example(plane: TrainedPlane) -> VGroup:
    """Return y and y_hat beside the label and the prediction that have the most room."""
    symbols = "{{ y : y }}", "{{ hat(y) : hat }}"
    names = [formula(symbol, ROLES_IN_TRAINING) for symbol in symbols]
    half = np.array([names[1].width, names[1].height, 0.0]) / 2
    away = RIGHT * (NAME_GAP + half[0])
    tops = plane.examples[plane.batch]
    feet = np.column_stack([tops[:, :2], plane.predict(tops[:, :2])])
    dots = plane.view.project([*tops, *feet])
    pairs = dots.reshape(2, -1, 3).transpose(1, 0, 2)
    room = []
    for pair in pairs:
        apart = float(np.linalg.norm(pair[1] - pair[0])) / 2 - half[1]
        room.append(min(apart, *(room_around(end + away, half, dots) for end in pair)))
    for name, end in zip(names, pairs[int(np.argmax(room))], strict=True):
        name.move_to(end + away)
    return VGroup(*(VGroup(plate(name), name) for name in names))


def outline(plane: TrainedPlane) -> Segments:
    """Return the edge of the sheet as it lies now, which stays there."""
    corners = plane.view.project(plane.sheet.corners(plane.parameters).reshape(-1, 3))
    return Segments(corners, np.roll(corners, -1, axis=0), theme.INK, Stroke.THIN)
