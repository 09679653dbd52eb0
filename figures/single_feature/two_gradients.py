"""The gradient for b found twice, by nudging and by formula."""

from __future__ import annotations

from collections.abc import Sequence

from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, Scene, VGroup

from figures.single_feature.columns import symbols
from figures.single_feature.tables import result
from linreg.study.single_run import SingleRun
from visuals.layout import Slot, is_wide
from visuals.numbers import Num, as_typed, places_of
from visuals.theme import theme
from visuals.typography import Words

MOST_PLACES = 5
"""Digits after the point in which the two gradients are compared."""


class TwoGradients:
    """The gradient by nudging and by formula, aligned at the point; digits that agree are lit.

    Parameters
    ----------
    slot
        Their room.
    run
        The recorded run.
    names
        By nudging, by formula.
    nudges
        The nudges, from the largest to the smallest.
    """

    def __init__(
        self, slot: Slot, run: SingleRun, names: Sequence[Words], nudges: Sequence[float]
    ) -> None:
        self.nudges = tuple(nudges)
        by_formula = run.grad_b[0].item()
        places = gradient_places(by_formula)
        by_nudging = [run.nudged(nudge)[1] for nudge in self.nudges]
        self.formula_name, self.nudging_name = names[1], names[0]
        self.by_formula = _number(by_formula, places)
        self.tries = [_number(value, places) for value in by_nudging]
        self.first_try = _number(by_nudging[0], places_of(by_nudging[0]))
        self.sizes = [symbols("h = %(h)s", h=as_typed(nudge)) for nudge in self.nudges]
        pitch = 0.85
        wide = max(name.width for name in names) + 0.35
        self.nudging_name.move_to(ORIGIN, aligned_edge=LEFT)
        for number in (*self.tries, self.first_try):
            _align(number, self.nudging_name, wide)
        for size in self.sizes:
            size.next_to(self.nudging_name, DOWN, buff=0.2, aligned_edge=LEFT)
        self.formula_name.move_to(1.7 * pitch * DOWN, aligned_edge=LEFT)
        _align(self.by_formula, self.formula_name, wide)
        point = _point(self.by_formula)
        for number in (*self.tries, self.first_try):
            number.shift(RIGHT * (point - _point(number)))
        whole = VGroup(*(*names, *self.tries, self.first_try, *self.sizes, self.by_formula))
        slot.place(whole, x=-1, y=-1 if is_wide() else 0, shrink=False)

    def show(self, scene: Scene, number: int) -> None:
        """Show a try in place of the one before."""
        before = (self.first_try, *self.tries, *self.sizes)
        scene.remove(*before)
        scene.add(self.tries[number], self.sizes[number])
        self._light(number)

    def _light(self, number: int) -> None:
        """Light the digits in which a try agrees with the formula, and no others."""
        tried = self.tries[number]
        agree = 0
        for one, other in zip(tried.text, self.by_formula.text, strict=False):
            if one != other:
                break
            agree += 1
        for text in (tried, self.by_formula):
            text.set_fill(theme.MUTED)
            for glyph in text[:agree]:
                glyph.set_fill(theme.GRADIENT)


def gradient_places(value: float) -> int:
    """Return the digits after the point of a gradient that is compared."""
    return min(MOST_PLACES, places_of(value, MOST_PLACES + 1))


def _number(value: float, places: int) -> Words:
    return result(Num(value, places), theme.GRADIENT)


def _align(number: Words, name: Words, wide: float) -> None:
    number.next_to(name.get_left() + RIGHT * wide, RIGHT, buff=0)
    number.shift(UP * (name.baseline - number.baseline))


def _point(number: Words) -> float:
    """Return where the point of a number is, or its end."""
    at = number.text.find(".")
    return float(number[at].get_x() if at >= 0 else number.get_right()[0])
