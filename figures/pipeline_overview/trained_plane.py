"""The plane of a training run in the cloud: it goes from step to step, and closes in on a batch."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Self

import numpy as np
from manim import DEGREES, Animation, AnimationGroup, ValueTracker, VGroup, smooth

from linreg.study.losses import mean_loss
from linreg.study.trace import Trace
from visuals.layout import Slot
from visuals.plane_in_cloud import AIR, PlaneInCloud
from visuals.plots import Points, padded, round_ticks
from visuals.space import put_dots
from visuals.square_pour import SquarePour
from visuals.theme import Pace, Radius
from visuals.trackers import go
from visuals.typography import Typeset

ELEVATION = 11 * DEGREES
"""Lower than usual: sticks and squares are larger."""

BROAD, WIDE = 0.58, 0.315
"""Half a side of the floor at most, as shares of the slot's height and width."""

MOST_MARKED = 40
"""Examples of a batch that are drawn one by one at most."""

TRY = 0.15
"""Lift of an edge of the plane, or of the plane, for a try, in heights of the box."""

BESIDE = 2.2
"""Room for a number on either side of the mean square, in scene units."""

FITS = 1.02
"""Span of the batch's box, in spans with which its squares just fill their strip."""

SMALLER = 0.75
"""Radius of a prediction's dot, in those of an example's: they differ without colour too."""

WIDER = 0.12
"""Share by which the batch's box may grow to hold one tick more."""

FEW_TICKS, MOST_TICKS = 3, 7
"""Ticks of the labels' axis in the batch's box, and in that of all examples, at most."""


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
    strip
        A slot that the squares of the first batch fit into without being made smaller.
    names
        What the axes measure; x_1, x_2 and y unless given.

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

    def __init__(
        self,
        slot: Slot,
        trace: Trace,
        last_slot: Slot | None = None,
        strip: Slot | None = None,
        names: Sequence[Typeset] | None = None,
    ) -> None:
        self.trace = trace
        self.step, self.closed_in = ValueTracker(0), ValueTracker(0)
        self.fallen, self.grown = ValueTracker(1), ValueTracker(0)
        self.course = np.column_stack([trace.w.numpy(), trace.b.numpy()]).astype(float)
        w1, w2, b = self.course[0]
        self.far: tuple[Points, Points] | None = None
        self.measured: tuple[tuple[float, ...], float] = (), 0.0
        super().__init__(
            slot,
            trace.features,
            trace.labels,
            w=(w1, w2),
            b=b,
            names=names,
            half=min(BROAD * slot.height, WIDE * slot.width),
            elevation=ELEVATION,
            highest=ELEVATION,
        )
        self.predictions.radius = SMALLER * Radius.SAMPLE
        self.near = self._box_of_batch(strip)
        last = TrainedPlane(last_slot, trace) if last_slot else self
        self.sizes = self._size, last._size
        self._give_finer_ticks()
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
        parameters = tuple(self.parameters.tolist())
        if parameters != self.measured[0]:
            self.measured = parameters, self._first_loss(*parameters)
        return self.measured[1]

    def _first_loss(self, w1: float, w2: float, b: float) -> float:
        """Return the loss of the first batch at some parameters."""
        rows = self.trace.batches[0]
        data = self.trace.features[rows], self.trace.labels[rows]
        w = data[0].new_tensor([[w1], [w2]])
        return mean_loss(data, w, data[0].new_tensor([b])).item()

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

    def pour_into(self, slot: Slot, squares: VGroup) -> SquarePour:
        """Return the squares of the first batch, to fill a slot and leave one mean square."""
        rows = self.trace.batches[0]
        x = self.trace.features[rows].numpy()
        errors = self.predict(x) - self.trace.labels[rows].numpy().reshape(-1)
        areas = (errors * self.view.scale[2]) ** 2
        pooled = math.sqrt(sum(square.width * square.height for square in squares)) or 1.0
        zoom = math.sqrt(slot.width * slot.height) / pooled
        side = math.sqrt(float(areas.mean())) * zoom or 1.0
        given = None if len(squares) == len(rows) else lambda: areas
        return SquarePour(
            squares, slot, given, zoom, min(slot.width - 2 * BESIDE, slot.height) / side
        )

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

    def _give_finer_ticks(self) -> None:
        """Give the labels' axis ticks of which some lie in the first batch's box too."""
        low, high = (float(corner[2]) for corner in (self.view.low, self.view.high))
        near = round_ticks(float(self.near[0][2]), float(self.near[1][2]), FEW_TICKS)
        if len(near) > 1:
            step = near[1] - near[0]
            ticks = [step * n for n in range(math.ceil(low / step), math.floor(high / step) + 1)]
            if len(self.box.ticks[2]) < len(ticks) <= MOST_TICKS:
                self.box.give_ticks(2, ticks)

    @property
    def _size(self) -> Points:
        """Half a side of the floor, the height, and the middle of the box, shape (5,)."""
        view = self.view
        return np.array([view.half, view.height, *view.center.get_location()])

    def _box_of_batch(self, strip: Slot | None) -> tuple[Points, Points]:
        """Return the lower and the upper corner of the first batch's box, shape (3,) each."""
        examples = self.examples[self.batch]
        # No axis may become longer than it was: its numbers have no more room.
        reach = np.minimum(AIR * np.abs(examples[:, :2]).max(), self.view.high[:2])
        y_hat = self.predict(examples[:, :2])
        low, high = padded([*examples[:, 2], *y_hat], share=0.12)
        if strip:
            squares = float(((y_hat - examples[:, 2]) ** 2).sum())
            needed = self.view.height * math.sqrt(squares / (strip.width * strip.height))
            air = max(FITS * needed - (high - low), 0.0) / 2
            low, high = low - air, high + air
        low, high = _to_next_tick(low, high)
        return np.array([*-reach, low]), np.array([*reach, high])


def accelerate(share: float) -> float:
    """Begin slowly and end fast: a rate function."""
    return share**2


def from_to(
    rate_func: Callable[[float], float], start: float, end: float
) -> Callable[[float], float]:
    """Return a part of a rate function as a rate function, so that two plays make one move."""
    first, last = rate_func(start), rate_func(end)
    return lambda share: (rate_func(start + (end - start) * share) - first) / (last - first)


def _to_next_tick(low: float, high: float) -> tuple[float, float]:
    """Widen a range that holds two ticks to the third where that is near."""
    ticks = round_ticks(low, high, FEW_TICKS)
    if len(ticks) == FEW_TICKS - 1:
        step = ticks[1] - ticks[0]
        below, above = low - (ticks[0] - step), ticks[-1] + step - high
        if min(below, above) <= WIDER * (high - low):
            return (low - below, high) if below <= above else (low, high + above)
    return low, high


def _between(first: Points, second: Points, share: float) -> Points:
    return np.asarray(first + (second - first) * share)
