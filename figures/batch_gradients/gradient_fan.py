"""Gradients of many batches as a fan of arrows from one origin, on axes with one unit."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    Circle,
    Line,
    Polygon,
    ValueTracker,
    VGroup,
    linear,
)

from fastcairo import DotCloud
from figures.batch_gradients.arrow_heads import ArrowHeads
from figures.batch_gradients.gradient_view import GradientView
from visuals.clipping import clipped
from visuals.following import Picture
from visuals.formula import formula
from visuals.layout import Slot
from visuals.numbers import Num
from visuals.plots import TICK_GAP, Points, TickLabel, round_ticks
from visuals.roles import ROLES_IN_TRAINING
from visuals.segments import Segments, dashes
from visuals.space import put_dots, put_lines
from visuals.theme import Dim, Pace, Radius, Size, Stroke, theme
from visuals.trackers import go

Vectors = npt.NDArray[np.float64]

SMALL_HEAD = 0.26
"""Length of the heads of single arrows, in scene units."""

SHAFT_OPACITY = 0.45
SIDE_OPACITY = 0.13
TICK_LENGTH = 0.08
"""Half the length of a tick, in scene units."""

NEXT_TO_AXIS = 0.12
"""Space between an axis and its name, in scene units."""

DASHES = 24

FULL_WIDTH = 9.0
"""Width of the arrow of all examples, in manim's unit."""

HEAD_LENGTH = 0.38
"""Length of its head, in scene units."""

SHORTEST = 1e-3
"""Length in scene units below which it is not drawn."""


