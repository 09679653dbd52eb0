"""Live numbers: they change on every frame, yet each digit is typeset only once."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, Self

from manim import DOWN, LEFT, RIGHT, UP, ManimColor, VectorizedPoint, VGroup, VMobject
from manim.utils.color import ParsableManimColor

from visuals.following import Follower
from visuals.numbers import Num
from visuals.theme import Size, theme
from visuals.typography import Typeset, Words

LABEL_SPACE = 0.3
"""Space between the label and the number, in ems."""

AXIS_HEIGHT = 0.25
"""Height of math's axis, on which signs of equality lie, above the baseline, in ems."""

NUMBER = re.compile(r"%\(\w+\)s")
"""Place of a number in a text."""

READOUT_LEADING = 1.6
"""Distance of the baselines of two readouts in a column, in ems."""


class _Glyph(NamedTuple):
    """A character with its left bearing and its advance; the baseline is at y = 0."""

    outline: VMobject
    left: float
    advance: float


@lru_cache(maxsize=512)
def _glyph(character: str, size: float) -> _Glyph:
    """Measure a character between two zeros, whose feet are on the baseline."""
    zeros = Words("00", size=size)
    zero_advance = zeros[1].get_left()[0] - zeros[0].get_left()[0]
    between = Words(f"0{character}0", size=size)
    between.shift(-between[0].get_corner(DOWN + LEFT))
    outline = VGroup(*between[1:-1])
    left = outline.get_left()[0] - zero_advance
    advance = between[-1].get_left()[0] - zero_advance
    return _Glyph(outline.shift(LEFT * outline.get_left()[0]), left, advance)


class Readout(Follower, VGroup):
    """A live number after a label that does not change.

    Parameters
    ----------
    value
        Returns the present number.
    places
        Digits after the decimal point.
    label
        Its name, for instance ``Math("w_1 =")``.
    size
        Height of an em, in scene units.
    color
        Colour of the number; by default that of the model.
    sign
        Whether positive numbers have a plus sign.
    unit
        Text after the number, for instance ``"%"``.
    """

    def __init__(
        self,
        value: Callable[[], float],
        places: int = 2,
        label: Typeset | None = None,
        size: float = Size.BODY,
        color: ParsableManimColor | None = None,
        sign: bool = False,
        unit: str = "",
    ) -> None:
        super().__init__()
        self.unit = unit
        self.value, self.places, self.size, self.sign = value, places, size, sign
        self.number_color = ManimColor(theme.MODEL if color is None else color)
        self.shown = ""
        self.pen = VectorizedPoint()
        self.digits = VGroup()
        self.add(self.pen, self.digits)
        if label is not None:
            label.next_to(self.pen, LEFT, buff=LABEL_SPACE * size)
            self.add(label.shift(UP * self._rise(label)))
        self.follow()

    @classmethod
    def within(
        cls, text: str, value: Callable[[], float], color: ParsableManimColor | None = None
    ) -> Readout:
        """Return a live whole number in a text that names it once, as ``"zoom × %(times)s"``."""
        before, after = (part.strip() for part in NUMBER.split(text))
        return cls(value, 0, Words(before) if before else None, color=color, unit=after)

    @property
    def number(self) -> Num:
        """The present number."""
        return Num(float(self.value()), self.places, self.sign)

    def follow(self) -> Self:
        """Show the present number; its first digit stays in place."""
        text = f"{self.number}{self.unit}"
        if text != self.shown:
            self.shown = text
            # During an animation the scene still draws the glyphs that it began with.
            for outline in self.digits.family_members_with_points():
                outline.clear_points()
            self.digits.submobjects = self._set(text)
        return self

    def end_at(self, x: float) -> Self:
        """Move it so that its last digit ends where a 0 whose right edge is at x would end."""
        zero = _glyph("0", self.size)
        air = zero.advance - zero.left - zero.outline.width
        width = sum(_glyph(character, self.size).advance for character in self.shown)
        return self.shift(RIGHT * (x + air - width - self.pen.get_x()))

    def _rise(self, label: Typeset) -> float:
        """Return the distance by which a label must rise to the baseline of the digits."""
        zero = _glyph("0", self.size).outline
        if isinstance(label, Words):
            return float(zero.get_bottom()[1] - label.baseline)
        # Math ends in a sign of equality.
        axis = zero.get_bottom()[1] + AXIS_HEIGHT * label.size
        return float(axis - label[-1].get_center()[1])

    def _set(self, text: str) -> list[VMobject]:
        """Set a text glyph by glyph from the pen on."""
        x, y, _ = self.pen.get_location()
        glyphs: list[VMobject] = []
        for character in text:
            glyph = _glyph(character, self.size)
            outline = glyph.outline.copy().set_fill(self.number_color)
            glyphs.append(outline.shift(RIGHT * (x + glyph.left) + UP * y))
            x += glyph.advance
        return glyphs


def readout_column(*readouts: Readout) -> VGroup:
    """Stack live numbers with their first digits below each other."""
    for above, below in pairwise(readouts):
        below.shift(above.pen.get_location() - below.pen.get_location())
        below.shift(DOWN * READOUT_LEADING * above.size)
    return VGroup(*readouts)
