"""The plane of a training run in the cloud: it goes from step to step, and closes in on a batch."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Self

import numpy as np
from manim import DEGREES, RIGHT, Animation, AnimationGroup, Dot, Line, ValueTracker, VGroup, smooth

from fastcairo import DotCloud
from linreg.study.losses import mean_loss
from linreg.study.trace import Trace
from visuals.formula import formula
from visuals.label_room import room_around
from visuals.layout import Slot
from visuals.plane_in_cloud import AIR, NAME_GAP, PlaneInCloud
from visuals.plots import Points, padded
from visuals.roles import ROLES_IN_TRAINING
from visuals.segments import Segments
from visuals.space import put_dots
from visuals.square_pour import SquarePour
from visuals.theme import Pace, Radius, Stroke, theme
from visuals.trackers import go

ELEVATION = 13 * DEGREES
"""Lower than usual: sticks and squares are larger."""

MOST_MARKED = 40
"""Examples of a batch that are drawn one by one at most."""

TRY = 0.15
"""How far an edge of the plane, or the plane, is lifted for a try, in heights of the box."""

FRONT = (0.35, 0.75)
"""Heights, as shares of the box, between which the example is that is explained first."""


class TrainedPlane(PlaneInCloud):
    """The cloud with the plane that a run begins with, or comes to.

    Parameters
    ----------
    slot
        The room for it.
    trace
        The run.
    last_slot
        The room that it takes when it draws back; the same unless given.

    Attributes
    ----------
    step
        Tracker of the number of steps that were made. From the first step on the plane and the
        marked batch follow it; before that the plane is free.
    fallen
        Tracker of the predictions' way from their examples (0) to the plane (1).
    closed_in
        Tracker of the zoom from the box of all examples (0) to that of the first batch (1).
    grown
        Tracker of its way from the first slot (0) to the last (1).
    """

    def __init__(self, slot: Slot, trace: Trace, last_slot: Slot | None = None) -> None:
        self.trace = trace
        self.step, self.closed_in = ValueTracker(0), ValueTracker(0)
        self.fallen, self.grown = ValueTracker(1), ValueTracker(0)
        self.course = np.column_stack([trace.w.numpy(), trace.b.numpy()]).astype(float)
        w1, w2, b = self.course[0]
        self.far: tuple[Points, Points] | None = None
        super().__init__(
            slot,
            trace.features,
            trace.labels,
            w=(w1, w2),
            b=b,
            elevation=ELEVATION,
            highest=ELEVATION,
        )
        self.near = self._box_of_batch()
        last = TrainedPlane(last_slot, trace) if last_slot else self
        self.sizes = self._size, last._size
        self.far = self.view.low, self.view.high

    @property
    def batch(self) -> list[int]:
        """Row numbers of those examples of the first batch that are drawn one by one."""
        return list(self.trace.batches[0][:MOST_MARKED].tolist())

    @property
    def step_number(self) -> int:
        """Number of the step that is being made, or was made last, from 0."""
        made = math.ceil(self.step.get_value() - 1e-9)
        return min(max(made - 1, 0), self.trace.num_steps - 1)

    def loss(self) -> float:
        """Return the loss of the batch: of the first one now, later of each step's before it."""
        number = self.step_number
        if self.step.get_value() > 1:
            return self.trace.loss[number].item()
        rows = self.trace.batches[0]
        data = self.trace.features[rows], self.trace.labels[rows]
        w, b = data[0].new_tensor(self.parameters[:2]), data[0].new_tensor(self.parameters[2:])
        return mean_loss(data, w.reshape(-1, 1), b).item()

    def front_example(self) -> int:
        """Return the row of an example that is near the eye and neither high nor low."""
        shares = (self.examples - self.view.low) / (self.view.high - self.view.low)
        low, high = FRONT
        fits = (shares[:, 2] > low) & (shares[:, 2] < high)
        depth = self.examples @ (self.view.to_eye * self.view.scale**2)
        return int(np.where(fits, depth, depth.min() - 1).argmax())

    # What can be played

    def close_in(self, run_time: float = Pace.SWEEP) -> Animation:
        """Let the box shrink to the first batch."""
        return go(self.closed_in, 1, run_time)

    def draw_back(self, run_time: float = Pace.SWEEP) -> Animation:
        """Let the box hold all examples again, and fill its last slot."""
        ways = go(self.closed_in, 0, run_time), go(self.grown, 1, run_time)
        return AnimationGroup(*ways, run_time=run_time)

    def predict_batch(self, run_time: float = Pace.MOVE) -> Animation:
        """Let a dot go from each marked example to the plane: its prediction."""
        self.fallen.set_value(0)
        self.predictions_shown.set_value(1)
        return go(self.fallen, 1, run_time)

    def run_to(
        self, step: float, run_time: float, rate_func: Callable[[float], float] = smooth
    ) -> Animation:
        """Make steps of the run until so many are made."""
        return go(self.step, step, run_time, rate_func)

    def tried(self, parameter: int) -> tuple[ValueTracker, float, float]:
        """Return a parameter's tracker, its value, and one with which the plane is elsewhere."""
        tracker = (self.w1, self.w2, self.b)[parameter]
        lever = 1.0 if tracker is self.b else float(self.view.high[parameter])
        far = TRY * float(self.view.high[2] - self.view.low[2])
        return tracker, tracker.get_value(), tracker.get_value() + far / lever

    def outline(self) -> Segments:
        """Return the edge of the sheet as it lies now, which stays there."""
        corners = self.view.project(self.sheet.corners(self.parameters).reshape(-1, 3))
        return Segments(corners, np.roll(corners, -1, axis=0), theme.INK, Stroke.THIN)

    def guides(self, row: int) -> VGroup:
        """Return lines to an example: from the two axes to the place on the floor, and upwards."""
        x1, x2, y = self.examples[row]
        edge1, edge2 = (
            self.view.high[axis] if self.view.axes[2][axis] > 0 else self.view.low[axis]
            for axis in range(2)
        )
        bottom = self.view.low[2]
        foot = (x1, x2, bottom)
        ends = [((x1, edge2, bottom), foot), ((edge1, x2, bottom), foot), (foot, (x1, x2, y))]
        return VGroup(
            *(
                Line(self.at(*a), self.at(*b), color=theme.DATA, stroke_width=Stroke.LINE)
                for a, b in ends
            )
        )

    def large_dot(self, row: int) -> Dot:
        """Return a larger dot on an example."""
        return Dot(self.dot_of(row), radius=Radius.MARK, color=theme.DATA)

    def dots(self, rows: Sequence[int]) -> DotCloud:
        """Return dots where those of marked examples will be, which can fade in."""
        seen = self.view.project(self.examples[list(rows)])
        return DotCloud(seen, radius=Radius.SAMPLE, color=theme.DATA)

    def names_of_example(self) -> VGroup:
        """Return y and y_hat beside the label and the prediction that have the most room."""
        symbols = "{{ y : y }}", "{{ hat(y) : hat }}"
        names = VGroup(*(formula(symbol, ROLES_IN_TRAINING) for symbol in symbols))
        ends = np.stack(self._sticks(np.asarray(self.batch), 1.0))
        dots = ends.reshape(-1, 3)
        most = -1.0
        for pair in ends.transpose(1, 0, 2):
            away = RIGHT * (NAME_GAP + names[1].width / 2)
            half = np.array([names[1].width, names[1].height, 0.0]) / 2
            room = min(room_around(end + away, half, dots) for end in pair)
            room = min(room, float(np.linalg.norm(pair[1] - pair[0])) / 2 - half[1])
            if room > most:
                most = room
                for name, end in zip(names, pair, strict=True):
                    name.move_to(end + away)
        return names

    def pour_into(self, slot: Slot, squares: VGroup) -> SquarePour:
        """Return the squares of the first batch, ready to pour into one mean square."""
        rows = self.trace.batches[0]
        x = self.trace.features[rows].numpy()
        errors = self.predict(x) - self.trace.labels[rows].numpy().reshape(-1)
        areas = (errors * self.view.scale[2]) ** 2
        return SquarePour(squares, slot, None if len(squares) == len(rows) else lambda: areas)

    # Following

    def follow(self) -> Self:
        """Put everything where it is at the step and in the box of now."""
        if self.far is not None:
            near, grown = self.closed_in.get_value(), self.grown.get_value()
            size = _between(*self.sizes, grown)
            self.view.half, self.view.height = size[:2]
            self.view.center.move_to(size[2:])
            self.view.show(*_between(np.array(self.far), np.array(self.near), near))
        if self.step.get_value() > 0:
            number = self.step_number
            share = self.step.get_value() - number
            before, after = self.course[number : number + 2]
            with np.errstate(invalid="ignore"):
                now = after if share == 1 else before + (after - before) * share
            for tracker, value in zip((self.w1, self.w2, self.b), now, strict=True):
                tracker.set_value(float(value))
            if number:
                self.rows = self.trace.batches[number][:MOST_MARKED].numpy()
        super().follow()
        at = self._sticks(self.rows, self.fallen.get_value())[1]
        put_dots(self.predictions, at, self.view.center.get_location())
        return self

    @property
    def _size(self) -> Points:
        """Half a side of the floor, the height, and the middle of the box, shape (5,)."""
        view = self.view
        return np.array([view.half, view.height, *view.center.get_location()])

    def _box_of_batch(self) -> tuple[Points, Points]:
        """Return the lower and the upper corner of the first batch's box, shape (3,) each."""
        examples = self.examples[self.trace.batches[0].numpy()]
        reach = AIR * np.abs(examples[:, :2]).max()
        low, high = padded([*examples[:, 2], *self.predict(examples[:, :2])], share=0.12)
        return np.array([-reach, -reach, low]), np.array([reach, reach, high])


def accelerate(share: float) -> float:
    """Begin slowly and end fast: a rate function."""
    return share**2


def _between(first: Points, second: Points, share: float) -> Points:
    return np.asarray(first + (second - first) * share)
