"""Descent on all examples in each step, beside the path of the batches."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    Animation,
    AnimationGroup,
    Mobject,
    ValueTracker,
    VGroup,
    VMobject,
)
from manim.typing import Vector3D
from manim.utils.rate_functions import ease_in_quad

from figures.gradient_descent.descent import Descent
from figures.gradient_descent.marks import DashedPath
from linreg.lesson import Lesson
from linreg.study import recording
from linreg.study.dealing import examples_read_so_far
from linreg.study.outcome import Outcome, loss_outcome
from visuals.layout import is_wide
from visuals.map_marks import Named
from visuals.plates import plate
from visuals.plots import Points
from visuals.readout import Readout
from visuals.segments import Segments, dashes
from visuals.theme import Stroke, theme
from visuals.trackers import go
from visuals.typography import Typeset

MOST_STEPS = 1000
"""Steps of the second run, each of which reads all examples."""

PLACES = (0.3, 0.42), (0.22, 0.66)
"""Places of both names beside the paths, as shares of the way; the first that part them."""

AWAY = 0.3
"""Distance of a name from the paths, in scene units."""

LINES_APART = 0.14
"""Distance of a name and the number below it, in scene units."""

SAMPLE, SAMPLE_DASHES = 0.65, 3
"""Length of the piece of a path's line beside its name, in scene units, and its dashes."""

ALMOST = 1e-6
"""Share of a step by which a tracker may miss a whole number."""


class SecondPath:
    """The path of all examples, and the names of both paths.

    Attributes
    ----------
    path
        In dashes.
    settles
        Whether it goes anywhere and comes nearer to the bottom.
    """

    def __init__(self, descent: Descent, lesson: Lesson) -> None:
        self.descent = descent
        trace = recording.full_batch(lesson, min(descent.run.trace.num_steps, MOST_STEPS))
        weights = trace.w.double().numpy()
        finite = np.isfinite(weights).all(axis=1)
        self.weights = weights[: len(weights) if finite.all() else int(finite.argmin())]
        ends = loss_outcome(trace, lesson)
        self.settles = ends in (Outcome.LANDS, Outcome.UNDERWAY)
        self.step = ValueTracker(0)
        self.path = DashedPath(descent.close, self.weights, self.step)
        self.read = examples_read_so_far(descent.run.trace), examples_read_so_far(trace)

    def run(self, run_time: float) -> Animation:
        """Take all steps of both paths, side by side."""
        moves = (
            go(self.step, len(self.weights) - 1, run_time, ease_in_quad),
            go(self.descent.run.step, self.descent.run.num_steps, run_time, ease_in_quad),
        )
        return AnimationGroup(*moves, run_time=run_time)

    def count_used(self, used: tuple[Typeset, Typeset], names: tuple[Typeset, Typeset]) -> VGroup:
        """Put a name and the number of examples used so far on either side of the two paths."""
        normal = self._side()
        steps = self.descent.run.step, self.step
        last = self.descent.run.num_steps, len(self.weights) - 1
        counted = [
            _counted(name, sample, way, word, step, read[: most + 1])
            for name, sample, way, word, step, read, most in zip(
                names, _samples(), (LEFT, RIGHT), used, steps, self.read, last, strict=True
            )
        ]
        for places in PLACES:
            ways = zip(places, counted, (normal, -normal), strict=True)
            both = VGroup(*(self._beside(*name) for name in ways))
            if _are_apart(*both):
                break
        return both

    def _side(self) -> Points:
        """Return the direction in which the path of the batches lies, shape (2,)."""
        x, y = self.descent.downhill
        normal = np.array([-y, x])
        normal = normal if normal[0] >= 0 else -normal
        mean = self.descent.run.weights.mean(axis=0) - self.weights.mean(axis=0)
        return normal if not np.isfinite(mean).all() or mean @ normal >= 0 else -normal

    def _beside(self, share: float, name: VMobject, way: Points) -> Named:
        run = self.descent.run
        at = run.start + share * (run.lowest() - run.start)
        return Named(self.descent.close, lambda: at, VMobject(), name, way, AWAY)


def _are_apart(one: Mobject, other: Mobject) -> bool:
    """Return whether two boxes do not meet."""
    away = abs(one.get_center() - other.get_center())
    return bool(
        away[0] >= (one.width + other.width) / 2 or away[1] >= (one.height + other.height) / 2
    )


def _samples() -> tuple[Segments, Segments]:
    """Return a piece of the line of each path, the second in dashes."""
    start, end = np.zeros((1, 3)), SAMPLE * RIGHT[None]
    lines = (start, end), dashes(start, end, SAMPLE_DASHES)
    plain, dashed = (Segments(*ends, theme.MODEL, Stroke.LINE) for ends in lines)
    return plain, dashed


def _counted(
    name: Typeset,
    sample: Segments,
    way: Vector3D,
    used: Typeset,
    step: ValueTracker,
    read: list[int],
) -> VGroup:
    """Return a name above the live number of examples read, its path's line on the path's side."""
    readout = Readout(lambda: read[-1], 0, used, color=theme.INK)
    readout.next_to(name, DOWN, buff=LINES_APART).align_to(name, LEFT)
    shown = VGroup(name, readout)
    if is_wide():  # a tall frame has no room for it
        shown.add(sample.next_to(name, way, buff=LINES_APART))
    both = VGroup(plate(shown), shown)
    readout.value = lambda: read[int(step.get_value() + ALMOST)]
    readout.tracked().follow()
    return both
