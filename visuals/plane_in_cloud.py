"""The model as a plane in the cloud of examples, with sticks from examples to the plane."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Self

import numpy as np
import numpy.typing as npt
from manim import (
    DEGREES,
    RIGHT,
    Animation,
    AnimationGroup,
    ManimColor,
    ValueTracker,
    VGroup,
    VMobject,
    linear,
)

from fastcairo import DotCloud
from visuals.cloud import fitting_radius
from visuals.following import Picture
from visuals.formula import formula
from visuals.layout import Slot
from visuals.plane_sheet import PlaneSheet, plane_at
from visuals.plots import Points, Range, padded
from visuals.roles import ROLES_IN_TRAINING
from visuals.segments import Segments
from visuals.space import HIGHEST, Box, put_dots, put_lines
from visuals.theme import Dim, Pace, Radius, Stroke, theme
from visuals.trackers import Quantity, as_tracker, go
from visuals.typography import Typeset

CROWD = 0.85
"""Opacity of the cloud, in which larger dots must stand out."""

DIMMED = 0.3
"""Opacity of the cloud where it is not in focus."""

NAME_GAP = 0.2
"""Distance of a name from the sheet, in scene units."""

ASIDE = np.linspace(30 * DEGREES, 65 * DEGREES, 36)
"""Least distance from edge-on at which the cloud's own plane is seen at first."""

AIR = 1.04
"""Half a side of the floor, in distances of the farthest feature."""

ALIKE = 3.0
"""Features whose reaches differ by less have axes of one scale."""


