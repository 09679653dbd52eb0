"""The numbers beside the plane: loss and gradient of the batch, and how many steps there are."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Self

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
from visuals.layout import GAP, is_wide, safe_area
from visuals.numbers import Num, significant
from visuals.readout import Readout
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import theme
from visuals.typography import Words

EXPONENT = frozenset("⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Characters of exponents."""

SCRIPT = 1.5
"""Factor by which the font's small digits grow: exponents are read at a glance."""

NAMES, SPACE = 1.2, 0.12
"""Distance from the beginning of a name to its number, and space in a name, in scene units."""


class LossReadout(Readout):
    """The loss of the batch with three digits, whatever its size.

    Parameters
    ----------
    plane
        The plane.
    name
        Its name.
    """

    def __init__(self, plane: TrainedPlane, name: Words) -> None:
        self.plane = plane
        super().__init__(plane.loss, label=name, color=theme.LOSS)
        self.called = name
        if not is_wide():  # there no station with its name stands beside it
            begin_names_at(NAMES, self)

    def stand_beside(self, square: VMobject) -> Self:
        """Stand right of a square, its name included, inside the margin."""
        self.next_to(square, RIGHT, buff=GAP)
        return self.shift(LEFT * max(0.0, self.get_right()[0] - safe_area().right))

    def drop_name(self) -> list[Words]:
        """Part with the name where a station says it; return what goes."""
        if not is_wide():
            return []
        self.remove(self.called)
        return [self.called]

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


def stand_in_column(numbers: GradientNumbers, left: float, feet: list[float]) -> None:
    """Put the three numbers on baselines at heights ``feet``, all names from ``left`` on."""
    for name, number, foot in zip(numbers.names, numbers.readouts, feet, strict=True):
        VGroup(name, number).shift([left + NAMES, foot, 0.0] - number.pen.get_location())


def _tilt(word: Words, axis: str) -> VGroup:
    """Return a word and the axis along which the plane is tilted, on one line."""
    symbol = formula(f"{{{{ {axis} : x }}}}", ROLES_IN_TRAINING)
    symbol.next_to(word, RIGHT, buff=SPACE)
    return VGroup(word, symbol.shift(UP * (word.baseline - symbol[0].get_bottom()[1])))
