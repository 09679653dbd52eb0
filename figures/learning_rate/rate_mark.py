"""A mark that walks from rate to rate, above the dots of the runs."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import PI, UP, Animation, Triangle, ValueTracker

from figures.learning_rate.hops import jump_to
from visuals.following import Follower
from visuals.plots import LABEL_GAP, Points
from visuals.theme import theme
from visuals.typography import Words

RADIUS, GAP = 0.17, 0.45
"""Radius of the mark, and its distance from a dot, in scene units."""


class RateMark(Follower, Triangle):
    """A triangle that points down at one of the dots.

    Parameters
    ----------
    ends
        The dots' places, by ascending rates, shape (k, 3).

    Attributes
    ----------
    number
        Tracker of the dot that it is above.
    """

    def __init__(self, ends: Points) -> None:
        self.places = np.asarray(ends) + GAP * UP
        self.number = ValueTracker(0)
        super().__init__(radius=RADIUS, color=theme.INK, fill_opacity=1, stroke_width=0)
        self.rotate(PI).follow()

    def follow(self) -> Self:
        """Stand above the dot of now; between two dots it is on its way."""
        numbers = np.arange(len(self.places))
        at = [np.interp(self.number.get_value(), numbers, along) for along in self.places.T]
        return self.move_to(np.array(at))

    def walk_to(self, number: int, seconds: float) -> Animation:
        """Go to a dot, with a rest above each one on the way.

        Parameters
        ----------
        number
            Of the dot.
        seconds
            Time from one dot to the next.
        """
        return jump_to(self.number, number, seconds)

    def named(self, name: Words, number: int) -> Words:
        """Place a name where it is above the mark when that has come to a dot."""
        name.next_to(self.places[number], UP, buff=self.height / 2 + LABEL_GAP)
        return name
