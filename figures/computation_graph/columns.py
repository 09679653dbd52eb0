"""Columns of bars: a tensor of a batch with one bar for each example."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import (
    DOWN,
    RIGHT,
    Dot,
    Line,
    ManimColor,
    VGroup,
)

from visuals.plots import Points
from visuals.segments import Segments
from visuals.theme import Dim, Radius, Stroke, theme

MOST_ROWS = 10
"""Examples that are drawn; of larger batches the first ones."""

THICKNESS = 0.62
"""Thickness of a bar, as a share of the distance of two."""


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
    """A tensor with one number for each example, the first on top.

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
    followed
        Number of the example that is followed.
    """

    def __init__(
        self,
        middle: Points,
        height: float,
        values: Sequence[float],
        scale: Scale,
        color: ManimColor,
        followed: int,
    ) -> None:
        rows = values[:MOST_ROWS]
        pitch = height / MOST_ROWS
        thick = 100 * THICKNESS * pitch
        up = np.array([0.0, len(rows) / 2 * pitch, 0.0])
        zero = middle + RIGHT * scale.zero
        starts = np.tile(zero + up, (len(rows), 1))
        starts[:, 1] -= (np.arange(len(rows)) + 0.5) * pitch
        ends = starts.copy()
        ends[:, 0] += scale.length(rows)
        rest = [row for row in range(len(rows)) if row != followed]
        self.rule = Line(zero + up, zero - up, color=theme.MUTED, stroke_width=Stroke.THIN)
        self.others = VGroup()
        if rest:
            self.others.add(Segments(starts[rest], ends[rest], color, thick))
            self.others.set_stroke(opacity=Dim.SOFT)
        self.followed = Segments(starts[[followed]], ends[[followed]], color, thick)
        super().__init__(self.rule, self.others, self.followed)
        if len(values) > MOST_ROWS:
            dots = VGroup(*(Dot(radius=Radius.CLOUD, color=theme.MUTED) for _ in range(3)))
            dots.arrange(RIGHT, buff=2 * Radius.CLOUD)
            self.add(dots.next_to(self.rule, DOWN, buff=Radius.CLOUD))
