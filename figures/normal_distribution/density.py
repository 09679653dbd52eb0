"""The normal density on the stage: its bell on a chart, with its formula and live labels."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Self

from manim import (
    LEFT,
    Animation,
    ApplyMethod,
    FadeIn,
    FadeOut,
    Indicate,
    Mobject,
    ValueTracker,
    linear,
    smooth,
    squish_rate_func,
)
from torch import Tensor

from figures.normal_distribution.bell import HEADROOM, Bell
from figures.normal_distribution.bell_labels import AreaLabel, MuLabel, SigmaLabel, places_of_sigma
from figures.normal_distribution.live_chart import LiveChart, axis_name
from figures.normal_distribution.rooms import Rooms
from figures.normal_distribution.two_lines import MU, SIGMA, CodeLine
from linreg.study import normal
from visuals.equations import Rewrite
from visuals.formula import formula
from visuals.layout import is_wide
from visuals.theme import Pace, Size, theme
from visuals.trackers import go
from visuals.typography import Math, Words

WIDE, NEAR, NEAR_IF_TALL = 6.0, 4.0, 4.8
"""Reach of the horizontal axis to both sides: for e^(-x^2 / 2), and for the density.

In a narrow frame the longest ruler needs more room for its name.
"""

HIGH, LOW, RULED = 1.05, 0.56, 0.45
"""Top of the vertical axis: for e^(-x^2 / 2), for the density with every sigma shown, and for
the density with rulers."""

AIR = 1.08
"""Room around a sample, as a multiple of its size."""

SHRINK_TIME, COUNT_TIME = 3.2, 0.9
"""Seconds in which sigma goes to that of the noise, and in which its area is counted."""

CLEARING = 0.4
"""Seconds in which the parts of a beat go."""

SHADE = 0.15
"""Opacity of the area below the marks of mu and sigma."""

FEET = 3.0
"""Distance of the bell's feet from its middle, in sigma: beyond them is hardly any area."""

POINTED = 1.3
"""Size of what is pointed at, as a multiple of its size at rest."""

AT_FLANK = -0.4
"""Place of the formula in its room, which is nearer to the bell than the middle."""

X_OVER_SIGMA = "slash ({{ 2 : two }} {{ sigma^2 : sigma }})"
CONSTANT = "frac(1, {{ sigma : sigma_0 }} {{ sqrt(2 pi) : root }})"


class Growth(Enum):
    """The normal density as it grows: a bell, its area, its width and middle."""

    BELL = "{{ e : e }}^(- {{ x : x }}^2 slash {{ 2 : two }})"
    AREA = "frac(1, {{ sqrt(2 pi) : root }}) {{ e : e }}^(- {{ x : x }}^2 slash {{ 2 : two }})"
    WIDTH = f"{CONSTANT} {{{{ e : e }}}}^(- {{{{ x : x }}}}^2 {X_OVER_SIGMA})"
    MIDDLE = (
        f"{CONSTANT} {{{{ e : e }}}}^(- ({{{{ x : x }}}} - {{{{ mu : mu }}}})^2 {X_OVER_SIGMA})"
    )


