"""A ruler beside a chart: how far labels spread, one standard deviation to each side, to scale."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

import numpy as np
import numpy.typing as npt
from manim import DOWN, LEFT, RIGHT, UP, VGroup

from visuals.layout import BEHIND
from visuals.plots import Chart, Points
from visuals.readout import Readout
from visuals.segments import Segments, dashes
from visuals.theme import Stroke, theme
from visuals.typography import Words

SPREAD_CAP = 0.12
RULER_GAP = 0.25
WORDS_GAP = 0.12
NOTE_GAP = 0.4
WORDS_CLEARANCE = 0.2
"""Space between the ruler and what stands above or below it."""

RULER_GUIDE_DASHES = 24


class SpreadRuler(VGroup):
    """A bracket as long as the spread of the labels, with its name and number.

    Parameters
    ----------
    chart
        Whose y axis it measures along.
    middle, spread
        Return the present middle of the ruler, and the present standard deviation.
    name
        What is measured.
    places
        Digits behind the point.
    floor_room
        Height above the chart's floor that the words leave free.
    """

    def __init__(
        self,
        chart: Chart,
        middle: Callable[[], float],
        spread: Callable[[], float],
        name: Words,
        places: int,
        floor_room: float = 0.0,
    ) -> None:
        self.chart, self.middle, self.spread = chart, middle, spread
        self.floor_room, self.room_below = floor_room, 0.0
        self.rule = Segments(*self._rule_ends(), color=theme.INK, stroke_width=Stroke.LINE)
        self.guides = Segments(*self._guide_ends()).set_z_index(BEHIND)
        self.number = Readout(spread, places, label=Words("±"), color=theme.INK)
        self.number.align_to(name, LEFT)
        self.number.shift(UP * (name.baseline - _line_pitch() - self.number.pen.get_y()))
        self.label = VGroup(name, self.number)
        super().__init__(self.guides, self.rule, self.label)
        self.follow()
        self.add_updater(lambda ruler: ruler.follow())

    def compare(self, words: Words) -> Words:
        """Put words under the number, for comparison with it."""
        self.room_below = words.height + NOTE_GAP
        self.follow()
        words.add_updater(
            lambda words: words.next_to(self.label, DOWN, NOTE_GAP, aligned_edge=LEFT)
        )
        words.update()
        return words

    def clear_of(self, y: float, height: float, above: bool) -> float:
        """Return the height nearest to ``y`` at which a mobject stands clear of the ruler.

        Parameters
        ----------
        y, height
            Where the mobject's middle would stand, and how high it is.
        above
            Whether it may evade upwards; otherwise downwards.
        """
        parts = VGroup(self.rule, self.label)
        if above:
            return max(y, float(parts.get_top()[1]) + WORDS_CLEARANCE + height / 2)
        return min(y, float(parts.get_bottom()[1]) - self.room_below - WORDS_CLEARANCE - height / 2)

    def follow(self) -> Self:
        """Show the present spread."""
        low, high = self._ends()[1]
        self.rule.set_segments(*self._rule_ends())
        # Caps that meet would look like a minus sign before the words.
        self.rule.set_stroke(
            width=Stroke.LINE * min(1.0, float((high - low)[1]) / (2 * SPREAD_CAP))
        )
        self.guides.set_segments(*self._guide_ends())
        self.number.follow()
        self.label.next_to((low + high) / 2 + RIGHT * SPREAD_CAP, RIGHT, buff=WORDS_GAP)
        lowest = self.chart.axes.get_bottom()[1] + self.floor_room + self.room_below
        self.label.shift(UP * max(0.0, lowest - self.label.get_bottom()[1]))
        return self

    def _ends(self) -> tuple[Points, Points]:
        """Return one deviation below and above the middle, at zero and beside the chart."""
        heights = self.middle() + self.spread() * np.array([-1.0, 1.0])
        at_zero = self.chart.at(np.zeros(2), heights)
        beside = self.chart.at(np.full(2, self.chart.x_range[1]), heights)
        return at_zero, beside + RIGHT * RULER_GAP

    def _rule_ends(self) -> tuple[Points, Points]:
        return bracket(*self._ends()[1])

    def _guide_ends(self) -> tuple[Points, Points]:
        at_zero, beside = self._ends()
        return dashes(at_zero, beside - RIGHT * SPREAD_CAP, RULER_GUIDE_DASHES)


def bracket(low: npt.ArrayLike, high: npt.ArrayLike) -> tuple[Points, Points]:
    """Return the ends of an upright rule with a cap at either end, each of shape (3, 3)."""
    bottom, top = np.asarray(low, dtype=float), np.asarray(high, dtype=float)
    cap = RIGHT * SPREAD_CAP
    return np.array([bottom, bottom - cap, top - cap]), np.array([top, bottom + cap, top + cap])


def _line_pitch() -> float:
    """Return how far two lines of words are apart, in scene units."""
    upper, lower = Words("0\n0")
    return float(upper.get_y() - lower.get_y())
