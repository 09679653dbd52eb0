"""A line in the plot of three examples, and beside it the same line as a point in space."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from manim import Animation, ValueTracker

from figures.closed_form.error_space import ErrorSpace
from figures.closed_form.three_in_plot import ThreeInPlot
from linreg.study.three_examples import ThreeExamples
from visuals.layout import Slot
from visuals.theme import Pace
from visuals.typography import Words


class LineAndSpace:
    """Both pictures, which follow one pair of trackers.

    Parameters
    ----------
    body
        The room for both.
    three
        The examples.
    names
        Of the examples.

    Attributes
    ----------
    plot, space
        The pictures.
    """

    def __init__(self, body: Slot, three: ThreeExamples, names: Sequence[Words]) -> None:
        left, right = body.beside(42, 58)
        self.start = three.beside_best()
        w, b = (ValueTracker(value) for value in self.start)
        self.plot = ThreeInPlot(left, three, w, b, [name.copy() for name in names])
        self.space = ErrorSpace(right, body, three, w, b, names)

    def lift(self, run_time: float = 0.75 * Pace.QUICK) -> Iterator[list[Animation]]:
        """Yield how b moves the line up, down and back."""
        w, b = self.start
        for rise in (self.space.lift, -self.space.lift, 0):
            yield self.space.go_to(w, b + rise, run_time)

    def turn(self, run_time: float = 0.75 * Pace.QUICK) -> Iterator[list[Animation]]:
        """Yield how w turns the line to and fro."""
        w, b = self.start
        for by in (self.space.turn_by, 0):
            yield self.space.go_to(w + by, b, run_time)
