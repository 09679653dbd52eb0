"""The normal density on the stage: its bell on a chart, its formula and live numbers beside it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import Enum
from functools import partial

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    ApplyMethod,
    Circle,
    ManimColor,
    Mobject,
    Transform,
    ValueTracker,
    VGroup,
    VMobject,
)
from torch import Tensor

from figures.normal_distribution.bell import Bell, SigmaMark
from figures.normal_distribution.falling_draw import BELL_REACH, LEAST_SIGMA, SUBSCRIPT, bell_ranges
from figures.normal_distribution.noisy_label import NOISE_HEADROOM
from linreg.study import normal
from visuals.equations import Rewrite
from visuals.formula import formula
from visuals.layout import GAP, Slot
from visuals.numbers import as_typed, significant
from visuals.plots import LABEL_GAP, Chart, Range, charts_over_one_x
from visuals.readout import Readout, readout_column
from visuals.theme import Radius, theme
from visuals.typography import Math, Typeset, Words

MU_IS = "{{ mu : mu }} ="
SIGMA_IS = "{{ sigma : sigma }} ="

BAR_AIR = 1.2
"""Height of a chart, in heights of the highest bar that will stand on it."""

NOTHING = "nan"
MINUS = "−"
MINUS_ROOM = 1.3
"""Room between a sign of equality and a figure for a minus, in its widths."""

SLIDE_TIME = 1.5
"""Seconds in which sigma slides."""

COLUMN_STEP = 2.5
"""From the true moments to those of a sample, in scene units."""


OF_X = "{{ paren.l : open }}{{ x : x_0 }}{{ paren.r = : of }}"
CONSTANT = "frac(1, {{ sigma : sigma_0 }} {{ sqrt(2 pi) : root }})"
EXP, END = "{{ exp : exp }} lr({{ paren.l : left }} -", "{{ paren.r : right }})"
TWO_VARIANCES = "{{ 2 : two }} {{ sigma^2 : sigma }}"


class Growth(Enum):
    """The normal density as it grows: a bell, its width, its area, its middle."""

    BELL = f"{{{{ f : f }}}}{OF_X} {EXP} frac({{{{ x : x }}}}^2, {{{{ 2 : two }}}}) {END}"
    WIDTH = f"{{{{ f : f }}}}{OF_X} {EXP} frac({{{{ x : x }}}}^2, {TWO_VARIANCES}) {END}"
    AREA = f"{{{{ p : p }}}}{OF_X} {CONSTANT} {EXP} frac({{{{ x : x }}}}^2, {TWO_VARIANCES}) {END}"
    MIDDLE = (
        f"{{{{ p : p }}}}{OF_X} {CONSTANT} "
        f"{EXP} frac(({{{{ x : x }}}} - {{{{ mu : mu }}}})^2, {TWO_VARIANCES}) {END}"
    )


class DensityFigure:
    """One bell with its formula and live numbers.

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
        The present formula.
    mu, sigma, area
        Live numbers.
    past
        What was left behind, and goes with the chart.
    """

    def __init__(self, bell: Bell, side: Slot, growth: Growth, area: str) -> None:
        self.bell, self.side = bell, side
        self.formula, self.past = self._set(growth), VGroup()
        self.mu = _truth(bell.mu, MU_IS)
        self.sigma = _truth(bell.sigma, SIGMA_IS)
        self.area = MomentReadout(bell.integral, 2, Words(area), theme.INK).tracked()
        numbers = readout_column(self.mu, self.sigma, self.area)
        numbers.next_to(self._set(Growth.MIDDLE), DOWN, buff=GAP, aligned_edge=LEFT)

    @property
    def chart(self) -> Chart:
        """The chart that the bell is on."""
        return self.bell.chart

    @property
    def x_label(self) -> Mobject:
        """The label of the chart's x axis."""
        assert self.chart.x_label is not None
        return self.chart.x_label

    @property
    def y_label(self) -> Mobject:
        """The label of the chart's y axis."""
        assert self.chart.y_label is not None
        return self.chart.y_label

    @property
    def parts(self) -> tuple[Mobject, ...]:
        """Parts that stay while the bell is used."""
        return self.chart, self.bell, self.formula, self.mu, self.sigma

    def grow(self, growth: Growth) -> Rewrite:
        """Rewrite the formula."""
        before, self.formula = self.formula, self._set(growth)
        return Rewrite(before, self.formula)

    def rename_x(self, symbol: str) -> Animation:
        """Rename what is across."""
        return Transform(self.x_label, axis_name(symbol).move_to(self.x_label, aligned_edge=UP))

    def rewrite_x(self, symbol: str) -> Rewrite:
        """Rewrite the dimmed formula of another symbol than x."""
        before = self.formula
        self.formula = self._set(Growth.MIDDLE, symbol).set_fill(theme.MUTED)
        return Rewrite(before, self.formula)

    def height_named(self, name: str) -> Words:
        """Return another name for what is upwards, where the one before stands."""
        return Words(name).move_to(self.y_label, aligned_edge=LEFT)

    def leave_behind(self, inside: bool) -> Math:
        """Leave the bell's outline behind with its name, and return the name.

        ``inside`` says where the name stands.
        """
        name = self.bell.name_left_behind(inside)
        self.past.add(self.bell.left_behind(), name)
        return name

    def slide(self, sigma: float) -> Animation:
        """Let sigma slide."""
        return ApplyMethod(self.bell.sigma.set_value, sigma, run_time=SLIDE_TIME)

    def sample(self, values: Tensor, landed: Callable[[], int]) -> VGroup:
        """Stand mean, deviation and number of the values that have landed beside the true ones."""
        moments = normal.running_moments(values)
        group = VGroup()
        for name, moment, true in zip(
            ("macron(x)_1", "s_1"), moments, (self.mu, self.sigma), strict=True
        ):
            ours = MomentReadout(
                partial(_latest, moment, landed),
                2,
                label=formula(f"{{{{ {name} : x }}}} ="),
                color=theme.DATA,
            )
            group.add(_beside(true, ours))
        count = MomentReadout(lambda: float(landed()), 0, Math("n ="), color=theme.DATA)
        group.add(_beside(self.area, count))
        return group

    def given_sigma(self, sigma: float) -> Readout:
        """Return another standard deviation, where the live one stands."""
        places = as_typed(sigma).places
        given = MomentReadout(lambda: sigma, places, formula(SIGMA_IS), theme.TRUTH)
        return given.shift(self.sigma.pen.get_location() - given.pen.get_location())

    def _set(self, growth: Growth, symbol: str = "x") -> Math:
        expression = growth.value.replace("{{ x :", f"{{{{ {symbol} :")
        return self.side.place(formula(expression), x=-1, y=0.7, shrink=False)


