"""Terms leave the labels of a plot: its equation, and its spread before and after."""

from __future__ import annotations

from manim import Animation, ApplyMethod, FadeIn

from figures.feature_scatter.bracket import Bracket
from figures.feature_scatter.feature_plot import COLLAPSE, FeaturePlot
from figures.feature_scatter.rooms import Rooms
from figures.feature_scatter.terms import BIAS, equation, share
from visuals.equations import Rewrite
from visuals.theme import Pace
from visuals.typography import Words

PALE = 0.5
"""Opacity of the bracket of before."""


class TakingOut:
    """A plot with the equation of its labels above it and two brackets beside it.

    Parameters
    ----------
    plot
        The plot, with everything in it.
    rooms
        Where the equation stands.
    names
        Of the spread before, and after.
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
        """Let the bias and the other feature's part leave."""
        other = 1 - self.plot.feature
        old, self.equation = self.equation, equation(BIAS, share(other))
        self.equation.move_to(old)
        leaving = ("b", f"w_{other + 1}", f"x_{other + 1}")
        rewrite = Rewrite(old, self.equation, run_time, jumping=leaving)
        return *self.plot.take_out(bias=True, other=True, run_time=run_time), rewrite

    def show(self) -> Animation:
        """Show the equation and both brackets."""
        return FadeIn(self.equation, self.before, self.now, run_time=Pace.QUICK)

    def pale(self) -> Animation:
        """Let the bracket of before become pale."""
        return ApplyMethod(self.before.set_opacity, PALE, run_time=Pace.QUICK)
