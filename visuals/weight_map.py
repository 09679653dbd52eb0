"""The loss over two weights: a bowl that tilts into its contour map, and paths of steps on it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Self

import numpy as np
import numpy.typing as npt
import torch
from manim import DEGREES, Animation, ValueTracker, VGroup, VMobject

from linreg.study.loss_surface import LossSurface
from visuals.clipping import clipped
from visuals.following import Picture
from visuals.formula import formula
from visuals.layout import Slot
from visuals.plots import Points
from visuals.roles import ROLES_IN_TRAINING
from visuals.segments import Segments
from visuals.space import BOTTOM_ROOM, LEFT_ROOM, RIGHT_ROOM, TOP_ROOM, Box, put_lines
from visuals.theme import Pace, Stroke, theme
from visuals.trackers import Quantity, as_tracker, step
from visuals.typography import Typeset

BOWL_AZIMUTH, BOWL_ELEVATION = -35 * DEGREES, 27 * DEGREES
"""Angles at which the bowl is seen."""

MAP_ELEVATION = 90 * DEGREES

NAMES_BELOW = 1.02
"""Room below the map for numbers and a name, in scene units."""

REACH = 1.4
"""Half a side of the map, in distances of the start from the lowest point."""

LEAST_REACH = 0.5
"""The same in units of a weight, where the start is the lowest point."""

ABOVE_START = 1.15
"""Height of the bowl at least, in heights of the start."""

ANGLES, RADII = 72, 12
"""Pieces of the bowl's wall around and upwards."""

RING_ANGLES = 240
"""Pieces of a ring, of which a map that is enlarged shows few."""

MERIDIANS = 12
RINGS = 10
"""Rings at most; they stand at the ticks of the loss, and at even parts between them."""

FLATTEST = 1e-6
"""Least curvature of the bowl, as a share of the greatest: a flat direction is only very long."""

INSIDE, OUTSIDE, MAP_FILL, MERIDIAN = 0.2, 0.12, 0.08, 0.85
"""Opacities of the wall seen from inside and from outside, of the map, of meridians."""

PIECES = 6
"""Straight pieces of a step, which follow the bowl."""

_CUBIC = np.linspace(0, 1, 4)[:, None]