def bell_chart(slot: Slot, x: Range, y: Range, symbol: str, height: str) -> Chart:
    """Draw axes for a bell of what a symbol stands for; ``height`` says what is upwards."""
    # What is across may be given an index.
    slot = replace(slot, bottom=slot.bottom + SUBSCRIPT)
    return Chart(slot, x, y, axis_name(symbol), Words(height))


def axis_name(symbol: str) -> Math:
    """Set a symbol of the data in its colour."""
    return formula(f"{{{{ {symbol} : x }}}}")


def matched_charts(
    slot: Slot, growing: tuple[Range, Range], draws: Tensor, noise_std: float, names: Sequence[str]
) -> list[Chart]:
    """Draw the charts of a growing bell, of N(0, 1) with room for its draws, and of the noise.

    All axes stand in one place, and the last two bells look alike: only the rulers differ.
    Without noise there are only the first two. ``names`` says what is upwards while the bell
    grows, and then.
    """
    peak = normal.constant()
    reach = max(BELL_REACH, 1.05 * float(draws.abs().max()))
    headroom = max(NOISE_HEADROOM, BAR_AIR * float(normal.histogram(draws).heights.max()) / peak)
    bells = [("x", 1.0), ("epsilon", noise_std)][: 2 if noise_std >= LEAST_SIGMA else 1]
    charts = [("x", growing, names[0])]
    charts += [(symbol, bell_ranges(std, reach, headroom), names[1]) for symbol, std in bells]

    def drawer(symbol: str, ranges: tuple[Range, Range], name: str) -> Callable[[Slot], Chart]:
        return lambda room: bell_chart(room, *ranges, symbol, name)

    return charts_over_one_x([drawer(*chart) for chart in charts], [slot] * len(charts))


class MomentReadout(Readout):
    """A live number of a bell or of a sample, which is not there before it can be computed.

    A minus stands before the number's place, so that points stay in one line; every number
    leaves room for it, so that all of them begin as far from their signs of equality.
    """

    def __init__(
        self, value: Callable[[], float], places: int, label: Typeset, color: ManimColor
    ) -> None:
        super().__init__(value, places, label, color=color)
        label.shift(LEFT * MINUS_ROOM * Words(MINUS).width)

    def _set(self, text: str) -> list[VMobject]:
        if text == NOTHING:
            return []
        glyphs = super()._set(text)
        if text.startswith(MINUS):
            figure = super()._set(text.removeprefix(MINUS))[0]
            VGroup(*glyphs).shift(figure.get_center() - glyphs[1].get_center())
        return glyphs


class Measured:
    """A bell's measures: what changes with sigma where everything else looks alike.

    Parameters
    ----------
    bell
        The bell, on its chart.

    Attributes
    ----------
    peak, ruler
        Its highest point, and one sigma.
    """

    def __init__(self, bell: Bell) -> None:
        self.chart, self.peak, self.ruler = bell.chart, PeakMark(bell), SigmaMark(bell)

    @property
    def numbers(self) -> tuple[Mobject, ...]:
        """The ticks, the name of what is across, the peak's height and the length of a sigma."""
        chart = self.chart
        assert chart.x_label is not None
        ticks = chart.tick_marks, chart.x_tick_labels, chart.y_tick_labels
        return *ticks, chart.x_label, self.peak.number, self.ruler.number


class PeakMark(VGroup):
    """A dot at a bell's highest point, and how high that is: ``dot`` and ``number``."""

    def __init__(self, bell: Bell) -> None:
        self.dot = Circle(Radius.SAMPLE, color=theme.INK, fill_opacity=1, stroke_width=0)
        self.dot.move_to(bell.peak())
        height = significant(normal.constant(bell.sigma.get_value()))
        self.number = Words("%(peak)s", peak=height).next_to(self.dot, UP, buff=LABEL_GAP)
        super().__init__(self.dot, self.number)


def _latest(moments: Tensor, landed: Callable[[], int]) -> float:
    """Return the moment of the values that have landed; without any there is none."""
    return float(moments[landed() - 1]) if landed() else math.nan


def _beside(true: Readout, ours: Readout) -> Readout:
    """Stand the live number of a sample beside a true one."""
    ours.shift(true.pen.get_location() + COLUMN_STEP * RIGHT - ours.pen.get_location())
    return ours.tracked()


def _truth(tracker: ValueTracker, label: str) -> Readout:
    """Return the live number of a bell's mu or sigma."""
    return MomentReadout(tracker.get_value, 2, formula(label), theme.TRUTH).tracked()
