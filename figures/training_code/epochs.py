"""Ends of epochs on a chart over steps: dashed uprights, with the names of the epochs."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, UP, VGroup

from linreg.study.trace import Trace
from visuals.numbers import integer
from visuals.plots import LABEL_GAP, Chart, Points
from visuals.segments import Segments, dashes
from visuals.theme import theme
from visuals.typography import Words

MOST_EPOCHS = 12
"""Ends of more epochs are not shown."""

DASHES = 16


class EpochEnds(VGroup):
    """A dashed upright where each epoch ends, and its name left of it.

    The names stand at the top, or at the bottom where the curve is at the top; where one has no
    room, there are none.

    Parameters
    ----------
    chart
        The chart over steps.
    trace
        The run.
    text
        What an epoch is called, with ``%(number)s`` for its number; without it there are no
        names.
    curve
        Points of the curve that the names keep off, shape (n, 3).
    """

    def __init__(
        self, chart: Chart, trace: Trace, text: str = "", curve: Points | None = None
    ) -> None:
        every = np.arange(1, len(trace.epoch_loss) + 1) * trace.steps_per_epoch
        last = chart.x_range[1] if len(every) <= MOST_EPOCHS else 0
        lines = [
            Segments(*dashes(ends[:1], ends[1:], DASHES))
            for ends in (chart.at([end, end], chart.y_range) for end in every[every <= last])
        ]
        super().__init__(*lines)
        if not text:
            return
        names = [
            Words(text, number=integer(number + 1), color=theme.MUTED)
            for number in range(len(lines))
        ]
        starts = [chart.axes[1].get_x(), *(line.get_x() for line in lines)]
        for edge in (UP, DOWN):
            for name, line in zip(names, lines, strict=True):
                name.next_to(line.get_corner(edge), LEFT, buff=LABEL_GAP, aligned_edge=edge)
                name.shift(-LABEL_GAP * edge / 2)
            if curve is None or not any(_meets(name, curve) for name in names):
                break
        rooms = zip(names, starts, strict=False)
        if all(name.get_left()[0] >= start + LABEL_GAP for name, start in rooms):
            self.add(*names)


def _meets(name: Words, curve: Points) -> bool:
    """Say whether a curve comes near a name."""
    near = abs(curve - name.get_center())
    reach = np.array([name.width, name.height]) / 2 + LABEL_GAP / 2
    return bool((near[:, :2] < reach).all(axis=1).any())