class WeightMap(Picture, VGroup):
    """The loss over (w1, w2) at the bias of now, seen from the side as a bowl, from above as a map.

    Rings are lines of equal loss, at round losses; from above they are the contours. Both weights
    have one scale.

    Parameters
    ----------
    slot
        The room for bowl and map, numbers and names included.
    surface
        The loss; see :func:`linreg.study.loss_surface.loss_surface`.
    b
        The bias: a number, or the tracker that other pictures read too; the bowl follows it.
    start
        Weights that the map must hold, shape (2,).
    reach
        Half a side of the map, in units of a weight; what holds the start with some air unless
        given. Maps that are compared want one.
    center
        The middle of the map, shape (2,); the lowest point at the first b unless given.
    top
        The greatest loss on its axis; what holds the rings, or the start, at the first b unless
        given.
    names
        What the axes measure; w_1, w_2 and L unless given.

    Attributes
    ----------
    b
        Tracker of the bias.
    view
        The projection; ``view.azimuth`` and ``view.elevation`` are its trackers.
    wall_shown, rings_shown
        Trackers of the opacities of the wall and of the rings, as shares of their usual ones.
    """

    def __init__(
        self,
        slot: Slot,
        surface: LossSurface,
        b: Quantity = 0.0,
        start: npt.ArrayLike = (0.0, 0.0),
        reach: float | None = None,
        center: npt.ArrayLike | None = None,
        top: float | None = None,
        names: Sequence[Typeset] | None = None,
    ) -> None:
        self.surface, self.b = surface, as_tracker(b)
        self.wall_shown, self.rings_shown = ValueTracker(1), ValueTracker(1)
        first = np.asarray(start, dtype=float).reshape(-1)
        lowest = self.lowest
        middle = lowest if center is None else np.asarray(center, dtype=float).reshape(-1)
        far = float(np.abs(np.array([first, lowest]) - middle).max())
        reach = reach or REACH * max(far, LEAST_REACH)
        self.top = top or self._top(first, reach)
        self.climb = self.top - float(self.losses(lowest)[0])
        symbols = "{{ w_1 : w }}", "{{ w_2 : w }}", "{{ L : loss }}"
        ranges = [(float(at - reach), float(at + reach)) for at in middle]
        below = NAMES_BELOW - (BOTTOM_ROOM - TOP_ROOM) / 2
        across = (slot.width - LEFT_ROOM - RIGHT_ROOM) / 2 / math.sqrt(2)
        self.box = Box(
            slot,
            [*ranges, (0.0, self.top)],
            names or [formula(symbol, ROLES_IN_TRAINING) for symbol in symbols],
            BOWL_ELEVATION,
            min(across, slot.height / 2 - below),
        )
        self.view = self.box.view
        self.view.azimuth.set_value(BOWL_AZIMUTH)
        self.view.elevation.set_value(BOWL_ELEVATION)
        self.levels = _levels(self.box.ticks[2], self.top)
        values, axes = np.linalg.eigh(surface.second.numpy())
        least = max(FLATTEST * float(values.max()), 1e-12)
        # Takes a circle to the ring of a loss of one half.
        self.unit_ring = axes / np.sqrt(np.maximum(values, least)) @ axes.T
        nowhere = np.zeros((1, 3))
        self.inside, self.outside = (
            VMobject(stroke_width=0, fill_color=theme.LOSS) for _ in range(2)
        )
        self.rings = Segments(nowhere, nowhere, theme.LOSS, Stroke.THIN)
        self.meridians = Segments(nowhere, nowhere, theme.LOSS, Stroke.THIN)
        self.seen: tuple[float, ...] = ()
        super().__init__(self.box, self.inside, self.meridians, self.rings, self.outside)
        self.follow().tracked()

    # Where things are

    @property
    def lowest(self) -> Points:
        """The weights of least loss at the bias of now, shape (2,)."""
        return np.asarray(self.surface.lowest(self.b.get_value()).numpy())

    def losses(self, weights: npt.ArrayLike) -> Points:
        """Return the loss at weights (k, 2) and the bias of now, shape (k,)."""
        w = torch.as_tensor(np.asarray(weights, dtype=float).reshape(-1, 2))
        return np.asarray(self.surface.losses(w, self.b.get_value()).numpy())

    def lifted(self, weights: npt.ArrayLike) -> Points:
        """Return where weights (k, 2) are seen on the bowl now, (k, 3); on its edge if outside."""
        w = np.asarray(weights, dtype=float).reshape(-1, 2)
        w = self.view.clipped(np.column_stack([w, np.zeros(len(w))]))[:, :2]
        return self.view.project(self.view.clipped(np.column_stack([w, self.losses(w)])))

    def at(self, w1: float, w2: float) -> Points:
        """Return where weights are seen on the bowl now, shape (3,)."""
        return np.asarray(self.lifted([[w1, w2]])[0])

    def ring(self, loss: float) -> Points:
        """Return weights all around at which the loss is this one now, shape (k, 2)."""
        return self._ring(loss - float(self.losses(self.lowest)[0]), RING_ANGLES)

    def curve(self, weights: npt.ArrayLike) -> tuple[Points, Points]:
        """Return a polyline through weights (k, 2) on the bowl, as far as the map goes.

        Returns
        -------
        starts, ends
            Of its straight pieces in the scene, shapes (m, 3).
        """
        first, last = self._cut(weights)
        shares = np.linspace(0, 1, PIECES + 1)[:, None]
        points = first[:, None] + (last - first)[:, None] * shares
        seen = self.lifted(points).reshape(-1, PIECES + 1, 3)
        return seen[:, :-1].reshape(-1, 3), seen[:, 1:].reshape(-1, 3)

    # What can be played

    def to_map(self, run_time: float = Pace.SWEEP) -> Animation:
        """Tilt the bowl until it is seen from above, as its map."""
        return self.view.turn_to(0.0, MAP_ELEVATION, run_time)

    def to_bowl(self, run_time: float = Pace.SWEEP) -> Animation:
        """Tilt the map back until it is seen as a bowl."""
        return self.view.turn_to(BOWL_AZIMUTH, BOWL_ELEVATION, run_time)

    def turn_to(
        self, azimuth: float, elevation: float | None = None, run_time: float = Pace.SWEEP
    ) -> Animation:
        """Turn the view to other angles, in radians; the elevation stays unless given."""
        return self.view.turn_to(azimuth, elevation, run_time)

    # Following

    def follow(self) -> Self:
        """Draw everything as it is seen now."""
        shown = self.wall_shown, self.rings_shown
        trackers = (self.view.azimuth, self.view.elevation, self.b, *shown)
        seen = (*(t.get_value() for t in trackers), *self.view.center.get_location())
        if seen == self.seen:
            return self
        self.seen = seen
        self.box.follow()
        home = self.view.center.get_location()
        floor = float(self.losses(self.lowest)[0])
        # The bowl rises and sinks with the bias, and keeps its size.
        rim = min(self.top, floor + self.climb)
        self._follow_wall(rim - floor, home)
        levels = self.levels[(self.levels > floor) & (self.levels <= rim)]
        starts, ends = self._cut(self._stacked_rings(levels, floor))
        put_lines(self.rings, self.view.project(starts), self.view.project(ends), home)
        self.rings.set_stroke(opacity=self.rings_shown.get_value())
        return self

    def _top(self, start: Points, reach: float) -> float:
        """Return the loss up to which the bowl is drawn: its whole rim, or the start, is on it."""
        lowest = self.lowest
        floor, at_start = self.losses([lowest, start])
        width = np.linalg.pinv(self.surface.second.numpy(), hermitian=True).diagonal().max()
        rim = reach**2 / 2 / max(float(width), 1e-12)
        return float(floor + max(rim, ABOVE_START * (at_start - floor)))

    def _ring(self, climb: float, pieces: int = ANGLES) -> Points:
        """Return weights where the loss is so far above its floor, shape (pieces + 1, 2)."""
        return np.asarray(self._rings(np.array([climb]), pieces)[0])

    def _rings(self, climbs: Points, pieces: int = ANGLES) -> Points:
        """Return a ring for each height above the floor, shape (heights, pieces + 1, 2)."""
        radii = np.sqrt(2 * np.maximum(climbs, 0.0))[:, None, None]
        return np.asarray(self.lowest + radii * (_ways(pieces) @ self.unit_ring))

    def _stacked_rings(self, levels: Points, floor: float) -> Points:
        """Return the rings of losses as one polyline with gaps: weights and loss, shape (k, 3)."""
        rings = np.full((len(levels), RING_ANGLES + 2, 3), np.nan)
        rings[:, :-1, :2] = self._rings(levels - floor, RING_ANGLES)
        rings[:, :-1, 2] = levels[:, None]
        return rings.reshape(-1, 3)

    def _cut(self, weights: npt.ArrayLike) -> tuple[Points, Points]:
        """Cut a polyline through weights (k, 2) to the map; return both ends of its segments.

        A third column, the loss, goes along.
        """
        (a, c, _), (b, d, _) = self.view.low, self.view.high
        return clipped(weights, (a, b), (c, d))

    def _follow_wall(self, climb: float, home: Points) -> None:
        """Draw the wall: what faces the eye behind what is on it, what does not before it."""
        shares = np.linspace(0, 1, RADII + 1)
        seen = self.lifted(self._rings(climb * shares**2)).reshape(RADII + 1, ANGLES + 1, 3)
        quads = np.stack([seen[:-1, :-1], seen[1:, :-1], seen[1:, 1:], seen[:-1, 1:]], axis=2)
        quads = quads.reshape(-1, 4, 3)
        first, second = quads[:, 2] - quads[:, 0], quads[:, 3] - quads[:, 1]
        turns = first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0]
        for wall, kept in ((self.inside, turns > 0), (self.outside, turns < 0)):
            wall.points = _outlined(quads[kept]) if kept.any() else np.array([home] * 4)
        tilt = step(self.view.elevation.get_value(), BOWL_ELEVATION, MAP_ELEVATION)
        shown = self.wall_shown.get_value()
        self.inside.set_fill(opacity=shown * (INSIDE + (MAP_FILL - INSIDE) * tilt))
        self.outside.set_fill(opacity=shown * OUTSIDE)
        lines = seen[:, :: ANGLES // MERIDIANS]
        # The rim is drawn with them, so that the bowl has an edge.
        starts = np.vstack([lines[:-1].reshape(-1, 3), seen[-1, :-1]])
        ends = np.vstack([lines[1:].reshape(-1, 3), seen[-1, 1:]])
        put_lines(self.meridians, starts, ends, home)
        self.meridians.set_stroke(opacity=shown * MERIDIAN * (1 - tilt))


@cache
def _ways(pieces: int) -> Points:
    """Return unit vectors all around, shape (pieces + 1, 2); the last is the first."""
    angle = np.linspace(0, math.tau, pieces + 1)
    return np.column_stack([np.cos(angle), np.sin(angle)])


def _levels(ticks: Sequence[float], top: float) -> Points:
    """Return the losses of the rings: at the ticks, and at even parts between them."""
    spacing = min(np.diff(ticks), default=top)
    parts = next(parts for parts in (5, 2, 1) if parts == 1 or top * parts / spacing <= RINGS)
    return np.arange(1, int(top * parts / spacing) + 1) * spacing / parts


def _outlined(quads: Points) -> Points:
    """Return the outlines of quadrilaterals (k, 4, 3) as cubics, shape (16 k, 3)."""
    starts, ends = quads[:, :, None], np.roll(quads, -1, axis=1)[:, :, None]
    return np.asarray((starts + (ends - starts) * _CUBIC).reshape(-1, 3))
