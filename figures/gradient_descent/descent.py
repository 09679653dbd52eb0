"""The pictures of one run: the bowl, its map, the path on it, and the plane beside it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cached_property

import numpy as np
from manim import RIGHT, UP, Animation, VGroup, VMobject

from figures.gradient_descent.marks import RunPath
from figures.gradient_descent.run_frames import frames_of
from figures.gradient_descent.sized_bowl import SizedBowl
from figures.gradient_descent.slices import FloorDot
from linreg.study.trace import Trace
from visuals.close_map import CloseMap
from visuals.formula import formula
from visuals.layout import Slot, is_wide
from visuals.live_arrow import LiveArrow
from visuals.map_marks import NAME_AWAY, Named, bottom_mark, dot_mark
from visuals.plane_in_cloud import PlaneInCloud
from visuals.plates import plate
from visuals.plots import Points
from visuals.readout import Readout, readout_column
from visuals.roles import ROLES_IN_TRAINING
from visuals.run import Run
from visuals.step_path import StepPath
from visuals.theme import Pace, theme
from visuals.trackers import go
from visuals.typography import Typeset, Words

COUNTER = 0.5
"""Height of the room for the counter, in scene units."""

AROUND = 0.6, 0.45
"""Place of the floor's dot, in reaches of the map from the bottom."""

NAME_ROOM = 0.5
"""Room for a name besides its width, in scene units."""

CORNER = 0.2
"""Distance of the bias from the corner of the map, in scene units."""


class Descent:
    """The bowl of the loss and its map, and what a run does on them.

    Parameters
    ----------
    trace
        The run.
    body
        The room for all pictures.
    lr
        The learning rate of the run.
    """

    def __init__(self, trace: Trace, body: Slot, lr: float) -> None:
        self.run, self.body = Run(trace), body
        run = self.run
        self.bowl = SizedBowl(body, run.surface, float(run.biases[0]), run.start)
        self.bowl.wall_shown.set_value(0)
        self.bowl.rings_shown.set_value(0)
        self.code_slot, self.by_code = body.beside(*((52, 48) if is_wide() else (42, 58)))
        self.left, self.right = body.beside(1, 1)
        made = frames_of(run, lr, self.bowl, body, self.by_code, self.right)
        self.frames, self.named_at = made.frames, made.named_at
        self.lr = lr
        self.bowl.be_curve()

    # The bowl

    @property
    def elsewhere(self) -> Points:
        """Weights neither at the start nor at the bottom, shape (2,)."""
        view = self.bowl.view
        half = (view.high - view.low)[:2] / 2
        return np.asarray(self.bowl.lowest + np.array(AROUND) * half)

    def weight_readouts(self, dot: FloorDot) -> VGroup:
        """Return the live numbers of the weights of a dot."""
        readouts = [
            Readout(tracker.get_value, label=formula(symbol, ROLES_IN_TRAINING))
            for symbol, tracker in (("{{ w_1 : w }} =", dot.w1), ("{{ w_2 : w }} =", dot.w2))
        ]
        for readout in readouts:
            readout.tracked()
        return self._aside(readout_column(*readouts, self.bias()))

    def bias(self) -> Readout:
        """Return the live number of the bias."""
        label = formula("{{ b : b }} =", ROLES_IN_TRAINING)
        return Readout(self.run.b.get_value, label=label).tracked()

    def on_ring(self, share: float) -> Points:
        """Return the weights so far around a ring between the start and the bottom, (2,)."""
        bowl = self.bowl
        start, floor = bowl.losses([self.run.start, bowl.lowest])
        inside = bowl.levels[(bowl.levels > floor) & (bowl.levels < start)]
        ring = bowl.ring(float(inside[-1]) if len(inside) else float(start + floor) / 2)
        at = np.linspace(0, 1, len(ring))
        return np.array([np.interp(share, at, w) for w in ring.T])

    def _aside(self, readouts: VGroup) -> VGroup:
        """Put readouts at the right of the bowl, or above it in a tall frame."""
        slot = self.body.inset(0.5)
        return slot.place(readouts, x=1 if is_wide() else 0.6, y=0.6 if is_wide() else 1)

    # The map

    @cached_property
    def close(self) -> CloseMap:
        """The map, which begins as the bowl is seen from above."""
        return CloseMap(self.run.surface, self.run.b, self.frames, self.bowl)

    @cached_property
    def path(self) -> RunPath:
        """The path of the run."""
        return RunPath(self.close, self.run.weights, step=self.run.step)

    @property
    def downhill(self) -> Points:
        """The way from the start to the bottom, of length one, shape (2,)."""
        way = self.run.lowest() - self.run.start
        return np.asarray(way / max(float(np.linalg.norm(way)), 1e-9))

    def start_mark(self, name: Words) -> Named:
        """Return the dot at the start, with its name."""
        self.start_dot = Named(self.close, lambda: self.run.start, dot_mark())
        way = np.array([1.0 if self.downhill[0] <= 0 else -1.0, 0.0])
        name.set_fill(theme.MODEL)
        self.start_name = Named(self.close, lambda: self.run.start, dot_mark(), name, way)
        return self.start_name

    def bias_mark(self, frame: str) -> VGroup:
        """Return the number of the bias in the upper right corner of the map in a frame."""
        readout, shown = self.bias(), self.frames[frame]
        corner = shown.middle + shown.size / 2 - CORNER
        readout.move_to(np.array([*corner, 0.0]), UP + RIGHT)
        return VGroup(plate(readout), readout)

    def bottom_mark(self, name: Words, frame: str) -> Named:
        """Return the ring at the bottom, with its name where a frame has room.

        It follows b and is the truth only where b is, so that it has not the truth's color.
        """
        right = self.frames[frame].bounds[1][0] - max(self.run.lowest(k)[0] for k in (0, -1))
        room = right * self.frames[frame].unit
        way = np.array([1.0 if room > name.width + NAME_ROOM else -1.0, 0.0])
        mark = bottom_mark(theme.INK)
        self.bottom = Named(self.close, lambda: self.close.lowest, mark, name, way)
        return self.bottom

    def first_step(self) -> StepPath:
        """Return the path of one step with all examples."""
        run = self.run
        return StepPath(self.close, [run.start, run.start - self.lr * run.uphill])

    def name_gradient(self, name: Words) -> Named:
        """Return the name of the gradient of all examples, beside the middle of its arrow."""
        run, (x, y) = self.run, self.downhill
        name.set_fill(theme.GRADIENT)
        middle = run.start + run.uphill / 2
        beside = np.array([-y, x]) if y <= 0 else np.array([y, -x])
        return Named(self.close, lambda: middle, VMobject(), name, beside)

    def name_step(self, gradient: Words, step: Words) -> tuple[Named, Named]:
        """Return the names of the gradient of all examples and of the step, beside both.

        They stand on the same side of the arrows where both have room there.
        """
        run, (x, y) = self.run, self.downhill
        beside = np.array([-y, x]) if y <= 0 else np.array([y, -x])
        places = run.start + self.named_at * run.uphill, run.start - self.lr / 2 * run.uphill
        gradient.set_fill(theme.GRADIENT)
        apart = float(np.linalg.norm(places[0] - places[1])) * self.frames["first_step"].unit
        side = 1 if apart > (gradient.width + step.width) / 2 + NAME_AWAY else -1
        step.set_fill(theme.MODEL)
        return (
            Named(self.close, lambda: places[0], VMobject(), gradient, beside),
            Named(self.close, lambda: places[1], VMobject(), step, side * beside),
        )

    def batch_arrow(self, step: int) -> LiveArrow:
        """Return the gradient of a step's batch, where the step begins."""
        return LiveArrow(self.close, self.run.weights[step], self.run.batch_gradient(step))


