"""Error times input as signed areas, sorted out of the plot into two stacks."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import (
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    ValueTracker,
    VGroup,
    VMobject,
)

from figures.gradient_derivation.pushed_line import PushedLine
from visuals.following import Picture
from visuals.layout import Slot
from visuals.plates import PADDING, panel
from visuals.plots import Points
from visuals.segments import Segments
from visuals.theme import Size, Stroke, theme
from visuals.trackers import go, step
from visuals.typography import Math

FILLED = 0.45
"""Opacity of a positive area."""

HATCH = 0.13
"""Distance of two lines of the hatching, in scene units."""

STACK_GAP = 0.9
"""Space between the stacks, in scene units: the bracket has room in it."""

LAG = 0.55
"""Delay between two areas that leave, in times of one flight."""

THIN = 0.01
"""Width of a rectangle that is only high yet, as a share of its input."""

NAME_ROOM = 0.5
"""Height of the names under the stacks, in scene units."""


class SignedAreas(Picture, VGroup):
    """A rectangle for every example: its error high, its input wide.

    In the plot it lies between the axis of y and the example. In a stack all have one width, and
    each keeps its area. Positive areas are filled, negative ones hatched.

    Parameters
    ----------
    plot
        The line and its examples.
    slot
        The room for both stacks, their names included.

    Attributes
    ----------
    high, wide
        Trackers from 0 to 1 of the one rectangle that comes first.
    shown, sorted
        Trackers from 0 to 1: the rectangles that are seen, and those that lie in a stack.
    zoom
        Factor of lengths from the plot to the stacks; 1 unless they would not fit.
    first
        Row of the rectangle that comes first: the example of the largest input.
    """

    def __init__(self, plot: PushedLine, slot: Slot) -> None:
        self.plot = plot
        self.high, self.wide = ValueTracker(0), ValueTracker(0)
        self.shown, self.sorted = ValueTracker(0), ValueTracker(0)
        self.order = np.argsort(-plot.x).tolist()
        self.first = self.order[0]
        self.names = VGroup(*(Math(sign, size=Size.TITLE) for sign in "+-"))
        self.card = slot.place(panel(slot.width, slot.height, 0))
        slot = slot.inset(PADDING)
        width = (slot.width - STACK_GAP) / 2
        self.width_of_stack = width
        self.feet: list[Points] = []
        for name, side in zip(self.names, (-1, 1), strict=True):
            x = slot.center[0] + side * (width + STACK_GAP) / 2
            name.move_to(np.array([x, slot.bottom + NAME_ROOM / 2, 0]))
            self.feet.append(np.array([x, slot.bottom + NAME_ROOM, 0.0]))
        self.room = slot.top - self.feet[0][1]
        self.ground = Segments(
            [foot + LEFT * width / 2 for foot in self.feet],
            [foot + RIGHT * width / 2 for foot in self.feet],
            stroke_width=Stroke.AXIS,
        )
        self.outlines = VGroup(
            *(
                VMobject(color=theme.LOSS, stroke_width=Stroke.THIN, fill_color=theme.LOSS)
                for _ in plot.x
            )
        )
        self.hatching = Segments(
            np.empty((0, 3)), np.empty((0, 3)), theme.LOSS, stroke_width=Stroke.THIN / 2
        )
        self.zoom = 1.0
        super().__init__(self.outlines, self.hatching)
        self.follow().tracked()

    def fit(self) -> Self:
        """Zoom the stacks, if need be, so that the room holds both as they are now."""
        tallest = max(self.plot.pushes.stacks) * self._unit_area() / self.width_of_stack
        self.zoom = min(1.0, float(np.sqrt(self.room / max(tallest, 1e-9))))
        return self

    # What is played

    def grow_high(self, run_time: float) -> Animation:
        """Make the first rectangle as high as its stick."""
        return go(self.high, 1, run_time)

    def grow_wide(self, run_time: float) -> Animation:
        """Pull the first rectangle out to the axis of y."""
        return go(self.wide, 1, run_time)

    def sort_out(self, run_time: float) -> Animation:
        """Show one rectangle after the other, and let each fly to its stack."""
        return AnimationGroup(
            go(self.shown, 1, run_time * 0.8), go(self.sorted, 1, run_time), lag_ratio=0
        )

    # Following

    def heights(self) -> tuple[float, float]:
        """Return the heights of both stacks, plus and minus, in scene units."""
        plus, minus = self.plot.pushes.stacks
        factor = self._unit_area() * self.zoom**2 / self.width_of_stack
        return plus * factor, minus * factor

    def tops(self) -> tuple[Points, Points]:
        """Return the middles of the tops of both stacks."""
        plus, minus = self.heights()
        return self.feet[0] + UP * plus, self.feet[1] + UP * minus

    def first_box(self) -> Points:
        """Return middle, width and height of the first rectangle in the plot, shape (4,)."""
        return self._in_plot(self.first, 0, float(self.plot.pushes.push[self.first]))

    def follow(self) -> Self:
        """Draw every rectangle as it is now."""
        push, lever = self.plot.pushes.push.numpy(), self.plot.x
        filled = [0.0, 0.0]
        hatches: list[Points] = []
        for place, row in enumerate(self.order):
            area = push[row] * lever[row]
            side = 0 if area > 0 else 1
            in_plot = self._in_plot(row, place, float(push[row]))
            height = abs(area) * self._unit_area() * self.zoom**2 / self.width_of_stack
            center = self.feet[side] + UP * (filled[side] + height / 2)
            flown = self._local(self.sorted, place)
            filled[side] += height
            in_stack = np.array([*center[:2], self.width_of_stack, height])
            box = _between(in_plot, in_stack, flown)
            seen = float(box[2] > 1e-4)
            outline = self.outlines[row]
            outline.set_points_as_corners(_corners(box))
            outline.set_stroke(opacity=seen).set_fill(opacity=FILLED * seen * (area > 0))
            if area < 0 and seen:
                hatches.append(_hatched(box))
        lines = np.vstack(hatches) if hatches else np.empty((0, 2, 3))
        self.hatching.set_segments(lines[:, 0], lines[:, 1])
        return self

    def _local(self, tracker: ValueTracker, place: int) -> float:
        """Return the share of the way of one, which begins while the one before is on its."""
        at = tracker.get_value() * (1 + LAG * (len(self.order) - 1))
        along = step(at, place * LAG, place * LAG + 1)
        return along * along * (3 - 2 * along)

    def _in_plot(self, row: int, place: int, push: float) -> Points:
        """Return middle, width and height of a rectangle in the plot, shape (4,)."""
        start = self.plot.at(self.plot.x[row], self.plot.y[row])
        end = self.plot.at(self.plot.x[row], self.plot.y[row] + push)
        axis = self.plot.at(0.0, 0.0)[0]
        shown = self._local(self.shown, place)
        high, wide = min(1.0, 4 * shown), shown
        if row == self.first:
            high, wide = self.high.get_value(), max(self.wide.get_value(), THIN * high)
        width, height = (start[0] - axis) * wide, abs(end - start)[1] * high
        high_at = (start[1] + end[1]) / 2
        return np.array([start[0] - width / 2, high_at, width, height])

    def _unit_area(self) -> float:
        """Return the area in the scene of a unit of x by a unit of y."""
        across = self.plot.at(1.0, 0.0)[0] - self.plot.at(0.0, 0.0)[0]
        return float(across * self.plot.unit)


def _between(one: Points, other: Points, share: float) -> Points:
    """Return the box on the way from one to another of equal area: the area stays."""
    middle = one[:2] + share * (other[:2] - one[:2])
    if min(one[2], other[2]) <= 0:
        return np.array([*middle, 0.0, 0.0])
    sizes = np.exp(
        (1 - share) * np.log(np.maximum(one[2:], 1e-9))
        + share * np.log(np.maximum(other[2:], 1e-9))
    )
    return np.array([*middle, *sizes])


def _corners(box: Points) -> Points:
    x, y, width, height = box
    ways = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]]) / 2
    return np.array([[x + across * width, y + up * height, 0.0] for across, up in ways])


def _hatched(box: Points) -> Points:
    """Return lines at 45 degrees across a box, shape (k, 2, 3)."""
    x, y, width, height = box
    corner = np.array([x - width / 2, y - height / 2])
    offsets = np.arange(HATCH, width + height, HATCH * np.sqrt(2))
    starts = np.stack([np.minimum(offsets, width), np.maximum(offsets - width, 0)], axis=1)
    ends = np.stack([np.maximum(offsets - height, 0), np.minimum(offsets, height)], axis=1)
    lines = np.zeros((len(offsets), 2, 3))
    lines[:, 0, :2], lines[:, 1, :2] = starts + corner, ends + corner
    return lines
