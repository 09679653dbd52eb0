"""The normal density on a chart, and the ruler that measures it in standard deviations."""

from __future__ import annotations

from typing import Self

import numpy as np
import torch
from manim import LEFT, RIGHT, UP, ValueTracker, VGroup, VMobject

from linreg import normal
from visuals.plots import Chart, Points
from visuals.readout import Readout
from visuals.segments import Segments, dashes
from visuals.theme import Dim, Size, Stroke, theme
from visuals.typography import Typeset

WIDEST = 8.0
"""Standard deviations from the middle at which a bell is flat on its axis."""

SAMPLES = 240
DASHES = 12
CAP = 0.1
"""Half the height of a ruler's ends."""


class Bell(VGroup):
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
        """Return the curve's height of now at x, any shape."""
        mu, sigma = self.mu.get_value(), self.sigma.get_value()
        share = self.constant.get_value()
        bell = normal.bell(x, mu, sigma)
        return (1 - share) * bell + share * normal.density(x, mu, sigma)

    def integral(self) -> float:
        """Return the area of now, whether it is on the chart or not."""
        return normal.area_under(self.value_at, self.mu.get_value(), self.sigma.get_value())

    def outline(self, low: float = -WIDEST, high: float = WIDEST) -> Points:
        """Return points of the curve between two places, in sigma from mu, shape (m, 3)."""
        mu, sigma = self.mu.get_value(), self.sigma.get_value()
        x = mu + sigma * np.linspace(low, high, SAMPLES)
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
        """Draw the curve of now."""
        outline = self.outline()
        self.curve.set_points_as_corners(outline)
        self.area.set_points_as_corners(self.under(outline))
        return self

    def tracked(self) -> Self:
        """Follow the trackers from now on."""
        self.add_updater(lambda bell: bell.follow())
        return self

    def middle(self) -> Segments:
        """Return the dashed line at mu, from the axis to the top of the chart; it follows mu."""
        low, high = (self.chart.at(self.mu.get_value(), y) for y in self.chart.y_range)
        line = Segments(*dashes([low], [high], DASHES), theme.TRUTH, Stroke.LINE)
        line.add_updater(lambda line: line.set_x(self.chart.at(self.mu.get_value(), 0)[0]))
        return line

    def peak(self) -> Points:
        """Return the curve's highest point in the scene, shape (3,)."""
        mu = self.mu.get_value()
        return self.chart.at(mu, float(self.value_at(torch.tensor(mu, dtype=torch.float64))))


class SigmaRuler(VGroup):
    """A ruler across a bell, marked in standard deviations, and the share of draws above it.

    Parameters
    ----------
    bell
        What it measures.
    name
        How long it is: what stands at its left end, for instance ``Math("2 sigma")``.
    reach
        Standard deviations to each side with which it begins.
    height
        Where it lies, as a share of the bell's height.

    Attributes
    ----------
    left, right
        Standard deviations to each side of now.
    band, rule, share, title
        The region that it measures, its line, the percentage beside its right end, its name.
    """

    def __init__(self, bell: Bell, name: Typeset, reach: float, height: float) -> None:
        self.bell, self.title, self.height_share = bell, name, height
        self.left, self.right = ValueTracker(reach), ValueTracker(reach)
        self.band = shade(Dim.FAINT / 2)
        self.rule = VMobject(color=theme.TRUTH, stroke_width=Stroke.LINE)
        self.share = Readout(self.percent, 1, size=Size.TICK, color=theme.INK, unit="%")
        super().__init__(self.band, self.rule, self.share, self.title)
        self.follow()

    def percent(self) -> float:
        """Return how many in a hundred draws fall on the ruler."""
        return normal.percent_between(-self.left.get_value(), self.right.get_value())

    def ends(self) -> tuple[Points, Points]:
        """Return the ruler's ends in the scene."""
        mu, sigma = self.bell.mu.get_value(), self.bell.sigma.get_value()
        y = self.height_share * normal.constant(sigma)
        low = self.bell.chart.at(mu - sigma * self.left.get_value(), y)
        high = self.bell.chart.at(mu + sigma * self.right.get_value(), y)
        return low, high

    def follow(self) -> Self:
        """Draw the ruler of now."""
        low, high = self.ends()
        cap = CAP * UP
        self.rule.clear_points()
        for start, end in ((low - cap, low + cap), (low, high), (high - cap, high + cap)):
            self.rule.start_new_path(start).add_line_to(end)
        outline = self.bell.outline(-self.left.get_value(), self.right.get_value())
        self.band.set_points_as_corners(self.bell.under(outline))
        self.share.follow().next_to(high, RIGHT, buff=2 * CAP)
        self.title.next_to(low, LEFT, buff=2 * CAP)
        return self

    def tracked(self) -> Self:
        """Follow bell and trackers from now on."""
        self.add_updater(lambda ruler: ruler.follow())
        return self


def shade(opacity: float = Dim.FAINT) -> VMobject:
    """Return a faint region that is given its corners later."""
    return VMobject(stroke_width=0, fill_color=theme.DATA, fill_opacity=opacity)
