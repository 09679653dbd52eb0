"""Labels against one feature, from which the bias and the other features are taken out.

Every dot can slide by what is already explained, the bias and the other features' share. The one
feature's line, its name and a ruler beside the plot show what the labels still spread around.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

import numpy as np
import numpy.typing as npt
from manim import (
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    ApplyMethod,
    FadeOut,
    Line,
    Rectangle,
    Transform,
    ValueTracker,
    VGroup,
    linear,
    squish_rate_func,
)

from figures.feature_scatter.slanted_lines import even_dashes
from figures.feature_scatter.spread_ruler import WORDS_CLEARANCE, SpreadRuler
from linreg.study.spreads import explained_by_others, spread_given
from linreg.study.trace import Trace
from visuals.cloud import CROWD_OPACITY, Cloud, fitting_radius
from visuals.equations import Rewrite, align_part
from visuals.formula import formula
from visuals.layout import BEHIND, Slot
from visuals.plots import Chart, Points, padded
from visuals.segments import Segments, dashes
from visuals.theme import Dim, Pace, Radius, Stroke, theme
from visuals.typography import Math, Words

Rows = slice | npt.NDArray[np.int64]
EVERY = slice(None)

NEIGHBOURS = 0.08
"""Share of the examples that count as having almost the same feature."""

LINE, WIDE = 0.25, 0.9
"""Shares of a cloud's spread below which it counts as collapsed, and as narrowed."""

COLLAPSE = 3.5
"""Seconds that a cloud takes to collapse."""

AXIS_NAME_GAP = 0.14
END_GAP = 0.2
"""Space between a line's end and its name."""

LINE_DASHES = 24
WAY_DASH = 0.07
"""Length of a dash of a share, in scene units."""

WAITING = 0.55
"""Opacity of a cloud that is not in focus but must still be seen."""

QUIET = 0.72
"""Opacity of what stands around such a cloud."""

MIDWAY = squish_rate_func(linear, 0.35, 0.65)
"""A name changes while the dots that slide are half way."""

LIT_RADIUS = 1.4
"""Radius of a dot that is looked at alone, in radii of the others."""

LABEL, BIAS = "{{ y : y }}", "{{ b : b }}"


class Narrowing(Enum):
    """Effect on a cloud of taking the other feature out of the labels."""

    COLLAPSED = "collapsed"
    NARROWED = "narrowed"
    UNMOVED = "unmoved"


