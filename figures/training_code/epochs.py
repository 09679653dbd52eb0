"""Ends of epochs on a chart over steps: thin lines, and the names of the epochs.

A line stands where an epoch ends and another begins.
"""

from __future__ import annotations

import numpy as np
from manim import RIGHT, UP, Line, VGroup

from linreg.study.trace import Trace
from visuals.layout import BEHIND
from visuals.numbers import integer
from visuals.plots import LABEL_GAP, Chart, Points
from visuals.theme import Dim, Stroke, theme
from visuals.typography import Words

MOST_EPOCHS = 12
"""More epochs are not parted by lines."""


def epoch_lines(chart: Chart, trace: Trace, bottom: float) -> VGroup:
    """Draw a thin line down a chart over steps wherever one epoch follows another."""
    ends = np.arange(1, len(trace.epoch_loss)) * trace.steps_per_epoch
    lines = VGroup()
    for step in ends[ends < chart.x_range[1]] if len(ends) < MOST_EPOCHS else ():
        top = chart.at(step, chart.y_range[1])
        line = Line(top, (float(top[0]), bottom, 0.0), color=theme.MUTED, stroke_width=Stroke.THIN)
        lines.add(line.set_stroke(opacity=Dim.SOFT))
    return lines.set_z_index(BEHIND)


def epoch_names(lines: VGroup, text: str, chart: Chart, corners: Points) -> list[Words]:
    """Name the epoch after each line, on top; none where there is no room for all the names.

    Parameters
    ----------
    lines
        Where an epoch ends and another begins.
    text
        What an epoch is called, with ``%(number)s`` for which it is.
    chart
        Where the lines are.
    corners
        Of a curve that the names keep off, shape (n, 3).
    """
    right = float(chart.axes[0].get_right()[0])
    ends = [*(float(line.get_x()) for line in lines), right][1:]
    names: list[Words] = []
    for number, (line, end) in enumerate(zip(lines, ends, strict=True), start=2):
        name = Words(text, number=integer(number), color=theme.MUTED)
        name.next_to(line.get_top(), RIGHT, buff=LABEL_GAP, aligned_edge=UP)
        x, y = corners[:, 0], corners[:, 1]
        beside = (x > name.get_left()[0] - LABEL_GAP) & (x < name.get_right()[0] + LABEL_GAP)
        if name.get_right()[0] > end or (y[beside] > name.get_bottom()[1] - LABEL_GAP).any():
            return []
        names.append(name)
    return names