class PlaneBeside:
    """The plane in the cloud at the parameters of the step of now, the steps' number, and the bias.

    Attributes
    ----------
    plane, counter, bias
        The pictures; the counter names the step that is being taken.
    arrows
        The gradients of the steps taken one by one; of no length until their step is taken.
    """

    def __init__(self, descent: Descent, name: Typeset) -> None:
        self.descent = descent
        run, slot = descent.run, descent.left
        below = Slot(slot.left, slot.right, slot.bottom, slot.top - COUNTER)
        self.plane = PlaneInCloud(
            below, run.trace.features, run.trace.labels, (run.w1, run.w2), run.b
        )
        self.plane.cloud_lit.set_value(0.45)
        self.plane.follow()
        self.counter = Readout(
            lambda: float(math.ceil(run.step.get_value() - 1e-6)), 0, name, color=theme.INK
        )
        self.counter.move_to(np.array([slot.left, slot.top, 0.0]), UP)
        self.counter.shift(RIGHT * (slot.left - self.counter.get_left()[0]))
        self.counter.tracked()
        self.bias = descent.bias()
        self.bias.shift(self.counter.pen.get_location() - self.bias.pen.get_location())
        self.bias.shift(RIGHT * (slot.center[0] - self.bias.get_left()[0]))
        self.arrows = [descent.batch_arrow(step) for step in range(run.first_steps)]

    def take(self, step: int, seconds: float) -> Iterator[list[Animation]]:
        """Light the batch of a step, draw its gradient, and go the other way."""
        descent, arrow = self.descent, self.arrows[step]
        self.plane.mark(descent.run.trace.batches[step].tolist())
        half = seconds / 2
        yield [arrow.to(descent.lr, half)]
        yield [descent.path.to(step + 1, half), arrow.dim_to(0, half)]

    def light(self) -> list[Animation]:
        """Light the plane and all examples."""
        return [go(self.plane.plane_shown, 1), self.plane.light_cloud(Pace.MOVE)]
