"""Three labels as one point in space, the plane of all predictions below it, and the error."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Self

import numpy as np
from manim import DEGREES, DOWN, LEFT, UP, Animation, ValueTracker, VGroup
from manim import Dot as Disc

from figures.closed_form.column_arrows import ColumnArrows
from figures.closed_form.level_view import LevelView, unit
from figures.closed_form.right_angles import RightAngles
from linreg.study.three_examples import ThreeExamples
from visuals.following import Picture
from visuals.formula import formula
from visuals.layout import Slot
from visuals.plane_sheet import PlaneSheet
from visuals.plates import plate
from visuals.plots import Points, round_ticks
from visuals.readout import Readout, readout_column
from visuals.roles import ROLES_IN_TRAINING
from visuals.segments import Segments
from visuals.space import GRID, LEFT_ROOM, RIGHT_ROOM, Box, put_lines
from visuals.theme import Pace, Radius, Size, Stroke, theme
from visuals.trackers import go
from visuals.typography import Typeset

REACH = 2.2
"""Half a side of the box, in lengths of the least error."""

ASIDE = 52 * DEGREES
"""Distance from edge-on at which the plane is seen at first."""

LEVEL_ELEVATION = 39 * DEGREES
"""Elevation at which the plane is seen when it lies level."""

LOW_ELEVATION = 11 * DEGREES
"""Elevation from which the height of the labels above the plane is seen best."""

SIDEWAYS, TOWARDS = 62 * DEGREES, 36 * DEGREES
"""Angles between the way to the eye and the middle of both columns, at first and at last: seen from
the side both arrows point to the right, one farther than the other.
"""

RAISED = 0.55
"""Distance by which the middle of labels and predictions then lies above that of the room, in scene
units: the plane lies below it."""

TALL = 1.06
"""Height in which the farthest corner would turn, in heights of the room; it is never lowest."""

LEVEL_SIZE = 1.7
"""Size of the picture at most when the plane lies level, in sizes before."""

MOVED = 1.1
"""Distance by which the predictions are moved along a column, in lengths of the least error."""

CUBE = 0.325
"""Half a side of the box, as a share of the slot's height, with which the box is nearly a cube."""

AXES_GONE = 0.3
"""Share of the tilt after which the axes are no longer seen."""

AIR = 0.12
"""Share of an axis at either end that stays free of ticks."""

FEW_TICKS = 3
"""Ticks of an axis at most."""

NAME_AWAY = 0.3
"""Distance of a name from its point, in scene units."""

ARROW = 1.6
"""Length of a column's arrow, in lengths of the least error."""

NAMES = ("bold(y) : y", "hat(bold(y)) : hat", "bold(r) : error")
"""Names of both points and of the error."""


