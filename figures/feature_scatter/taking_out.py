"""A term leaves the labels of a plot: its equation, and its spread before and now."""

from __future__ import annotations

from manim import Animation, ApplyMethod, FadeIn, VGroup

from figures.feature_scatter.bracket import Bracket
from figures.feature_scatter.feature_plot import COLLAPSE, FeaturePlot
from figures.feature_scatter.rooms import Rooms
from figures.feature_scatter.terms import equation
from visuals.theme import Pace
from visuals.typography import Words

PALE = 0.5
"""Opacity of the bracket of before."""

TAKEN = 0.3
"""Opacity of the term that is taken out."""


class TakingOut:
    """A plot with the equation of its labels above it and two brackets beside it.

    Parameters
    ----------
    plot
        The plot, with everything in it.
    rooms
        Where the equation stands.
    names
        Of the spread before, and of that of now.
    places
        Digits of both spreads behind the point.

    Attributes
    ----------
    equation, before, now
        Its parts.
    """

    def __init__(
        self, plot: FeaturePlot, rooms: Rooms, names: tuple[Words, Words], places: int
    ) -> None:
        self.plot = plot
        self.equation = rooms.formula.place(equation(), x=0.1, shrink=False)
        whole, _ = plot.spreads
        self.before = Bracket(plot, lambda: whole, names[0], places)
        self.now = Bracket(plot, lambda: plot.spread, names[1], places, column=1)
        plot.put_line_behind()

    def leave(self, run_time: float = COLLAPSE) -> tuple[Animation, ...]:
        """Let feature two's part leave; its term in the equation becomes pale first."""
        term = VGroup(*map(self.equation.part, ("plus", "w_2", "x_2")))
        pale = ApplyMethod(term.set_opacity, TAKEN, run_time=Pace.QUICK)
        return pale, *self.plot.take_out(run_time)

    def show(self) -> Animation:
        """Show the equation and both brackets."""
        return FadeIn(self.equation, self.before, self.now, run_time=Pace.QUICK)

    def pale(self) -> Animation:
        """Let the bracket of before become pale."""
        return ApplyMethod(self.before.set_opacity, PALE, run_time=Pace.QUICK)
