"""Mean and standard deviation of a sample, each above what it is near."""

from __future__ import annotations

from collections.abc import Iterator

from manim import RIGHT, UP, VGroup
from torch import Tensor

from figures.normal_distribution.rooms import Rooms
from linreg.study import normal
from visuals.formula import formula
from visuals.layout import Slot
from visuals.numbers import Num
from visuals.plots import LABEL_GAP
from visuals.readout import READOUT_LEADING, Readout
from visuals.theme import Size, theme
from visuals.typography import Words


def moments_beside(
    rooms: Rooms, values: Tensor, mean: Words, deviation: Words
) -> Iterator[tuple[VGroup, str]]:
    """Yield a sample's mean above mu and its deviation above sigma, on two sides of the bell.

    Parameters
    ----------
    rooms
        The slots.
    values
        Shape (n,), n > 1.
    mean, deviation
        Names of the moments.

    Yields
    ------
    pair, name
        The sample's moment above the given one, and its name in the sentences.
    """
    middle, spread = normal.moments(values)
    yield _pair(rooms.left, mean, middle, "mu", 0.0), "mean"
    yield _pair(rooms.right, deviation, spread, "sigma", 1.0), "deviation"


def _pair(slot: Slot, words: Words, value: float, symbol: str, given: float) -> VGroup:
    """Stand a moment of a sample above the given one, on the first line of a slot."""
    ours = Words("%(value)s", value=Num(value, 3), color=theme.DATA)
    label = formula(f"{{{{ {symbol} : {symbol} }}}} =")
    theirs = Readout(lambda: given, 0, label, color=theme.TRUTH)
    slot.place(words.set_fill(theme.DATA), x=-1, shrink=False)
    words.shift(UP * (slot.top - Size.BODY - words.baseline))
    ours.next_to(words, RIGHT, buff=LABEL_GAP)
    ours.shift(UP * (words.baseline - ours.baseline))
    foot = words.baseline - READOUT_LEADING * Size.BODY
    pen = theirs.pen.get_location()
    theirs.shift(RIGHT * (ours.get_left()[0] - pen[0]) + UP * (foot - pen[1]))
    return VGroup(words, ours, theirs)
