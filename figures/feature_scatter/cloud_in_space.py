"""The cloud in space: the plot over feature one is its front, that over feature two its side."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
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
    FadeIn,
    FadeOut,
    ValueTracker,
    VGroup,
)

from figures.feature_scatter.bracket import CAP, EITHER_WAY, GAP
from figures.feature_scatter.feature_plot import FeaturePlot
from figures.feature_scatter.ramp import Placed, RampDots
from figures.feature_scatter.terms import BIAS, share
from linreg.study.trace import Trace
from visuals.following import Follower
from visuals.formula import formula
from visuals.layout import Slot, is_wide
from visuals.numbers import Num
from visuals.plane_in_cloud import PlaneInCloud
from visuals.plots import Points
from visuals.segments import Segments
from visuals.theme import Pace, Stroke, theme
from visuals.trackers import go
from visuals.typography import Words

HIGHEST = 7 * DEGREES
"""Elevation of the eye at most: below it, no turn to the side passes edge-on."""

ASIDE = (25 * DEGREES, HIGHEST)
"""Azimuth and elevation from which the front of the cloud is seen to be one."""

SIDE = 90 * DEGREES
"""Azimuth of the second plot."""

HALF = 4.0
"""Half a side of the floor where the frame is wide, in scene units."""

ON_THE_WAY = 33 * DEGREES
"""Angle from the front, or from the side, at which it is seen as one and both axes are named."""


class CloudInSpace:
    """All examples in space, coloured by feature two, with the plane that they were made with.

    Parameters
    ----------
    trace
        The run, with its data.
    plot
        The plot over feature one, from which its dots come.
    slot
        The room for it.

    Attributes
    ----------
    picture, dots
        Its parts: the axes with the plane, and the examples.
    """

    def __init__(self, trace: Trace, plot: FeaturePlot, slot: Slot) -> None:
        self.plot, self.arrived = plot, ValueTracker(0)
        w1, w2 = trace.true_w.flatten().tolist()
        self.picture = PlaneInCloud(
            slot,
            trace.features,
            trace.labels,
            w=(w1, w2),
            b=trace.true_b.item(),
            azimuth=0,
            elevation=0,
            highest=HIGHEST,
            half=HALF if is_wide() else None,
        )
        self.picture.shown.set_value(0)
        self.picture.plane_shown.set_value(0)
        sheet = self.picture.sheet
        VGroup(sheet.fill, sheet.grid, sheet.edge).set_color(theme.TRUTH)
        self.picture.follow()
        self.dots = RampDots(trace.features[:, 1], plot.x, self.places, plot.radius)
        self.dots.coloured.set_value(1)
        self.dots.follow()
        self.one_way = w1 * w2 < 0

    def places(self) -> Placed:
        """Return where the examples are now, on the way from the plot or in space."""
        seen = self.picture.view.project(self.picture.examples)
        arrived = self.arrived.get_value()
        if arrived < 1:
            there, _ = self.plot.places()
            seen = there + (seen - there) * arrived
        return seen, np.ones(len(seen), dtype=bool)

    def arrive(self, run_time: float = Pace.MOVE) -> Animation:
        """Let the dots go from the plot to the front of the space."""
        return go(self.arrived, 1, run_time)

    def look(self, azimuth: float, elevation: float) -> None:
        """Look from elsewhere at once."""
        view = self.picture.view
        view.azimuth.set_value(azimuth)
        view.elevation.set_value(elevation)
        self.picture.follow()
        self.dots.follow()

    @contextmanager
    def seen_from(self, azimuth: float, elevation: float) -> Iterator[None]:
        """Project from elsewhere in the meantime; nothing is drawn anew."""
        trackers = self.picture.view.azimuth, self.picture.view.elevation
        before = [tracker.get_value() for tracker in trackers]
        for tracker, angle in zip(trackers, (azimuth, elevation), strict=True):
            tracker.set_value(angle)
        yield
        for tracker, angle in zip(trackers, before, strict=True):
            tracker.set_value(angle)

    def turn_aside(self, run_time: float = 1.5) -> Animation:
        """Turn a few degrees away from the front."""
        return self.picture.turn_to(*ASIDE, run_time)

    def turn(self, azimuth: float, elevation: float, run_time: float) -> Iterator[Animation]:
        """Turn to another view; where that would pass edge-on, fade to it."""
        if self.one_way:
            yield self.picture.turn_to(azimuth, elevation, run_time)
            return
        yield FadeOut(self.picture, self.dots, run_time=Pace.QUICK)
        self.look(azimuth, elevation)
        yield FadeIn(self.picture, self.dots, run_time=Pace.QUICK)

    def hide_axes(self) -> Animation:
        """Hide names and numbers of both features' axes: seen edge-on they are one line."""
        return go(self.picture.box.named, 0, Pace.QUICK / 2)

    def join_axes(self, name: Words) -> Animation:
        """Give the line that both features' axes are one name."""
        name.move_to(self.picture.box.names[0]).set_x(self.picture.view.center.get_x())
        return FadeIn(name, run_time=Pace.QUICK / 2)

    def part_axes(self, name: Words) -> AnimationGroup:
        """Name each feature's axis again."""
        named = go(self.picture.box.named, 1)
        return AnimationGroup(named, FadeOut(name), run_time=Pace.QUICK)

    @property
    def side(self) -> tuple[float, float]:
        """Azimuth and elevation of the second plot."""
        return SIDE, 0.0

    @property
    def edge_on(self) -> float:
        """Azimuth from which the plane is a line."""
        return self.picture.edge_on(SIDE) if self.one_way else self.picture.edge_on()

    @property
    def oblique(self) -> tuple[float, float]:
        """Azimuth and elevation from which the plane is seen as one."""
        if not self.one_way:
            return self.edge_on - math.pi / 5, HIGHEST
        return SIDE - ON_THE_WAY, HIGHEST

    @property
    def front(self) -> tuple[float, float]:
        """Azimuth and elevation from which the tilted plane is seen from the front."""
        return (ON_THE_WAY if self.one_way else self.oblique[0]), HIGHEST

    def noise(self, name: Words, spread: float, places: int) -> VGroup:
        """Return a bracket at the middle of the line, as long as a standard deviation each way."""
        picture = self.picture
        corners = picture.view.project(picture.sheet.corners(picture.parameters))
        left, right = (corners[number] for number in np.argsort(corners[:, 0])[[0, -1]])
        middle = (left + right) / 2
        reach = UP * spread * float(picture.view.scale[2])
        cap, low, high = RIGHT * CAP, middle - reach, middle + reach
        rule = Segments(
            np.array([low, low - cap, high - cap]),
            np.array([high, low + cap, high + cap]),
            theme.INK,
            Stroke.LINE,
        )
        number = Words(f"{EITHER_WAY} %(spread)s", spread=Num(spread, places))
        label = VGroup(name, number.next_to(name, DOWN, GAP, aligned_edge=LEFT))
        # The side above the line.
        label.next_to(rule, UP + (RIGHT if left[1] > right[1] else LEFT), buff=GAP)
        return VGroup(rule, label)


