"""A gradient as an arrow that starts where its two axes cross."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
from manim import DOWN, LEFT, RIGHT, UP, Line, VGroup, VMobject

from visuals.layout import Slot
from visuals.plots import Points
from visuals.theme import Stroke, theme
from visuals.typography import Math

AXIS_NAME_GAP = 0.1
"""Space between an axis and its name."""


class LossSlopeAxes(VGroup):
    """The directions in which a weight, to the right, and the bias, upwards, grow.

    Parameters
    ----------
    name_left
        Whether the bias is named on the left of its axis.
    """

    STUB = 0.14
    """Length of an axis on its negative side, in scene units."""

    ACROSS = 0.62
    ALONG = 0.34
    """Length of the second axis on its positive side, in scene units."""

    def __init__(self, name_left: bool) -> None:
        across = Line(self.STUB * LEFT, self.ACROSS * RIGHT)
        along = Line(self.STUB * DOWN, self.ALONG * UP)
        VGroup(across, along).set_stroke(theme.MUTED, width=Stroke.THIN)
        weight, bias = (Math(name, color=theme.MUTED) for name in ("w_1", "b"))
        weight.next_to(across, RIGHT, buff=AXIS_NAME_GAP)
        bias.next_to(along.get_end(), LEFT if name_left else RIGHT, buff=AXIS_NAME_GAP)
        bias.align_to(along, UP)
        super().__init__(across, along, weight, bias)
        self.low, self.high = self.get_corner(DOWN + LEFT), self.get_corner(UP + RIGHT)

    @property
    def origin(self) -> Points:
        """Their crossing point, shape (3,)."""
        return np.array([self[1].get_x(), self[0].get_y(), 0.0])


class LossSlopeArrow(VMobject):
    """An arrow in a slot, from the origin of its axes, which are a mobject of their own.

    Parameters
    ----------
    slot
        Its room, and that of the axes.
    first
        The gradient that is shown first, shape (2,): it sets the scale. A longer one is drawn
        as long as the first.

    Attributes
    ----------
    axes
        They stay where they are as long as the arrow fits into the slot.
    tail
        Where the arrow starts, shape (3,).
    """

    WIDTH = 0.07
    HEAD = 0.22
    SHARE = 0.6
    """Length of the first arrow, as a share of the slot's height."""

    def __init__(self, slot: Slot, first: npt.NDArray[np.float64]) -> None:
        self.slot = slot
        self.longest = max(float(np.hypot(*first)), 1e-12)
        # The name keeps clear of the arrow, and of one that points the other way.
        self.axes = LossSlopeAxes(name_left=bool(np.prod(first) > 0))
        super().__init__(stroke_width=0, fill_color=theme.GRADIENT, fill_opacity=1)
        low, high = self._extent(self._vector(first))
        self.home = slot.center - (low + high) / 2
        self.point(first)
        self.follow()

    def point(self, gradient: npt.NDArray[np.float64]) -> Self:
        """Show a gradient, shape (2,); one that is not finite, or nothing, is not shown."""
        vector = self._vector(gradient)
        length = float(np.linalg.norm(vector))
        along = vector / length if length else vector
        across = np.array([-along[1], along[0], 0.0])
        self.tail = tail = self._nearest(vector)
        tip = tail + vector
        head = min(self.HEAD, length / 2)
        neck, half = tip - along * head, across * head / 2
        side = across * min(self.WIDTH, head / 2) / 2
        self.set_points_as_corners(
            [tail - side, neck - side, neck - half, tip, neck + half, neck + side, tail + side]
        )
        return self

    def follow(self) -> Self:
        """Let the axes cross where the arrow starts."""
        self.axes.shift(self.tail - self.axes.origin)
        return self

    def _vector(self, gradient: npt.NDArray[np.float64]) -> Points:
        """Return the arrow of a gradient, in scene units, shape (3,)."""
        size = float(np.hypot(*gradient))
        if not np.isfinite(size) or size == 0:
            return np.zeros(3)
        length = self.slot.height * self.SHARE * min(size / self.longest, 1.0)
        return np.array([*gradient, 0.0]) / size * length

    def _nearest(self, vector: Points) -> Points:
        """Return the place nearest to home from which an arrow and its axes fit into the slot."""
        low, high = self._extent(vector)
        slot = self.slot
        first = np.array([slot.left, slot.bottom, 0.0]) - low
        last = np.array([slot.right, slot.top, 0.0]) - high
        return np.clip(self.home, first, last)

    def _extent(self, vector: Points) -> tuple[Points, Points]:
        """Return the corners of what axes and arrow cover, from where they cross."""
        return np.minimum(self.axes.low, vector), np.maximum(self.axes.high, vector)
