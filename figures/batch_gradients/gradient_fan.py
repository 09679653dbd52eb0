"""Gradients of many batches as a fan of arrows from one origin, in a window with one unit."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
from manim import Animation, Circle, Line, Polygon, ValueTracker, VGroup, linear

from fastcairo import DotCloud
from figures.batch_gradients.arrow_heads import ArrowHeads
from figures.batch_gradients.gradient_view import GradientView
from figures.batch_gradients.window import Window
from visuals.clipping import clipped
from visuals.following import Picture
from visuals.layout import Slot
from visuals.plots import Points
from visuals.segments import Segments, dashes
from visuals.space import put_dots, put_lines
from visuals.theme import Dim, Pace, Radius, Stroke, theme
from visuals.trackers import go

Vectors = npt.NDArray[np.float64]

SMALL_HEAD = 0.26
"""Length of the heads of single arrows, in scene units."""

SHAFT_OPACITY = 0.6
SIDE_OPACITY = 0.13
DASHES = 24

FULL_WIDTH = 9.0
"""Width of the arrow of all examples, in manim's unit."""

HEAD_LENGTH = 0.38
"""Length of its head, in scene units."""

SHORTEST = 1e-3
"""Length in scene units below which it is not drawn."""

PALE, BEHIND = 0.65, 0.75
"""Opacities of the votes: behind what they are compared with, and while they are counted."""


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
    window
        The frame, with its scale, axes and numbers.
    shown, judged
        Trackers of the number of arrows that are drawn, and of those whose side is marked.
    lit
        Tracker of the opacity of the arrows.
    full_shown, spread_shown, side_shown
        Trackers from 0 to 1 of the arrow of all examples, of the circle of one spread around its
        tip, and of the side that agrees with it.
    headed
        Tracker from 0 to 1 of heads, in place of which dots stand at the tips.
    """

    def __init__(
        self, slot: Slot, each: npt.ArrayLike, full: npt.ArrayLike, view: GradientView
    ) -> None:
        self.before = self.after = np.asarray(each, dtype=float).reshape(-1, 2)
        self.full_before = self.full_after = np.asarray(full, dtype=float)
        self.window = Window(slot, view)
        self.change = ValueTracker(1.0)
        self.shown, self.lit = ValueTracker(float(len(self.after))), ValueTracker(1.0)
        self.judged = ValueTracker(0.0)
        self.full_shown, self.spread_shown = ValueTracker(0.0), ValueTracker(0.0)
        self.side_shown, self.headed = ValueTracker(0.0), ValueTracker(1.0)
        nowhere = np.zeros((1, 3))
        self.side = Polygon(*[(0.0, 0.0, 0.0)] * 4, stroke_width=0, color=theme.GRADIENT)
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
        super().__init__(
            self.side, self.window, self.border, self.shafts, self.heads, self.tips, self.holes,
            self.arrow, self.circle,
        )  # fmt: skip
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

    # Following

    def follow(self) -> Self:
        """Draw the arrows that are shown, on the axes as they are now."""
        home, lit = self.window.origin, self.lit.get_value()
        count = int(self.shown.get_value() + 1e-9)
        tips = self.window.at(self.each[:count]) if count else np.zeros((0, 3))
        put_lines(self.shafts, np.broadcast_to(home, tips.shape), tips, home)
        headed = self.headed.get_value()
        self.shafts.set_stroke(
            width=Stroke.THIN + headed * (Stroke.LINE - Stroke.THIN),
            opacity=lit * (SHAFT_OPACITY + headed * (1 - SHAFT_OPACITY)),
        )
        self.heads.put(home, tips, SMALL_HEAD * headed)
        self.heads.set_fill(opacity=lit)
        put_dots(self.tips, tips, home)
        self.tips.set_opacity(lit * (1 - headed))
        judged = self.each[: min(count, int(self.judged.get_value() + 1e-9))]
        put_dots(self.holes, self.window.at(judged[judged @ self.full <= 0]), home)
        self._follow_full(home)
        self._follow_side(home)
        return self

    def _follow_full(self, home: Points) -> None:
        """Draw the arrow of all examples as far as it has grown, and the circle of one spread."""
        window, grown = self.window, self.full_shown.get_value()
        way = window.at(self.full * grown) - home
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
        radius = max(self.spread * window.unit, 1e-3)
        circle = Circle(radius, color=theme.INK, stroke_width=Stroke.LINE)
        self.circle.become(circle.move_to(window.at(self.full)))
        self.circle.set_stroke(opacity=self.spread_shown.get_value())

    def _follow_side(self, home: Points) -> None:
        """Tint the side of the picture on which a gradient agrees with that of all examples."""
        shown, half = self.side_shown.get_value(), self.window.half
        length = float(np.linalg.norm(self.full))
        way = self.full / length if length else np.array([1.0, 0.0])
        across = np.array([-way[1], way[0]])
        offset = (self.window.room.center - home)[:2]
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
