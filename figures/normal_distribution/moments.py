"""Mean and standard deviation of a sample, each beside what it is near."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from manim import DOWN, LEFT, RIGHT, UP, VGroup
from torch import Tensor

from figures.normal_distribution.bell_labels import given
from figures.normal_distribution.bricks import Bricks
from figures.normal_distribution.rooms import Rooms
from linreg.study import normal
from visuals.layout import is_wide
from visuals.plots import LABEL_GAP
from visuals.readout import READOUT_LEADING, Readout
from visuals.segments import Segments, dashes
from visuals.theme import Size, Stroke, theme
from visuals.typography import Words

STUB_DASHES = 3
FLANK = 1.05
"""Place of the names of the deviations, in sigma from the middle: just outside of the bell."""


def moments_beside(
    rooms: Rooms, bricks: Bricks, values: Tensor, mean: Words, deviation: Words
) -> Iterator[tuple[VGroup, str]]:
    """Yield a sample's mean beside mu, over the middle, and its deviation over sigma, at a flank.

    In a tall frame both stand above the chart.

    Parameters
    ----------
    rooms
        The slots.
    bricks
        The sample's heap.
    values
        Shape (n,), n > 1.
    mean, deviation
        Names of the moments.

    Yields
    ------
    pair, name
        The sample's moment with the given one, and its name in the sentences.
    """
    middle, spread = normal.moments(values)
    of_mean = _measured(mean, middle), given("mu", lambda: 0, 0)
    of_deviation = _measured(deviation, spread), given("sigma", lambda: 1, 0)
    if is_wide():
        yield _over_the_middle(bricks, *of_mean), "mean"
        yield _at_the_flank(bricks, _stacked(*of_deviation)), "deviation"
    else:
        left, right = rooms.formula.columns(2, 3)
        yield left.place(_stacked(*of_mean), x=-1, y=-1, shrink=False), "mean"
        yield right.place(_stacked(*of_deviation), x=-1, y=-1, shrink=False), "deviation"


def _measured(name: Words, value: float) -> Readout:
    return Readout(lambda: value, 3, name.set_fill(theme.DATA), color=theme.DATA)


def _over_the_middle(bricks: Bricks, ours: Readout, theirs: Readout) -> VGroup:
    """Stand the mean left and mu right of a dashed line from the highest bar to the top."""
    chart = bricks.chart
    low = max(bricks.highest(), normal.constant())
    foot, top = chart.at(0, low), chart.at(0, chart.y_range[1])
    stub = Segments(*dashes([foot], [top], STUB_DASHES), theme.TRUTH, Stroke.LINE)
    for label, side in ((ours, LEFT), (theirs, RIGHT)):
        label.next_to(top, UP + side, buff=2 * LABEL_GAP)
        label.shift((top[1] + LABEL_GAP - label.digits.get_bottom()[1]) * UP)
    return VGroup(stub, ours, theirs)


def _stacked(ours: Readout, theirs: Readout) -> VGroup:
    """Stand the given moment below the sample's, both at the left edge."""
    theirs.shift(ours.pen.get_location() - theirs.pen.get_location())
    theirs.shift(READOUT_LEADING * Size.BODY * DOWN).align_to(ours, LEFT)
    return VGroup(ours, theirs)


def _at_the_flank(bricks: Bricks, pair: VGroup) -> VGroup:
    """Stand a pair at the right flank of the bell, above the bars there."""
    chart = bricks.chart
    curve = float(normal.density(torch.tensor(FLANK)))
    place = chart.at(FLANK, max(curve, bricks.highest(FLANK)))
    pair.next_to(place, UP + RIGHT, buff=1.5 * LABEL_GAP)
    over = pair.get_top()[1] - (chart.axes[1].get_top()[1] - LABEL_GAP)
    return pair.shift(max(float(over), 0.0) * DOWN)
