"""Dots whose brightness is a feature's value, and the key to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

import numpy as np
import numpy.typing as npt
from manim import LEFT, RIGHT, Animation, ManimColor, Rectangle, ValueTracker, VGroup
from manim import interpolate_color as mix

from fastcairo import DotCloud
from visuals.following import Picture
from visuals.plots import Points, tick_labels
from visuals.space import put_dots
from visuals.theme import Pace, theme
from visuals.trackers import go
from visuals.typography import Typeset

LEVELS = 8
FAINTEST = 0.5
"""Share of the data's colour in the lowest level; the rest is ground."""

ENDS = (-2.0, 2.0)
"""Values of the lowest and of the highest colour; what is beyond has the same."""

STEP, THICKNESS, KEY_GAP = 0.24, 0.24, 0.12
"""Width and height of a level in the key, and the gap around it, in scene units."""

Mask = npt.NDArray[np.bool_]
Placed = tuple[Points, Mask]


def colours() -> list[ManimColor]:
    """Return the colours of the levels, from the lowest to the highest."""
    shares = np.linspace(FAINTEST, 1, LEVELS)
    return [mix(theme.BACKGROUND, theme.DATA, share) for share in shares.tolist()]


class RampDots(Picture, VGroup):
    """Dots of a cloud, all of the data's colour until they are coloured by a value.

    Parameters
    ----------
    values
        What they are coloured by, shape (n,).
    order
        Which of them are coloured first, shape (n,).
    place
        Returns where the dots are now, shape (n, 3), and which of them are seen, shape (n,).
    radius
        Returns their radius of now, in scene units.

    Attributes
    ----------
    coloured, lit
        Trackers: the share that is coloured, from 0 to 1, and the opacity.
    """

    def __init__(
        self,
        values: npt.ArrayLike,
        order: npt.ArrayLike,
        place: Callable[[], Placed],
        radius: Callable[[], float],
    ) -> None:
        low, high = ENDS
        share = (np.asarray(values, dtype=float) - low) / (high - low)
        self.level = np.clip(np.floor(share * LEVELS), 0, LEVELS - 1)
        ranks = np.argsort(np.argsort(np.asarray(order), kind="stable"))
        self.turn = (ranks + 1) / len(ranks)
        self.place, self.radius = place, radius
        self.coloured, self.lit = ValueTracker(0), ValueTracker(1)
        self.plain = DotCloud(np.zeros((1, 3)), color=theme.DATA)
        self.levels = [DotCloud(np.zeros((1, 3)), color=colour) for colour in colours()]
        super().__init__(self.plain, *self.levels)
        self.follow().tracked()

    def follow(self) -> Self:
        """Put every dot where it is now."""
        positions, seen = self.place()
        is_coloured = self.turn <= self.coloured.get_value()
        home = positions.mean(axis=0)
        put_dots(self.plain, positions[seen & ~is_coloured], home)
        for number, dots in enumerate(self.levels):
            put_dots(dots, positions[seen & is_coloured & (self.level == number)], home)
        width = 200 * self.radius()
        self.set_stroke(width=width, opacity=self.lit.get_value())
        return self

    def colour(self, run_time: float = Pace.SWEEP) -> Animation:
        """Colour all dots, in their order."""
        return go(self.coloured, 1, run_time)

    def light(self, opacity: float = 1.0, run_time: float = Pace.QUICK) -> Animation:
        """Dim or light the dots."""
        return go(self.lit, opacity, run_time)


class RampKey(VGroup):
    """The levels from left to right, with the values of both ends, after a name."""

    def __init__(self, name: Typeset) -> None:
        self.bar = VGroup(
            *(
                Rectangle(width=STEP, height=THICKNESS, stroke_width=0, fill_color=colour)
                for colour in colours()
            )
        )
        self.bar.set_fill(opacity=1).arrange(RIGHT, buff=0)
        low, high = tick_labels(list(ENDS))
        low.next_to(self.bar, LEFT, buff=KEY_GAP)
        high.next_to(self.bar, RIGHT, buff=KEY_GAP)
        name.next_to(low, LEFT, buff=2 * KEY_GAP)
        super().__init__(name, low, self.bar, high)
