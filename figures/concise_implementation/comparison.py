"""Both programs run side by side: curves, names, rates and, at the end, every digit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from manim import Animation, FadeIn, VGroup

from figures.concise_implementation.curve_names import CurveName
from figures.concise_implementation.loss_runs import LossRuns
from figures.concise_implementation.tables import DigitTable, NameTable, free_corner, table_room
from linreg.study.two_runs import ComparedRun
from visuals.layout import Slot
from visuals.theme import Pace, theme
from visuals.trackers import go
from visuals.typography import Words


class Comparison:
    """The chart of both runs, and the tables in its free corner.

    Parameters
    ----------
    body
        The room for all of it.
    ours
        The run from scratch.
    theirs
        Runs with PyTorch's parts, at rates from the same to half of it.
    words
        Returns a text of the chapter by its key.

    Attributes
    ----------
    runs
        The chart with both curves.
    our_name, their_name
        Names beside the curves.
    digits
        The parameters of both programs at the step of now, at half the rate.
    """

    def __init__(
        self,
        body: Slot,
        ours: ComparedRun,
        theirs: Sequence[ComparedRun],
        words: Callable[[str], Words],
    ) -> None:
        chart_slot, self.slot = table_room(body)
        axes = words("step_axis"), words("loss_axis").set_fill(theme.LOSS)
        runs = self.runs = LossRuns(chart_slot, ours, theirs, *axes)
        names = words("from_scratch"), words("with_pytorch")
        self.our_name, self.their_name = (
            CurveName(runs, name, words("rate"), name is names[0], ours.lr) for name in names
        )
        titles = [name.copy() for name in names]
        table = DigitTable((ours, theirs[-1]), titles, runs.our_step)
        self.digits = free_corner(runs, self.slot, table)

    def run_ours(self, run_time: float) -> list[Animation]:
        """Draw our losses; their name comes with them."""
        return [FadeIn(self.our_name, run_time=Pace.MOVE), self.runs.run_ours(run_time)]

    def begin_theirs(self) -> list[Animation]:
        """Show PyTorch's name, and the first ring: it begins where ours does."""
        return [
            FadeIn(self.their_name, run_time=Pace.MOVE),
            go(self.runs.their_step, 0, Pace.QUICK),
        ]

    def run_theirs(self, run_time: float) -> Animation:
        """Draw PyTorch's losses."""
        return self.runs.run_theirs(run_time)

    def return_(self) -> Animation:
        """Show chart, curves and names again."""
        runs = self.runs
        curves = runs.chart, runs.line, runs.rings, self.our_name, self.their_name
        return FadeIn(*curves, run_time=Pace.QUICK)

    def tracked(self) -> VGroup:
        """Let what has returned follow the steps and the rate again."""
        parts = self.runs.line, self.runs.rings, self.their_name
        return VGroup(*(part.tracked() for part in parts))

    def rewind(self) -> list[Animation]:
        """Take both curves back to the start, and show the parameters."""
        steps = self.runs.our_step, self.runs.their_step
        return [
            *(go(step, 0, Pace.QUICK) for step in steps),
            FadeIn(self.digits, run_time=Pace.QUICK),
        ]

    def run_both(self, run_time: float) -> list[Animation]:
        """Draw both losses at once, and count the parameters."""
        self.digits.tracked()
        return [self.runs.run_ours(run_time), self.runs.run_theirs(run_time)]

    def names(self) -> NameTable:
        """Return the names of both programs, in the free corner."""
        return free_corner(self.runs, self.slot, NameTable())
