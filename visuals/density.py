"""The normal density on the stage: its bell on a chart, its formula and live numbers beside it."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import partial

from manim import DOWN, LEFT, RIGHT, UP, Circle, Mobject, ValueTracker, VGroup
from torch import Tensor

from linreg import normal
from visuals.bell import Bell
from visuals.draw import HEADROOM, LEAST_SIGMA, REACH, bell_ranges
from visuals.equations import Rewrite
from visuals.formula import formula
from visuals.layout import GAP, Slot
from visuals.numbers import as_typed, significant
from visuals.plots import LABEL_GAP, Chart, Range, share_x
from visuals.readout import Readout, column
from visuals.theme import Dot, Size, theme
from visuals.typography import Math, Words

MU_IS = "{{ mu : mu }} ="
SIGMA_IS = "{{ sigma : sigma }} ="

COLUMN_STEP = 2.3
"""From the true moments to those of a sample, in scene units."""


class Growth(Enum):
    """The normal density as it grows: a bell, its width, its area, its middle."""

    BELL = "{{ f : f }}{{ (x) = : of }} exp lr((- frac({{ x : x }}^2, {{ 2 : two }})))"
    WIDTH = (
        "{{ f : f }}{{ (x) = : of }} "
        "exp lr((- frac({{ x : x }}^2, {{ 2 : two }} {{ sigma^2 : sigma }})))"
    )
    AREA = (
        "{{ p : p }}{{ (x) = : of }} frac(1, {{ sigma : sigma_0 }} {{ sqrt(2 pi) : root }}) "
        "exp lr((- frac({{ x : x }}^2, {{ 2 : two }} {{ sigma^2 : sigma }})))"
    )
    MIDDLE = (
        "{{ p : p }}{{ (x) = : of }} frac(1, {{ sigma : sigma_0 }} {{ sqrt(2 pi) : root }}) "
        "exp lr((- frac(({{ x : x }} - {{ mu : mu }})^2, {{ 2 : two }} {{ sigma^2 : sigma }})))"
    )


class DensityFigure:
    """What is said about one bell.

    Parameters
    ----------
    bell
        The bell, on its chart.
    side
        Room for the formula and the numbers.
    growth
        How much of the density the formula has.
    area
        What stands before the area.

    Attributes
    ----------
    formula
        The formula as it is now.
    mu, sigma, area
        Live numbers.
    """

    def __init__(self, bell: Bell, side: Slot, growth: Growth, area: str) -> None:
        self.bell, self.side = bell, side
        self.formula = self._set(growth)
        self.mu = _truth(bell.mu, MU_IS)
        self.sigma = _truth(bell.sigma, SIGMA_IS)
        self.area = Readout(bell.integral, label=Words(area), color=theme.INK).tracked()
        numbers = column(self.mu, self.sigma, self.area)
        numbers.next_to(self._set(Growth.MIDDLE), DOWN, buff=GAP, aligned_edge=LEFT)

    @property
    def chart(self) -> Chart:
        """The chart that the bell is on."""
        return self.bell.chart

    @property
    def x_label(self) -> Mobject:
        """What the chart has across."""
        assert self.chart.x_label is not None
        return self.chart.x_label

    @property
    def parts(self) -> tuple[Mobject, ...]:
        """What stays while the bell is put to use."""
        return self.chart, self.bell, self.formula, self.mu, self.sigma

    def grow(self, growth: Growth) -> Rewrite:
        """Rewrite the formula."""
        before, self.formula = self.formula, self._set(growth)
        return Rewrite(before, self.formula)

    def sample(self, values: Tensor, landed: Callable[[], int]) -> VGroup:
        """Stand mean and deviation of the values that have landed beside the true ones."""
        moments = normal.running_moments(values)
        group = VGroup()
        for name, moment, true in zip(
            ("macron(x)_1", "s"), moments, (self.mu, self.sigma), strict=True
        ):
            ours = Readout(
                partial(_latest, moment, landed),
                label=formula(f"{{{{ {name} : x }}}} ="),
                color=theme.DATA,
            )
            ours.shift(true.pen.get_location() + COLUMN_STEP * RIGHT - ours.pen.get_location())
            group.add(ours.tracked())
        return group

    def given_sigma(self, sigma: float) -> Readout:
        """Return another standard deviation, where the live one stands."""
        given = Readout(lambda: sigma, as_typed(sigma).places, formula(SIGMA_IS), color=theme.TRUTH)
        return given.shift(self.sigma.pen.get_location() - given.pen.get_location())

    def _set(self, growth: Growth) -> Math:
        return self.side.place(formula(growth.value), x=-1, y=0.7, shrink=False)


def bell_chart(slot: Slot, x: Range, y: Range, symbol: str, height: str) -> Chart:
    """Draw axes for a bell of what a symbol stands for; ``height`` says what is upwards."""
    return Chart(slot, x, y, axis_name(symbol), Words(height, size=Size.TICK))


def axis_name(symbol: str) -> Math:
    """Set a symbol of the data at the size of an axis."""
    return formula(f"{{{{ {symbol} : x }}}}", size=Size.TICK)


def matched_charts(slot: Slot, draws: Tensor, noise_std: float, height: str) -> list[Chart]:
    """Draw the charts of N(0, 1), with room for its draws, and of the noise.

    Both bells look alike and stand in one place: only the rulers differ. Without noise there
    is only the first.
    """
    peak = normal.constant()
    reach = max(REACH, 1.05 * float(draws.abs().max()))
    headroom = max(HEADROOM, 1.05 * float(normal.histogram(draws).heights.max()) / peak)
    bells = [("x", 1.0), ("epsilon", noise_std)][: 2 if noise_std >= LEAST_SIGMA else 1]

    def drawer(symbol: str, sigma: float) -> Callable[[Slot], Chart]:
        ranges = bell_ranges(sigma, reach, headroom)
        return lambda room: bell_chart(room, *ranges, symbol, height)

    return share_x([drawer(*bell) for bell in bells], [slot] * len(bells))


class PeakMark(VGroup):
    """A dot at a bell's highest point, and how high that is."""

    def __init__(self, bell: Bell) -> None:
        dot = Circle(Dot.SAMPLE, color=theme.INK, fill_opacity=1, stroke_width=0)
        dot.move_to(bell.peak())
        height = Words("%(peak)s", peak=significant(normal.constant(bell.sigma.get_value())))
        super().__init__(dot, height.next_to(dot, UP, buff=LABEL_GAP))


def _latest(moments: Tensor, landed: Callable[[], int]) -> float:
    """Return the moment of the values that have landed, at least one."""
    return float(moments[max(landed() - 1, 0)])


def _truth(tracker: ValueTracker, label: str) -> Readout:
    """Return the live number of a bell's mu or sigma."""
    return Readout(tracker.get_value, label=formula(label), color=theme.TRUTH).tracked()
