"""Descent on all examples in each step, beside the path of the batches."""

from __future__ import annotations

import numpy as np
from manim import Animation, ValueTracker, VGroup, VMobject, linear

from figures.gradient_descent.descent import Descent
from figures.gradient_descent.marks import DashedPath
from linreg.lesson import Lesson
from linreg.study import recording
from linreg.study.outcome import Outcome, loss_outcome
from visuals.map_marks import Named
from visuals.plots import Points
from visuals.trackers import go
from visuals.typography import Typeset

MOST_STEPS = 1000
"""Steps of the second run, each of which reads all examples."""

BATCHES_AT, ALL_AT = 0.3, 0.6
"""Places of the names beside the paths, as shares of the way."""

AWAY = 0.4
"""Distance of a name from the paths, in scene units."""


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

    def run(self, run_time: float) -> Animation:
        """Take all steps."""
        return go(self.step, len(self.weights) - 1, run_time, linear)

    def name_paths(self, batches: Typeset, everything: Typeset) -> VGroup:
        """Put a name on either side of the two paths."""
        normal = self._side()
        return VGroup(
            self._beside(BATCHES_AT, batches, normal), self._beside(ALL_AT, everything, -normal)
        )

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
