"""Charts with a logarithmic y axis."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import Line, VGroup

from visuals.numbers import Num
from visuals.plots import Chart, Range, TickLabel, padded, round_ticks, share_of_range
from visuals.theme import Dim, Size, Stroke, theme
from visuals.typography import Math

MOST_ZEROS = 4
"""Zeros of the longest number that is written out; beyond it the whole axis shows powers."""


class LogChart(Chart):
    """A chart with a logarithmic y axis: a straight fall is a constant factor per step.

    The y range consists of positive numbers; values that are not positive lie on its lower edge.
    """

    def levels(self) -> VGroup:
        """Return a pale line across the chart at each tick of y, the highest first."""
        left, right = self.axes[0].get_start_and_end()
        levels = VGroup()
        for mark in self.tick_marks[len(self.x_tick_labels) :][::-1]:
            level = Line(left, right, color=theme.MUTED, stroke_width=Stroke.THIN)
            levels.add(level.set_y(mark.get_y()).set_stroke(opacity=Dim.SOFT / 2))
        return levels

    @property
    def rise(self) -> float:
        """Factor of y from one tick to the next; 1 where there is one tick at most."""
        return self.y_at[1] / self.y_at[0] if len(self.y_at) > 1 else 1.0

    def _y_share(self, y: npt.ArrayLike, clip: bool) -> npt.NDArray[np.float64]:
        with np.errstate(divide="ignore", invalid="ignore"):
            return share_of_range(np.log10(np.asarray(y, dtype=float)), self._powers(), clip)

    def _y_ticks(self, most: int) -> list[float]:
        return _whole_powers(self._powers(), most)

    def _y_numbers(self, ticks: list[float]) -> VGroup:
        return powers_of_ten(np.log10(ticks).round().astype(int).tolist())

    def _powers(self) -> Range:
        low, high = np.log10(self.y_range)
        return float(low), float(high)


def _whole_powers(powers: Range, most: int) -> list[float]:
    """Return the powers of ten in a range of exponents."""
    return [10.0**power for power in round_ticks(*powers, most) if power == int(power)]


def powers_of_ten(exponents: Sequence[int]) -> VGroup:
    """Return the labels of ticks at powers of ten, as numbers or, if one is long, as powers."""
    if max(map(abs, exponents), default=0) > MOST_ZEROS:
        return VGroup(*(Math(f"10^({power})", color=theme.MUTED) for power in exponents))
    numbers = (Num(10.0**power, max(0, -power)) for power in exponents)
    return VGroup(*(TickLabel(number, size=Size.TICK, color=theme.MUTED) for number in numbers))


def log_padded(values: npt.ArrayLike, least: float = 2.0) -> Range:
    """Return a range that holds the finite positive values, with some air.

    Parameters
    ----------
    values
        Numbers of any shape; those that are not finite or not positive are ignored.
    least
        Smallest span, in powers of ten.
    """
    numbers = np.asarray(values, dtype=float)
    kept = numbers[np.isfinite(numbers) & (numbers > 0)]
    low, high = padded(np.log10(kept), least=least)
    return 10.0**low, 10.0**high