class DensityFigure:
    """One bell with its formula and live labels.

    Parameters
    ----------
    rooms
        The slots.
    line
        The line of code that draws from it.
    height, area
        Name of the upright axis at first, and the name of the area.

    Attributes
    ----------
    chart, bell
        The axes, and the bell on them: e^(-x^2 / 2) at first.
    formula
        The present formula.
    mu, sigma, area
        Live labels.
    """

    def __init__(self, rooms: Rooms, line: CodeLine, height: Words, area: Words) -> None:
        self.rooms, self.line = rooms, line
        self.chart = LiveChart(rooms.chart, (-WIDE, WIDE), HIGH, axis_name("x"), height)
        self.bell = Bell(self.chart, constant=ValueTracker(0))
        self.formula = self._set(Growth.BELL)
        self.area, self.sigma, self.mu = (
            AreaLabel(self.bell, area),
            SigmaLabel(self.bell),
            MuLabel(self.bell),
        )

    @property
    def parts(self) -> tuple[CodeLine, LiveChart, Bell]:
        """The line of code, the axes and the bell, which stay from beat to beat."""
        return self.line, self.chart, self.bell

    @property
    def y_label(self) -> Mobject:
        """Label of the vertical axis."""
        assert self.chart.y_label is not None
        return self.chart.y_label

    def live(self) -> Self:
        """Let everything follow its trackers from here on."""
        self.chart.tracked()
        for follower in (self.bell, self.area, self.sigma, self.mu):
            follower.tracked()
        return self

    def grow(self, growth: Growth) -> Rewrite:
        """Rewrite the formula."""
        before, self.formula = self.formula, self._set(growth)
        return Rewrite(before, self.formula)

    def rename_height(self, name: Words) -> Iterator[list[Animation]]:
        """Yield what is played to give the vertical axis another name, where the first one was."""
        before = self.y_label
        yield [FadeOut(before, run_time=Pace.QUICK / 2)]
        self.chart.y_label = name.move_to(before, aligned_edge=LEFT)
        self.chart.remove(before)
        self.chart.add(name)
        yield [FadeIn(name, run_time=Pace.QUICK / 2)]

    @property
    def near(self) -> float:
        """Reach of the horizontal axis for sigma 1 alone."""
        return NEAR if is_wide() else NEAR_IF_TALL

    def come_closer(self) -> list[Animation]:
        """Zoom both axes to where the density is as large as fits; its area's number goes."""
        zooms = self.chart.zoom_to((-self.near, self.near)), self.chart.rise_to(LOW)
        return [*zooms, self.light(SHADE), FadeOut(self.area, run_time=Pace.QUICK)]

    def name_sigma(self) -> list[Animation]:
        """Light sigma in the line of code, and show it at the bell, with the area again."""
        return [self.line.lit(SIGMA), FadeIn(self.sigma), FadeIn(self.area)]

    def light_both(self) -> Animation:
        """Light mu and sigma in the line of code."""
        return self.line.lit(MU, SIGMA)

    def name_mu(self) -> list[Animation]:
        """Light mu in the line of code, and show it at the bell."""
        return [self.line.lit(MU), FadeIn(self.mu)]

    def hand_over(self) -> list[Animation]:
        """Let go what the rulers take the place of, and let the bell grow into its room."""
        gone = self.formula, self.area, self.sigma, self.mu
        first, then = squish_rate_func(smooth, 0.0, 0.5), squish_rate_func(smooth, 0.3, 1.0)
        grown = self.chart.grow_to(self.rooms.whole, rate_func=then), self.chart.rise_to(RULED)
        return [self.light(0.0), FadeOut(self.line, rate_func=first), *grown, *map(FadeOut, gone)]

    def make_room(self, values: Tensor, highest: float) -> list[Animation]:
        """Zoom both axes until a sample and the highest bar of its heap fit below the code."""
        reach = max(self.near, float(AIR * values.abs().max()))
        top = max(LOW, AIR * highest)
        then = FadeIn(self.line, rate_func=squish_rate_func(smooth, 0.6, 1.0))
        zooms = self.chart.zoom_to((-reach, reach)), self.chart.rise_to(top)
        return [*zooms, self.chart.grow_to(self.rooms.chart), then]

    def slide(self, sigma: float, run_time: float) -> Animation:
        """Let sigma slide."""
        return go(self.bell.sigma, sigma, run_time)

    def shrink(self, std: float) -> list[Animation]:
        """Take sigma from 1 to that of the noise; the axes follow, so that the peak is never cut.

        Parameters
        ----------
        std
            Standard deviation of the noise.
        """

        def by_factors(way: float) -> float:
            return float((1 - std ** smooth(way)) / (1 - std)) if std != 1 else way

        top = HEADROOM * normal.constant(std)
        moves = [
            go(self.bell.sigma, std, SHRINK_TIME, by_factors),
            self.chart.rise_to(top, SHRINK_TIME),
        ]
        if std > 1:
            moves.append(self.chart.zoom_to((-self.near * std, self.near * std), SHRINK_TIME))
        return moves

    def give_sigma(self, std: float) -> SigmaLabel:
        """Return a live sigma with as many digits as that of the noise has."""
        self.sigma = SigmaLabel(self.bell, max(2, places_of_sigma(std)))
        return self.sigma

    def count_area(self) -> Iterator[list[Animation]]:
        """Yield what is played to fill the area, and to count it beside the bell.

        It is filled from the foot of the bell on: the number does not stand at zero.
        """
        bell = self.bell
        low, high = self.chart.x_range
        foot = bell.mu.get_value() - FEET * bell.sigma.get_value()
        bell.filled.set_value(max(0.0, (foot - low) / (high - low)))
        bell.area.set_fill(opacity=SHADE)
        over = min(1.0, (foot + 2 * FEET * bell.sigma.get_value() - low) / (high - low))
        yield [FadeIn(self.area.follow(), run_time=Pace.QUICK / 2)]
        yield [go(bell.filled, over, COUNT_TIME, linear)]
        bell.filled.set_value(1.0)

    def fill(self, run_time: float) -> Animation:
        """Fill the area from left to right."""
        return go(self.bell.filled, 1.0, run_time)

    def point_at_density(self) -> Animation:
        """Make the name of the upright axis larger for a moment."""
        return Indicate(self.y_label, POINTED, theme.INK)

    def light(self, opacity: float, run_time: float = 0.6) -> Animation:
        """Shade the area more or less."""
        return ApplyMethod(self.bell.area.set_fill, None, opacity, run_time=run_time)

    def _set(self, growth: Growth) -> Math:
        math = formula(growth.value, size=Size.TITLE)
        return self.rooms.formula.place(math, x=AT_FLANK, y=1 if is_wide() else 0, shrink=False)