class PlaneInCloud(Picture, VGroup):
    """Examples (x1, x2, y) as dots in a box, and the plane y_hat = w1 x1 + w2 x2 + b.

    Dots behind the plane lie under its sheet. The sheet is cut where it leaves the box; where the
    parameters are not finite there is none.

    Parameters
    ----------
    slot
        The room for it, numbers and names included.
    features, labels
        The examples, shapes (n, 2) and (n,) or (n, 1), n > 0.
    w, b
        The parameters: numbers, or trackers that other pictures read too.
    names
        What the axes measure; x_1, x_2 and y unless given.
    y_range
        Of the labels; what holds the labels and the first b unless given.
    azimuth, elevation
        Where it is seen from at first, in radians; an azimuth from which the plane of least
        squares is seen from above unless given.
    highest
        The highest elevation, in radians, at which the picture still lies in its slot.
    half
        Half a side of the floor in scene units; as large as suits the slot's height unless given.

    Attributes
    ----------
    w1, w2, b
        Trackers of the parameters.
    view
        The projection; ``view.azimuth`` and ``view.elevation`` are its trackers.
    shown
        Tracker of the share of the examples that is seen, from 0 to 1, in their order.
    cloud_lit, plane_shown, errors_shown, predictions_shown
        Trackers from 0 to 1: opacity of the cloud, opacity of the sheet, length of the sticks as
        a share, opacity of the dots on the plane.
    rows
        Numbers of the examples with larger dots and sticks.
    """

    def __init__(
        self,
        slot: Slot,
        features: npt.ArrayLike,
        labels: npt.ArrayLike,
        w: tuple[Quantity, Quantity] = (0.0, 0.0),
        b: Quantity = 0.0,
        names: Sequence[Typeset] | None = None,
        y_range: Range | None = None,
        azimuth: float | None = None,
        elevation: float = HIGHEST,
        highest: float = HIGHEST,
        half: float | None = None,
    ) -> None:
        x = np.asarray(features, dtype=float)
        y = np.asarray(labels, dtype=float).reshape(-1)
        self.examples = np.column_stack([x, y])
        self.w1, self.w2, self.b = as_tracker(w[0]), as_tracker(w[1]), as_tracker(b)
        self.shown, self.cloud_lit = ValueTracker(1), ValueTracker(CROWD)
        self.plane_shown = ValueTracker(1)
        self.errors_shown, self.predictions_shown = ValueTracker(0), ValueTracker(0)
        self.rows: npt.NDArray[np.int64] = np.array([], dtype=np.int64)
        reaches = AIR * np.where((most := np.abs(x).max(axis=0)) > 0, most, 1.0)
        if reaches.max() < ALIKE * reaches.min():
            reaches[:] = reaches.max()
        first = self.b.get_value()
        ranges = [(-reach, reach) for reach in reaches.tolist()]
        ranges.append(y_range or padded([*y, first], share=0.05))
        symbols = [f"{{{{ {name} : {name} }}}}" for name in ("x_1", "x_2", "y")]
        names = names or [formula(symbol, ROLES_IN_TRAINING) for symbol in symbols]
        self.box = Box(slot, ranges, names, highest, half)
        self.view = self.box.view
        self.view.azimuth.set_value(self._aside() if azimuth is None else azimuth)
        self.view.elevation.set_value(elevation)
        radius = fitting_radius(len(y))
        self.behind, self.before = (_dots(theme.DATA, radius) for _ in range(2))
        self.marked_behind, self.marked_before = (_dots(theme.DATA) for _ in range(2))
        self.predictions = _dots(theme.MODEL)
        self.sticks_behind, self.sticks_before = (_lines(theme.LOSS) for _ in range(2))
        self.sheet = PlaneSheet(self.view)
        super().__init__(
            *(self.box, self.behind, self.sticks_behind, self.marked_behind),
            *(self.sheet, self.predictions),
            *(self.before, self.sticks_before, self.marked_before),
        )
        self.follow().tracked()

    # Where things are

    @property
    def parameters(self) -> Points:
        """The parameters w1, w2 and b of now, shape (3,)."""
        return np.array([tracker.get_value() for tracker in (self.w1, self.w2, self.b)])

    def predict(self, features: npt.ArrayLike) -> Points:
        """Return the predictions of now, shape (n,) for (n, 2)."""
        return plane_at(features, self.parameters)

    def at(self, x1: float, x2: float, y: float) -> Points:
        """Return where a point is seen now, shape (3,)."""
        return np.asarray(self.view.project([[x1, x2, y]])[0])

    def dot_of(self, row: int) -> Points:
        """Return where an example is seen now, shape (3,)."""
        return self.at(*self.examples[row])

    def edge_on(self, after: float | None = None) -> float:
        """Return an azimuth from which, at elevation 0, the plane of now is seen as a line.

        Parameters
        ----------
        after
            An azimuth: the first at or beyond it is returned; the nearest to that of now
            unless given. A level plane is a line from everywhere.
        """
        here = self.view.azimuth.get_value()
        w1, w2, _ = self.parameters
        if not (math.isfinite(w1) and math.isfinite(w2)) or w1 == w2 == 0:
            return here if after is None else after
        angle = self._edge_on(w1, w2)
        turns = (here - angle) / math.pi if after is None else (after - angle) / math.pi
        half_turns = round(turns) if after is None else math.ceil(turns - 1e-9)
        return angle + math.pi * half_turns

    def error_squares(self, rows: Sequence[int]) -> VGroup:
        """Return a square for each example, whose side is its stick as it is seen now."""
        squares = VGroup()
        for start, end in zip(*self._sticks(np.asarray(rows), 1.0), strict=True):
            side = float(np.linalg.norm(end - start))
            square = VMobject(
                color=theme.LOSS,
                stroke_width=Stroke.THIN,
                fill_color=theme.LOSS,
                fill_opacity=Dim.FAINT,
            )
            out = RIGHT * side
            squares.add(square.set_points_as_corners([start, end, end + out, start + out, start]))
        return squares

    # What can be played

    def turn_to(
        self, azimuth: float, elevation: float | None = None, run_time: float = Pace.SWEEP
    ) -> Animation:
        """Turn the view to other angles, in radians; the elevation stays unless given."""
        return self.view.turn_to(azimuth, elevation, run_time)

    def turn_edge_on(
        self, after: float | None = None, run_time: float = 2 * Pace.SWEEP
    ) -> Animation:
        """Turn the view until the plane of now is seen as a line; see :meth:`edge_on`."""
        return self.turn_to(self.edge_on(after), 0.0, run_time)

    def move_plane(self, w: npt.ArrayLike, b: float, run_time: float = Pace.SWEEP) -> Animation:
        """Move the plane to other parameters, w of shape (2,) or (2, 1)."""
        w1, w2 = np.asarray(w, dtype=float).reshape(-1)
        targets = ((self.w1, w1), (self.w2, w2), (self.b, b))
        moves = (go(tracker, float(value), run_time) for tracker, value in targets)
        return AnimationGroup(*moves, run_time=run_time)

    def deal(self, run_time: float = Pace.SWEEP) -> Animation:
        """Show the examples one after the other."""
        self.shown.set_value(0)
        self.follow()
        return go(self.shown, 1, run_time, linear)

    def dim_cloud(self, opacity: float = DIMMED, run_time: float = Pace.QUICK) -> Animation:
        """Dim the examples that are not marked."""
        return go(self.cloud_lit, opacity, run_time)

    def light_cloud(self, run_time: float = Pace.QUICK) -> Animation:
        """Light all examples again."""
        return go(self.cloud_lit, CROWD, run_time)

    def show_plane(self, run_time: float = Pace.MOVE) -> Animation:
        """Show the sheet."""
        return go(self.plane_shown, 1, run_time)

    def hide_plane(self, run_time: float = Pace.MOVE) -> Animation:
        """Hide the sheet."""
        return go(self.plane_shown, 0, run_time)

    def mark(self, rows: Sequence[int]) -> Self:
        """Give some examples larger dots, and no others."""
        self.rows = np.asarray(rows, dtype=np.int64).reshape(-1)
        return self.follow()

    def show_predictions(
        self, rows: Sequence[int] | None = None, run_time: float = Pace.QUICK
    ) -> Animation:
        """Show where the plane is above or below some examples, those that are marked if none."""
        if rows is not None:
            self.mark(rows)
        return go(self.predictions_shown, 1, run_time)

    def show_errors(
        self, rows: Sequence[int] | None = None, run_time: float = Pace.MOVE
    ) -> Animation:
        """Grow sticks from some examples to the plane, those that are marked if none is given."""
        if rows is not None:
            self.mark(rows)
        return go(self.errors_shown, 1, run_time)

    def hide_errors(self, run_time: float = Pace.QUICK) -> Animation:
        """Take sticks and dots on the plane away; the examples stay marked."""
        return AnimationGroup(
            go(self.errors_shown, 0, run_time), go(self.predictions_shown, 0, run_time)
        )

    # Following

    def follow(self) -> Self:
        """Put everything where it is seen now."""
        self.box.follow()
        home = self.view.center.get_location()
        under = self.sheet.hides(self.examples, self.parameters, self.behind.radius)
        seen = self.view.project(self.examples)
        dealt = np.arange(len(seen)) < round(self.shown.get_value() * len(seen))
        put_dots(self.behind, seen[under & dealt], home)
        put_dots(self.before, seen[~under & dealt], home)
        for cloud in (self.behind, self.before):
            cloud.set_opacity(self.cloud_lit.get_value())
        hidden = under[self.rows]
        put_dots(self.marked_behind, seen[self.rows[hidden]], home)
        put_dots(self.marked_before, seen[self.rows[~hidden]], home)
        starts, ends = self._sticks(self.rows, self.errors_shown.get_value())
        put_lines(self.sticks_behind, starts[hidden], ends[hidden], home)
        put_lines(self.sticks_before, starts[~hidden], ends[~hidden], home)
        put_dots(self.predictions, self._sticks(self.rows, 1.0)[1], home)
        self.predictions.set_opacity(self.predictions_shown.get_value())
        self.sheet.follow(self.parameters, self.plane_shown.get_value())
        return self

    def _aside(self) -> float:
        """Return an azimuth from which the plane of least squares rises away from the viewer."""
        x, y = self.examples[:, :2], self.examples[:, 2]
        ones = np.column_stack([x, np.ones(len(x))])
        w1, w2, _ = np.linalg.lstsq(ones, y, rcond=None)[0]
        azimuths = self._edge_on(w1, w2) - ASIDE
        # Both features' axes should be seen well.
        least = np.minimum(np.abs(np.cos(azimuths)), np.abs(np.sin(azimuths)))
        return float(azimuths[least.argmax()])

    def _edge_on(self, w1: float, w2: float) -> float:
        """Return the azimuth from which a plane is seen to rise from left to right, as a line."""
        return math.atan2(w2 / self.view.scale[1], w1 / self.view.scale[0])

    def _sticks(self, rows: npt.NDArray[np.int64], grown: float) -> tuple[Points, Points]:
        """Return where sticks begin and end, shapes (k, 3); one without a prediction is a point."""
        examples = self.examples[rows].reshape(-1, 3)
        y_hat = self.predict(examples[:, :2])
        tops = examples.copy()
        known = ~np.isnan(y_hat)
        tops[known, 2] = np.clip(y_hat[known], self.view.low[2], self.view.high[2])
        tops = examples + (tops - examples) * grown
        return self.view.project(examples), self.view.project(tops)


def _dots(color: ManimColor, radius: float = Radius.SAMPLE) -> DotCloud:
    return DotCloud(np.zeros((1, 3)), radius=radius, color=color)


def _lines(color: ManimColor) -> Segments:
    return Segments(np.zeros((1, 3)), np.zeros((1, 3)), color, Stroke.LINE)
