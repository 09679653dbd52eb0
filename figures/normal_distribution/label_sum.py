"""The sum that makes a label, in symbols and in the numbers of one example."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from manim import DOWN, Animation, FadeIn, ManimColor, Mobject, ValueTracker, VGroup

from linreg.study.example import Example, label_terms
from visuals.formula import formula
from visuals.layout import GAP, Slot
from visuals.numbers import Num, as_typed
from visuals.readout import Readout
from visuals.theme import Size, theme
from visuals.trackers import go
from visuals.typography import MIDDLE_OF_LETTERS, Math, Words

SUM = "{{ w_1 : w_1 }} {{ x_1 : x_1 }} + {{ w_2 : w_2 }} {{ x_2 : x_2 }} + {{ b : b }}"
"""The label without its noise."""

LEAST_PLACES, MOST_PLACES = 4, 6
DIGITS_OF_NOISE = 3

AIR = 0.22
"""Room between two columns of the sum, in scene units."""

PITCH = 1.5
"""Distance of the numbers from the symbols above them, in ems."""

COLUMNS = ("w_1", "x_1"), ("w_2", "x_2"), ("b",), ("epsilon",)
"""Labels of the factors of every term."""

DRAWN, BIAS = (2, 4, 8), 6
"""Columns of the terms with a draw, and of the bias, in an unbroken sum."""


def places_of_sum(example: Example) -> int:
    """Return the digits after the point in which an example's terms are shown."""
    if not example.noise:
        return LEAST_PLACES
    needed = DIGITS_OF_NOISE - 1 - math.floor(math.log10(abs(example.noise)))
    return min(max(needed, LEAST_PLACES), MOST_PLACES)


class LabelSum(VGroup):
    """y = w1 x1 + w2 x2 + b + noise, and every term as a number below its symbols.

    Parameters
    ----------
    slot
        The room for it; where it is narrow, the sum is broken.
    example
        The example whose numbers they are.
    noisy
        Whether noise was added.
    above
        The x of the scene at which the draws stand, in order: their terms stand below them if
        there is room.

    Attributes
    ----------
    symbols
        The formula, one or two lines.
    terms
        The numbers of the terms with their signs, in order.
    total
        The number of y, which counts up.
    """

    def __init__(
        self, slot: Slot, example: Example, noisy: bool, above: Sequence[float] = ()
    ) -> None:
        self.example = example
        places = places_of_sum(example)
        count = len(COLUMNS) if noisy else len(COLUMNS) - 1
        terms = label_terms(example, places)[:count]
        self.values = [
            as_typed(term) if names == ("b",) else Num(term, places)
            for names, term in zip(COLUMNS, terms, strict=False)
        ]
        self.sum = ValueTracker(0.0)
        if above:
            self._set(Size.BODY, places, False, above)
            if slot.left <= self.get_left()[0] and self.get_right()[0] <= slot.right:
                self.set_y(slot.center[1])
                return
        for size, broken in ((Size.TITLE, False), (Size.BODY, False), (Size.TITLE, True)):
            self._set(size, places, broken)
            if self.width <= slot.width:
                break
        slot.place(self, shrink=False)

    @property
    def equals(self) -> Math:
        """The sign between the number of y and those of the terms."""
        return self._equals

    def symbol(self, label: str) -> VGroup:
        """Return a symbol of the formula."""
        line = next(line for line in self.symbols if label in line.labels)
        return line.part(label)

    def add_up(self, run_time: float) -> Animation:
        """Let the number of y count up to the label."""
        return go(self.sum, self.example.y, run_time)

    def come(self, number: int) -> Animation:
        """Show the number of one term."""
        return FadeIn(self.terms[number], shift=0.3 * DOWN, run_time=0.3)

    def _set(self, size: float, places: int, broken: bool, above: Sequence[float] = ()) -> None:
        """Set formula and numbers, one above the other."""
        super().__init__()
        self.symbols, self.terms = [], []
        ranges = [range(2), range(2, len(self.values))] if broken else [range(len(self.values))]
        for row, numbers in enumerate(ranges):
            math = formula(" ".join(_markup(row, numbers)), size=size)
            line = VGroup(math)
            baseline = _baseline(math, size) - PITCH * size
            columns: list[tuple[VGroup, VGroup]] = []
            if row == 0:
                self.total = Readout(self._present, places, size=size, color=theme.DATA)
                self._equals = formula("=", size=size)
                columns += [(math.part("y"), self._wide_total())]
                columns += [(math.part("equals"), VGroup(self._equals))]
            for k in numbers:
                sign, term = self._number(k, size)
                self.terms.append(VGroup(*sign, term))
                if sign:
                    columns.append((math.part(f"plus_{k}"), sign))
                columns.append((VGroup(*(math.part(part) for part in COLUMNS[k])), VGroup(term)))
            self._arrange(columns, baseline, above)
            line.add(*(number for _, number in columns))
            self.symbols.append(math)
            self.add(line)
        if broken:
            self.arrange(DOWN, buff=GAP)

    def _number(self, k: int, size: float) -> tuple[VGroup, Words]:
        """Return the sign before a term, of which the first has none, and its number."""
        value, color = self.values[k], _color(COLUMNS[k])
        if k == 0:
            return VGroup(), Words("%(term)s", size=size, color=color, term=value)
        sign = formula("-" if value.value < 0 else "+", size=size)
        return VGroup(sign), Words(
            "%(term)s", size=size, color=color, term=Num(abs(value.value), value.places)
        )

    def _wide_total(self) -> VGroup:
        """Return the number of y when it is as wide as it will be."""
        self.sum.set_value(self.example.y)
        self.total.follow()
        return VGroup(self.total)

    def _arrange(
        self, columns: list[tuple[VGroup, VGroup]], baseline: float, above: Sequence[float]
    ) -> None:
        """Stand symbols and numbers of each column above each other."""
        widths = [max(symbols.width, numbers.width) for symbols, numbers in columns]
        middles = _below(widths, above) if above else _in_a_row(widths)
        for (symbols, numbers), x in zip(columns, middles, strict=True):
            symbols.set_x(x)
            numbers.set_x(x)
            for number in numbers:
                at = _foot(number)
                number.shift(DOWN * (at - baseline))

    def _present(self) -> float:
        return float(self.sum.get_value())


