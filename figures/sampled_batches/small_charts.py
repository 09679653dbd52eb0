"""Small charts of one size with the same ranges, side by side: only the data differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    ApplyMethod,
    Mobject,
    ValueTracker,
    VGroup,
)

from visuals.cloud import Cloud, fitting_radius
from visuals.label_room import points_along, room_around
from visuals.layout import Slot
from visuals.plots import LABEL_GAP, Chart, Points, Range
from visuals.theme import Dim, Stroke
from visuals.typography import Typeset, Words

Pair: TypeAlias = tuple[float, float]

CHART_GAP = 0.3
"""Space between two panels, in scene units."""

SMALL_CHART_TICKS = 5

LINE_NAME_PLACES = 21
LINE_NAME_GAP, LINE_NAME_ROOM = 0.12, 0.09
"""Space between a line and its name, and the least space around the name."""

DOT = 0.7
"""Radius of a dot, as a share of what it would be in a large chart."""


class SmallChart(VGroup):
    """One small chart, its title above it, and what is drawn on it."""

    def __init__(self, chart: Chart, title: Typeset) -> None:
        self.chart, self.title = chart, title
        title.next_to(chart.axes, UP, buff=LABEL_GAP).align_to(chart.axes, RIGHT)
        super().__init__(chart, title)

    @property
    def origin(self) -> Points:
        """The lower left corner of the plot itself, shape (3,)."""
        return np.asarray(self.chart.axes[0].get_start(), dtype=float)

    def cloud(self, x: npt.ArrayLike, y: npt.ArrayLike) -> Cloud:
        """Return points, each coordinate of shape (n,), that belong to the panel."""
        cloud = Cloud(self.chart, x, y, radius=DOT * fitting_radius(len(np.asarray(x))))
        self.add(cloud)
        return cloud

    def line_pulled_by(self, params: Pair, gradient: Pair) -> ValueTracker:
        """Draw y = w x + b twice: one line stays, one takes a share of a step.

        Parameters
        ----------
        params, gradient
            (w, b), and the loss's derivatives with respect to them.

        Returns
        -------
        share
            Tracker of the share of the step that has been taken; 0 at first.
        """
        share = ValueTracker(0)
        before = self.chart.line(*params).set_stroke(opacity=Dim.SOFT, width=Stroke.THIN)
        line = self.chart.line(*params)

        def follow(_: Mobject) -> None:
            w, b = (p - share.get_value() * g for p, g in zip(params, gradient, strict=True))
            self.chart.put_line(line, w, b)

        line.add_updater(follow)
        after = self.chart.line(params[0] - gradient[0], params[1] - gradient[1])
        self._lines = before, after
        self.add(before, line)
        return share

    def place_beside_line(
        self, name: Typeset, line: int, others: Sequence[Typeset]
    ) -> tuple[float, Points]:
        """Return the freest place for the name of a line, and its room there.

        Parameters
        ----------
        name
            What is to be placed.
        line
            0 for the line that stays, 1 for the one that moves, where it ends.
        others
            Names that have their places.
        """
        half = np.array([name.width, name.height, 0.0]) / 2
        rules = *self.chart.axes, *self._lines
        ink = [points_along(*rule.get_start_and_end()) for rule in rules]
        ink += [part.positions for part in self if isinstance(part, Cloud)]
        ink += [glyph.points for other in others for glyph in other]
        start, end = self._lines[line].get_start_and_end()
        rise = abs((end - start)[1] / max((end - start)[0], half[0]))
        places = [
            start + share * (end - start) + side * UP * (half[1] + rise * half[0] + LINE_NAME_GAP)
            for share in np.linspace(0, 1, LINE_NAME_PLACES)
            for side in (-1, 1)
        ]
        low, high = self.chart.axes.get_corner(DOWN + LEFT), self.chart.axes.get_corner(UP + RIGHT)
        inside = [
            place
            for place in places
            if (abs(2 * place - low - high) <= high - low - 2 * half)[:2].all()
        ]
        rooms = [room_around(place, half, np.vstack(ink)) for place in inside]
        return max(zip(rooms, inside, strict=True), key=lambda pair: pair[0], default=(0.0, start))

    def recede(self) -> Animation:
        """Dim the title and what is drawn, once nothing on the panel moves any more."""
        drawn = [part for part in self if part is not self.chart]
        for part in drawn:
            part.clear_updaters()
        return AnimationGroup(*(ApplyMethod(part.set_opacity, Dim.SOFT) for part in drawn))


class SmallCharts(VGroup):
    """Charts in rows; the axes of the first are labelled and speak for all.

    Parameters
    ----------
    slot
        Room for one row of ``columns``: it decides the size of a panel.
    columns
        SmallCharts a row.
    titles
        What stands above each panel; their number is that of the panels.
    x, y
        The ranges that all share.
    x_label, y_label
        What the axes measure.
    """

    def __init__(
        self,
        slot: Slot,
        columns: int,
        titles: list[Typeset],
        x: Range,
        y: Range,
        x_label: Typeset,
        y_label: Typeset,
    ) -> None:
        first = Chart(slot, x, y, x_label, y_label, ticks=SMALL_CHART_TICKS)
        (left, bottom, _), (right, _, _) = first.axes[0].get_start_and_end()
        plane = Slot(left, right, bottom, first.axes[1].get_end()[1])
        self._left, self._below = plane.left - slot.left, plane.bottom - slot.bottom
        overhang, label = slot.right - plane.right, slot.top - plane.top
        self._above = max(label, titles[0].height + LABEL_GAP)
        free = slot.width - self._left - overhang - CHART_GAP * (columns - 1)
        self._width = free / columns
        self._height = slot.height - self._below - self._above
        right, top = plane.left + self._width, plane.bottom + self._height
        labelled = Slot(slot.left, right + overhang, slot.bottom, top + label)
        bare = Slot(plane.left, right, plane.bottom, top)
        charts = [Chart(labelled, x, y, x_label, y_label, ticks=SMALL_CHART_TICKS)]
        charts += [Chart(bare, x, y, ticks=0) for _ in titles[1:]]
        self.panels = [SmallChart(*pair) for pair in zip(charts, titles, strict=True)]
        # All titles stand on one line, whatever hangs below it.
        depths = [_baseline(title) - title.get_bottom()[1] for title in titles]
        for title, depth in zip(titles, depths, strict=True):
            title.shift(UP * (max(depths) - depth))
        super().__init__(*self.panels)

    @property
    def middle(self) -> float:
        """The x of the middle of all plots."""
        return float(VGroup(*(panel.chart.axes for panel in self.panels)).get_x())

    def name_lines(self, *names: Typeset) -> list[VGroup]:
        """Name the line that stays and the one that moves, on the first panel that has room.

        The last panel, which stands for all, is left free. What finds no room is left out: its
        group is empty.
        """
        groups, placed = [VGroup() for _ in names], list[Typeset]()
        for line, name in enumerate(names):
            for panel in self.panels[:-1]:
                room, place = panel.place_beside_line(name, line, placed)
                if room > LINE_NAME_ROOM:
                    groups[line].add(name.move_to(place))
                    placed.append(name)
                    break
        return groups

    def lay_out(self, slot: Slot, columns: int, rows: int) -> SmallCharts:
        """Put the panels into rows of ``columns``; the first ``rows`` rows fill the slot."""
        across = self._width + CHART_GAP
        down = self._above + self._height + self._below + CHART_GAP
        width = self._left + min(columns, len(self.panels)) * across - CHART_GAP
        height = rows * down - CHART_GAP - (self._below if rows > 1 else 0.0)
        left = slot.center[0] - width / 2 + self._left
        bottom = slot.center[1] + height / 2 - self._above - self._height
        for index, panel in enumerate(self.panels):
            row, column = divmod(index, columns)
            corner = np.array([left + column * across, bottom - row * down, 0.0])
            panel.shift(corner - panel.origin)
        return self


def _baseline(title: Typeset) -> float:
    """Return the y of the line that a title's letters stand on."""
    return title.baseline if isinstance(title, Words) else float(title[0].get_bottom()[1])