class PlaneName(Follower, VGroup):
    """The plane's equation at a corner of its sheet, which it follows.

    Parameters
    ----------
    space
        The cloud, seen from where the name comes first.
    slot
        The room that it stays in.
    """

    def __init__(self, space: CloudInSpace, slot: Slot) -> None:
        self.picture, self.slot = space.picture, slot
        self.name_of_plane = formula(f"{share(0)} + {share(1)} + {BIAS}")
        super().__init__(self.name_of_plane)
        corners = self._corners()
        with space.seen_from(space.edge_on, 0.0):
            left, right = (self._corners()[:, 0].argsort()[number] for number in (0, -1))
            heights = self._corners()[:, 1]
            self.side = RIGHT if heights[left] > heights[right] else LEFT
        highest = np.argsort(corners[:, 1])[-2:]
        along = corners[highest, 0] * self.side[0]
        self.corner = int(highest[along.argmax()])
        self.follow().tracked()

    def follow(self) -> Self:
        """Stand at the corner of now."""
        self.name_of_plane.next_to(self._corners()[self.corner], UP + self.side, buff=GAP)
        over = self.name_of_plane.get_right()[0] - self.slot.right
        under = self.slot.left - self.name_of_plane.get_left()[0]
        self.name_of_plane.shift((max(under, 0.0) - max(over, 0.0)) * RIGHT)
        return self

    def _corners(self) -> Points:
        picture = self.picture
        return picture.view.project(picture.sheet.corners(picture.parameters))
