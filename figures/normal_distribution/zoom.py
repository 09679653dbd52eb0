"""A chart whose horizontal axis can be zoomed by thousands: its ticks stay few and round."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Self

import numpy as np
from manim import DOWN, Line, ValueTracker, VGroup

from visuals.following import Follower
from visuals.layout import Slot
from visuals.numbers import Num
from visuals.plots import TICK_GAP, TICK_LENGTH, Chart, Range, TickLabel
from visuals.theme import Size, theme
from visuals.typography import Typeset

TICKS = 5
"""Ticks of a step that is fully there; the next finer step is coming while it has a few more."""

COMING = 2
FADING_EDGE = 0.04
"""Share of the axis at each end over which a tick comes and goes."""

REST = 0.1
"""Share of the zoom at each end over which ticks become wholly there or not."""


class ZoomChart(Follower, Chart):
    """A chart that is zoomed from one horizontal range to another.

    Parameters
    ----------
    slot
        The room for the whole chart.
    x, to
        The horizontal range at the start and at the end.
    y
        The vertical range.
    x_label, y_label
        As for :class:`~visuals.plots.Chart`.

    Attributes
    ----------
    zoom
        0 at the start, 1 at the end; every step of equal size magnifies by the same factor.
    """

    def __init__(
        self,
        slot: Slot,
        x: Range,
        to: Range,
        y: Range,
        x_label: Typeset | None = None,
        y_label: Typeset | None = None,
    ) -> None:
        super().__init__(slot, x, y, x_label, y_label, ticks=TICKS)
        self.start, self.end = x, to
        self.zoom = ValueTracker(0.0)
        self.tick_marks.remove(*self.tick_marks[: len(self.x_tick_labels)])
        self.remove(self.x_tick_labels)
        self.moving_ticks = VGroup()
        self.add(self.moving_ticks)
        self.follow()

    def follow(self) -> Self:
        """Take the present range, and set its ticks."""
        self.x_range = self._present_range()
        # A scene goes on drawing the ticks that an animation began with.
        for outline in self.moving_ticks.family_members_with_points():
            outline.clear_points()
        # Where the axis rests no tick is half visible.
        zoom = self.zoom.get_value()
        moving = float(np.clip(min(zoom, 1 - zoom) / REST, 0.0, 1.0))
        self.moving_ticks.submobjects = [
            mobject
            for value, places, opacity in ticks_of(self.x_range)
            for mobject in self._tick(value, places, opacity, moving)
        ]
        return self

    def _present_range(self) -> Range:
        """Shrink the range by equal factors, towards what both ranges have in the middle."""
        zoom = self.zoom.get_value()
        wide, narrow = self.start[1] - self.start[0], self.end[1] - self.end[0]
        span = wide * (narrow / wide) ** zoom
        focus = sum(self.end) / 2
        share = (1 - zoom) * (focus - self.start[0]) / wide + zoom / 2
        return focus - share * span, focus + (1 - share) * span

    def _tick(
        self, value: float, places: int, opacity: float, moving: float
    ) -> tuple[Line, TickLabel]:
        foot = self.at(value, self.y_range[0])
        share = (value - self.x_range[0]) / (self.x_range[1] - self.x_range[0])
        opacity = moving * opacity + (1 - moving) * (opacity > 0.5)
        edge = float(np.clip(min(share, 1 - share) / FADING_EDGE, 0.0, 1.0))
        opacity *= 1 - moving * (1 - edge)
        mark = self._rule(foot, foot + DOWN * TICK_LENGTH).set_stroke(opacity=opacity)
        label = _label(value, places).copy().next_to(foot, DOWN, buff=TICK_GAP)
        return mark, label.set_fill(theme.MUTED, opacity=opacity)


def ticks_of(span: Range) -> list[tuple[float, int, float]]:
    """Return the ticks of a range: where, with how many places, and how visible.

    The finest step (1, 2 or 5 times a power of ten) of at most :data:`TICKS` ticks is there; as
    the range shrinks the next finer one fades in, and what it does not share fades out.
    """
    low, high = span
    exponent = math.floor(math.log10((high - low) / TICKS)) - 1
    steps = [(f, exponent + k) for k in range(4) for f in (1, 2, 5)]
    number = next(
        k for k, (f, e) in enumerate(steps) if (high - low) / (f * 10.0**e) <= TICKS + 1e-9
    )
    there, coming = _ticks(low, high, *steps[number]), _ticks(low, high, *steps[number - 1])
    factor, power = steps[number - 1]
    share = (TICKS + COMING - (high - low) / (factor * 10.0**power)) / COMING
    come = float(np.clip(share, 0.0, 1.0))
    places = {**coming, **there} if come < 0.5 else {**there, **coming}
    opacities = {
        value: (1.0 - come if value in there else 0.0) + (come if value in coming else 0.0)
        for value in places
    }
    return [(value, places[value], opacities[value]) for value in places if opacities[value] > 0]


def _ticks(low: float, high: float, factor: int, exponent: int) -> dict[float, int]:
    """Return the multiples of a step in a range, each with the places that it needs."""
    step, places = factor * 10.0**exponent, max(0, -exponent)
    first, last = int(np.ceil(low / step)), int(np.floor(high / step))
    return {round(float(k * step), places + 1): places for k in range(first, last + 1)}


@lru_cache(maxsize=512)
def _label(value: float, places: int) -> TickLabel:
    return TickLabel(Num(value, places), size=Size.TICK)
