"""Distances of the labels from the true plane, enlarged until they can be seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from manim import RIGHT, UP, Animation, AnimationGroup, VGroup, VMobject

from fastcairo import DotCloud
from figures.feature_scatter.collapsing_plot import BIAS, TOTAL, label_less, share
from figures.feature_scatter.feature_space import FeatureSpace
from figures.feature_scatter.spread_ruler import SPREAD_CAP, WORDS_GAP, SpreadRuler, bracket
from linreg.study.example import noise
from linreg.study.spreads import spread_given
from linreg.study.trace import Trace
from visuals.cloud import CROWD_OPACITY, Cloud
from visuals.formula import formula
from visuals.layout import BEHIND, Slot, is_wide
from visuals.plots import Chart, padded
from visuals.scales import enlargement
from visuals.segments import Segments
from visuals.theme import Pace, Radius, Stroke, theme
from visuals.typography import Words

GHOST = 0.45
"""Opacity of the cloud of before: 3 : 1 against the ground."""

GHOST_CLEARANCE = 0.05
"""Space between its dots and words, in scene units."""


class PlaneErrors:
    """A plot of labels less the plane, against the plane's own horizontal axis.

    Parameters
    ----------
    space
        The examples, seen edge-on.
    trace
        The run, with its data.
    slot
        The room for the plot. Beside the space it stands on the same base line.

    Attributes
    ----------
    chart
        The axes.
    spread
        Standard deviation of what is left, in units of the label.
    before
        That of what feature one alone left of the labels.
    numbers
        Of the label's axis, for when the examples have arrived: none flies over them.
    cloud, marked
        The examples and the larger ones, at first where they are seen edge-on.
    """

    def __init__(self, space: FeatureSpace, trace: Trace, slot: Slot) -> None:
        self.space = space
        self.rest = noise(trace).double().numpy()
        self.spread = spread_given(trace, 0, taken_out=1.0).item()
        self.before = spread_given(trace, 0).item()
        self.sums = space.data[:, :2] @ space.w
        self.most = space.projection.reach * float(np.linalg.norm(space.w)) or 1.0
        self.chart = self._chart(slot)
        if is_wide():
            low, high = (point[1] for point in space.projection.rim(space.projection.y_range))
            bottom = slot.bottom + low - self.chart.axes.get_bottom()[1]
            top = slot.top + high - self.chart.axes.get_top()[1]
            self.chart = self._chart(replace(slot, bottom=bottom, top=top))
        self.cloud = Cloud(
            self.chart, self.sums, self.rest, space.cloud.radius, opacity=CROWD_OPACITY
        )
        self.cloud.set_positions(space.cloud.positions)
        first = slice(space.num_marked)
        self.marked = Cloud(self.chart, self.sums[first], self.rest[first], radius=Radius.SAMPLE)
        self.marked.set_positions(space.marked.positions)
        if is_wide():
            self._share_lines(space)
        self.numbers = self.chart.y_tick_labels
        self.chart.remove(self.numbers)

    def enlarge(self, run_time: float = Pace.SWEEP) -> Animation:
        """Let the examples go from the plane to what is left of their labels."""
        first = slice(self.marked.count)
        return AnimationGroup(
            self.cloud.slide_to(self.sums, self.rest, run_time),
            self.marked.slide_to(self.sums[first], self.rest[first], run_time),
        )

    def ruler(self, name: Words, places: int) -> SpreadRuler:
        """Measure how far what is left spreads."""
        spread = self.spread
        return SpreadRuler(self.chart, lambda: 0.0, lambda: spread, name, places)

    @property
    def times(self) -> float:
        """Ratio of the length of a unit of the label here to that in the space."""
        here = float(self.chart.axes[1].get_length()) / float(np.ptp(self.chart.y_range))
        return enlargement(here, self.space.unit)

    def mark_before(self, words: Words, name: VMobject) -> VGroup:
        """Mark the spread of before in the space, to scale, under the plane's upper half.

        Beside it stands a ghost of the cloud that spread so far; no dot of it touches the words
        or the plane's name.
        """
        low, high = self.space.projection.rim(self.space.b + self.before * np.array([-1.0, 1.0]))
        words.set_y((low + high)[1] / 2).set_x(self.space.projection.right, direction=RIGHT)
        across = RIGHT * (words.get_left()[0] - WORDS_GAP - SPREAD_CAP - low[0])
        ends = bracket(low + across, high + across)
        rule = Segments(*ends, color=theme.MUTED, stroke_width=Stroke.LINE)
        ghost = self._cloud_before()
        for part in (rule, words, name):
            half = np.array([part.width, part.height, 0.0]) / 2 + ghost.radius + GHOST_CLEARANCE
            beside = (np.abs(ghost.positions - part.get_center()) > half)[:, :2].any(axis=1)
            if beside.any():
                ghost.set_positions(ghost.positions[beside])
        return VGroup(ghost.set_z_index(BEHIND), rule, words)

    def _cloud_before(self) -> DotCloud:
        """Return a ghost of the examples, over what feature one alone explains."""
        alone = self.space.data * [1.0, 0.0, 1.0]
        radius = self.space.cloud.radius
        return DotCloud(self.space.projection.project(alone), radius, theme.DATA, opacity=GHOST)

    def _share_lines(self, space: FeatureSpace) -> None:
        """Write what the label's axis measures on the line of the same name in the space."""
        name = self.chart.y_label
        assert name is not None
        name.shift(UP * (space.names[2].get_y() - name.part("y").get_y()))

    def _chart(self, slot: Slot) -> Chart:
        exact = not self.rest.any()
        return Chart(
            slot,
            (-self.most, self.most),
            padded(self.rest, share=0.04, least=1.0 if exact else 1e-9),
            x_label=formula(TOTAL),
            y_label=label_less(BIAS, share(0), share(1)),
        )
