"""Marks in the cloud: an example with its place and height, dots, names, and an outline."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from manim import DL, DOWN, DR, LEFT, RIGHT, UL, UR, Dot, Line, VGroup, interpolate_color

from fastcairo import DotCloud
from figures.pipeline_overview.trained_plane import TrainedPlane
from visuals.formula import formula
from visuals.label_room import points_along, room_around
from visuals.layout import safe_area
from visuals.plane_in_cloud import NAME_GAP
from visuals.plates import plate
from visuals.plots import Points
from visuals.roles import ROLES_IN_TRAINING
from visuals.segments import Segments
from visuals.theme import Radius, Stroke, theme
from visuals.typography import TEXT_FONT, Math, Typeset, Words

SHARES = np.linspace(0.5, 1, 11)
"""Places of a word below the edge of the sheet, as shares of the edge."""

WITHIN = 0.6
"""Distance of a word from its dot at most, in scene units and both ways."""

ON_STICK = 12
"""Points of a stick of which names keep clear."""

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
    """Return lines of an example: down to its place, to the place from both axes, and upwards."""
    x1, x2, y = plane.examples[row]
    edge1, edge2 = (
        plane.view.high[axis] if plane.view.axes[2][axis] > 0 else plane.view.low[axis]
        for axis in range(2)
    )
    bottom = plane.view.low[2]
    foot = (x1, x2, bottom)
    ends = [((x1, edge2, bottom), foot), ((edge1, x2, bottom), foot), (foot, (x1, x2, y))]
    lines = [
        Line(plane.at(*a), plane.at(*b), color=theme.DATA, stroke_width=Stroke.LINE)
        for a, b in ends
    ]
    drop = lines[-1].copy().reverse_points().set_stroke(width=Stroke.THIN)
    return VGroup(drop, *lines)


def large_dot(plane: TrainedPlane, row: int) -> Dot:
    """Return a larger dot on an example."""
    return Dot(plane.dot_of(row), radius=Radius.MARK, color=theme.DATA)


def dots(plane: TrainedPlane, rows: Sequence[int]) -> DotCloud:
    """Return dots where those of marked examples will be, which can fade in."""
    seen = plane.view.project(plane.examples[list(rows)])
    return DotCloud(seen, radius=Radius.SAMPLE, color=theme.DATA)


def named_axes(plain: Callable[[str], str]) -> list[Math]:
    """Return x_1 and x_2 as features and y as the label; ``plain`` returns a text."""
    words = plain("feature"), plain("feature"), plain("label")
    symbols = "{{ x_1 : x_1 }}", "{{ x_2 : x_2 }}", "{{ y : y }}"
    pairs = zip(words, symbols, strict=True)
    return [formula(f'#text(font: "{TEXT_FONT}")[{a}] {b}', ROLES_IN_TRAINING) for a, b in pairs]


def beside(word: Words, dot: Dot, plane: TrainedPlane) -> VGroup:
    """Stand a word right of a dot, where cloud and floor leave it most room, on a plate."""
    half = np.array([word.width, word.height, 0.0]) / 2
    floor = plane.box.floor.points
    edges = [points_along(a, b) for a, b in zip(floor[::4], floor[3::4], strict=True)]
    taken = np.vstack([plane.view.project(plane.examples), *edges])
    places = [
        word.next_to(dot, way, buff=gap).get_center()
        for way in (UR, RIGHT, DR)
        for gap in np.linspace(NAME_GAP, WITHIN, 9)
    ]
    inside = [place for place in places if place[0] + half[0] <= safe_area().right] or places
    word.move_to(max(inside, key=lambda place: room_around(place, half, taken)))
    return on_plate(word, plane)


def on_plate(name: Typeset, plane: TrainedPlane) -> VGroup:
    """Return a name with a plate under it, which keeps lines and dots off its letters.

    On the sheet the plate has its shade.
    """
    ground = plate(name)
    fill = plane.sheet.fill
    if _is_inside([ground.get_corner(way) for way in (DL, DR, UR, UL)], fill.points[::4]):
        shade = interpolate_color(theme.BACKGROUND, theme.MODEL, fill.get_fill_opacity())
        ground.set_fill(shade)
    return VGroup(ground, name)


def names_of_example(plane: TrainedPlane, error: Words) -> VGroup:
    """Return y, y_hat and a name of the error, beside an example, where they have the most room.

    The name of the error stands between the others, half way up the stick; that of the
    prediction a little beyond the end, on the sheet.
    """
    symbols = "{{ y : y }}", "{{ hat(y) : hat }}"
    names: list[Typeset] = [*(formula(each, ROLES_IN_TRAINING) for each in symbols), error]
    halves = [np.array([name.width, name.height, 0.0]) / 2 for name in names]
    tops = plane.examples[plane.batch]
    feet = np.column_stack([tops[:, :2], plane.predict(tops[:, :2])])
    dots = plane.view.project([*tops, *feet])
    tops, feet = dots.reshape(2, -1, 3)
    sticks = np.linspace(tops, feet, ON_STICK).reshape(-1, 3)
    places, room = [], []
    for side in (RIGHT, LEFT):
        for top, foot in zip(tops, feet, strict=True):
            beyond = np.sign(foot - top) * [0, halves[1][1], 0]
            ends = top, foot + beyond, (top + foot) / 2
            at = [end + side * (NAME_GAP + half[0]) for end, half in zip(ends, halves, strict=True)]
            free = float(np.linalg.norm(top - foot)) / 2 - halves[1][1] - halves[2][1]
            room.append(min(free, *map(room_around, at, halves, [sticks] * len(at))))
            places.append(at)
    for name, place in zip(names, places[int(np.argmax(room))], strict=True):
        name.move_to(place)
    return VGroup(*(on_plate(name, plane) for name in names))


def below_edge(word: Words, plane: TrainedPlane) -> VGroup:
    """Stand a word below the right half of the sheet's edge, where it has the most room."""
    corners = plane.view.project(plane.sheet.corners(plane.parameters).reshape(-1, 3))
    if len(corners):
        lowest, end = corners[corners[:, 1].argmin()], corners[corners[:, 0].argmax()]
        half = np.array([word.width, word.height, 0.0]) / 2
        names = (*plane.box.names, *(number for axis in plane.box.numbers for number in axis))
        taken = np.array(
            [at for name in names for at in (name.get_corner(DL), name.get_corner(UR))]
        )
        places = [
            lowest + (end - lowest) * share + LEFT * half[0] + DOWN * (NAME_GAP + half[1])
            for share in SHARES
        ]
        word.move_to(max(places, key=lambda place: room_around(place, half, taken)))
    return on_plate(word, plane)


def outline(plane: TrainedPlane) -> Segments:
    """Return the edge of the sheet as it lies now, which stays there."""
    corners = plane.view.project(plane.sheet.corners(plane.parameters).reshape(-1, 3))
    return Segments(corners, np.roll(corners, -1, axis=0), theme.INK, Stroke.THIN)


def _is_inside(points: Sequence[Points], polygon: Points) -> bool:
    """Say whether all points lie in a convex polygon, corners of shape (k, 3)."""
    sides = np.roll(polygon, -1, axis=0) - polygon
    ways = np.asarray(points)[:, None] - polygon
    turns = sides[:, 0] * ways[..., 1] - sides[:, 1] * ways[..., 0]
    return len(polygon) > 2 and bool((turns >= 0).all() or (turns <= 0).all())
