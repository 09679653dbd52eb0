"""The normal density on a chart, and the rulers that measure it in standard deviations."""

from __future__ import annotations

from typing import Self

import numpy as np
import torch
from manim import (
    DL,
    LEFT,
    RIGHT,
    UP,
    Animation,
    Transform,
    ValueTracker,
    VGroup,
    VMobject,
    there_and_back,
)

from linreg.study import normal
from visuals.following import Follower
from visuals.formula import formula
from visuals.numbers import Num, as_typed, integer
from visuals.plots import LABEL_GAP, Chart, Points
from visuals.segments import Segments, dashes
from visuals.theme import Dim, Stroke, theme
from visuals.typography import Math, Words

WIDEST = 8.0
"""Standard deviations from the middle at which a bell is flat on its axis."""

CURVE_SAMPLES = 240
MIDDLE_DASHES = 12
SIGMA_CAP = 0.1
"""Half the height of a ruler's ends."""

BANDS = {1: 0.22, 2: 0.15, 3: 0.08}
"""Opacities of what so many sigma add to the region under the bell."""

RULER_HEIGHTS = {1: 0.6, 2: 0.3, 3: 0.1}
"""Heights of the rulers by their number of sigma, in heights of the bell."""

MARK_HEIGHT = 0.6
"""Height of the mark of one sigma, in heights of the bell: the curve is about as wide there."""


class Bell(Follower, VGroup):
    """The curve of a normal distribution, and the area under it.

    Parameters
    ----------
    chart
        Where it is plotted.
    mu, sigma
        Its middle and its width.
    constant
        0 without the constant in front, so that the middle is one high; 1 with it, so that
        the area is one.

    Attributes
    ----------
    curve, area
        The outline, and what it encloses.
    """

    def __init__(
        self,
        chart: Chart,
        mu: ValueTracker | None = None,
        sigma: ValueTracker | None = None,
        constant: ValueTracker | None = None,
    ) -> None:
        self.chart = chart
        # A tracker at 0 is false.
        self.mu = ValueTracker(0.0) if mu is None else mu
        self.sigma = ValueTracker(1.0) if sigma is None else sigma
        self.constant = ValueTracker(1.0) if constant is None else constant
        self.area = shade()
        self.curve = VMobject(color=theme.INK, stroke_width=Stroke.LINE)
        super().__init__(self.area, self.curve)
        self.follow()

    def value_at(self, x: torch.Tensor) -> torch.Tensor:
        """Return the present height of the curve at x, any shape."""
        mu, sigma = self.mu.get_value(), self.sigma.get_value()
        share = self.constant.get_value()
        bell = normal.bell(x, mu, sigma)
        return (1 - share) * bell + share * normal.density(x, mu, sigma)

    def integral(self) -> float:
        """Return the present area, the part off the chart included."""
        return normal.area_under(self.value_at, self.mu.get_value(), self.sigma.get_value())

    def outline(self, low: float = -WIDEST, high: float = WIDEST) -> Points:
        """Return points of the curve between two places, in sigma from mu, shape (m, 3)."""
        mu, sigma = self.mu.get_value(), self.sigma.get_value()
        x = mu + sigma * np.linspace(low, high, CURVE_SAMPLES)
        if low <= -WIDEST and high >= WIDEST:
            x = np.concatenate([[self.chart.x_range[0]], x, [self.chart.x_range[1]]])
        x = np.unique(np.clip(x, *self.chart.x_range))
        return self.chart.at(x, self.value_at(torch.from_numpy(x)).numpy())

    def under(self, outline: Points) -> Points:
        """Return the corners of the region between an outline and the axis."""
        feet = outline[[-1, 0]].copy()
        feet[:, 1] = self.chart.axes[0].get_y()
        return np.concatenate([outline, feet, outline[:1]])

    def follow(self) -> Self:
        """Draw the present curve."""
        outline = self.outline()
        self.curve.set_points_as_corners(outline)
        self.area.set_points_as_corners(self.under(outline))
        return self

    def middle(self) -> Segments:
        """Return the dashed line at mu, from the axis to the top of the chart; it follows mu."""
        low, high = (self.chart.at(self.mu.get_value(), y) for y in self.chart.y_range)
        line = Segments(*dashes([low], [high], MIDDLE_DASHES), theme.TRUTH, Stroke.LINE)
        line.add_updater(lambda line: line.set_x(self.chart.at(self.mu.get_value(), 0)[0]))
        return line

    def middle_name(self) -> Math:
        """Return mu, above its dashed line; it follows mu."""
        name = formula("{{ mu : mu }}")
        name.next_to(self.chart.at(self.mu.get_value(), self.chart.y_range[1]), UP, LABEL_GAP)
        name.add_updater(lambda name: name.set_x(self.chart.at(self.mu.get_value(), 0)[0]))
        return name

    def light_area(self) -> Animation:
        """Light the area, and let it go out again."""
        light = self.area.copy().set_fill(opacity=Dim.SOFT)
        return Transform(self.area, light, run_time=2.0, rate_func=there_and_back)

    def left_behind(self) -> VMobject:
        """Return the present outline, to stay where the bell has been."""
        return self.curve.copy().set_stroke(theme.MUTED, width=Stroke.THIN)

    def name_left_behind(self, inside: bool) -> Math:
        """Name the present sigma inside the bell, or on its right flank."""
        mu, sigma = float(self.mu.get_value()), float(self.sigma.get_value())
        name = formula("sigma = %(sigma)s", sigma=as_typed(sigma)).set_fill(theme.MUTED)
        if inside:
            return name.move_to((self.peak() + self.chart.at(mu, 0)) / 2)
        flank = self.value_at(torch.tensor(mu + sigma, dtype=torch.float64))
        name.move_to(self.chart.at(mu + sigma, float(flank)), aligned_edge=DL)
        return name.shift(LABEL_GAP * RIGHT)

    def span(self, low: float, high: float, height: float) -> tuple[Points, Points]:
        """Return two places in sigma from mu, at a share of the bell's height, in the scene."""
        mu, sigma = self.mu.get_value(), self.sigma.get_value()
        y = height * normal.constant(sigma)
        return self.chart.at(mu + sigma * low, y), self.chart.at(mu + sigma * high, y)

    def peak(self) -> Points:
        """Return the curve's highest point in the scene, shape (3,)."""
        mu = self.mu.get_value()
        return self.chart.at(mu, float(self.value_at(torch.tensor(mu, dtype=torch.float64))))


