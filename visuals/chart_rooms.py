"""Charts in slots: moved into another one, and aligned one above the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from manim import Animation, Transform

from visuals.layout import Slot
from visuals.plots import Chart
from visuals.theme import Pace


def move_chart(chart: Chart, slot: Slot, run_time: float = Pace.MOVE) -> Animation:
    """Move a chart into another slot.

    Its axes take the new room, its texts keep their size, and what follows the chart goes with it.

    Parameters
    ----------
    chart
        The chart.
    slot
        The new room for the whole chart, labels and ticks included.
    run_time
        In seconds.
    """
    return Transform(chart, chart_in(slot, chart), run_time=run_time)


def chart_in(slot: Slot, chart: Chart) -> Chart:
    """Return a chart like another one in a slot of its own; an axis without numbers has none."""
    x_label, y_label = (label and label.copy() for label in (chart.x_label, chart.y_label))
    x_ticks, y_ticks = len(chart.x_tick_labels) > 0, len(chart.y_tick_labels) > 0
    ranges = chart.x_range, chart.y_range
    return Chart(slot, *ranges, x_label, y_label, x_ticks=x_ticks, y_ticks=y_ticks)


def charts_over_one_x(
    draw: Sequence[Callable[[Slot], Chart]], slots: Sequence[Slot]
) -> list[Chart]:
    """Draw charts one above the other so that equal x are aligned.

    The numbers at their y axes may differ in width.

    Parameters
    ----------
    draw
        Functions that draw each chart in a slot.
    slots
        Their slots, with common left and right edges.
    """
    drafts = [make(slot) for make, slot in zip(draw, slots, strict=True)]
    left = max(draft.axes.get_left()[0] for draft in drafts)
    right = min(draft.axes.get_right()[0] for draft in drafts)
    return [
        make(
            replace(
                slot,
                left=slot.left + left - draft.axes.get_left()[0],
                right=slot.right + right - draft.axes.get_right()[0],
            )
        )
        for make, slot, draft in zip(draw, slots, drafts, strict=True)
    ]
