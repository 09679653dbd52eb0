"""Labels against one feature, from which the other feature's part is taken out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
from manim import (
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    ApplyMethod,
    Transform,
    ValueTracker,
    VGroup,
    linear,
    squish_rate_func,
)

from figures.feature_scatter.ramp import Placed, RampDots
from figures.feature_scatter.rooms import ROW
from figures.feature_scatter.terms import BIAS, label_less, share
from linreg.study.spreads import explained_by_others, spread_given
from linreg.study.trace import Trace
from visuals.clipping import clipped
from visuals.cloud import fitting_radius
from visuals.equations import Rewrite, align_part
from visuals.formula import formula
from visuals.layout import BEHIND, Slot
from visuals.plots import Chart, Points, Range, padded
from visuals.segments import Segments, dashes
from visuals.theme import Pace, Radius, Stroke, theme
from visuals.trackers import go
from visuals.typography import Math

COLLAPSE = 2.5
"""Seconds that a cloud takes to collapse."""

LARGER = 1.5
"""Radius of a dot in a large plot, in radii of those in a small one."""

NAME_GAP = 0.14
BESIDE_BRACKET = 0.5
"""Width that the label of a bracket beside the plot takes of it, in scene units."""

LINE_DASHES = 24

GROUND = 2 * Stroke.BOLD
"""Width of the dark ground of the true line, which parts it from the dots."""

LEFT_ROOM = 0.35
"""Room for the numbers of an axis that is zoomed, in scene units."""

MIDWAY = squish_rate_func(linear, 0.35, 0.65)
"""A name changes while the dots that slide are half way."""


class FeaturePlot:
    """A cloud of labels over one of two features, whose dots slide by what is taken out.

    Parameters
    ----------
    trace
        The run, with its data.
    feature
        Number of the feature, 0 or 1.
    slot
        The room for the plot; the name of its labels stands in a row at the top.
    radius
        Of a dot, in radii that suit a small plot.

    Attributes
    ----------
    others_out
        Tracker: the share of the other feature's part that is taken out of the labels, from 0
        to 1.
    zoomed
        Tracker: 0 shows the whole plot, 1 shows :attr:`window`.
    line_shown
        Tracker: how much of the true line is drawn, from 0 to 1.
    dealt
        Tracker: the share of the examples that is seen, in their order.
    window
        Ranges of x and of the label to which the plot is zoomed.
    dots, line, chart, name
        Its parts: the examples, the true line of the feature, the axes, the name of the labels.
    """

    def __init__(self, trace: Trace, feature: int, slot: Slot, radius: float = LARGER) -> None:
        self.trace, self.feature = trace, feature
        self.x = trace.features[:, feature].double().numpy()
        self.y = trace.labels.flatten().double().numpy()
        self.bias, self.weight = trace.true_b.item(), trace.true_w[feature].item()
        self.others = explained_by_others(trace, feature).double().numpy() - self.bias
        self.others_out, self.zoomed = ValueTracker(0), ValueTracker(0)
        self.line_shown, self.dealt = ValueTracker(0), ValueTracker(1)
        self.size = ValueTracker(radius * fitting_radius(len(self.x)))
        self.name = label_less()
        self.chart = self._chart(slot)
        self.window: tuple[Range, Range] = (self.chart.x_range, self.chart.y_range)
        self.name.next_to(self.chart.axes[1], UP, buff=NAME_GAP).align_to(self.chart.axes, LEFT)
        self.dots = RampDots(trace.features[:, 1], self.x, self.places, self.radius)
        nowhere = np.zeros((1, 3))
        ground = Segments(nowhere, nowhere, theme.BACKGROUND, GROUND)
        strokes = Segments(nowhere, nowhere, theme.TRUTH, Stroke.BOLD)
        self.line = VGroup(ground, strokes).set_z_index(1)
        for segments in self.line:
            segments.add_updater(lambda line: line.set_segments(*self._dashes())).update()

    # What is plotted

    @property
    def middle(self) -> tuple[float, float]:
        """A point of the feature's own line in the middle of what is seen."""
        x, _ = self._ranges()
        across = 0.0 if self.zoomed.get_value() == 0 else sum(x) / 2
        return across, self.bias + self.weight * across

    @property
    def spread(self) -> float:
        """Standard deviation of what is left of the labels around the feature's own line."""
        return spread_given(self.trace, self.feature, self.others_out.get_value()).item()

    @property
    def spreads(self) -> tuple[float, float]:
        """Its spread with everything in it, and with everything taken out."""
        before, after = (spread_given(self.trace, self.feature, out) for out in (0.0, 1.0))
        return before.item(), after.item()

    def radius(self) -> float:
        """Return the radius of a dot of now."""
        size, zoomed = self.size.get_value(), self.zoomed.get_value()
        return size + (max(size, Radius.SAMPLE) - size) * zoomed

    def at(self, x: npt.ArrayLike, y: npt.ArrayLike) -> Points:
        """Return where points (n,) are seen now, shape (n, 3), also those off the plot."""
        across, along = (
            full[0] + (np.asarray(values) - low) / (high - low) * (full[1] - full[0])
            for values, (low, high), full in zip(
                (x, y), self._ranges(), (self.chart.x_range, self.chart.y_range), strict=True
            )
        )
        return self.chart.at(across, along, clip=False)

    def left(self) -> Points:
        """Return what is left of the labels, shape (n,)."""
        return np.asarray(self.y - self.others_out.get_value() * self.others)

    def places(self) -> Placed:
        """Return where the examples are now, and which of them are seen."""
        left = self.left()
        dealt = np.arange(len(left)) < round(self.dealt.get_value() * len(left))
        if self.zoomed.get_value():
            for values, (low, high) in zip((self.x, left), self._ranges(), strict=True):
                dealt &= (values >= low) & (values <= high)
        return self.at(self.x, left), dealt

    # Its parts

    @property
    def parts(self) -> tuple[Chart, Math, VGroup, RampDots]:
        """Its parts that are on the screen."""
        return self.chart, self.name, self.line, self.dots

    def line_name(self) -> Math:
        """Name the line: beyond the plot on the height of its end, clear of a bracket there."""
        name = formula(f"{BIAS} + {share(self.feature)}")
        end = float(self.x.max())
        height = self.bias + self.weight * end
        middle = float(np.clip(self.middle[1], *self.chart.y_range))
        (place,) = self.at([end], [height])
        reach = self.spread + name.height / float(self.at([end], [height + 1])[0, 1] - place[1])
        if abs(height - middle) > reach:
            place[0] = self.chart.axes.get_right()[0]
            return name.next_to(place, RIGHT, buff=NAME_GAP)
        name.next_to(place, UP, buff=2 * NAME_GAP).align_to(self.chart.axes, RIGHT)
        return name.shift(LEFT * BESIDE_BRACKET)

    # What happens to it

    def move_to(self, slot: Slot, run_time: float = 1.5) -> Animation:
        """Move the chart to another slot, and give it that size; the dots follow."""
        chart = self._chart(slot)
        shift = chart.axes[1].get_end() - self.chart.axes[1].get_end()
        size = LARGER * fitting_radius(len(self.x))
        return AnimationGroup(
            Transform(self.chart, chart),
            ApplyMethod(self.name.shift, shift),
            go(self.size, size),
            run_time=run_time,
        )

    def put_line_behind(self) -> None:
        """Put the line behind the dots, which will lie on it."""
        self.line.set_z_index(BEHIND)

    def draw_line(self, run_time: float = Pace.MOVE) -> Animation:
        """Draw the line of the feature alone, from left to right."""
        return go(self.line_shown, 1, run_time)

    def take_out(self, run_time: float) -> tuple[Animation, ...]:
        """Slide all dots by the other feature's part, and rename the axis."""
        return self._slide(1.0, label_less(share(1 - self.feature)), run_time)

    def put_back(self, run_time: float) -> tuple[Animation, ...]:
        """Slide all dots back to their labels."""
        return self._slide(0.0, label_less(), run_time)

    def _slide(self, others_out: float, name: Math, run_time: float) -> tuple[Animation, ...]:
        old, self.name = self.name, name
        align_part(self.name, old, "y")
        return (
            go(self.others_out, others_out, run_time),
            Rewrite(old, self.name, run_time=run_time).set_rate_func(MIDWAY),
        )

    def _chart(self, slot: Slot) -> Chart:
        values = [self.y, self.y - self.others]
        return Chart(
            replace(slot, top=slot.top - ROW, left=slot.left + LEFT_ROOM),
            padded(self.trace.features, share=0.04),
            padded(np.concatenate(values), share=0.08),
            x_label=Math(f"x_{self.feature + 1}", color=theme.DATA),
        )

    def _ranges(self) -> tuple[Range, Range]:
        """Return the ranges of x and of the label that are seen now."""
        zoomed = self.zoomed.get_value()
        full = self.chart.x_range, self.chart.y_range
        first, second = (
            _between(whole, part, zoomed) for whole, part in zip(full, self.window, strict=True)
        )
        return first, second

    def _dashes(self) -> tuple[Points, Points]:
        """Return the dashes of the line, as far as it is seen and the examples go."""
        x, y = self._ranges()
        reach = np.array([self.x.min(), self.x.max()])
        ends = np.column_stack([reach, self.bias + self.weight * reach])
        starts, stops = clipped(ends, x, y)
        shown = self.line_shown.get_value()
        if not len(starts) or shown == 0:
            return np.zeros((1, 3)), np.zeros((1, 3))
        stops = starts + (stops - starts) * shown
        return dashes(self.at(*starts.T), self.at(*stops.T), max(2, round(LINE_DASHES * shown)))


def _between(whole: Range, part: Range, zoomed: float) -> Range:
    """Return a range between two: each second of a zoom enlarges by the same factor."""
    size, last = whole[1] - whole[0], part[1] - part[0]
    now = size * (last / size) ** zoomed
    done = (size - now) / (size - last) if size > last else 0.0
    middle = sum(whole) / 2 + (sum(part) - sum(whole)) / 2 * done
    return middle - now / 2, middle + now / 2
