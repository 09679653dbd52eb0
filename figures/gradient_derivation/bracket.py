"""The difference of two stacks as a bracket, with the gradient that its mean is."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import LEFT, RIGHT, UP, VGroup

from figures.gradient_derivation.signed_areas import SignedAreas
from visuals.following import Picture
from visuals.layout import GAP
from visuals.readout import Readout
from visuals.segments import Segments
from visuals.theme import Stroke, theme
from visuals.trackers import step
from visuals.typography import Math, Words

TICK = 0.14
"""Half of the length of the bracket's ends, in scene units."""


class Bracket(Picture, VGroup):
    """A bracket between the tops of the stacks, with the gradient for w.

    Parameters
    ----------
    areas
        The stacks.
    name
        What is made of their difference.
    label
        Name of the gradient.
    """

    def __init__(self, areas: SignedAreas, name: Words, label: Math) -> None:
        self.areas = areas
        plus, minus = areas.heights()
        self.lower = 0 if plus < minus else 1
        self.line = Segments(np.zeros((3, 3)), np.zeros((3, 3)), theme.INK, Stroke.LINE)
        self.number = Readout(
            lambda: areas.plot.pushes.grad_w,
            places=3,
            label=label,
            size=label.size,
            color=theme.GRADIENT,
        )
        name.next_to(self.number, UP, buff=GAP / 2).align_to(self.number, LEFT)
        self.text = VGroup(self.number, name)
        super().__init__(self.line, self.text)
        self.follow().tracked()

    def follow(self) -> Self:
        """Stand between the tops of now: the text over the lower stack, between equal ones."""
        tops = self.areas.tops()
        x = (self.areas.feet[0] + self.areas.feet[1])[0] / 2
        low, high = sorted(top[1] for top in tops)
        ends = [np.array([x, y, 0.0]) for y in (low, high)]
        starts = [ends[0], ends[0] + LEFT * TICK, ends[1] + LEFT * TICK]
        stops = [ends[1], ends[0] + RIGHT * TICK, ends[1] + RIGHT * TICK]
        self.line.set_segments(starts, stops)
        self.line.set_stroke(opacity=step(high - low, TICK / 2, 2 * TICK))
        bottom = max((low + high) / 2 - self.text.height / 2, low + GAP)
        self.number.follow()
        aside = step(high - low, 0, GAP)
        self.text.set_x(x + aside * (self.areas.feet[self.lower][0] - x))
        self.text.shift(UP * (bottom - self.text.get_bottom()[1]))
        return self
