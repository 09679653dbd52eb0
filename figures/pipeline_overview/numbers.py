"""The numbers beside the plane: loss and gradient of the batch, and how many steps there are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Self

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    LaggedStart,
    ScaleInPlace,
    ValueTracker,
    VGroup,
    VMobject,
    there_and_back,
)

from figures.pipeline_overview.trained_plane import TrainedPlane
from linreg.study.trace import Trace
from visuals.layout import GAP, Slot
from visuals.numbers import Num, significant
from visuals.plots import Points
from visuals.readout import Readout
from visuals.theme import Pace, Stroke, theme
from visuals.typography import Words

BASELINE = 0.7
"""Place of a number's foot in its row, as a share from the top."""

LARGE_SIGN = 2.0
"""Factor by which a sign grows for a moment."""

EXPONENT = frozenset("⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Characters of exponents."""

SCRIPT = 1.5
"""Factor by which the font's small digits grow: subscripts and exponents are read at a glance."""

NARROW, TAIL = 0.15, 0.2
"""Distance of a bracket from what it holds, and length of its ends, in scene units."""


class LossReadout(Readout):
    """The loss of the batch with three digits, whatever its size.

    Parameters
    ----------
    plane
        The plane.
    name
        Its name.

    Attributes
    ----------
    counted
        Tracker of how far it has counted, from 0 to 1, from zero or the loss that was held.
    """

    def __init__(self, plane: TrainedPlane, name: Words) -> None:
        self.plane, self.held = plane, 0.0
        self.counted = ValueTracker(0)
        super().__init__(self._counted, label=name, color=theme.LOSS)

    def _counted(self) -> float:
        share, loss = self.counted.get_value(), self.plane.loss()
        return loss if share == 1 else self.held + (loss - self.held) * share

    def hold(self) -> float:
        """Stop at the loss of now, and return it; from there it counts to a later one."""
        self.held = self.plane.loss()
        self.counted.set_value(0)
        return self.held

    def stand_beside(self, square: VMobject) -> Self:
        """Stand right of a square, its name included."""
        return self.next_to(square, RIGHT, buff=GAP)

    @property
    def number(self) -> Num:
        """The present number; from zero it counts with the digits of its goal."""
        if self.held:
            return significant(self._counted())
        return replace(significant(self.plane.loss()), value=self._counted())

    def _set(self, text: str) -> list[VMobject]:
        """Set a text with a large exponent."""
        glyphs = super()._set(text)
        pairs = zip(text, glyphs, strict=True)
        exponent = [glyph for letter, glyph in pairs if letter in EXPONENT]
        VGroup(*exponent).scale(SCRIPT, about_edge=DOWN + LEFT)
        return glyphs


class GradientNumbers(VGroup):
    """Three numbers: how the loss would grow with each parameter.

    Parameters
    ----------
    trace
        The run, whose first gradient they are.
    words
        Returns the words of a key of the catalogue.

    Attributes
    ----------
    names, numbers
        One for each parameter.
    counted
        Trackers of the share of each number that is shown, from 0 to 1.
    bracket
        Stands right of the numbers.
    """

    def __init__(self, trace: Trace, words: Callable[[str], Words]) -> None:
        names = [words(key) for key in ("tilt_one", "tilt_two", "lift")]
        gradient = [*trace.grad_w[0].tolist(), trace.grad_b[0].item()]
        self.counted = [ValueTracker(0) for _ in gradient]
        self.names = VGroup(*names)
        for name in names[:-1]:
            name[-1].scale(SCRIPT, about_edge=UP + LEFT)
        self.readouts: list[Readout] = []
        for value, name, counted in zip(gradient, names, self.counted, strict=True):
            shown = partial(_share, value, counted)
            number = Readout(shown, label=name, color=theme.GRADIENT, sign=True)
            self.readouts.append(number.tracked())
        self.numbers = VGroup(*self.readouts)
        self.bracket = VMobject(color=theme.GRADIENT, stroke_width=Stroke.LINE)
        super().__init__(self.numbers, self.bracket)

    def minus_signs(self) -> list[VMobject]:
        """Return the signs of the numbers below zero."""
        below = (number for number in self.readouts if number.value() < 0)
        return [number.digits.submobjects[0] for number in below]

    def light(self, signs: list[VMobject], run_time: float = 1.5 * Pace.MOVE) -> Animation:
        """Let signs grow for a moment, one after the other."""
        grown = (ScaleInPlace(sign, LARGE_SIGN, rate_func=there_and_back) for sign in signs)
        return LaggedStart(*grown, lag_ratio=0.6, run_time=run_time)

    def close(self, name: Words) -> Words:
        """Draw the bracket right of the numbers, and put its name beside it."""
        top, bottom = self.numbers.get_top()[1], self.numbers.get_bottom()[1]
        right = self.numbers.get_right()[0] + NARROW + TAIL
        corners = [(right - TAIL, top), (right, top), (right, bottom), (right - TAIL, bottom)]
        self.bracket.set_points_as_corners(np.column_stack([corners, np.zeros(4)]))
        return name.next_to(self.bracket, RIGHT, buff=NARROW)


def _share(value: float, counted: ValueTracker) -> float:
    return value * counted.get_value()


def stand_in_column(slot: Slot, moving: Readout, *others: Readout) -> Points:
    """Put live numbers below each other from the slot's top on, the labels left of one line.

    Returns
    -------
    way
        The way, shape (3,), that the first one, which is not moved, has to go.
    """
    readouts = (moving, *others)
    x = slot.left + max(float(each.pen.get_x() - each.get_left()[0]) for each in readouts)
    step = slot.height / len(readouts)
    ways = [
        np.array([x, slot.top - (row + BASELINE) * step, 0.0]) - each.pen.get_location()
        for row, each in enumerate(readouts)
    ]
    for each, way in zip(others, ways[1:], strict=True):
        each.shift(way)
    return ways[0]
