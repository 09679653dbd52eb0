"""The training loop as a ring of five stations, each with its line of code."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from manim import (
    DOWN,
    LEFT,
    ORIGIN,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    ArcBetweenPoints,
    Create,
    Dot,
    FadeIn,
    LaggedStart,
    Line,
    Mobject,
    MoveAlongPath,
    RoundedRectangle,
    TipableVMobject,
    Transform,
    VGroup,
    VMobject,
    linear,
    normalize,
    smooth,
)

from visuals.code import CodeText
from visuals.layout import Slot
from visuals.pipeline import LOOP_TIP, Station, station_name
from visuals.theme import Pace, Radius, Stroke, theme

BOX_PADDING = 0.2
CODE_GAP = 0.05
BESIDE_ARROW = 0.08
"""Space between an arrow and the boxes at its ends, in scene units."""

WINDOW_WIDTH = 2.3
BOX_HEIGHT = 1.1
NAME_HEIGHT = 0.8

RETURN_ANGLE = np.pi / 4
"""Angle of the arc that leads back up a column, in radians."""

RETURN_ROOM = 1.45
"""Room beside the column for this arc, in scene units."""

BELOW_RING = -1
BELOW_TRAVELLER = -2


class Stop(VGroup):
    """A station of the ring: a box with its name and room for a picture, and its code below.

    Parameters
    ----------
    station
        The station.
    name_width
        Width of the widest name, so that all boxes are equal.
    code
        Line under the box; without it the box has no room for a picture either.
    window_width
        Width of the room for a picture, in scene units.
    code_edge
        Edge of the box with which the code is aligned; ``ORIGIN`` for the centre.
    """

    def __init__(
        self,
        station: Station,
        name_width: float,
        code: str | None,
        window_width: float = WINDOW_WIDTH,
        code_edge: npt.NDArray[np.float64] = ORIGIN,
    ) -> None:
        self.station = station
        self.window_width = window_width
        room = 0.0 if code is None else window_width + BOX_PADDING
        self.box = RoundedRectangle(
            corner_radius=0.1,
            width=name_width + room + 2 * BOX_PADDING,
            height=NAME_HEIGHT if code is None else BOX_HEIGHT,
            fill_color=theme.PANEL,
            fill_opacity=1,
            stroke_width=Stroke.LINE,
        )
        self.label = station_name(station)
        if code is not None:
            self.label.set_x(self.box.get_left()[0] + BOX_PADDING, direction=LEFT)
        self.code = None if code is None else CodeText(code)
        super().__init__(self.box, self.label)
        if self.code is not None:
            self.add(self.code.next_to(self.box, DOWN, buff=CODE_GAP, aligned_edge=code_edge))
        self.restyle(lit=True)

    @property
    def window(self) -> Slot:
        """Room for a picture, right of the name."""
        right = self.box.get_right()[0]
        bottom, top = self.box.get_bottom()[1], self.box.get_top()[1]
        return Slot(right - self.window_width - BOX_PADDING, right, bottom, top).inset(
            BOX_PADDING / 2
        )

    def restyle(self, lit: bool, read: bool = True) -> Stop:
        """Light or dim the stop; the code is lit only if it is to be read, too."""
        color = self.station.color if lit else theme.MUTED
        # Where colours look alike, the thicker box is the one in focus.
        self.box.set_stroke(color, width=Stroke.LINE if lit else Stroke.THIN)
        self.label.set_fill(color)
        if self.code is not None:
            (self.code.light if lit and read else self.code.shade)(0)
        return self


class Ring(VGroup):
    """Data on top, then clockwise model, loss, gradient and update, which leads to the model.

    If two stations do not fit side by side, all five stand in a column.

    Parameters
    ----------
    slot
        Room for the ring.
    lines
        The code under each station; without it the ring consists of names and arrows.

    Attributes
    ----------
    is_column
        Whether the stations stand in a column.
    stops
        The stations.
    arrows
        The arrow that leaves each station.
    """

    def __init__(self, slot: Slot, lines: Mapping[Station, str] | None = None) -> None:
        widest = max(station_name(station).width for station in Station)
        window, edge = WINDOW_WIDTH, ORIGIN
        pair = 2 * (widest + 2 * BOX_PADDING + (0.0 if lines is None else window + BOX_PADDING))
        self.is_column = bool(pair > slot.width)
        if self.is_column:
            window, edge = slot.width - RETURN_ROOM - widest - 3 * BOX_PADDING, LEFT
        self.stops = {
            station: Stop(station, widest, None if lines is None else lines[station], window, edge)
            for station in Station
        }
        self._place(slot)
        self.arrows = {station: self._arrow(station) for station in Station}
        for way in self.arrows.values():
            way.set_z_index(BELOW_TRAVELLER)
        super().__init__(*self.arrows.values(), *self.stops.values())

    def appear(self, run_time: float = Pace.SWEEP) -> Animation:
        """Show the stations in order, each with the arrow that leaves it."""
        return LaggedStart(
            *(
                LaggedStart(
                    FadeIn(self.stops[station]), Create(self.arrows[station]), lag_ratio=0.6
                )
                for station in Station
            ),
            lag_ratio=0.4,
            run_time=run_time,
        )

    def focus(self, *lit: Station, run_time: float = Pace.QUICK) -> Animation:
        """Light some stations, and dim the others."""
        return AnimationGroup(
            *(
                Transform(stop, stop.copy().restyle(station in lit))
                for station, stop in self.stops.items()
            ),
            run_time=run_time,
        )

    def light_stations(self, run_time: float = Pace.QUICK) -> Animation:
        """Light all stations, and dim their code."""
        return AnimationGroup(
            *(
                Transform(stop, stop.copy().restyle(lit=True, read=False))
                for stop in self.stops.values()
            ),
            run_time=run_time,
        )

    def dim_station(self, station: Station, run_time: float = Pace.QUICK) -> Animation:
        """Dim one station."""
        stop = self.stops[station]
        return Transform(stop, stop.copy().restyle(lit=False), run_time=run_time)

    def travel(
        self, traveller: Mobject, leaving: Station, run_time: float = Pace.MOVE
    ) -> Animation:
        """Move a mobject along the arrow that leaves a station.

        Parameters
        ----------
        traveller
            The mobject.
        leaving
            The station at the start of the arrow.
        run_time
            Duration in seconds.
        """
        way = VMobject().set_points(_course(self.arrows[leaving]))
        return MoveAlongPath(traveller, way, run_time=run_time, rate_func=smooth)

    def direction(self, leaving: Station) -> npt.NDArray[np.float64]:
        """Return the direction of the arrow that leaves a station, a unit vector of shape (3,)."""
        way = self.arrows[leaving]
        return np.asarray(normalize(way.get_end() - way.get_start()))

    def turn(self, run_time: float = Pace.SWEEP) -> Animation:
        """Send a dot from the data once round the loop, until it is behind the model."""
        dot = Dot(radius=Radius.MARK, color=theme.DATA).set_z_index(BELOW_RING)
        centers = [self.stops[station].box.get_center() for station in (*Station, Station.MODEL)]
        loop = VMobject().start_new_path(centers[0])
        for way, center in zip(self.arrows.values(), centers[1:], strict=True):
            course = _course(way)
            loop.add_line_to(course[0])
            loop.append_points(course)
            loop.add_line_to(center)
        return MoveAlongPath(dot, loop, run_time=run_time, rate_func=linear, remover=True)

    def _place(self, slot: Slot) -> None:
        """Put the stops at their places: one on top, two and two below it, or in a column."""
        data, model, loss, gradient, update = self.stops.values()
        levels: list[tuple[Stop, ...]] = [(data,), (update, model), (gradient, loss)]
        if self.is_column:
            levels = [(stop,) for stop in self.stops.values()]
        gap = (slot.height - len(levels) * data.height) / (len(levels) - 1)
        for row, stops in zip(slot.stacked(*[1] * len(levels), gap=gap), levels, strict=True):
            for stop in stops:
                row.place(stop, x=-1 if self.is_column else 0, y=1, shrink=False)
        if self.is_column:
            return
        middle = slot.center[0]
        widest = max(stop.width for stop in (model, loss, gradient, update))
        reach = min(slot.width / 4, (slot.width - widest) / 2)
        for stop in (update, gradient):
            stop.set_x(middle - reach)
        for stop in (model, loss):
            stop.set_x(middle + reach)

    def _arrow(self, station: Station) -> TipableVMobject:
        """Draw the arrow that leaves a station."""
        stop = self.stops[station]
        data, model, loss, gradient, update = self.stops.values()
        way: TipableVMobject
        if self.is_column and station is Station.UPDATE:
            way = ArcBetweenPoints(
                update.box.get_right() + RIGHT * BESIDE_ARROW,
                model.box.get_right() + RIGHT * BESIDE_ARROW,
                angle=RETURN_ANGLE,
            )
        elif self.is_column:
            # On the left an arrow would cross names and code: it leads from picture to picture.
            order = list(Station)
            below = self.stops[order[order.index(station) + 1]]
            x = RIGHT * stop.window.center
            way = _straight(x + UP * stop.get_bottom(), x + UP * below.box.get_top(), DOWN)
        elif station is Station.DATA:
            # The arc keeps clear of the code under the data.
            clear = max(model.box.get_x(), data.get_right()[0] + 3 * BESIDE_ARROW)
            way = ArcBetweenPoints(
                data.box.get_right() + RIGHT * BESIDE_ARROW,
                np.array([clear, model.box.get_top()[1] + BESIDE_ARROW, 0.0]),
                angle=-np.pi / 2,
            )
        elif station is Station.MODEL:
            way = _straight(stop.get_bottom(), loss.box.get_top(), DOWN)
        elif station is Station.LOSS:
            way = _straight(loss.box.get_left(), gradient.box.get_right(), LEFT)
        elif station is Station.GRADIENT:
            way = _straight(stop.box.get_top(), update.get_bottom(), UP)
        else:
            way = _straight(update.box.get_right(), model.box.get_left(), RIGHT)
        way.set_stroke(theme.MUTED, width=Stroke.LINE)
        way.add_tip(tip_length=LOOP_TIP, tip_width=LOOP_TIP)
        way.tip.set_color(theme.MUTED)
        return way


def _course(way: TipableVMobject) -> np.ndarray:
    """Return the points of an arrow from its start to the end of its tip."""
    course = VMobject().set_points(way.points)
    return course.add_line_to(way.tip.tip_point).points


def _straight(start: np.ndarray, end: np.ndarray, direction: np.ndarray) -> Line:
    return Line(start + direction * BESIDE_ARROW, end - direction * BESIDE_ARROW)
