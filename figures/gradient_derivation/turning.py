"""The parts that show how w turns a line: its formula and numbers, the inputs, the pin of b."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import (
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    Create,
    Dot,
    FadeIn,
    FadeOut,
    VGroup,
)

from figures.gradient_derivation.emphasis import swell
from figures.gradient_derivation.pushed_line import PushedLine
from visuals.following import Follower
from visuals.formula import formula
from visuals.layout import GAP, Slot, is_wide
from visuals.plots import LABEL_GAP
from visuals.readout import Readout
from visuals.roles import ROLES_IN_TRAINING
from visuals.segments import Segments
from visuals.theme import Radius, Size, Stroke, theme

PIN_GAP = 0.36
"""Space between the pin and its name: the numbers of the axis have room in it."""


TURN_RATE = 0.9
"""Share of its error by which an example at x = 1 turns the line towards its label."""


class ParameterRow(Follower, VGroup):
    """The model's formula and the live numbers w and b, in a row.

    Parameters
    ----------
    slot
        The room for the row.
    plot
        The line.

    Attributes
    ----------
    model, numbers
        The formula and the numbers.
    """

    def __init__(self, slot: Slot, plot: PushedLine) -> None:
        self.model = formula(
            "{{ hat(y) : hat }} = {{ w : w }} {{ x : x }} + {{ b : b }}",
            ROLES_IN_TRAINING,
            size=Size.TITLE,
        )
        slot.place(self.model, x=-1 if is_wide() else -0.9, shrink=False)
        size = Size.TITLE if is_wide() else Size.BODY
        readouts = [
            Readout(
                tracker.get_value,
                label=formula(f"{{{{ {name} : {name} }}}} =", ROLES_IN_TRAINING, size=size),
                size=size,
            )
            for name, tracker in (("w", plot.w), ("b", plot.b))
        ]
        self.numbers = VGroup(*readouts).arrange(RIGHT, buff=2 * GAP)
        self.numbers.next_to(self.model, RIGHT, buff=3 * GAP if is_wide() else GAP)
        super().__init__(self.numbers)

    def follow(self) -> Self:
        """Show the numbers of now."""
        for readout in self.numbers:
            readout.follow()
        return self

    def light_input(self) -> Animation:
        """Let x swell in the formula."""
        return swell(self.model.part("x"))


class InputWays:
    """Thin ways from the axis of y to the examples with the smallest and the largest input.

    Parameters
    ----------
    plot
        The line and its examples.
    """

    def __init__(self, plot: PushedLine) -> None:
        rows = [int(plot.x.argmax()), int(plot.x.argmin())]
        starts = np.array([plot.at(0.0, plot.y[row]) for row in rows])
        ends = np.array([plot.at(plot.x[row], plot.y[row]) for row in rows])
        self.lines = Segments(starts, ends, theme.DATA, Stroke.LINE)
        self.dots = VGroup(*(Dot(end, Radius.MARK, color=theme.DATA) for end in ends))
        self.names = VGroup()
        for start, end in zip(starts, ends, strict=True):
            name = formula("{{ x : x }}", ROLES_IN_TRAINING).next_to(
                (start + end) / 2, UP, LABEL_GAP
            )
            self.names.add(name.shift(RIGHT * max(0.0, start[0] + LABEL_GAP - name.get_left()[0])))

    def show(self) -> tuple[Animation, ...]:
        """Draw the ways, and name them."""
        return FadeIn(self.dots), Create(self.lines), FadeIn(self.names)

    def light(self) -> Animation:
        """Let their names swell."""
        return AnimationGroup(*map(swell, self.names))

    def hide(self) -> Animation:
        """Take them away."""
        return AnimationGroup(FadeOut(self.dots), FadeOut(self.lines), FadeOut(self.names))


def turned_by(plot: PushedLine, row: int) -> tuple[float, float]:
    """Return the parameters (w, b) after the push of one example turned the line about b.

    The turn is the error times the input, at one rate for all examples: a far one turns it more.
    """
    w, b = plot.w.get_value(), plot.b.get_value()
    push = float(plot.pushes.push[row])
    return w - TURN_RATE * push * float(plot.x[row]), b


class Pin(Follower, VGroup):
    """The dot on the axis of y through which the line goes: its height is b.

    Parameters
    ----------
    plot
        The line.
    """

    def __init__(self, plot: PushedLine) -> None:
        self.plot = plot
        self.dot = Dot(radius=Radius.MARK, color=theme.MODEL)
        self.symbol = formula("{{ b : b }}", ROLES_IN_TRAINING)
        super().__init__(self.dot, self.symbol)
        self.follow().tracked()

    def follow(self) -> Self:
        """Stand at the b of now."""
        self.dot.move_to(self.plot.at(0.0, self.plot.b.get_value()))
        self.symbol.next_to(self.dot, LEFT, buff=PIN_GAP)
        return self
