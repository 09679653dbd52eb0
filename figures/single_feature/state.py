"""The parameters, the loss and the number of steps: live numbers, and the steps that move them."""

from __future__ import annotations

import math
from collections.abc import Mapping

from manim import (
    DOWN,
    Animation,
    Mobject,
    UpdateFromAlphaFunc,
    ValueTracker,
    VGroup,
    linear,
)

from figures.single_feature.columns import PLACES, as_name, symbols
from figures.single_feature.plot import TrainingPlot
from visuals.formula import formula
from visuals.layout import Slot
from visuals.numbers import places_of
from visuals.plots import Points
from visuals.readout import Readout
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Size, theme

LINE = 0.68
"""Distance of two lines of live numbers, in scene units."""

FEW = 5
"""Steps that are shown one by one."""

JUMP = 0.4
"""Seconds of one step, at whose beginning the line jumps."""

LOSS_DIGITS = 4
"""Digits of the first loss; later ones have as many places."""


class LiveNumbers(VGroup):
    """Live numbers one below the other, their signs of equality in one column."""

    def __init__(self, slot: Slot, lines: Mapping[str, Readout], y: float) -> None:
        self.lines = dict(lines)
        super().__init__(*self.lines.values())
        first = next(iter(self.lines.values()))
        for number, line in enumerate(self.lines.values()):
            line.shift(first.pen.get_location() - line.pen.get_location() + DOWN * LINE * number)
            line.tracked()
        slot.place(self, x=-1, y=y, shrink=False)

    def line(self, name: str) -> Readout:
        """Return the line of a name."""
        return self.lines[name]


class State:
    """State of the training.

    Parameters
    ----------
    plot
        The plot, whose line stands for the parameters.
    loss, step
        The words for loss and step.

    Attributes
    ----------
    step
        Tracker of the number of steps that are done.
    """

    def __init__(self, plot: TrainingPlot, loss: str, step: str) -> None:
        self.plot = plot
        self.step = ValueTracker(0)
        self.words = {"loss": loss, "step": step}
        self.loss_places = places_of(plot.run.loss[0].item(), LOSS_DIGITS)

    def numbers(self, slot: Slot, *names: str, y: float = 0.0) -> LiveNumbers:
        """Return live numbers at the left edge of a slot: some of w, b, loss and step."""
        plot = self.plot
        known = {
            "w": (plot.w.get_value, PLACES, theme.MODEL),
            "b": (plot.b.get_value, PLACES, theme.MODEL),
            "loss": (lambda: plot.loss, self.loss_places, theme.LOSS),
            "step": (self.step.get_value, 0, theme.INK),
        }
        lines = {}
        for name in names:
            value, places, color = known[name]
            symbol = as_name(self.words[name]) if name in self.words else name
            label = symbols(f"{{{{ {symbol} : {name} }}}} =")
            lines[name] = Readout(value, places, label, Size.TITLE, color)
        return LiveNumbers(slot, lines, y)

    def averaged(self, end: Points, mean_of: str) -> Readout:
        """Return the loss, the mean of all squares.

        Parameters
        ----------
        end
            Where its number ends.
        mean_of
            The words for a mean.
        """
        name = f"{{{{ {as_name(self.words['loss'], 1)} : loss }}}}"
        term = f"{as_name(mean_of, 1)} {{{{ r : error }}}}^{{{{ 2 : error_2 }}}}"
        label = formula(f"{name} = {term} =", ROLES_IN_TRAINING)
        loss = Readout(lambda: self.plot.loss, self.loss_places, label, Size.BODY, theme.LOSS)
        return loss.shift(end - loss.get_right())

    def jump(self, number: int) -> Animation:
        """Take line and numbers, all at once, to where they are after a number of steps."""

        def take(_: Mobject, alpha: float) -> None:
            if alpha > 0:
                self.stand_after(number)

        return UpdateFromAlphaFunc(self.step, take, run_time=JUMP)

    def walk(self, run_time: float) -> Animation:
        """Let the steps run from the fifth to the last, faster and faster."""
        last = self.plot.run.num_steps

        def take(_: Mobject, alpha: float) -> None:
            self.stand_after(min(last, math.floor(FEW * (last / FEW) ** alpha + 1e-9)))

        return UpdateFromAlphaFunc(self.step, take, run_time=run_time, rate_func=linear)

    def stand_after(self, step: int) -> None:
        """Stand where the run is after a number of steps."""
        self.step.set_value(step)
        self.plot.w.set_value(self.plot.run.w[step].item())
        self.plot.b.set_value(self.plot.run.b[step].item())