class ErrorSpace(Picture, VGroup):
    """A box with an axis for each of three examples.

    The labels are one point, the predictions of a line another, which stays on the plane that the
    column of ones and the column x span. All three axes have one scale.

    Parameters
    ----------
    slot
        The room for it.
    level_slot
        The room for it when the plane lies level.
    three
        The examples.
    w, b
        Trackers of the line.
    names
        Of the axes.

    Attributes
    ----------
    view
        The projection.
    label_shown, guide_drawn, prediction_shown, error_shown, columns_shown, plane_shown
        Trackers from 0 to 1: opacities of both points, share of the way to the label and of the
        error that are drawn, share of the columns' arrows, opacity of the plane.
    corners_shown
        Tracker of the opacity of the marks of right angles.
    """

    def __init__(
        self,
        slot: Slot,
        level_slot: Slot,
        three: ThreeExamples,
        w: ValueTracker,
        b: ValueTracker,
        names: Sequence[Typeset],
    ) -> None:
        self.slot = level_slot
        self.three, self.w, self.b = three, w, b
        self.label, self.shadow = three.y.numpy(), three.shadow.numpy()
        self.ones, self.x = np.ones(3), three.x.numpy()
        reach = REACH * three.distance
        middle = (self.label + self.shadow) / 2
        ranges = [(float(at - reach), float(at + reach)) for at in middle]
        self.box = Box(slot, ranges, names, half=min(CUBE * slot.height, _broadest(slot)))
        home = level_slot.center + RAISED * UP
        view = self.view = LevelView(self.box.view, unit(three.above.numpy()), home)
        self.box.view = view
        # One scale for all three axes: an angle in space is an angle.
        up = reach * view.height / (2 * view.half)
        low, high = view.low.copy(), view.high.copy()
        low[2], high[2] = middle[2] - up, middle[2] + up
        view.show(low, high)
        for axis in range(3):
            air = AIR * (high[axis] - low[axis])
            ticks = round_ticks(low[axis] + air, high[axis] - air, FEW_TICKS)
            self.box.give_ticks(axis, ticks)
        view.azimuth.set_value(self.edge_on - ASIDE)
        self.label_shown, self.guide_drawn = ValueTracker(0), ValueTracker(0)
        self.prediction_shown, self.error_shown = ValueTracker(0), ValueTracker(0)
        self.columns_shown, self.plane_shown = ValueTracker(0), ValueTracker(0)
        self.corners_shown = ValueTracker(0)
        nowhere = np.zeros((1, 3))
        self.sheet = PlaneSheet(view)
        self.guide = Segments(nowhere, nowhere, theme.DATA, Stroke.LINE)
        tips = [ARROW * three.distance * unit(column) for column in (self.ones, self.x)]
        self.columns = ColumnArrows(view, tips)
        self.error = Segments(nowhere, nowhere, theme.LOSS, Stroke.BOLD)
        self.corners = RightAngles(view, three)
        self.label_dot = Disc(radius=Radius.MARK, color=theme.DATA)
        self.prediction_dot = Disc(radius=Radius.MARK, color=theme.MODEL)
        self.names = [formula(f"{{{{ {name} }}}}", ROLES_IN_TRAINING) for name in NAMES]
        self.ground = plate(self.names[-1])
        super().__init__(
            *(self.box, self.sheet, self.guide, self.columns, self.ground, self.corners),
            *(self.error, self.label_dot, self.prediction_dot, *self.names),
        )
        self.follow().tracked()

    # Where things are

    @property
    def plane(self) -> Points:
        """The plane of all predictions as the third coordinate over the other two, shape (3,)."""
        x1, x2, x3 = self.x
        along = (x3 - x2) / (x1 - x2)
        return np.array([along, 1 - along, 0.0])

    @property
    def edge_on(self) -> float:
        """The azimuth from which, at elevation 0, the plane is seen as a line."""
        first, second, _ = self.plane
        return math.atan2(second, first)

    @property
    def here(self) -> Points:
        """The predictions of now, shape (3,)."""
        return np.asarray(self.w.get_value() * self.x + self.b.get_value() * self.ones)

    @property
    def lift(self) -> float:
        """A change of b that is seen well."""
        return MOVED * self.three.distance / math.sqrt(3)

    @property
    def turn_by(self) -> float:
        """A change of w that is seen well."""
        return MOVED * self.three.distance / float(np.linalg.norm(self.x))

    def gradient_readouts(self) -> VGroup:
        """Return the live numbers of both gradients, at the top of the room."""
        values = (lambda: self._gradients()[0]), (lambda: self._gradients()[1])
        made = []
        for name, value in zip("wb", values, strict=True):
            label = formula(f"{{{{ g_{name} : grad }}}} =", ROLES_IN_TRAINING, Size.TITLE)
            made.append(Readout(value, 3, label, Size.TITLE, color=theme.GRADIENT).tracked())
        column = readout_column(*made)
        return self.slot.place(column, x=0.9, y=1, shrink=False)

    # What can be played

    def go_to(self, w: float, b: float, run_time: float = Pace.MOVE) -> list[Animation]:
        """Move the line to other parameters."""
        return [go(self.w, w, run_time), go(self.b, b, run_time)]

    def lie_level(self, run_time: float = Pace.SWEEP) -> list[Animation]:
        """Tilt everything until the plane lies level; the axes leave."""
        return [
            go(self.view.level, 1, run_time),
            go(self.view.size, self._level_size(), run_time),
            self.view.turn_to(self._azimuth(SIDEWAYS), LEVEL_ELEVATION, run_time),
        ]

    def lower_eye(self, run_time: float = Pace.MOVE) -> Animation:
        """See the plane from its side, a little from above."""
        return self.view.turn_to(self.view.azimuth.get_value(), LOW_ELEVATION, run_time)

    def turn(self, run_time: float = 2 * Pace.SWEEP) -> Animation:
        """Turn slowly, and raise the eye until the columns are seen apart."""
        return self.view.turn_to(self._azimuth(TOWARDS), LEVEL_ELEVATION, run_time)

    # Following

    def follow(self) -> Self:
        """Put everything where it is seen now."""
        self.box.follow()
        self._hide_axes(1 - min(1.0, self.view.level.get_value() / AXES_GONE))
        self.sheet.follow(self.plane, self.plane_shown.get_value())
        self._follow_guide()
        here = self.here
        y, y_hat = self.view.project([self.label, here])
        for dot, place, shown in (
            (self.label_dot, y, self.label_shown),
            (self.prediction_dot, y_hat, self.prediction_shown),
        ):
            dot.move_to(place).set_opacity(shown.get_value())
        drawn = self.error_shown.get_value()
        put_lines(self.error, y[None], (y + (y_hat - y) * drawn)[None], y)
        self.error.set_opacity(float(drawn > 0))
        self.columns.follow_from(here, self.columns_shown.get_value())
        self.corners.follow(self.corners_shown.get_value())
        self._follow_names(y, y_hat)
        return self

    def _azimuth(self, aside: float) -> float:
        """Return the azimuth from which the columns point to the right of the way to the eye.

        Parameters
        ----------
        aside
            Angle between their middle and the way to the eye when the plane lies level.
        """
        here = self.view.azimuth.get_value()
        middle = self.view.levelled(unit(self.ones) + unit(self.x))
        target = math.atan2(middle[1], middle[0]) + math.pi / 2 - aside
        return here + (target - here + math.pi) % math.tau - math.pi

    def _level_size(self) -> float:
        """Return the size at which the plane stays in the room while it turns."""
        view, slot = self.view, self.slot
        away = (self.sheet.corners(self.plane) - (view.low + view.high) / 2) * view.scale
        farthest = np.linalg.norm(away, axis=1).max()
        high = farthest * math.sin(LEVEL_ELEVATION)
        return float(min(LEVEL_SIZE, slot.width / 2 / farthest, TALL * slot.height / 2 / high))

    def _gradients(self) -> tuple[float, float]:
        return self.three.gradients(self.w.get_value(), self.b.get_value())

    def _hide_axes(self, shown: float) -> None:
        """Fade the axes, which would stand askew when the plane lies level."""
        box = self.box
        box.grid.set_opacity(GRID * shown)
        box.floor.set_opacity(shown)
        if shown < 1:
            for part in (box.rule, *box.names, *(label for few in box.numbers for label in few)):
                part.set_opacity(shown)

    def _follow_guide(self) -> None:
        """Draw the way to the label: along each axis in turn."""
        low, label = self.view.low, self.label
        stops = np.array([low, [label[0], *low[1:]], [*label[:2], low[2]], label])
        seen = self.view.project(stops)
        drawn = 3 * self.guide_drawn.get_value()
        shares = np.clip(drawn - np.arange(3), 0, 1)[:, None]
        ends = seen[:-1] + (seen[1:] - seen[:-1]) * shares
        kept = shares[:, 0] > 0
        put_lines(self.guide, seen[:-1][kept], ends[kept], self.view.center.get_location())
        self.guide.set_opacity(0.7 * float(drawn > 0))

    def _follow_names(self, y: Points, y_hat: Points) -> None:
        label, prediction, error = self.names
        label.next_to(y, UP, buff=NAME_AWAY / 2)
        # Seen from the side, the plane is a line through the dot.
        down = DOWN * self.view.level.get_value()
        prediction.next_to(y_hat, LEFT + down, buff=NAME_AWAY / 2)
        error.next_to((y + y_hat) / 2, LEFT, buff=NAME_AWAY)
        label.set_opacity(self.label_shown.get_value())
        prediction.set_opacity(self.prediction_shown.get_value())
        drawn = float(self.error_shown.get_value() == 1)
        error.set_opacity(drawn)
        self.ground.move_to(error).set_opacity(drawn)


def _broadest(slot: Slot) -> float:
    """Return half a side of the broadest floor for which a slot has room."""
    return (slot.width - LEFT_ROOM - RIGHT_ROOM) / 2 / math.sqrt(2)
