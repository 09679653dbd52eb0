"""The zoom into a collapsed cloud: its window, the factor of each axis, the numbers at its end."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, FadeIn, FadeOut, VGroup

from figures.feature_scatter.feature_plot import FeaturePlot
from visuals.numbers import integer
from visuals.plots import TICK_GAP, TICK_LENGTH, round_ticks, tick_labels
from visuals.segments import Segments
from visuals.theme import Pace, Stroke
from visuals.trackers import go
from visuals.typography import Words

FACTORS = (1, 3, 10, 30, 100, 300, 1000, 3000, 10_000)
"""Round factors of a zoom."""

TIME = 3.0
BESIDE = 0.35


class Zoom:
    """A zoom of both axes into what is left of a cloud.

    Parameters
    ----------
    plot
        The plot, in which everything is taken out.
    times
        Text of a factor, with ``%(times)s``.
    """

    def __init__(self, plot: FeaturePlot, times: str) -> None:
        self.plot, self.chart = plot, plot.chart
        before, after = plot.spreads
        fitting = [number for number, factor in enumerate(FACTORS) if factor * after <= before]
        up = max(fitting, default=0)
        across = max(up - 1, 0)
        # A place where there are examples.
        nearest = plot.x[np.argsort(np.abs(plot.x), kind="stable")[: len(plot.x) // 20 + 1]]
        x = float(np.median(nearest))
        y = plot.bias + plot.weight * x
        halves = [
            (high - low) / 2 / FACTORS[factor]
            for (low, high), factor in zip(
                (self.chart.x_range, self.chart.y_range), (across, up), strict=True
            )
        ]
        self.window = (x - halves[0], x + halves[0]), (y - halves[1], y + halves[1])
        assert self.chart.x_label is not None
        names = (self.chart.x_label, plot.name)
        factors = [
            Words(times, times=integer(FACTORS[number])) if number else VGroup()
            for number in (across, up)
        ]
        for factor, name, side in zip(factors, names, (LEFT, RIGHT), strict=True):
            factor.next_to(name, side, buff=BESIDE)
            if isinstance(factor, Words):
                # Both names end in an x with an index.
                factor.shift(UP * (name[-2].get_bottom()[1] - factor.baseline))
        if across:
            self.chart.keep_below_numbers(factors[0])
        self.factors = VGroup(*factors)
        self.old = VGroup(self.chart.tick_marks, self.chart.x_tick_labels, self.chart.y_tick_labels)

    def go_in(self) -> Animation:
        """Enlarge; the numbers of the axes leave first."""
        self.plot.window = self.window
        return go(self.plot.zoomed, 1, TIME)

    def go_out(self) -> Animation:
        """Make it small again."""
        return go(self.plot.zoomed, 0, TIME / 2)

    def hide_numbers(self) -> Animation:
        """Take the numbers of the whole axes away."""
        return FadeOut(self.old, run_time=Pace.QUICK / 2)

    def show_numbers(self) -> Animation:
        """Bring the numbers of the whole axes back."""
        return FadeIn(self.old, run_time=Pace.QUICK / 2)

    def numbers(self) -> VGroup:
        """Return marks and numbers of the axes at the end of the zoom, and both factors."""
        marks, labels = VGroup(), VGroup()
        for axis, span in enumerate(self.window):
            ticks = round_ticks(*span, 4)
            for value, label in zip(ticks, tick_labels(ticks), strict=True):
                share = (value - span[0]) / (span[1] - span[0])
                start, end = self.chart.axes[axis].get_start_and_end()
                foot, side = start + share * (end - start), LEFT if axis else DOWN
                rule = Segments(foot[None], (foot + side * TICK_LENGTH)[None])
                marks.add(rule.set_stroke(width=Stroke.AXIS))
                labels.add(label.next_to(foot, side, buff=TICK_GAP))
        return VGroup(marks, labels, self.factors)