class SigmaRuler(Follower, VGroup):
    """A ruler across a bell, marked in standard deviations, and what it adds to the one before.

    Parameters
    ----------
    bell
        What it measures.
    length
        Standard deviations to each side when it is drawn out, one of :data:`RULER_HEIGHTS`; it
        begins as long as the one before.

    Attributes
    ----------
    reach
        Standard deviations to each side.
    band, sides, rule
        The region under the bell that the ruler before leaves out, its outer sides, and the
        ruler's line.
    """

    def __init__(self, bell: Bell, length: int) -> None:
        self.bell, self.length = bell, length
        self.reach = ValueTracker(length - 1)
        self.band, self.rule = shade(BANDS[length]), _rule()
        self.sides = VMobject(color=theme.MUTED, stroke_width=Stroke.THIN)
        super().__init__(self.band, self.sides, self.rule)
        self.follow()

    def labels(self) -> VGroup:
        """Return the drawn-out ruler's length, at its left end, and its share of draws."""
        low, high = self._ends()
        times = "%(length)s" if self.length > 1 else ""
        name = formula(f"plus.minus {times} {{{{ sigma : sigma }}}}", length=integer(self.length))
        percent = normal.percent_between(-self.length, self.length)
        share = Words("%(share)s%%", share=Num(percent, 1))
        return VGroup(
            name.next_to(low, LEFT, buff=2 * SIGMA_CAP),
            share.next_to(high, RIGHT, buff=2 * SIGMA_CAP),
        )

    def follow(self) -> Self:
        """Draw the ruler at its present length."""
        _put_rule(self.rule, *self._ends())
        inner, outer = self.length - 1, self.reach.get_value()
        self.band.clear_points()
        self.sides.clear_points()
        for low, high, edge in ((-outer, -inner, 0), (inner, outer, -1)):
            outline = self.bell.outline(low, high)
            corners = self.bell.under(outline)
            self.band.start_new_path(corners[0]).add_points_as_corners(corners[1:])
            foot = outline[edge].copy()
            foot[1] = corners[-2][1]
            self.sides.start_new_path(foot).add_line_to(outline[edge])
        return self

    def _ends(self) -> tuple[Points, Points]:
        reach = self.reach.get_value()
        return self.bell.span(-reach, reach, RULER_HEIGHTS[self.length])


class SigmaMark(VGroup):
    """One standard deviation of a bell, from its middle to one side, and how long that is.

    Parameters
    ----------
    bell
        What it measures.
    side
        1 for the right, -1 for the left.

    Attributes
    ----------
    rule, number
        The line, and its length beyond its end.
    """

    def __init__(self, bell: Bell, side: int = 1) -> None:
        middle, end = bell.span(0, side, MARK_HEIGHT)
        self.rule = _put_rule(_rule(), middle, end)
        self.number = formula(
            "{{ sigma : sigma }} = {{ %(sigma)s : sigma_value }}",
            sigma=as_typed(float(bell.sigma.get_value())),
        )
        self.number.next_to(end, side * RIGHT, buff=2 * SIGMA_CAP)
        super().__init__(self.rule, self.number)


def _rule() -> VMobject:
    """Return a ruler's line that is given its ends later."""
    return VMobject(color=theme.TRUTH, stroke_width=Stroke.LINE)


def _put_rule(rule: VMobject, low: Points, high: Points) -> VMobject:
    """Draw a ruler's line, and a cap at each end."""
    cap = SIGMA_CAP * UP
    rule.clear_points()
    for start, end in ((low - cap, low + cap), (low, high), (high - cap, high + cap)):
        rule.start_new_path(start).add_line_to(end)
    return rule


def shade(opacity: float = Dim.FAINT) -> VMobject:
    """Return a faint region that is given its corners later."""
    return VMobject(stroke_width=0, fill_color=theme.DATA, fill_opacity=opacity)
