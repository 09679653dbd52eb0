"""The sum that makes a label, in symbols and in the numbers of one example."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from manim import DOWN, VGroup

from linreg.study.example import Example
from visuals.formula import formula
from visuals.layout import GAP, Slot
from visuals.numbers import Num, as_typed, integer, significant
from visuals.roles import ROLES_IN_DATA
from visuals.theme import Size
from visuals.typography import Math

SUM_PLACES = 4

TERMS = ("x_1", "w_1"), ("x_2", "w_2"), ("b",), ("epsilon",)
"""The summands, as labels of their factors."""

SIGNS = "plus_1", "plus_2", "plus_3"
"""Labels of what stands between the terms."""


class LabelSum(VGroup):
    """y = x1 w1 + x2 w2 + b + noise, and under it the same with rounded numbers.

    Parameters
    ----------
    slot
        The room for it; where it is narrow each line is broken.
    example
        Whose numbers they are.

    Attributes
    ----------
    symbols, numbers
        The two lines. Parts of one label mean the same, and stand under each other.
    values
        The numbers, by label.
    """

    def __init__(self, slot: Slot, example: Example) -> None:
        self.values = values_of(example)
        self.symbols, self.numbers = self._lines(broken=False)
        broken = self.numbers.width > slot.width
        if broken:
            self.symbols, self.numbers = self._lines(broken)
        super().__init__(self.symbols, self.numbers)
        self.arrange(DOWN, buff=2 * GAP if broken else GAP)
        for column in (("y",), ("equals",), *TERMS, *((sign,) for sign in SIGNS)):
            over, under = (VGroup(*map(line.part, column)) for line in self)
            over.set_x(under.get_x())
        slot.place(self, shrink=False)

    def shares(self) -> list[VGroup]:
        """Return the terms in numbers, with their signs: a group a draw, the bias in the last."""
        glyphs = self.numbers.submobjects
        cuts = [glyphs.index(self.numbers.part(sign)[0]) for sign in SIGNS[:2]]
        first = glyphs.index(self.numbers.part("equals")[-1]) + 1
        bounds = pairwise([first, *cuts, len(glyphs)])
        return [VGroup(*glyphs[start:end]) for start, end in bounds]

    def result(self) -> VGroup:
        """Return the label in numbers, with the sign behind it."""
        return VGroup(self.numbers.part("y"), self.numbers.part("equals"))

    def _lines(self, broken: bool) -> tuple[Math, Math]:
        """Set both lines."""
        # The sign that begins a line stands between terms all the same.
        cut = ' \\ "" ' if broken else ""
        symbols = {name: f"{{{{ {name} : {name} }}}}" for name in self.values}
        numbers = {name: self._number(name) for name in self.values}
        return (
            formula(_sum(symbols, "=", "", cut)),
            formula(_sum(numbers, "approx", "dot", cut), ROLES_IN_DATA, Size.BODY, **self.values),
        )

    def _number(self, name: str) -> str:
        """Return the markup of a number; a negative one among the terms has brackets."""
        tagged = f"{{{{ %({name})s : {name} }}}}"
        return f"({tagged})" if self.values[name].value < 0 and name != "y" else tagged


def _sum(parts: Mapping[str, str], equals: str, times: str, cut: str) -> str:
    """Return the markup of the sum, with a line break where it may be cut."""
    terms = [f" {times} ".join(parts[name] for name in term) for term in TERMS]
    signs = [f"{{{{ + : {name} }}}}" for name in SIGNS]
    first, second = (f"{terms[k]} {signs[k]} {terms[k + 1]}" for k in (0, 2))
    return f"{parts['y']} {{{{ {equals} : equals }}}} {first} {cut} {signs[1]} {second}"


def values_of(example: Example) -> dict[str, Num]:
    """Return what the sum is made of, by label: drawn numbers rounded, given ones as given."""
    (x_1, x_2), (w_1, w_2) = example.x, example.w
    return {
        "y": Num(example.y, SUM_PLACES),
        "x_1": Num(x_1, SUM_PLACES),
        "w_1": as_typed(w_1),
        "x_2": Num(x_2, SUM_PLACES),
        "w_2": as_typed(w_2),
        "b": as_typed(example.b),
        "epsilon": noise_of(example),
    }


def noise_of(example: Example) -> Num:
    """Return the noise as it is shown: as a power of ten where the places do not show it."""
    if not example.noise:
        return integer(0)
    tiny = significant(example.noise)
    return tiny if tiny.scientific else Num(example.noise, SUM_PLACES)
