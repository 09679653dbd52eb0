"""Squares that pour into one mean square: the mean of squares is an area, shared equally."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Self

import numpy as np
from manim import Animation, ValueTracker, VGroup, VMobject, linear, smooth

from visuals.following import Picture
from visuals.layout import Slot
from visuals.plots import Points
from visuals.theme import Dim, Pace, Stroke, theme
from visuals.trackers import go

LAG = 0.6
"""Delay of the last square after the first, in times of one flight."""

FILLED, POURED = Dim.FAINT, 0.4
"""Opacities of a square on the plot, and of the area that was poured."""

NARROW = 0.12
"""Widths of a share, in scene units, below which its border is thin."""

IN_PLOT, STRIP, SHARED, MEAN = range(4)
"""Stages of the pouring."""


class SquarePour(Picture, VGroup):
    """Squares that leave their plot, lie down in a strip, share its area, and leave their mean.

    Every piece keeps its area all the way, but for the zoom. The mean square stays true: when
    the areas change later, it changes too.

    Parameters
    ----------
    squares
        The squares where they are; they are not changed.
    slot
        The room for the strip and for the mean square.
    areas
        Returns the areas of now, shape (n,), in squared scene units; those that the squares have
        at first unless given.
    zoom
        Factor of lengths from the plot to the slot; less where the strip would not fit. One that
        is not 1 belongs beside the strip.
    closer
        Factor by which the mean square grows while the others fade.

    Attributes
    ----------
    stage
        Tracker: 0 in the plot, 1 the strip, 2 shared equally, 3 the mean square.
    halved
        Tracker of how much of the mean square's upper half is shaded off, from 0 to 1.
    zoom
        The factor in use.
    """

    def __init__(
        self,
        squares: VGroup,
        slot: Slot,
        areas: Callable[[], Points] | None = None,
        zoom: float | None = None,
        closer: float = 1.0,
    ) -> None:
        self.slot, self.closer = slot, closer
        starts = np.array([square.get_center() for square in squares])
        # They lie down from left to right, so that flights do not cross.
        order = starts[:, 0].argsort()
        self.starts = starts[order]
        first = np.array([square.width * square.height for square in squares])[order]
        self.first = first
        self.areas = areas or (lambda: first)
        self.stage, self.halved = ValueTracker(IN_PLOT), ValueTracker(0)
        whole = float(first.sum()) or 1.0
        fitting = math.sqrt(slot.width * slot.height / whole)
        self.zoom = min(zoom or 1.0, fitting)
        # Where they have room side by side, the equal shares are mean squares at once.
        side = math.sqrt(whole / len(first)) * self.zoom
        self.height_of_strip = min(max(whole * self.zoom**2 / slot.width, side), slot.height)
        self.pieces = VGroup(*(_piece() for _ in first))
        self.fill = VMobject(stroke_width=0, fill_color=theme.LOSS)
        super().__init__(self.fill, self.pieces)
        self.follow().tracked()

    @property
    def mean(self) -> VMobject:
        """The piece that becomes the mean square: what a name or a number can stand beside."""
        piece = self.pieces[0]
        assert isinstance(piece, VMobject)
        return piece

    @property
    def mean_area(self) -> float:
        """The mean of the areas of now, in squared scene units of the plot."""
        return float(np.mean(self.areas()))

    # What can be played

    def to_strip(self, run_time: float = Pace.SWEEP) -> Animation:
        """Let the squares leave the plot and lie down side by side."""
        return go(self.stage, STRIP, run_time, linear)

    def share(self, run_time: float = Pace.MOVE) -> Animation:
        """Move the borders within the strip until all shares are equal."""
        return go(self.stage, SHARED, run_time, smooth)

    def to_mean(self, run_time: float = Pace.MOVE) -> Animation:
        """Let one share become a square, and the others fade."""
        return go(self.stage, MEAN, run_time, smooth)

    def halve(self, run_time: float = Pace.MOVE) -> Animation:
        """Shade the upper half of the mean square off: what stays is the half."""
        return go(self.halved, 1, run_time)

    # Following

    def follow(self) -> Self:
        """Lay every piece where it is at the stage of now."""
        stage = self.stage.get_value()
        number = np.arange(len(self.first))
        late = LAG * number / max(len(number) - 1, 1)
        flown = np.array([smooth(t) for t in np.clip(stage * (1 + LAG) - late, 0, 1)])
        shared, alone = np.clip(stage - STRIP, 0, 1), np.clip(stage - SHARED, 0, 1)
        areas = self.first * self.zoom ** (2 * flown)
        if stage >= SHARED:
            mean = self.mean_area if math.isfinite(self.mean_area) else 0.0
            shares = np.full(len(areas), mean * self.zoom**2)
        else:
            shares = areas + (areas.mean() - areas) * shared
        centers, widths, heights = self._laid(areas, shares, flown, float(alone))
        for piece, *box in zip(self.pieces, centers, widths, heights, strict=True):
            piece.set_points_as_corners(_corners(*box))
        thin = widths.mean() < NARROW and stage > IN_PLOT
        self.pieces.set_stroke(width=Stroke.THIN / 2 if thin else Stroke.THIN, opacity=1 - alone)
        self.pieces.set_fill(opacity=(FILLED + (POURED - FILLED) * shared) * (1 - alone))
        self._follow_mean(float(alone))
        return self

    def _laid(
        self, areas: Points, shares: Points, flown: Points, alone: float
    ) -> tuple[Points, Points, Points]:
        """Return centres (n, 3), widths (n,) and heights (n,) of the pieces."""
        height = self.height_of_strip
        widths = shares / height
        total = widths.sum()
        left = self.slot.center[0] - total / 2
        centers = np.tile(self.slot.center, (len(areas), 1))
        centers[:, 0] = left + np.cumsum(widths) - widths / 2
        centers = self.starts + (centers - self.starts) * flown[:, None]
        # Between two shapes of one area the logarithm of the height moves evenly.
        sides = np.sqrt(shares)
        heights = np.where(sides > 0, sides ** (1 - flown) * height**flown, 0.0)
        heights[0] = heights[0] ** (1 - alone) * sides[0] ** alone if sides[0] else 0.0
        centers[0] += (self.slot.center - centers[0]) * alone
        with np.errstate(divide="ignore", invalid="ignore"):
            widths = np.where(heights > 0, shares / heights, 0.0)
        closer = self.closer**alone
        widths[0], heights[0] = widths[0] * closer, heights[0] * closer
        return centers, widths, heights

    def _follow_mean(self, alone: float) -> None:
        """Fill what the half leaves of the mean square, whose border stays whole."""
        piece = self.mean
        piece.set_stroke(opacity=1)
        piece.set_fill(opacity=0 if alone else self.pieces[-1].get_fill_opacity())
        width, height = piece.width, piece.height
        left = height * (1 - self.halved.get_value() / 2)
        center = piece.get_center() + np.array([0.0, (left - height) / 2, 0.0])
        self.fill.set_points_as_corners(_corners(center, width, left))
        self.fill.set_fill(opacity=POURED if alone else 0)


def _corners(center: Points, width: float, height: float) -> Points:
    """Return a rectangle's corners, the first one twice, shape (5, 3)."""
    ways = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]) / 2
    return np.asarray(center + np.column_stack([ways * [width, height], np.zeros(5)]))


def _piece() -> VMobject:
    return VMobject(color=theme.LOSS, stroke_width=Stroke.THIN, fill_color=theme.LOSS)
