"""The sum that makes a label, in symbols and in the numbers of one example."""

from __future__ import annotations

import math
from collections.abc import Iterator

from manim import DOWN, Animation, FadeIn, Mobject, ValueTracker, VGroup

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

    Attributes
    ----------
    symbols
        The formula, one or two lines.
    terms
        The numbers of the terms with their signs, in order.
    total
        The number of y, which counts up.
    """

    def __init__(self, slot: Slot, example: Example, noisy: bool) -> None:
        self.example = example
        places = places_of_sum(example)
        count = len(COLUMNS) if noisy else len(COLUMNS) - 1
        terms = label_terms(example, places)[:count]
        self.values = [
            as_typed(term) if names == ("b",) else Num(term, places)
            for names, term in zip(COLUMNS, terms, strict=False)
        ]
        self.sum = ValueTracker(0.0)
        for size, broken in ((Size.TITLE, False), (Size.BODY, False), (Size.TITLE, True)):
            self._set(size, places, broken)
            if self.width <= slot.width:
                break
        slot.place(self, shrink=False)

    @property
    def equals(self) -> Words:
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

    def _set(self, size: float, places: int, broken: bool) -> None:
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
                self._equals = Words("=", size=size)
                columns += [(math.part("y"), self._wide_total())]
                columns += [(math.part("equals"), VGroup(self._equals))]
            for k in numbers:
                sign, term = self._number(k, size)
                self.terms.append(VGroup(*sign, term))
                if sign:
                    columns.append((math.part(f"plus_{k}"), sign))
                columns.append((VGroup(*(math.part(part) for part in COLUMNS[k])), VGroup(term)))
            self._arrange(columns, baseline)
            line.add(*(number for _, number in columns))
            self.symbols.append(math)
            self.add(line)
        self.arrange(DOWN, buff=GAP)

    def _number(self, k: int, size: float) -> tuple[VGroup, Words]:
        """Return the sign before a term, of which the first has none, and its number."""
        value, color = self.values[k], theme.TRUTH if COLUMNS[k] == ("b",) else theme.DATA
        if k == 0:
            return VGroup(), Words("%(term)s", size=size, color=color, term=value)
        sign = Words("−" if value.value < 0 else "+", size=size)
        return VGroup(sign), Words(
            "%(term)s", size=size, color=color, term=Num(abs(value.value), value.places)
        )

    def _wide_total(self) -> VGroup:
        """Return the number of y when it is as wide as it will be."""
        self.sum.set_value(self.example.y)
        self.total.follow()
        return VGroup(self.total)

    def _arrange(self, columns: list[tuple[VGroup, VGroup]], baseline: float) -> None:
        """Stand symbols and numbers of each column above each other."""
        x = 0.0
        for symbols, numbers in columns:
            width = max(symbols.width, numbers.width)
            symbols.set_x(x + width / 2)
            numbers.set_x(x + width / 2)
            x += width + AIR
            for number in numbers:
                at = _foot(number)
                number.shift(DOWN * (at - baseline))

    def _present(self) -> float:
        return float(self.sum.get_value())


def _foot(number: Mobject) -> float:
    """Return the baseline of a number."""
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