class GradientFan(Picture, VGroup):
    """The gradients of batches as arrows from the origin, and the gradient of all examples.

    Parameters
    ----------
    slot
        Room for the picture.
    each
        Gradients of the batches, shape (batches, 2).
    full
        Gradient of all examples, shape (2,).
    view
        The part of the plane that is seen.

    Attributes
    ----------
    shown, judged
        Trackers of the number of arrows that are drawn, and of those whose side is marked.
    full_shown, spread_shown, side_shown
        Trackers from 0 to 1 of the arrow of all examples, of the circle of one spread around its
        tip, and of the side that agrees with it.
    headed, ticks_shown
        Trackers from 0 to 1 of heads, in place of which dots stand at the tips, and of the
        numbers at the axes.
    reach
        Tracker of half the height of the picture.
    """

    def __init__(
        self, slot: Slot, each: npt.ArrayLike, full: npt.ArrayLike, view: GradientView
    ) -> None:
        self.before = self.after = np.asarray(each, dtype=float).reshape(-1, 2)
        self.full_before = self.full_after = np.asarray(full, dtype=float)
        self.change, self.reach = ValueTracker(1.0), ValueTracker(view.reach)
        self.right, self.up = ValueTracker(view.middle[0]), ValueTracker(view.middle[1])
        self.shown = ValueTracker(float(len(self.after)))
        self.judged = ValueTracker(0.0)
        self.full_shown, self.spread_shown = ValueTracker(0.0), ValueTracker(0.0)
        self.side_shown = ValueTracker(0.0)
        self.ticks_shown, self.headed = ValueTracker(1.0), ValueTracker(1.0)
        self.x, self.y = (ValueTracker(at) for at in slot.center[:2])
        self.half_width = ValueTracker(slot.width / 2)
        self.half_height = ValueTracker(slot.height / 2)
        nowhere = np.zeros((1, 3))
        self.side = Polygon(*[(0.0, 0.0, 0.0)] * 4, stroke_width=0, color=theme.GRADIENT)
        self.axes = Segments(nowhere, nowhere, theme.MUTED, Stroke.AXIS)
        self.border = Segments(nowhere, nowhere, theme.INK, Stroke.THIN)
        self.shafts = Segments(nowhere, nowhere, theme.GRADIENT, Stroke.THIN)
        self.heads = ArrowHeads(theme.GRADIENT)
        self.tips = DotCloud(nowhere, Radius.SAMPLE * 0.85, theme.GRADIENT)
        self.holes = DotCloud(nowhere, Radius.SAMPLE * 0.5, theme.BACKGROUND)
        self.circle = Circle(color=theme.INK, stroke_width=Stroke.LINE)
        self.arrow = VGroup(
            Line(color=theme.GRADIENT, stroke_width=FULL_WIDTH),
            Polygon(*[(0.0, 0.0, 0.0)] * 3, stroke_width=0, fill_color=theme.GRADIENT),
        )
        self.names = VGroup(
            formula("{{ g_(w_1) : grad_1 }}", ROLES_IN_TRAINING),
            formula("{{ g_(w_2) : grad_2 }}", ROLES_IN_TRAINING),
        )
        self.ticks = VGroup()
        super().__init__(
            self.side, self.axes, self.border, self.shafts, self.heads, self.tips, self.holes,
            self.arrow, self.circle, self.names, self.ticks,
        )  # fmt: skip
        self.put_ticks()
        self.follow().tracked()

    # Places

    @property
    def each(self) -> Vectors:
        """The gradients as they are drawn now, shape (batches, 2)."""
        part = self.change.get_value()
        now: Vectors = self.before + part * (self.after - self.before)
        return now

    @property
    def full(self) -> Vectors:
        """The gradient of all examples as it is drawn now, shape (2,)."""
        part = self.change.get_value()
        now: Vectors = self.full_before + part * (self.full_after - self.full_before)
        return now

    @property
    def agreeing(self) -> int:
        """Number of judged gradients on the side of that of all examples."""
        judged = self.each[: int(self.judged.get_value() + 1e-9)]
        return int((judged @ self.full > 0).sum())

    @property
    def spread(self) -> float:
        """Root mean square distance of the drawn gradients from that of all examples."""
        return float(np.sqrt(((self.each - self.full) ** 2).sum(axis=1).mean()))

    @property
    def heart(self) -> Points:
        """Middle of the picture, shape (3,)."""
        return np.array([self.x.get_value(), self.y.get_value(), 0.0])

    @property
    def origin(self) -> Points:
        """Point of the scene at which the gradient is zero, shape (3,)."""
        return self.at(np.zeros(2))

    def at(self, vectors: npt.ArrayLike) -> Points:
        """Return the points of the scene for gradients, shape (2,) or (n, 2)."""
        middle = np.array([self.right.get_value(), self.up.get_value()])
        flat = np.asarray(vectors, dtype=float) - middle
        unit = self.half_height.get_value() / self.reach.get_value()
        return self.heart + np.concatenate([flat, np.zeros((*flat.shape[:-1], 1))], axis=-1) * unit

    # Actions

    def shoot(self, count: int, run_time: float = Pace.SWEEP) -> Animation:
        """Let the arrows shoot out one after the other, up to a number of them."""
        return go(self.shown, count, run_time, linear)

    def judge(self, run_time: float = Pace.SWEEP) -> Animation:
        """Mark one arrow after the other that points to the other side."""
        return go(self.judged, len(self.after), run_time, linear)

    def become_votes(
        self, each: npt.ArrayLike, full: npt.ArrayLike | None = None, run_time: float = Pace.SWEEP
    ) -> Animation:
        """Move every arrow to another gradient, the first to the first; numbers may differ.

        Parameters
        ----------
        each
            Gradients of the other batches, shape (batches, 2).
        full
            Gradient of all examples, shape (2,), where it changes too.
        run_time
            In seconds.
        """
        self.full_before = self.full
        self.full_after = self.full if full is None else np.asarray(full, dtype=float)
        new = np.asarray(each, dtype=float).reshape(-1, 2)
        count = max(len(new), len(self.after))
        self.before = self.each[np.arange(count) * len(self.after) // count]
        self.after = new[np.arange(count) * len(new) // count]
        self.change.set_value(0.0)
        self.shown.set_value(count)
        return go(self.change, 1.0, run_time)

    def zoom_to(self, view: GradientView, run_time: float = Pace.SWEEP) -> list[Animation]:
        """Take the picture to another part of the plane, evenly in the factor."""
        start, reach = self.reach.get_value(), view.reach

        def factor(alpha: float) -> float:
            return (
                1.0
                if start == reach
                else (start - start ** (1 - alpha) * reach**alpha) / (start - reach)
            )

        places = zip((self.right, self.up), view.middle, strict=True)
        return [
            go(self.reach, reach, run_time, factor),
            *(go(tracker, float(value), run_time, factor) for tracker, value in places),
        ]

    def move_to_slot(self, slot: Slot, run_time: float = Pace.MOVE) -> list[Animation]:
        """Take another room."""
        places = (
            (self.x, slot.center[0]), (self.y, slot.center[1]),
            (self.half_width, slot.width / 2), (self.half_height, slot.height / 2),
        )  # fmt: skip
        return [go(tracker, float(value), run_time) for tracker, value in places]

    def put_ticks(self) -> Self:
        """Write round numbers at the axes as they are now; zooming leaves them out of date."""
        reach = self.reach.get_value()
        wide = reach * self.half_width.get_value() / self.half_height.get_value()
        self.ticks.submobjects = []
        for axis, (middle, span) in enumerate(((self.right, wide), (self.up, reach))):
            center = middle.get_value()
            # The ends of the axes belong to their names.
            for value in round_ticks(center - 0.85 * span, center + 0.85 * span, 4):
                if abs(value) < 1e-9 * span:
                    continue
                label = TickLabel(_number(value, reach), size=Size.TICK, color=theme.MUTED)
                place = self.at([value, 0.0] if axis == 0 else [0.0, value])
                label.next_to(place, DOWN if axis == 0 else RIGHT, buff=TICK_GAP + TICK_LENGTH)
                self.ticks.add(label)
        return self

    def follow(self) -> Self:
        """Draw the arrows that are shown, on the axes as they are now."""
        home, center = self.origin, self.heart
        half = np.array([self.half_width.get_value(), self.half_height.get_value()])
        corner = np.array([*half, 0.0])
        ends = np.array([center - corner, center + corner])
        feet = np.array([[ends[0][0], home[1], 0.0], [home[0], ends[0][1], 0.0]])
        tops = np.array([[ends[1][0], home[1], 0.0], [home[0], ends[1][1], 0.0]])
        put_lines(self.axes, feet, tops, home)
        count = int(self.shown.get_value() + 1e-9)
        tips = self.at(self.each[:count]) if count else np.zeros((0, 3))
        put_lines(self.shafts, np.broadcast_to(home, tips.shape), tips, home)
        headed = self.headed.get_value()
        self.shafts.set_stroke(
            width=Stroke.THIN + headed * (Stroke.LINE - Stroke.THIN),
            opacity=SHAFT_OPACITY + headed * (1 - SHAFT_OPACITY),
        )
        self.heads.put(home, tips, SMALL_HEAD * headed)
        put_dots(self.tips, tips, home)
        self.tips.set_opacity(1 - headed)
        judged = self.each[: min(count, int(self.judged.get_value() + 1e-9))]
        put_dots(self.holes, self.at(judged[judged @ self.full <= 0]), home)
        self._follow_full(home)
        self._follow_side(home, half)
        right, top = tops
        self.names[0].next_to(right, UP + LEFT, buff=NEXT_TO_AXIS)
        self.names[1].next_to(top, DOWN + RIGHT, buff=NEXT_TO_AXIS)
        self.ticks.set_fill(opacity=self.ticks_shown.get_value())
        return self

    # Parts

    def _follow_full(self, home: Points) -> None:
        """Draw the arrow of all examples as far as it has grown, and the circle of one spread."""
        grown = self.full_shown.get_value()
        way = self.at(self.full * grown) - home
        length = float(np.linalg.norm(way))
        head = min(HEAD_LENGTH, 0.6 * length)
        along = way / length if length else np.zeros(3)
        neck = home + way - head * along
        side = 0.5 * head * np.array([-along[1], along[0], 0.0])
        self.arrow[0].set_points_by_ends(home, neck + 0.1 * head * along)
        self.arrow[1].set_points_as_corners([neck + side, home + way, neck - side, neck + side])
        drawn = 1.0 if length > SHORTEST else 0.0
        self.arrow[0].set_stroke(opacity=drawn)
        self.arrow[1].set_fill(opacity=drawn)
        unit = self.half_height.get_value() / self.reach.get_value()
        radius = max(self.spread * unit, 1e-3)
        self.circle.become(
            Circle(radius, color=theme.INK, stroke_width=Stroke.LINE).move_to(self.at(self.full))
        ).set_stroke(opacity=self.spread_shown.get_value())

    def _follow_side(self, home: Points, half: Vectors) -> None:
        """Tint the side of the picture on which a gradient agrees with that of all examples."""
        shown = self.side_shown.get_value()
        length = float(np.linalg.norm(self.full))
        way = self.full / length if length else np.array([1.0, 0.0])
        across = np.array([-way[1], way[0]])
        offset = (self.heart - home)[:2]
        corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half + offset
        inside = _half_plane(corners, way)
        self.side.set_points_as_corners(
            home + np.array([[x, y, 0.0] for x, y in (*inside, inside[0])])
        ).set_fill(opacity=SIDE_OPACITY * shown)
        # Twice as long as the picture, and cut to it.
        end = across * 2 * float(np.abs([*half, *offset]).sum())
        x, y = ((at - side, at + side) for at, side in zip(offset, half, strict=True))
        starts, stops = clipped(np.array([-end, end]), x, y)
        first, last = (np.column_stack([cut, np.zeros(len(cut))]) for cut in (starts, stops))
        put_lines(self.border, *dashes(home + first, home + last, DASHES), home)
        self.border.set_stroke(opacity=Dim.SOFT * shown)


def _half_plane(corners: Vectors, way: Vectors) -> list[Vectors]:
    """Return the corners of the part of a polygon that lies on the side of a way."""
    kept: list[Vectors] = []
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        first, last = float(start @ way), float(end @ way)
        if first >= 0:
            kept.append(start)
        if (first < 0) != (last < 0):
            kept.append(start + (end - start) * first / (first - last))
    return kept


def _number(value: float, reach: float) -> Num:
    """Return a tick's number with as many places as the axis needs."""
    places = max(0, 1 - int(np.floor(np.log10(reach))))
    if round(value, places - 1) == round(value, places) and places:
        places -= 1
    return Num(value, places)
