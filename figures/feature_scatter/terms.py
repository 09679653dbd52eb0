"""The label and its terms: what is plotted, and what is left when terms are taken out."""

from __future__ import annotations

from collections.abc import Iterator

from manim import DOWN, LEFT, RIGHT, UP, Animation, FadeIn, VGroup

from linreg.study.spreads import feature_spread, share_spread
from linreg.study.trace import Trace
from visuals.formula import formula
from visuals.numbers import Num, as_typed
from visuals.theme import theme
from visuals.typography import Math, Words

SPACE = 0.13
"""Space between two words, in scene units."""

LABEL, BIAS, NOISE = "{{ y : y }}", "{{ b : b }}", "{{ epsilon : epsilon }}"


def share(feature: int) -> str:
    """Return a feature's share of the label, w x, as an expression for :func:`formula`."""
    w, x = f"w_{feature + 1}", f"x_{feature + 1}"
    return f"{{{{ {w} : {w} }}}} {{{{ {x} : {x} }}}}"


def label_less(*taken: str) -> Math:
    """Return y less what is taken out of it, the :func:`share` of a feature."""
    return formula(" - ".join((LABEL, *taken)))


def equation() -> Math:
    """Return what y is the sum of; the sign before feature two's share has a label, ``plus``."""
    return formula(f"{LABEL} = {share(0)} {{{{ + : plus }}}} {share(1)} + {BIAS} + {NOISE}")


class Product(VGroup):
    """The spread of feature two's share: the size of w2 times the spread of x2, in two lines.

    Parameters
    ----------
    trace
        The run.
    weight
        The true w2.
    places
        Digits of the spreads behind the point.
    spread_of
        Text of the spread of x2, with ``$x_2$``.

    Attributes
    ----------
    symbols, numbers
        The lines.
    """

    def __init__(self, trace: Trace, weight: float, places: int, spread_of: str) -> None:
        factor, times = formula("abs({{ w_2 : w_2 }})"), formula("times")
        x = formula("{{ x_2 : x_2 }}")
        before, after = (
            [Words(part.strip())] if part.strip() else [] for part in spread_of.split("$x_2$")
        )
        self.symbols = VGroup(factor, times, *before, x, *after).arrange(RIGHT, buff=SPACE)
        x.shift(UP * (factor.part("w_2").get_bottom()[1] - x.get_bottom()[1]))
        for words in (*before, *after):
            words.shift(UP * (x[0].get_bottom()[1] - words.baseline))
        spread, part = (
            Num(value.item(), places)
            for value in (feature_spread(trace, 1), share_spread(trace, 1))
        )
        pieces = (
            Words("="),
            Words("%(weight)s", color=theme.TRUTH, weight=as_typed(abs(weight))),
            Words("×"),
            Words("%(spread)s", color=theme.DATA, spread=spread),
            Words("= %(part)s", part=part),
        )
        self.numbers = VGroup(*pieces).arrange(RIGHT, buff=SPACE)
        for piece in pieces:
            piece.shift(UP * (pieces[-1].baseline - piece.baseline))
        self.numbers.next_to(self.symbols, DOWN, buff=2 * SPACE, aligned_edge=LEFT)
        super().__init__(self.symbols, self.numbers)

    def come(self) -> Iterator[Animation]:
        """Write what it is, and then its numbers."""
        yield FadeIn(self.symbols)
        yield FadeIn(self.numbers)
