"""Rulers across a bell, marked in standard deviations, with the share of the area between."""

from __future__ import annotations

from typing import Self

from manim import LEFT, RIGHT, Animation, ValueTracker, VGroup, VMobject

from figures.normal_distribution.bell import Bell, shade
from figures.normal_distribution.bell_labels import AT_SIGMA, CAP, rule_with_caps
from linreg.study import normal
from visuals.following import Follower
from visuals.formula import formula
from visuals.numbers import Num, integer
from visuals.plots import Points
from visuals.theme import Stroke, theme
from visuals.trackers import go
from visuals.typography import Words

BANDS = {1: 0.9, 2: 0.65, 3: 0.45}
"""Opacities of the region under the bell that so many sigma add: each stands out from the next."""

HALO = 12
"""Width of the ground behind a ruler's line, which keeps it clear of the bright regions."""

RULER_HEIGHTS = {1: AT_SIGMA, 2: 0.3, 3: 0.09}
"""Heights of the rulers by their number of sigma, in heights of the bell."""

PLACES = {1: 0, 2: 0, 3: 1}
"""Digits after the point of a ruler's percentage."""


def percent_within(length: int) -> Num:
    """Return the percentage of the area within so many sigma, as it is shown."""
    return Num(normal.percent_between(-length, length), PLACES[length])


class SigmaRuler(Follower, VGroup):
    """A ruler across a bell, and the region that it adds to the one before.

    Parameters
    ----------
    bell
        The bell that it measures.
    length
        Standard deviations to each side when it is drawn out, one of :data:`RULER_HEIGHTS`; it
        begins as long as the one before.

    Attributes
    ----------
    reach
        Standard deviations to each side.
    band, sides
        The region under the bell that the ruler before leaves out, and its outer edges.
    halo, rule
        The ground behind the ruler's line, and the line.
    """

    def __init__(self, bell: Bell, length: int) -> None:
        self.bell, self.length = bell, length
        self.reach = ValueTracker(length - 1)
        self.band = shade(BANDS[length])
        self.sides = VMobject(color=theme.INK, stroke_width=Stroke.THIN)
        self.halo = VMobject(color=theme.BACKGROUND, stroke_width=HALO)
        self.rule = VMobject(color=theme.TRUTH, stroke_width=Stroke.LINE)
        super().__init__(self.band, self.sides, self.halo, self.rule)
        self.follow()

    def draw_out(self, run_time: float) -> Animation:
        """Draw the ruler out to its length."""
        return go(self.reach, self.length, run_time)

    def labels(self) -> VGroup:
        """Return the drawn-out ruler's length, at its left end, and its share of the area."""
        low, high = self._ends()
        times = "%(length)s" if self.length > 1 else ""
        name = formula(f"plus.minus {times} {{{{ sigma : sigma }}}}", length=integer(self.length))
        share = Words("%(share)s%%", share=percent_within(self.length))
        return VGroup(
            name.next_to(low, LEFT, buff=2 * CAP),
            share.next_to(high, RIGHT, buff=2 * CAP),
        )

    def follow(self) -> Self:
        """Draw the ruler at its present length."""
        low, high = self._ends()
        self.halo.set_points_as_corners([low, high])
        self.rule.clear_points()
        for start, end in rule_with_caps(low, high):
            self.rule.start_new_path(start).add_line_to(end)
        inner, outer = self.length - 1, self.reach.get_value()
        mu, sigma = self.bell.mu.get_value(), self.bell.sigma.get_value()
        self.band.clear_points()
        sides = ((-outer, -inner), (inner, outer)) if inner else ((-outer, outer),)
        for near, far in sides:
            corners = self.bell.region(mu + sigma * near, mu + sigma * far)
            self.band.start_new_path(corners[0]).add_points_as_corners(corners[1:])
        self.sides.clear_points()
        for side in (-outer, outer):
            foot, top = self.bell.upright(mu + sigma * side)
            self.sides.start_new_path(foot).add_line_to(top)
        return self

    def _ends(self) -> tuple[Points, Points]:
        reach = self.reach.get_value()
        return self.bell.span(-reach, reach, RULER_HEIGHTS[self.length])
