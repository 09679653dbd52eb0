"""A run whose update forgets to zero the gradients: its code, and its path on the map."""

from __future__ import annotations

import textwrap

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    Create,
    Line,
    Succession,
    VectorizedPoint,
    VGroup,
    linear,
)

from figures.computation_graph.gradient_sum import GradientSum
from linreg.lesson import Lesson
from linreg.optim import sgd
from linreg.study.recording import without_zero
from linreg.study.run_losses import run_losses
from linreg.study.unzeroed import held_grads, near_steps, passing, swing
from visuals.close_map import CloseMap
from visuals.code import CodeText
from visuals.formula import formula
from visuals.layout import GAP, Slot, is_wide
from visuals.listing import Listing
from visuals.map_frame import Frame
from visuals.map_marks import Named, bottom_mark
from visuals.plates import plate
from visuals.plots import Points
from visuals.readout import Readout
from visuals.roles import ROLES_IN_TRAINING
from visuals.run import Run
from visuals.source import TALL_COLUMNS, body_of, broken
from visuals.step_path import StepPath
from visuals.theme import Size, Stroke, theme
from visuals.trackers import go
from visuals.typography import Words
from visuals.weight_map import WeightMap

MOST_STEPS = 1000
"""Steps of the run, but for those of a longer epoch."""

ONE_BY_ONE = 12
"""Steps at most that are shown one by one."""

LONGEST = 0.3
"""Length of the longest sum of the first steps, in sizes of the map."""

NUMBER, GRAD_TALL = 1.2, 2.0
"""Room for a number of a gradient, and place of its name in a tall frame, in scene units."""

COLUMNS = 30
"""Columns of the code beside the map."""

BEYOND = 0.2
"""Room behind the start, in distances of the start from the bottom."""

OVER = 0.1
"""Length by which the stroke through a line is longer than the line at either end."""

ZERO, UPDATE = "zero_", ("-=", "/ batch_size")