def _color(factors: tuple[str, ...]) -> ManimColor:
    """Return the colour of a term: of a product, which mixes two roles, that of text."""
    if len(factors) > 1:
        return theme.INK
    return theme.TRUTH if factors == ("b",) else theme.DATA


def _in_a_row(widths: Sequence[float]) -> list[float]:
    """Return the middles of columns that stand side by side."""
    ends = accumulate(width + AIR for width in widths)
    return [end - AIR - width / 2 for end, width in zip(ends, widths, strict=True)]


def _below(widths: Sequence[float], above: Sequence[float]) -> list[float]:
    """Return the middles of the columns y, =, and of terms and signs, some below given places.

    The bias stands half way from the product before it to the noise, and a sign half way between
    its neighbours. Where that leaves no room, they are all in a row.

    Parameters
    ----------
    widths
        Widths of the columns.
    above
        The x of the scene below which the terms of the draws stand.
    """
    x, half = dict(zip(DRAWN, above, strict=False)), [width / 2 for width in widths]
    before = x[DRAWN[1]] + half[DRAWN[1]]
    beside = before + 2 * AIR + widths[BIAS - 1] + half[BIAS]
    x[BIAS] = (before + x[DRAWN[2]] - half[DRAWN[2]]) / 2 if len(above) > 2 else beside
    for sign in range(3, len(widths), 2):
        x[sign] = (x[sign - 1] + half[sign - 1] + x[sign + 1] - half[sign + 1]) / 2
    for left in (1, 0):
        x[left] = x[left + 1] - half[left + 1] - AIR - half[left]
    middles = [x[column] for column in range(len(widths))]
    edges = [(middle - w, middle + w) for middle, w in zip(middles, half, strict=True)]
    roomy = all(end + AIR / 2 <= start for (_, end), (start, _) in pairwise(edges))
    return middles if roomy else _in_a_row(widths)


def _foot(number: Mobject) -> float:
    """Return the baseline of a number, or of a sign."""
    if isinstance(number, Math):
        return float(number.get_y() - MIDDLE_OF_LETTERS * number.size)
    if isinstance(number, Words):
        return number.baseline
    assert isinstance(number, Readout)
    return float(number.pen.get_location()[1])


def _markup(row: int, numbers: range) -> Iterator[str]:
    """Yield the parts of one line of the formula."""
    if row == 0:
        yield "{{ y : y }} {{ = : equals }}"
    for k in numbers:
        if k:
            yield f"{{{{ + : plus_{k} }}}}"
        yield " ".join(f"{{{{ {part} : {part} }}}}" for part in COLUMNS[k])


def _baseline(math: Math, size: float) -> float:
    """Return the baseline of a formula that has a plus or an equals sign."""
    label = "equals" if "equals" in math.labels else next(k for k in math.labels if "plus" in k)
    return float(math.part(label).get_y() - MIDDLE_OF_LETTERS * size)
