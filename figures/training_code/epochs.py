"""Ends of epochs on a chart over steps: dashed uprights, with the names of the epochs."""

from __future__ import annotations

import numpy as np
from manim import LEFT, UP, VGroup

from linreg.study.trace import Trace
from visuals.numbers import integer
from visuals.plots import LABEL_GAP, Chart
from visuals.segments import Segments, dashes
from visuals.theme import theme
from visuals.typography import Words

MOST_EPOCHS = 12
"""Ends of more epochs are not shown."""

DASHES = 16


class EpochEnds(VGroup):
    """A dashed upright where each epoch ends, and its name left of it.

    Parameters
    ----------
    chart
        The chart over steps.
    trace
        The run.
    text
        What an epoch is called, with ``%(number)s`` for its number; without it there are no
        names. There are none either where one has no room.

    Attributes
    ----------
    ends
        The steps at which the epochs end, as far as they are on the chart.
    """

    def __init__(self, chart: Chart, trace: Trace, text: str = "") -> None:
        every = np.arange(1, len(trace.epoch_loss) + 1) * trace.steps_per_epoch
        self.ends = [int(end) for end in every[every <= chart.x_range[1]]]
        if len(every) > MOST_EPOCHS:
            self.ends = []
        lines = [
            Segments(*dashes(ends[:1], ends[1:], DASHES))
            for ends in (chart.at([end, end], chart.y_range) for end in self.ends)
        ]
        super().__init__(*lines)
        starts = [chart.axes[1].get_x(), *(line.get_x() for line in lines)]
        names = []
        for number, (line, start) in enumerate(zip(lines, starts, strict=False), start=1):
            if not text:
                continue
            name = Words(text, number=integer(number), color=theme.MUTED)
            name.next_to(line.get_top(), LEFT, buff=LABEL_GAP, aligned_edge=UP)
            if name.get_left()[0] < start + LABEL_GAP:
                return
            names.append(name)
        self.add(*names)
