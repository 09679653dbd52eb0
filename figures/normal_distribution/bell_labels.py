"""Live labels that stand at a bell and follow it: its area, its sigma, its mu."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Self

from manim import DOWN, DR, RIGHT, UP, VGroup, VMobject

from figures.normal_distribution.bell import Bell
from visuals.following import Follower
from visuals.formula import formula
from visuals.numbers import as_typed, places_of
from visuals.plots import LABEL_GAP, Points
from visuals.readout import READOUT_LEADING, Readout
from visuals.theme import Size, Stroke, theme
from visuals.trackers import step
from visuals.typography import Words

CLEAR = 0.22
"""Distance of a label from the curve, in scene units."""

NARROW = 0.3, 0.15
"""Lengths of sigma, in scene units, from which on a pointer comes, and at which it is all there."""

POINTER, HEAD = 0.5, 0.1
"""Length of the pointer that takes the place of a ruler too short to be seen, and of its head."""

CAP = 0.1
"""Half the height of a ruler's ends, in scene units."""

AT_SIGMA = math.exp(-0.5)
"""Height of a bell one sigma from its middle, in heights of the bell."""

AREA_AT = 0.45
"""Height of the area's name, in heights of the bell."""

Spans = list[tuple[Points, Points]]


def rule_with_caps(low: Points, high: Points) -> Spans:
    """Return the ends of the segments of a level ruler, the caps at both ends first."""
    cap = CAP * UP
    return [(low - cap, low + cap), (low, high), (high - cap, high + cap)]


class AreaLabel(Follower, VGroup):
    """A bell's area as a live number, left of its flank.

    Parameters
    ----------
    bell
        The bell.
    name
        Name of the area.

    Attributes
    ----------
    readout
        The name and the number.
    root
        The exact area of e^(-x^2 / 2), below the number; it is added by whoever shows it.
    """

    def __init__(self, bell: Bell, name: Words) -> None:
        self.bell = bell
        self.readout = Readout(bell.integral, 2, name, color=theme.INK)
        self.root = formula("= {{ sqrt(2 pi) : root }}")
        sign = name[-1]
        self.root.shift((sign.get_left()[0] - self.root[0].get_left()[0]) * RIGHT)
        fall = READOUT_LEADING * Size.BODY
        self.root.shift((sign.get_y() - fall - self.root[0].get_y()) * UP)
        self.room = self.readout.get_corner(DR) - self.root.get_corner(DR)
        self.room[0] = min(self.room[0], 0.0)
        super().__init__(self.readout)
        self.follow()

    def follow(self) -> Self:
        """Stand at the present flank, with room for the root as long as that is the area."""
        self.readout.follow()
        reach = math.sqrt(-2 * math.log(AREA_AT))
        flank, _ = self.bell.span(-reach, reach, AREA_AT)
        corner = flank + CLEAR * self.bell.normal_at(-reach)
        corner += (1 - self.bell.constant.get_value()) * self.room
        shift = corner - self.readout.get_corner(DR)
        self.readout.shift(shift)
        self.root.shift(shift)
        return self


class SigmaLabel(Follower, VGroup):
    """A ruler from a bell's middle, one sigma long, and sigma as a live number at its end.

    Where the bell is so narrow that the ruler cannot be seen, a pointer to its flank stands for it.

    Parameters
    ----------
    bell
        The bell.
    places
        Digits after the point.
    """

    def __init__(self, bell: Bell, places: int = 2) -> None:
        self.bell = bell
        self.rule = VMobject(color=theme.TRUTH, stroke_width=Stroke.LINE)
        self.pointer = VMobject(color=theme.TRUTH, stroke_width=Stroke.LINE)
        self.readout = given("sigma", bell.sigma.get_value, places)
        super().__init__(self.rule, self.pointer, self.readout)
        self.follow()

    def follow(self) -> Self:
        """Draw the ruler for the present sigma."""
        low, high = self.bell.span(0, 1, AT_SIGMA)
        narrow = step(high[0] - low[0], *NARROW)
        self.rule.clear_points()
        for start, end in rule_with_caps(low, high) if narrow < 1 else ():
            self.rule.start_new_path(start).add_line_to(end)
        tip = high + CLEAR / 2 * RIGHT
        tail = tip + narrow * POINTER * RIGHT
        self._point(tail, tip, narrow * HEAD)
        self.readout.follow()
        digits = self.readout.digits
        beside = tail + CLEAR / 2 * RIGHT + digits.height / 2 * DOWN
        above = high + CLEAR * self.bell.normal_at(1.0)
        place = above + narrow * (beside - above)
        self.readout.shift((place[0] - self.readout.get_left()[0]) * RIGHT)
        self.readout.shift((place[1] - digits.get_bottom()[1]) * UP)
        return self

    def _point(self, tail: Points, tip: Points, head: float) -> None:
        """Draw the pointer, an arrow to the left, as long as it is now."""
        self.pointer.clear_points()
        if head:
            self.pointer.start_new_path(tail).add_line_to(tip)
            wings = (tip + head * (RIGHT + side) for side in (UP, DOWN))
            self.pointer.start_new_path(next(wings)).add_line_to(tip).add_line_to(next(wings))


class MuLabel(Follower, VGroup):
    """The dashed line in a bell's middle, and mu as a live number above it."""

    def __init__(self, bell: Bell) -> None:
        self.bell = bell
        self.line = bell.middle()
        self.readout = given("mu", bell.mu.get_value)
        super().__init__(self.line, self.readout)
        self.follow()

    def follow(self) -> Self:
        """Stand at the present mu."""
        self.line.update()
        top = self.bell.chart.at(self.bell.mu.get_value(), self.bell.chart.y_range[1])
        self.readout.follow()
        self.readout.next_to(top, UP, buff=LABEL_GAP)
        return self


def given(symbol: str, value: Callable[[], float], places: int = 2) -> Readout:
    """Return a given parameter of a bell as a live number after its symbol."""
    label = formula(f"{{{{ {symbol} : {symbol} }}}} =")
    return Readout(value, places, label, color=theme.TRUTH)


def places_of_sigma(sigma: float) -> int:
    """Return the digits after the point that show the sigma of a lesson."""
    typed = as_typed(sigma)
    return places_of(sigma, typed.places + 1) if typed.scientific else typed.places
