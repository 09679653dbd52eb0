"""Bars of a tensor: one for each example of a batch, over an axis with numbers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    Dot,
    FadeIn,
    FadeOut,
    Line,
    ManimColor,
    ReplacementTransform,
    VGroup,
    smooth,
    squish_rate_func,
)

from visuals.layout import Slot, is_wide
from visuals.plots import round_ticks, tick_labels
from visuals.segments import Segments, straight_cubics
from visuals.theme import Pace, Radius, Stroke, theme

MOST_ROWS = 10
"""Examples that are drawn; of larger batches the first ones."""

ROWS = MOST_ROWS + 2.2
"""Height of the bars in rows: below the examples one has room for their sum."""

THICKNESS = 0.62
"""Thickness of a bar, as a share of the distance of two."""

AXIS = 0.42
"""Height of the axis with its numbers, in scene units."""

MARK = 0.08
"""Length of the mark of a tick, in scene units."""

RIM = 0.025
"""Width of the outline of a hollow bar, in scene units."""

END = 0.2
"""Room left and right of the bars, for numbers that are centred at the ends, in scene units."""

LATE = squish_rate_func(smooth, 0.7, 1)
"""Pace of a sum, which comes when its parts lie head to tail."""


class Scale:
    """A scale for bars that are compared.

    Parameters
    ----------
    values
        All of them: the bars of the largest and the least fill the width.
    """

    def __init__(self, *values: Sequence[float]) -> None:
        numbers = [0.0, *(number for numbers in values for number in numbers)]
        self.low, self.high = min(numbers), max(numbers)

    def unit(self, slot: Slot) -> float:
        """Return the length of a one, in scene units."""
        return (slot.width - 2 * END) / max(self.high - self.low, 1e-9)

    def zero(self, slot: Slot) -> float:
        """Return the x of zero."""
        return slot.left + END - self.low * self.unit(slot)


class Bars(VGroup):
    """A tensor with one number for each example, the first on top.

    Parameters
    ----------
    slot
        Its room, which it fills.
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
        rows = np.array(values[:MOST_ROWS])
        self.ink, self.pitch = color, (slot.height - AXIS) / ROWS
        unit = scale.unit(slot)
        self.reach = slot, scale.low, scale.high
        zero = np.array([scale.zero(slot), slot.top, 0.0])
        starts = np.tile(zero, (len(rows), 1))
        starts[:, 1] -= (np.arange(len(rows)) + 0.5) * self.pitch
        if total is not None:
            starts[1:, 0] += np.cumsum(rows * unit)[:-1]
        ends = starts.copy()
        ends[:, 0] += rows * unit
        below = zero + DOWN * len(rows) * self.pitch
        bottom = slot.bottom + AXIS
        self.rule = Line(
            zero, zero + UP * (bottom - slot.top), color=theme.MUTED, stroke_width=Stroke.THIN
        )
        self.rows, self.dots, self.total = self._drawn(starts, ends), VGroup(), VGroup()
        if len(values) > MOST_ROWS:
            dots = (Dot(radius=Radius.CLOUD, color=theme.MUTED) for _ in range(3))
            self.dots.add(*dots).arrange(RIGHT, buff=2 * Radius.CLOUD)
            self.dots.next_to(below, DOWN, buff=Radius.CLOUD)
        if total is not None:
            start = below + DOWN * self.pitch
            self.total.add(self._drawn([start], [start + RIGHT * total * unit]))
        self.axis = _axis(slot, scale, bottom)
        super().__init__(self.axis, self.rule, self.rows, self.dots, self.total)

    def turn_into(self, other: Bars, run_time: float = Pace.MOVE) -> list[Animation]:
        """Turn into other bars of the same examples; a sum comes last."""
        moves = [
            FadeOut(self.dots, self.total, run_time=run_time / 2),
            ReplacementTransform(self.rule, other.rule, run_time=run_time),
            ReplacementTransform(self.rows, other.rows, run_time=run_time),
        ]
        if self.reach == other.reach:
            same = ReplacementTransform(self.axis, other.axis, run_time=run_time)
            return [*moves, same, FadeIn(other.dots), *other.show_total(run_time)]
        gone = FadeOut(self.axis, run_time=run_time / 2)
        return [*moves, gone, *other.show_rest(run_time)]

    def grow(self, run_time: float = Pace.MOVE) -> list[Animation]:
        """Let the bars grow from where they begin; a sum comes last."""
        return [
            FadeIn(self.rule, run_time=run_time / 2),
            self.grow_rows(run_time),
            *self.show_rest(run_time),
        ]

    def grow_rows(self, run_time: float = Pace.MOVE) -> Animation:
        """Let the bars alone grow from where they begin."""
        return _grown(self.rows, run_time)

    @cached_property
    def hollow(self) -> Segments:
        """The inside of the bars, in the colour of the ground: on them, it leaves an outline."""
        inside = self.rows.copy()
        starts, ends = inside.points[::4], inside.points[3::4]
        ways = np.sign(ends[:, :1] - starts[:, :1]) * np.array([[RIM, 0.0, 0.0]])
        short = np.abs(ends[:, 0] - starts[:, 0]) < 2 * RIM
        ends = np.where(short[:, None], starts, ends - ways)
        inside.set_segments(np.where(short[:, None], starts, starts + ways), ends)
        thick = 100 * (THICKNESS * self.pitch - 2 * RIM)
        return inside.set_stroke(theme.PANEL, width=max(thick, 0.0))

    def grow_hollow(self, run_time: float = Pace.MOVE) -> list[Animation]:
        """Let the bars grow as outlines."""
        return [self.grow_rows(run_time), _grown(self.hollow, run_time)]

    def show_rest(self, run_time: float) -> list[Animation]:
        """Show the axis, and at last the sum."""
        axis = FadeIn(self.axis, self.dots, run_time=run_time)
        return [axis, *self.show_total(run_time)]

    def show_total(self, run_time: float) -> list[Animation]:
        """Show the sum at last, if there is one."""
        late = FadeIn(self.total, run_time=run_time, rate_func=LATE)
        return [late] if len(self.total) else []

    def _drawn(self, starts: npt.ArrayLike, ends: npt.ArrayLike) -> Segments:
        return Segments(starts, ends, self.ink, 100 * THICKNESS * self.pitch)


def _grown(bars: Segments, run_time: float) -> Animation:
    flat = bars.copy()
    flat.points = straight_cubics(flat.points[::4], flat.points[::4])
    return ReplacementTransform(flat, bars, run_time=run_time)


def _axis(slot: Slot, scale: Scale, y: float) -> VGroup:
    """Return a line below the bars, with marks and numbers at round values."""
    ticks = round_ticks(scale.low, scale.high, 5 if is_wide() else 3)
    left, right = np.array([slot.left, y, 0.0]), np.array([slot.right, y, 0.0])
    line = Line(left, right, color=theme.MUTED, stroke_width=Stroke.THIN)
    places = [scale.zero(slot) + tick * scale.unit(slot) for tick in ticks]
    ends = np.array([[x, y, 0.0] for x in places])
    marks = Segments(ends, ends + DOWN * MARK)
    labels = tick_labels(ticks)
    for label, tick, end in zip(labels, ticks, ends, strict=True):
        label.next_to(end, DOWN, buff=1.5 * MARK)
        # The minus hangs out, so that the digits stand at the mark.
        if tick < 0:
            label.shift(LEFT * label[0].width / 2)
    return VGroup(line, marks, labels)
