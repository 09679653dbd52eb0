"""The mean error as a bar, on the scale of the plot beside it."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import LEFT, RIGHT, UP, Rectangle, VGroup

from figures.gradient_derivation.pushed_line import PushedLine
from visuals.following import Picture
from visuals.formula import formula
from visuals.layout import GAP, Slot
from visuals.plots import LABEL_GAP
from visuals.readout import Readout
from visuals.roles import ROLES_IN_TRAINING
from visuals.segments import Segments
from visuals.theme import Size, Stroke, theme
from visuals.typography import Words

BREADTH = 0.7
"""Breadth of the bar, in scene units."""

REACH = 1.05
"""Length of the scale on the side of the first mean error, in lengths of its bar, at least."""

THINNEST = 1e-3
"""Height in scene units below which no bar is drawn."""


class Gauge(Picture, VGroup):
    """An upright scale with a bar from zero to the mean error.

    Zero is in the middle, or as far off it as the first bar needs.

    Parameters
    ----------
    plot
        The line whose errors are averaged: a unit of y has the same length in both.
    slot
        The room for the scale, its name included.
    name
        What the bar is.

    Attributes
    ----------
    gradient
        The name and the number of the gradient for b; a picture of its own.
    """

    def __init__(self, plot: PushedLine, slot: Slot, name: Words) -> None:
        self.plot = plot
        name.set_fill(theme.LOSS)
        top = slot.top - name.height - LABEL_GAP
        height, middle = top - slot.bottom, (top + slot.bottom) / 2
        beyond = max(0.0, REACH * abs(plot.pushes.grad_b) * plot.unit - height / 2)
        at_start = np.sign(plot.pushes.grad_b) or 1.0
        self.zero = np.array([slot.center[0] - 1, middle - at_start * beyond, 0.0])
        low, high = (np.array([self.zero[0], y, 0.0]) for y in (slot.bottom, top))
        across = RIGHT * BREADTH * 0.75
        self.scale_line = Segments(
            [low, self.zero - across],
            [high, self.zero + across],
            stroke_width=Stroke.AXIS,
        )
        self.zero_name = Words("0", size=Size.TICK, color=theme.MUTED)
        self.zero_name.next_to(self.zero - across, LEFT, buff=LABEL_GAP)
        name.next_to(high, UP, buff=LABEL_GAP)
        self.bar = Rectangle(
            width=BREADTH, height=1, stroke_width=0, fill_color=theme.LOSS, fill_opacity=1
        )
        label = formula("{{ g_b : grad }} =", ROLES_IN_TRAINING, size=Size.TITLE)
        self.gradient = Readout(
            lambda: plot.pushes.grad_b, label=label, size=Size.TITLE, color=theme.GRADIENT
        )
        self.gradient.next_to(self.zero + across, RIGHT, buff=GAP)
        super().__init__(self.bar, self.scale_line, self.zero_name, name)
        self.follow().tracked()

    def follow(self) -> Self:
        """Show the mean error of now."""
        height = self.plot.pushes.grad_b * self.plot.unit
        is_seen = abs(height) > THINNEST
        corners = [self.zero + RIGHT * BREADTH / 2 * side for side in (-1, 1)]
        rise = UP * height
        left, right = corners
        self.bar.set_points_as_corners([left, right, right + rise, left + rise, left])
        self.bar.set_fill(opacity=float(is_seen))
        return self