class CollapsingPlot:
    """A cloud of labels against one feature, whose dots slide by what is taken out.

    Parameters
    ----------
    trace
        The run, with its data.
    feature
        Number of the feature, from 0.
    slot
        The room for the plot, that for a ruler beside it included.
    num_marked
        How many examples, the first ones, have larger dots.

    Attributes
    ----------
    bias_out, others_out
        Trackers: the shares of the bias and of the other features' part that are taken out of
        the labels, from 0 to 1.
    chart
        Where the dots are plotted; the same ranges for every feature.
    cloud, marked
        All dots, and the larger ones.
    name
        The present label of the label axis.
    line_name
        What the feature's own line is; beyond its right end, once it is shown.
    measure
        The ruler, once it is drawn.
    notes
        What is dimmed with the plot: the line, its name, the ruler and what stands under it.
    """

    def __init__(self, trace: Trace, feature: int, slot: Slot, num_marked: int) -> None:
        self.trace, self.feature = trace, feature
        self.x = trace.features[:, feature].double().numpy()
        self.y = trace.labels.flatten().double().numpy()
        self.bias = trace.true_b.item()
        self.weight = trace.true_w[feature].item()
        self.others = explained_by_others(trace, feature).double().numpy() - self.bias
        self.bias_out, self.others_out = ValueTracker(0), ValueTracker(0)
        self.name, self.line_name, self.notes = label_less(), self._line_name(), VGroup()
        self.measure: SpreadRuler | None = None
        self.chart = self._chart(slot)
        self.cloud = self._dots(EVERY, fitting_radius(len(self.x))).set_opacity(CROWD_OPACITY)
        self.marked = self._dots(slice(num_marked), Radius.SAMPLE)
        self.name.next_to(self.chart.axes[1], UP, buff=AXIS_NAME_GAP).align_to(
            self.chart.axes, LEFT
        )

    # What is plotted

    @property
    def middle(self) -> float:
        """Height of the feature's own line at zero, in units of the label."""
        return self.bias * (1 - self.bias_out.get_value())

    @property
    def spread(self) -> float:
        """Standard deviation of what is left of the labels around the feature's own line."""
        return spread_given(self.trace, self.feature, self.others_out.get_value()).item()

    @property
    def narrowing(self) -> Narrowing:
        """Effect on the cloud of taking the other feature out."""
        whole = spread_given(self.trace, self.feature).item()
        left = self.noise_spread / whole if whole else 1.0
        return (
            Narrowing.COLLAPSED
            if left < LINE
            else Narrowing.NARROWED
            if left < WIDE
            else Narrowing.UNMOVED
        )

    @property
    def noise_spread(self) -> float:
        """Standard deviation of what is left when everything is taken out."""
        return spread_given(self.trace, self.feature, taken_out=1.0).item()

    def left(self, rows: Rows = EVERY, others_out: float | None = None) -> Points:
        """Return what is left of the labels of some rows, shape (rows,)."""
        taken = self.others_out.get_value() if others_out is None else others_out
        bias = self.bias_out.get_value() * self.bias
        return np.asarray(self.y[rows] - bias - taken * self.others[rows])

    # Its parts

    @property
    def parts(self) -> tuple[Chart, Math, Cloud, Cloud]:
        """Its parts that are on the screen."""
        return self.chart, self.name, self.cloud, self.marked

    def strip(self) -> VGroup:
        """Light the examples whose feature is almost the same, on a band."""
        count = max(1, round(NEIGHBOURS * len(self.x)))
        rows = np.argsort(np.abs(self.x), kind="stable")[:count]
        reach = max(np.abs(self.x[rows]).max(), 0.01 * np.ptp(self.chart.x_range))
        corners = self.chart.at([-reach, reach], np.array(self.chart.y_range))
        width, height = (corners[1] - corners[0])[:2]
        band = Rectangle(
            width=width,
            height=height,
            stroke_color=theme.MUTED,
            stroke_width=Stroke.THIN,
            fill_color=theme.DATA,
            fill_opacity=Dim.FAINT,
        )
        return VGroup(
            band.move_to(corners.mean(axis=0)), self._dots(rows, LIT_RADIUS * self.cloud.radius)
        )

    def shares(self) -> Segments:
        """Draw how far each marked example has still to slide, as what is true is drawn."""
        ways = Segments(*even_dashes(*self._ways(), WAY_DASH), theme.TRUTH, Stroke.LINE)
        ways.add_updater(lambda ways: ways.set_segments(*even_dashes(*self._ways(), WAY_DASH)))
        return ways

    def name_share(self, name: Math) -> Math:
        """Name the longest way of a marked example, off the cloud beyond its dot."""
        starts, ends = self._ways()
        ways = (ends - starts)[:, 1]
        row = int(np.abs(ways).argmax())
        side = -1.0 if ways[row] > 0 else 1.0
        size = float(name.width) + AXIS_NAME_GAP, float(name.height) + AXIS_NAME_GAP
        name.move_to(self.cloud.room_near(starts[row], size, side))
        return name

    def own_line(self) -> Segments:
        """Draw what this feature explains, dashed, behind the dots; the bias moves it."""
        own = Segments(*dashes(*self._own_ends(), LINE_DASHES), theme.TRUTH, 2 * Stroke.LINE)
        own.add_updater(lambda own: own.set_segments(*dashes(*self._own_ends(), LINE_DASHES)))
        self.notes.add(own.set_z_index(BEHIND))
        return own

    def name_line(self) -> Math:
        """Name the feature's own line beyond its right end, clear of the ruler; it follows.

        While the bias is taken out, it fades from the name.
        """
        self.notes.remove(self.line_name)
        self.line_name = self._line_name()
        self.line_name.add_updater(lambda name: self._stand_beyond(name)).update()
        self.notes.add(self.line_name)
        return self.line_name

    def ruler(self, name: Words, places: int, note: Words | None = None) -> SpreadRuler:
        """Measure how far the labels spread around the feature's own line.

        Parameters
        ----------
        name
            What is measured.
        places
            Digits behind the point.
        note
            What the spread is compared with, under the ruler's words; shown by itself.
        """
        # A line that falls ends low: its name stands under the words.
        room = END_GAP + self.line_name.em + WORDS_CLEARANCE if self.weight < 0 else 0.0
        ruler = SpreadRuler(
            self.chart, lambda: self.middle, lambda: self.spread, name, places, room
        )
        self.measure = ruler
        self.notes.add(ruler, *([] if note is None else [ruler.compare(note)]))
        return ruler

    # What happens to it

    def move_to(self, slot: Slot, run_time: float = Pace.MOVE) -> Animation:
        """Move the chart to another slot, and give it that size; the dots follow."""
        chart = self._chart(slot)
        shift = chart.axes[1].get_end() - self.chart.axes[1].get_end()
        return AnimationGroup(
            Transform(self.chart, chart), ApplyMethod(self.name.shift, shift), run_time=run_time
        )

    def fade_to(self, cloud: float, rest: float = 1.0) -> Animation:
        """Dim or light the dots, and everything else."""
        others = (self.chart, self.name, *self.notes)
        return AnimationGroup(
            *(ApplyMethod(dots.set_opacity, cloud) for dots in (self.cloud, self.marked)),
            *(ApplyMethod(other.set_opacity, rest) for other in others),
            run_time=Pace.QUICK,
        )

    def drop(self, note: Words) -> Animation:
        """Take away what the spread was compared with."""
        self.notes.remove(note)
        return FadeOut(note, run_time=Pace.QUICK)

    def rename(self, *taken: str, run_time: float) -> Animation:
        """Write what the label axis measures, as dots that slide that long are half way.

        ``taken`` is as for :func:`label_less`.
        """
        old, self.name = self.name, label_less(*taken)
        align_part(self.name, old, "y")
        return Rewrite(old, self.name, run_time=run_time).set_rate_func(MIDWAY)

    def take_out_the_bias(self, run_time: float = Pace.SWEEP) -> tuple[Animation, ...]:
        """Slide all dots by the bias: the cloud moves as one."""
        return (
            ApplyMethod(self.bias_out.set_value, 1, run_time=run_time),
            self.rename(BIAS, run_time=run_time),
        )

    def take_out_the_other(self, run_time: float = COLLAPSE) -> tuple[Animation, ...]:
        """Slide every dot by what the other feature explains of it: the cloud collapses."""
        return (
            ApplyMethod(self.others_out.set_value, 1, run_time=run_time),
            self.rename(BIAS, share(1 - self.feature), run_time=run_time),
        )

    def put_back(self, run_time: float = Pace.SWEEP) -> tuple[Animation, ...]:
        """Let the dots slide back to the labels."""
        return (
            ApplyMethod(self.bias_out.set_value, 0, run_time=run_time),
            ApplyMethod(self.others_out.set_value, 0, run_time=run_time),
            self.rename(run_time=run_time),
        )

    def _chart(self, slot: Slot) -> Chart:
        values = [self.y, self.y - self.bias]
        values += [
            self.y - explained_by_others(self.trace, feature).double().numpy()
            for feature in range(len(self.trace.true_w))
        ]
        top = slot.top - AXIS_NAME_GAP - self.name.height
        return Chart(
            replace(slot, top=top),
            padded(self.trace.features, share=0.04),
            padded(np.concatenate(values), share=0.04),
            x_label=Math(f"x_{self.feature + 1}", color=theme.DATA),
        )

    def _line_name(self) -> Math:
        bias = "" if self.bias_out.get_value() else f" + {BIAS}"
        return formula(share(self.feature) + bias)

    def _stand_beyond(self, name: Math) -> None:
        """Stand the line's name beyond its right end, on the end's height or above the floor."""
        (end,) = self._own_ends()[1]
        y = max(float(end[1]), float(self.chart.axes.get_bottom()[1]) + END_GAP + name.em / 2)
        if self.measure is not None:
            y = self.measure.clear_of(y, name.em, above=self.weight >= 0)
        weight = name.part(f"w_{self.feature + 1}")
        name.next_to(end, RIGHT, buff=END_GAP).shift(UP * (y - weight.get_y()))
        if "b" in name.labels:
            shown = weight[0].get_fill_opacity() * (1 - self.bias_out.get_value())
            VGroup(name.part("b"), name.unlabelled()).set_opacity(shown)

    def _dots(self, rows: Rows, radius: float) -> Cloud:
        dots = Cloud(self.chart, self.x[rows], self.left(rows), radius=radius)
        dots.add_updater(
            lambda dots: dots.set_positions(self.chart.at(self.x[rows], self.left(rows)))
        )
        return dots

    def _own_ends(self) -> tuple[Points, Points]:
        """Return the ends of the feature's own line, as far as the examples go, shapes (1, 3)."""
        reach = float(self.x.min()), float(self.x.max())
        start, end = self.chart.put_line(
            Line(), self.weight, self.middle, reach
        ).get_start_and_end()
        return start[None], end[None]

    def _ways(self) -> tuple[Points, Points]:
        """Return where the marked dots are and where their shares take them, shapes (n, 3)."""
        rows = slice(self.marked.count)
        x = self.x[rows]
        starts = self.chart.at(x, self.left(rows))
        return starts, self.chart.at(x, self.left(rows, others_out=1.0))


def share(feature: int) -> str:
    """Return a feature's share of the label, w x, as an expression for :func:`formula`."""
    w, x = f"w_{feature + 1}", f"x_{feature + 1}"
    return f"{{{{ {w} : {w} }}}} {{{{ {x} : {x} }}}}"


def label_less(*taken: str) -> Math:
    """Return y less what is taken out of it: ``BIAS`` or the :func:`share` of a feature."""
    return formula(" - ".join((LABEL, *taken)))


TOTAL = f"{share(0)} + {share(1)}"
"""The share of both features together."""

PLANE = f"{TOTAL} + {BIAS}"
"""Equation of the plane: the label without its noise."""
