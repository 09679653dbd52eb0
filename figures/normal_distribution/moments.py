"""Mean and standard deviation of a sample, each above what it is near."""

from __future__ import annotations

from collections.abc import Iterator

from manim import DOWN, LEFT, RIGHT, VGroup
from torch import Tensor

from figures.normal_distribution.rooms import Rooms
from linreg.study import normal
from visuals.formula import formula
from visuals.numbers import Num, as_typed
from visuals.plots import LABEL_GAP
from visuals.readout import READOUT_LEADING
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
    left = _pair(mean, middle, "mu", 0.0)
    yield rooms.left.place(left, x=-1, y=1, shrink=False), "mean"
    right = _pair(deviation, spread, "sigma", 1.0)
    yield rooms.right.place(right, x=-1, y=1, shrink=False), "deviation"


def _pair(words: Words, value: float, symbol: str, given: float) -> VGroup:
    """Stand a moment of a sample above the given one."""
    ours = Words("%(value)s", value=Num(value, 3), color=theme.DATA)
    label = formula(f"{{{{ {symbol} : {symbol} }}}} =")
    theirs = Words("%(given)s", given=as_typed(given), color=theme.TRUTH)
    words.set_fill(theme.DATA)
    ours.next_to(words, RIGHT, buff=LABEL_GAP).shift(DOWN * (ours.baseline - words.baseline))
    theirs.shift(DOWN * (theirs.baseline - words.baseline + READOUT_LEADING * Size.BODY))
    theirs.align_to(ours, LEFT)
    label.next_to(theirs, LEFT, buff=LABEL_GAP).align_to(words, RIGHT)
    return VGroup(words, ours, label, theirs)
