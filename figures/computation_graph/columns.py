"""Columns of bars: a tensor of a batch with one bar for each example."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import (
    DOWN,
    RIGHT,
    Animation,
    Dot,
    Line,
    ManimColor,
    Transform,
    VGroup,
)

from visuals.layout import BEHIND
from visuals.plots import Points
from visuals.segments import Segments
from visuals.theme import Pace, Radius, Stroke, theme

MOST_ROWS = 10
"""Examples that are drawn; of larger batches the first ones."""

THICKNESS = 0.62
"""Thickness of a bar, as a share of the distance of two."""

OTHERS, PAST = 0.7, 0.5
"""Opacities of bars that are not followed, and of bars that are past."""


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
    middle
        Its place.
    height
        Its height, in scene units.
    values
        The numbers.
    scale
        Their scale.
    color
        Colour of the bars.
    """

    def __init__(
        self,
        middle: Points,
        height: float,
        values: Sequence[float],
        scale: Scale,
        color: ManimColor,
    ) -> None:
        rows = values[:MOST_ROWS]
        pitch = height / MOST_ROWS
        thick = 100 * THICKNESS * pitch
        up = np.array([0.0, len(rows) / 2 * pitch, 0.0])
        self.zero = scale.zero
        zero = middle + RIGHT * self.zero
        starts = np.tile(zero + up, (len(rows), 1))
        starts[:, 1] -= (np.arange(len(rows)) + 0.5) * pitch
        ends = starts.copy()
        ends[:, 0] += scale.length(rows)
        self.rule = Line(zero + up, zero - up, color=theme.MUTED, stroke_width=Stroke.THIN)
        self.others = VGroup()
        if len(rows) > 1:
            self.others.add(Segments(starts[:-1], ends[:-1], color, thick))
            self.others.set_stroke(opacity=OTHERS)
        self.followed = Segments(starts[-1:], ends[-1:], color, thick)
        super().__init__(self.rule, self.others, self.followed)
        if len(values) > MOST_ROWS:
            dots = VGroup(*(Dot(radius=Radius.CLOUD, color=theme.MUTED) for _ in range(3)))
            dots.arrange(RIGHT, buff=2 * Radius.CLOUD)
            self.add(dots.next_to(self.rule, DOWN, buff=Radius.CLOUD))
        # A column that goes into a node goes behind its box.
        self.set_z_index(BEHIND)

    def dimmed(self, run_time: float = Pace.QUICK) -> Animation:
        """Make it past: all its bars are pale."""
        return self._shine(PAST, PAST, run_time)

    def lit(self, run_time: float = Pace.QUICK) -> Animation:
        """Light its bars again."""
        return self._shine(OTHERS, 1, run_time)

    def _shine(self, others: float, followed: float, run_time: float) -> Animation:
        bars = self.copy()
        bars.others.set_stroke(opacity=others)
        bars.followed.set_stroke(opacity=followed)
        return Transform(self, bars, run_time=run_time)
