"""A gradient as an arrow on the map of the loss, which grows, shrinks and turns into a step."""

from __future__ import annotations

import math
from typing import Self

import numpy as np
import numpy.typing as npt
from manim import Animation, ValueTracker, VGroup, VMobject, interpolate_color

from visuals.clipping import clipped
from visuals.following import Picture
from visuals.plots import Points
from visuals.segments import Segments
from visuals.space import put_lines
from visuals.theme import Pace, Stroke, theme
from visuals.trackers import go
from visuals.weight_map import WeightMap

HEAD = 0.24
"""Length of a head, in scene units."""

MOST_HEAD = 0.6
"""Length of a head at most, in lengths of its arrow."""

BREADTH = 0.9
"""Breadth of a head, in its lengths."""

PALE = 0.4
"""Opacity of an arrow that is past."""

TURNING = 0.1
"""Share of half a turn in which the color changes."""

SHORTEST = 0.02
"""Length below which there is no arrow, in scene units."""


class LiveArrow(Picture, VGroup):
    """An arrow from weights on the map; where it leaves the map it is cut and has no head.

    It has the colour of gradients; turned about, it is a step and has the colour of the weights.

    Parameters
    ----------
    weight_map
        The map, seen from above.
    start, vector
        Where it begins, and the gradient, in units of a weight, shape (2,) each.
    length
        How many times the vector it is long.

    Attributes
    ----------
    length, turned, lit
        Trackers of its length in vectors, of the angle by which it is turned, and its opacity.
    """

    def __init__(
        self, weight_map: WeightMap, start: Points, vector: npt.ArrayLike, length: float = 0.0
    ) -> None:
        self.weight_map, self.start = weight_map, start
        self.vector = np.nan_to_num(np.asarray(vector, dtype=float))
        self.length, self.turned = ValueTracker(length), ValueTracker(0)
        self.lit = ValueTracker(1)
        nowhere = np.zeros((1, 3))
        self.shaft = Segments(nowhere, nowhere, theme.GRADIENT, Stroke.BOLD)
        self.head = VMobject(stroke_width=0, fill_color=theme.GRADIENT, fill_opacity=1)
        super().__init__(self.shaft, self.head)
        self.follow().tracked()

    @property
    def tip(self) -> Points:
        """The weights at its end now, shape (2,)."""
        angle, length = self.turned.get_value(), self.length.get_value()
        cos, sin = math.cos(angle), math.sin(angle)
        turned = np.array([[cos, -sin], [sin, cos]]) @ self.vector
        return np.asarray(self.start + length * turned)

    def to(self, length: float, run_time: float = Pace.MOVE) -> Animation:
        """Grow or shrink to so many times its vector."""
        return go(self.length, length, run_time)

    def turn(self, run_time: float = Pace.MOVE) -> Animation:
        """Turn about its beginning by half a circle."""
        return go(self.turned, math.pi, run_time)

    def dim_to(self, opacity: float, run_time: float = Pace.QUICK) -> Animation:
        """Make it pale, or let it vanish."""
        return go(self.lit, opacity, run_time)

    def follow(self) -> Self:
        """Draw it as it is now."""
        view, home = self.weight_map.view, self.weight_map.view.center.get_location()
        ends = np.array([self.start, self.tip])
        (a, c), (b, d) = view.low[:2], view.high[:2]
        first, last = clipped(ends, (a, b), (c, d))
        lit = self.lit.get_value()
        begin, end = view.project(np.column_stack([ends, np.zeros(2)]))
        length = float(np.linalg.norm(end - begin))
        inside = len(first) and np.allclose(last[-1], ends[1])
        if not len(first) or length < SHORTEST:
            put_lines(self.shaft, np.zeros((0, 3)), np.zeros((0, 3)), home)
            self.head.set_points_as_corners([home] * 3)
            # Its end must not depend on the way there.
            self.shaft.set_stroke(width=Stroke.BOLD, opacity=0)
            self.head.set_fill(opacity=0)
            return self
        share = 0.5 + (self.turned.get_value() / math.pi - 0.5) / TURNING
        color = interpolate_color(theme.GRADIENT, theme.MODEL, min(max(share, 0.0), 1.0))
        way = (end - begin) / length
        side = np.array([-way[1], way[0], 0.0])
        head = min(HEAD, MOST_HEAD * length) if inside else 0.0
        edge = view.project([[*last[-1], 0.0]])[0]
        neck = edge - way * head * 0.8
        self.shaft.set_segments([view.project([[*first[0], 0.0]])[0]], [neck])
        self.shaft.set_stroke(width=Stroke.BOLD * max(0.5, head / HEAD if inside else 1.0))
        wing = side * head * BREADTH / 2
        back = edge - way * head
        self.head.set_points_as_corners([edge, back + wing, back - wing, edge])
        self.shaft.set_stroke(color, opacity=lit)
        self.head.set_fill(color, opacity=lit if inside else 0)
        return self
