"""A chart whose axes can be zoomed by thousands: its ticks stay few and round."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Self

import numpy as np
from manim import DOWN, LEFT, UP, UR, Animation, Line, Transform, ValueTracker, VGroup, smooth

from figures.normal_distribution.ticks import TICKS, ticks_of
from visuals.following import Follower
from visuals.formula import formula
from visuals.layout import Slot
from visuals.numbers import Num
from visuals.plots import LABEL_GAP, TICK_GAP, TICK_LENGTH, Chart, Range, TickLabel, share_of_range
from visuals.theme import Pace, Size, theme
from visuals.trackers import go
from visuals.typography import Math, Typeset

LEFT_ROOM, RIGHT_ROOM, FOOT_ROOM = 0.8, 0.3, 0.75
"""Room for what stands at the axes, the same for every range, so that the axes never move."""

FADING_EDGE = 0.04
"""Share of an axis at each end over which a tick comes and goes."""

REST = 0.1
"""Share of a zoom at each end over which ticks become wholly there or not."""


class _Zoom:
    """A range on its way to another one; equal steps magnify by equal factors."""

    def __init__(self, span: Range) -> None:
        self.start = self.end = span
        self.way = ValueTracker(1.0)

    @property
    def span(self) -> Range:
        """The present range; one place stands still, and all others move to or from it."""
        way = self.way.get_value()
        before, after = (high - low for low, high in (self.start, self.end))
        if before == after:
            low = self.start[0] + way * (self.end[0] - self.start[0])
            return low, low + after
        still = (self.start[0] * after - self.end[0] * before) / (after - before)
        factor = (after / before) ** way
        low, high = (still + (place - still) * factor for place in self.start)
        return (low, high) if way < 1 else self.end

    @property
    def moving(self) -> float:
        """1 on the way; 0 where the range rests, and no tick is half visible."""
        way = self.way.get_value()
        return float(np.clip(min(way, 1 - way) / REST, 0.0, 1.0))

    def to(self, end: Range) -> ValueTracker:
        """Set out for another range, and return the tracker that leads there, at 0."""
        self.start, self.end = self.span, end
        return self.way.set_value(0.0)


class LiveChart(Follower, Chart):
    """A chart that can be zoomed in both directions; its axes keep their place.

    Parameters
    ----------
    slot
        The room for the whole chart.
    x
        The horizontal range.
    top
        The upper end of the vertical range, which begins at 0.
    x_label, y_label
        As for :class:`~visuals.plots.Chart`.

    Attributes
    ----------
    across
        The numbers and ticks of the horizontal axis, with its name.
    """

    def __init__(
        self, slot: Slot, x: Range, top: float, x_label: Typeset, y_label: Typeset
    ) -> None:
        super().__init__(slot, x, (0.0, top), x_label, y_label, ticks=TICKS)
        self._across, self._up = _Zoom(x), _Zoom((0.0, top))
        self._top = ValueTracker(self.axes[1].get_end()[1])
        self.remove(self.x_tick_labels, self.y_tick_labels, self.tick_marks, x_label)
        self._ticks_across, self._ticks_up = VGroup(), VGroup()
        self.across = VGroup(self._ticks_across, x_label)
        self.add(self.across, self._ticks_up)
        self._drawn: tuple[object, ...] = ()
        self.follow()

    def follow(self) -> Self:
        """Take the present ranges, and set their ticks."""
        self.x_range, self.y_range = self._across.span, self._up.span
        top = self._top.get_value()
        drawn = (self.x_range, self.y_range, self._across.moving, self._up.moving, top)
        if drawn != self._drawn:
            self._drawn = drawn
            self._stretch(top)
            self._draw(self._ticks_across, self.x_range, self._across.moving, upright=False)
            self._draw(self._ticks_up, self.y_range, self._up.moving, upright=True)
        return self

    def zoom_to(
        self,
        x: Range,
        run_time: float = Pace.MOVE,
        rate_func: Callable[[float], float] = smooth,
    ) -> Animation:
        """Zoom the horizontal axis to another range."""
        return go(self._across.to(x), 1.0, run_time, rate_func)

    def rise_to(
        self,
        top: float,
        run_time: float = Pace.MOVE,
        rate_func: Callable[[float], float] = smooth,
    ) -> Animation:
        """Zoom the vertical axis to another upper end."""
        return go(self._up.to((0.0, top)), 1.0, run_time, rate_func)

    def grow_to(
        self,
        slot: Slot,
        run_time: float = Pace.MOVE,
        rate_func: Callable[[float], float] = smooth,
    ) -> Animation:
        """Make the vertical axis as high as a slot allows; its foot stands still."""
        return go(self._top, self._plane(slot).top, run_time, rate_func)

    def rename_x(self, symbol: str) -> Animation:
        """Rename the horizontal axis."""
        assert self.x_label is not None
        return Transform(self.x_label, axis_name(symbol).move_to(self.x_label, aligned_edge=UR))

    def _stretch(self, top: float) -> None:
        """Move the upper end of the vertical axis, and its name with it."""
        axis = self.axes[1]
        start, end = axis.get_start_and_end()
        rise = UP * (top - end[1])
        if rise.any():
            axis.put_start_and_end_on(start, end + rise)
            if self.y_label is not None:
                self.y_label.shift(rise)

    def _plane(self, slot: Slot) -> Slot:
        top = slot.top - Size.BODY - LABEL_GAP
        return Slot(slot.left + LEFT_ROOM, slot.right - RIGHT_ROOM, slot.bottom + FOOT_ROOM, top)

    def _draw(self, group: VGroup, span: Range, moving: float, upright: bool) -> None:
        # A scene goes on drawing the ticks that an animation began with.
        for outline in group.family_members_with_points():
            outline.clear_points()
        group.submobjects = [
            mobject
            for value, places, opacity in ticks_of(span)
            for mobject in self._tick(
                value, places, self._seen(value, span, opacity, moving), upright
            )
        ]

    @staticmethod
    def _seen(value: float, span: Range, opacity: float, moving: float) -> float:
        """Return the opacity of a tick: half visible only on the way, and near the ends."""
        share = float(share_of_range(value, span, clip=True))
        rest = moving * opacity + (1 - moving) * (opacity > 0.5)
        edge = float(np.clip((1 - share) / FADING_EDGE, 0.0, 1.0))
        edge = min(edge, 1.0 if span[0] == 0 else float(np.clip(share / FADING_EDGE, 0.0, 1.0)))
        return rest * (1 - moving * (1 - edge))

    def _tick(
        self, value: float, places: int, opacity: float, upright: bool
    ) -> tuple[Line, TickLabel]:
        side = LEFT if upright else DOWN
        foot = self.at(self.x_range[0], value) if upright else self.at(value, self.y_range[0])
        mark = self._rule(foot, foot + side * TICK_LENGTH).set_stroke(opacity=opacity)
        label = _label(value, places).copy().next_to(foot, side, buff=TICK_GAP)
        seen = upright or self._has_room(label)
        return mark, label.set_fill(theme.MUTED, opacity=opacity if seen else 0)

    def _has_room(self, label: TickLabel) -> bool:
        """Say whether a number below the axis stays in the chart's room at both sides."""
        start, end = self.axes[0].get_start_and_end()
        left, right = label.get_left()[0], label.get_right()[0]
        return bool(start[0] - LEFT_ROOM <= left and right <= end[0] + RIGHT_ROOM)


def axis_name(symbol: str) -> Math:
    """Set a symbol of the data in its colour."""
    return formula(f"{{{{ {symbol} : x }}}}")


@lru_cache(maxsize=512)
def _label(value: float, places: int) -> TickLabel:
    return TickLabel(Num(value, places), size=Size.TICK)
