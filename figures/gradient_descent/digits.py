"""Two numbers, one above the other, compared digit by digit."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    ApplyMethod,
    LaggedStart,
    VGroup,
    VMobject,
)

from visuals.code import CodeText
from visuals.layout import is_wide
from visuals.numbers import Num, places_of
from visuals.theme import Pace, Size, theme
from visuals.typography import Typeset, Words

TWIN_COLUMN_GAP = 0.9
HEAD_GAP = 0.3

TWIN_GAP = 0.3
DIGITS_NAME_GAP = 0.15
"""Space between the numbers of a pair, and below the name of a row that stands above it."""

FLOAT32_DIGITS = 7
"""Digits that single precision always holds, and that are shown."""

DIGIT = 0.4
"""Share of a comparison that one digit takes to light up."""


class Twins(VGroup):
    """A number and its twin below it, digit under digit.

    Parameters
    ----------
    first, second
        The numbers.
    places
        Digits behind the point.
    gap
        Space between the two, in scene units.
    """

    def __init__(self, first: float, second: float, places: int, gap: float = TWIN_GAP) -> None:
        self.first, self.second = (
            Words("%(value)s", size=Size.TITLE, color=theme.MUTED, value=Num(value, places))
            for value in (first, second)
        )
        super().__init__(self.first, self.second)
        self.second.next_to(self.first, DOWN, buff=gap).align_to(self.first, RIGHT)

    def compare(self, run_time: float = Pace.SWEEP) -> Animation:
        """Light the digits from left to right, both of a pair at once.

        Digits that agree take the gradient's colour, others that of an error.
        """
        pairs = zip_longest(_digits(self.first), _digits(self.second), fillvalue=("", VMobject()))
        lights = [
            _light(above, below, agree=character == other)
            for (character, above), (other, below) in pairs
        ]
        return LaggedStart(*reversed(lights), lag_ratio=DIGIT, run_time=run_time)


class TwinTable(VGroup):
    """Pairs of numbers side by side, each under its head, with the names of both rows.

    The names stand left of the rows, or in a tall frame above them.

    Parameters
    ----------
    heads
        What stands above each pair.
    first, second
        Names of the two rows: the second is code.
    firsts, seconds
        The numbers of the two rows.
    corner
        An equation for all of the table, its sign labelled ``eq``: above the names of the rows,
        or in a tall frame above the heads.

    Attributes
    ----------
    twins
        The pairs.
    """

    def __init__(
        self,
        heads: Sequence[Typeset],
        first: Words,
        second: CodeText,
        firsts: Sequence[float],
        seconds: Sequence[float],
        corner: Typeset,
    ) -> None:
        places = places_of(max(map(abs, firsts)), FLOAT32_DIGITS)
        pairs = zip(firsts, seconds, strict=True)
        name_room = 0.0 if is_wide() else second.height + 2 * DIGITS_NAME_GAP
        twins = [Twins(*pair, places=places, gap=TWIN_GAP + name_room) for pair in pairs]
        self.twins = VGroup(*twins)
        self.twins.arrange(RIGHT, buff=TWIN_COLUMN_GAP if is_wide() else TWIN_COLUMN_GAP / 2)
        tallest = max(head.height for head in heads)
        for head, twin in zip(heads, self.twins, strict=True):
            head.next_to(twin, UP)
            head.align_to(twin.get_top() + UP * (HEAD_GAP + name_room + tallest), UP)
        for words, number in ((first, twins[0].first), (second, twins[0].second)):
            if is_wide():
                words.next_to(self.twins, LEFT, buff=TWIN_COLUMN_GAP)
                words.shift(UP * (number.baseline - words.baseline))
            else:
                words.next_to(number, UP, buff=DIGITS_NAME_GAP).align_to(self.twins, LEFT)
        if is_wide():
            bar = min(heads[0], key=lambda leaf: float(leaf.height))
            corner.align_to(first, RIGHT).shift(UP * (bar.get_y() - corner.part("eq").get_y()))
        else:
            corner.next_to(VGroup(*heads), UP, buff=2 * HEAD_GAP).align_to(self.twins, LEFT)
        super().__init__(self.twins, *heads, first, second, corner)


def _digits(number: Words) -> list[tuple[str, VMobject]]:
    """Return each character and its outline, from the last digit to the first."""
    return list(zip(number.text, number, strict=True))[::-1]


def _light(above: VMobject, below: VMobject, *, agree: bool) -> Animation:
    color = theme.GRADIENT if agree else theme.LOSS
    return AnimationGroup(ApplyMethod(above.set_fill, color), ApplyMethod(below.set_fill, color))
