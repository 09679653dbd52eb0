"""The numbers beside the plane: loss and gradient of the batch, and how many steps there are."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Self

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    VGroup,
    VMobject,
)

from figures.pipeline_overview.trained_plane import TrainedPlane
from linreg.study.trace import Trace
from visuals.formula import formula
from visuals.layout import GAP, Slot, safe_area
from visuals.numbers import Num, significant
from visuals.plots import Points
from visuals.readout import Readout
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import theme
from visuals.typography import Words

BASELINE = 0.7
"""Place of a number's foot in its row, as a share from the top."""

EXPONENT = frozenset("⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Characters of exponents."""

SCRIPT = 1.5
"""Factor by which the font's small digits grow: exponents are read at a glance."""

NAMES, SPACE = 1.25, 0.12
"""Distance from the beginning of a name to its number, and space in a name, in scene units."""


class LossReadout(Readout):
    """The loss of the batch with three digits, whatever its size.

    Parameters
    ----------
    plane
        The plane.
    name
        Its name, which begins where those of the gradient's numbers will.
    """

    def __init__(self, plane: TrainedPlane, name: Words) -> None:
        self.plane = plane
        super().__init__(plane.loss, label=name, color=theme.LOSS)
        begin_names_at(NAMES, self)

    def stand_beside(self, square: VMobject) -> Self:
        """Stand right of a square, its name included, inside the margin."""
        self.next_to(square, RIGHT, buff=GAP)
        return self.shift(LEFT * max(0.0, self.get_right()[0] - safe_area().right))

    @property
    def number(self) -> Num:
        """The present number."""
        return significant(self.plane.loss())

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
    names, readouts
        One for each parameter.
    """

    def __init__(self, trace: Trace, words: Callable[[str], Words]) -> None:
        gradient = [*trace.grad_w[0].tolist(), trace.grad_b[0].item()]
        tilts = (_tilt(words("tilt"), axis) for axis in ("x_1", "x_2"))
        lift = words("lift")
        self.names = VGroup(*tilts, VGroup(lift))
        self.readouts = [
            Readout(partial(float, value), color=theme.GRADIENT, sign=True) for value in gradient
        ]
        for name, number in zip(self.names, self.readouts, strict=True):
            pen = number.pen.get_location()
            left = pen[0] - NAMES - name.get_left()[0]
            name.shift(RIGHT * left + UP * (pen[1] - name[0].baseline))
        super().__init__(self.names, *self.readouts)


def begin_names_at(distance: float, *readouts: Readout) -> None:
    """Let names of live numbers begin at one distance left of their first digits."""
    for readout in readouts:
        name = readout.submobjects[-1]
        name.shift(RIGHT * (readout.pen.get_x() - distance - name.get_left()[0]))


def stand_in_column(slot: Slot, moving: Readout, numbers: GradientNumbers) -> Points:
    """Put the gradient below the loss from the slot's top on, all names from its left edge on.

    Returns
    -------
    way
        The way, shape (3,), that the loss, which is not moved, has to go.
    """
    readouts = (moving, *numbers.readouts)
    step = slot.height / len(readouts)
    ways = [
        np.array([slot.left + NAMES, slot.top - (row + BASELINE) * step, 0.0])
        - each.pen.get_location()
        for row, each in enumerate(readouts)
    ]
    for name, number, way in zip(numbers.names, numbers.readouts, ways[1:], strict=True):
        VGroup(name, number).shift(way)
    return ways[0]


def _tilt(word: Words, axis: str) -> VGroup:
    """Return a word and the axis along which the plane is tilted, on one line."""
    symbol = formula(f"{{{{ {axis} : x }}}}", ROLES_IN_TRAINING)
    symbol.next_to(word, RIGHT, buff=SPACE)
    return VGroup(word, symbol.shift(UP * (word.baseline - symbol[0].get_bottom()[1])))