class UnzeroedRun:
    """The code of the update, and the map on which the run without its last line goes.

    Parameters
    ----------
    body
        The room for both.
    lesson
        The lesson that is trained on.
    bottom, step, minus_sum
        Names of the mark of the bottom, of the counter, and of the arrow.

    Attributes
    ----------
    listing, weight_map, path, sum, bottom, counter, grad
        The pictures.
    ending
        End of the run.
    first
        Steps that are shown one by one.
    """

    def __init__(
        self, body: Slot, lesson: Lesson, bottom: Words, step: Words, minus_sum: Words
    ) -> None:
        left, right = body.beside(*((53, 47) if is_wide() else (27, 73)))
        trace = without_zero(lesson, MOST_STEPS)
        losses = run_losses(trace)
        self.ending = swing(trace, losses)
        self.run = run = Run(trace)
        self.passing = min(passing(losses), run.num_steps)
        self.first = min(self.passing, ONE_BY_ONE)
        # The line that switches recording off was shown before.
        lines = textwrap.dedent(body_of(sgd).partition("\n")[2])
        columns, size = (COLUMNS, Size.BODY) if is_wide() else (TALL_COLUMNS, Size.CODE)
        self.listing = Listing(broken(lines, columns), size)
        left.place(self.listing, x=-1, y=0.3 if is_wide() else 1, shrink=False)
        near = run.weights[near_steps(trace).numpy()[: len(run.weights)]]
        held = float(trace.true_b)  # rings that follow b would move under the path
        lowest = run.surface.lowest(held).numpy()
        longest = np.linalg.norm(trace.grad_w[: max(self.first, 1)].double().numpy(), axis=1).max()
        reach = Frame.holding(np.vstack([near, [lowest]]), right).reach
        unit = LONGEST * 2 * reach / max(float(longest), 1e-9)
        beyond = run.start + BEYOND * (run.start - lowest)
        frame = Frame.holding(np.vstack([near, [lowest, beyond], self._tips(unit)]), right)
        overview = WeightMap(body, run.surface, held, run.start)
        self.weight_map = CloseMap(run.surface, held, {"path": frame}, overview)
        self.weight_map.ticks["path"].shown.set_value(1)
        self.weight_map.follow()
        self.path = StepPath(self.weight_map, run.weights, step=run.step)
        minus_sum.set_fill(theme.GRADIENT)
        mark = bottom_mark(theme.INK)
        self.bottom = Named(self.weight_map, lambda: self.weight_map.lowest, mark, bottom)
        self.sum = GradientSum(self.weight_map, run, unit, minus_sum, self.bottom)
        self.counter = self._counter(step)
        self.grad = self._grad(held_grads(trace).tolist())

    def strike_out(self) -> list[Animation]:
        """Strike out the line that zeroes."""
        glyphs = self.listing.glyphs_of_line(ZERO)
        y = self.listing.y_of_line(ZERO)
        self.stroke = Line(
            np.array([glyphs.get_left()[0] - OVER, y, 0]),
            np.array([glyphs.get_right()[0] + OVER, y, 0]),
            color=theme.INK,
            stroke_width=Stroke.THIN,
        )
        return [Create(self.stroke)]

    def add_first(self, run_time: float) -> Animation:
        """Add the first batch's gradient."""
        return go(self.sum.count, 1, run_time, linear)

    def take_and_add(self, step: int, run_time: float) -> Animation:
        """Take a step along the sum, and add the gradient of the next batch to it."""
        taken = go(self.run.step, step + 1, run_time / 2)
        count = min(step + 2, self.run.num_steps)
        return Succession(taken, go(self.sum.count, count, run_time, linear))

    def go_to(self, step: int, run_time: float) -> list[Animation]:
        """Go on to a number of steps, at an even pace."""
        count = min(step + 1, self.run.num_steps)
        return [
            go(self.run.step, step, run_time, linear),
            go(self.sum.count, count, run_time, linear),
        ]

    def _tips(self, unit: float) -> Points:
        """Return the ends of the arrows that the run will have while it is near."""
        trace = self.run.trace
        near = near_steps(trace).numpy()[: len(trace.grad_w)]
        tips = self.run.weights[: len(near)] - unit * trace.grad_w.double().numpy()
        return np.asarray(tips[near])

    def _counter(self, step: Words) -> VGroup:
        """Return the counter of the steps: in a corner of the map, or below the code."""
        counter = Readout(lambda: float(self.run.num_steps), 0, step, Size.BODY, theme.INK)
        view = self.weight_map.view
        corner = view.project([[*view.high[:2], 0.0]])[0] - (GAP / 2) * (UP + RIGHT)
        if is_wide():
            counter.move_to(corner, UP + RIGHT)
        else:
            counter.next_to(self.listing, DOWN, buff=GAP / 2, aligned_edge=LEFT)
        ground = plate(counter)
        counter.value = lambda: float(self._now)
        return VGroup(ground, counter.follow().tracked())

    def _grad(self, held: list[list[float]]) -> VGroup:
        """Return what ``w.grad`` holds now, below the code."""
        values = [[0.0] * len(held[0]), *held]

        def now(number: int) -> float:
            before, after, share = self.sum.grown
            return values[before][number] * (1 - share) + values[after][number] * share

        def of(number: int) -> Readout:
            return Readout(lambda: now(number), 2, size=Size.BODY, color=theme.GRADIENT)

        name = CodeText("w.grad", Size.BODY if is_wide() else Size.CODE)
        below = 2 * GAP if is_wide() else GAP / 2
        name.next_to(self.listing, DOWN, buff=below, aligned_edge=LEFT)
        if not is_wide():
            name.shift(RIGHT * GRAD_TALL)
        whole = VGroup(name)
        for number in range(len(held[0])):
            symbol = formula(f"{{{{ w_{number + 1} : w }}}}", ROLES_IN_TRAINING)
            symbol.shift(RIGHT * (whole.get_right()[0] + GAP - symbol.get_left()[0]))
            symbol.shift(UP * (name.baseline - symbol[0].get_bottom()[1]))
            readout = of(number)
            place = np.array([symbol.get_right()[0] + GAP / 2, name.baseline, 0.0])
            readout.shift(place - readout.pen.get_location()).follow().tracked()
            room = VectorizedPoint(place + NUMBER * RIGHT)
            whole.add(symbol, readout, room)
        return whole

    @property
    def _now(self) -> int:
        return int(self.run.step.get_value() + 1e-6)
