"""Columns of bars: a tensor of a batch with one bar for each example."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import (
    DOWN,
    RIGHT,
    Animation,
    Dot,
    FadeIn,
    Line,
    ManimColor,
    ReplacementTransform,
    VGroup,
    smooth,
    squish_rate_func,
)

from visuals.layout import Slot
from visuals.plots import Points
from visuals.segments import Segments, straight_cubics
from visuals.theme import Radius, Stroke, theme

MOST_ROWS = 10
"""Examples that are drawn; of larger batches the first ones."""

ROWS = MOST_ROWS + 1.5
"""Height of a column in rows: below the examples one has room for their sum."""

THICKNESS = 0.62
"""Thickness of a bar, as a share of the distance of two."""

OTHERS = 0.7
"""Opacity of bars that are not followed."""

LATE = squish_rate_func(smooth, 0.7, 1)
"""Pace of a sum, which comes when its parts lie head to tail."""


class Scale:
    """A scale for bars that are compared.

    Parameters
    ----------
    values
        All of them: the bars of the largest and the least fill a column.
    width
        Width of a column, in scene units.
    """

    def __init__(self, values: Sequence[float], width: float) -> None:
        self.low, self.high = min(0.0, *values), max(0.0, *values)
        self.unit = width / max(self.high - self.low, 1e-9)

    @property
    def zero(self) -> float:
        """Place of zero from the middle of a column, in scene units."""
        return -(self.low + self.high) / 2 * self.unit

    def length(self, values: Sequence[float]) -> Points:
        """Return the lengths of bars, which end where the column ends."""
        return np.asarray(np.clip(np.array(values), self.low, self.high) * self.unit)


class Column(VGroup):
    """A tensor with one number for each example, the first on top; the last bar is followed.

    Parameters
    ----------
    slot
        Its room, which it fills with rows.
    values
        The numbers.
    scale
        Their scale.
    color
        Colour of the bars.
    total
        The sum of the numbers. Where it is given, each bar begins where the one above it ends, and
        a bar below them is as long as the sum.
    """

    def __init__(
        self,
        slot: Slot,
        values: Sequence[float],
        scale: Scale,
        color: ManimColor,
        total: float | None = None,
    ) -> None:
        rows = values[:MOST_ROWS]
        self.ink, self.pitch = color, slot.height / ROWS
        zero = np.array([slot.center[0] + scale.zero, slot.top, 0.0])
        # Parts of a sum may be longer than the sum, so that they are not cut.
        lengths = scale.length(rows) if total is None else np.array(rows) * scale.unit
        starts = np.tile(zero, (len(rows), 1))
        starts[:, 1] -= (np.arange(len(rows)) + 0.5) * self.pitch
        if total is not None:
            starts[1:, 0] += np.cumsum(lengths)[:-1]
        ends = starts.copy()
        ends[:, 0] += lengths
        self.zero, self.below = zero, zero + DOWN * len(rows) * self.pitch
        self.rule = Line(zero, self.below, color=theme.MUTED, stroke_width=Stroke.THIN)
        self.others = VGroup()
        if len(rows) > 1:
            self.others.add(self._bars(starts[:-1], ends[:-1]).set_stroke(opacity=OTHERS))
        self.followed = self._bars(starts[-1:], ends[-1:])
        self.dots = VGroup()
        if len(values) > MOST_ROWS:
            dots = (Dot(radius=Radius.CLOUD, color=theme.MUTED) for _ in range(3))
            self.dots.add(*dots).arrange(RIGHT, buff=2 * Radius.CLOUD)
            self.dots.next_to(self.below, DOWN, buff=Radius.CLOUD)
        self.total = VGroup()
        if total is not None:
            start = self.below + DOWN * self.pitch
            self.total.add(self._bars([start], [start + RIGHT * total * scale.unit]))
        super().__init__(self.rule, self.others, self.followed, self.dots, self.total)

    def turn_into(self, other: Column, run_time: float) -> list[Animation]:
        """Turn into another column of as many numbers, bar by bar; a sum comes last."""
        moves: list[Animation] = []
        for before, after in zip(self.submobjects, other.submobjects, strict=True):
            if before.family_members_with_points():
                moves.append(ReplacementTransform(before, after, run_time=run_time))
            elif after.family_members_with_points():
                moves.append(FadeIn(after, run_time=run_time, rate_func=LATE))
        return moves

    def grow(self, run_time: float) -> list[Animation]:
        """Let the bars grow from where they begin; a sum comes last."""
        flat = self.copy()
        for bar in (*flat.others, flat.followed):
            bar.points = straight_cubics(bar.points[::4], bar.points[::4])
        kept = VGroup(self.rule, self.dots)
        return [
            FadeIn(kept, run_time=run_time / 2),
            ReplacementTransform(flat.others, self.others, run_time=run_time),
            ReplacementTransform(flat.followed, self.followed, run_time=run_time),
            *([FadeIn(self.total, run_time=run_time, rate_func=LATE)] if len(self.total) else []),
        ]

    def _bars(self, starts: npt.ArrayLike, ends: npt.ArrayLike) -> Segments:
        return Segments(starts, ends, self.ink, 100 * THICKNESS * self.pitch)
