"""The label and its terms: what is plotted, and what is left when terms are taken out."""

from __future__ import annotations

from collections.abc import Iterator

from manim import Animation, FadeIn

from linreg.study.spreads import feature_spread, share_spread
from linreg.study.trace import Trace
from visuals.formula import formula
from visuals.numbers import Num, as_typed
from visuals.plots import Points
from visuals.theme import Pace, Size, theme
from visuals.typography import Math

LABEL, BIAS, NOISE = "{{ y : y }}", "{{ b : b }}", "{{ epsilon : epsilon }}"


def share(feature: int) -> str:
    """Return a feature's share of the label, w x, as an expression for :func:`formula`."""
    w, x = f"w_{feature + 1}", f"x_{feature + 1}"
    return f"{{{{ {w} : {w} }}}} {{{{ {x} : {x} }}}}"


def label_less(*taken: str) -> Math:
    """Return y less what is taken out of it: ``BIAS`` or the :func:`share` of a feature."""
    return formula(" - ".join((LABEL, *taken)))


def equation(*taken: str) -> Math:
    """Return what y, less what is taken out of it, is the sum of."""
    kept = [term for term in (share(0), share(1), BIAS) if term not in taken]
    return formula(" - ".join((LABEL, *taken)) + " = " + " + ".join((*kept, NOISE)))


class Product(Math):
    """The standard deviation of feature two's share as the size of w2 times that of x2."""

    def __init__(self, trace: Trace, weight: float, places: int) -> None:
        super().__init__(
            "{{ %(part)s : part }} = {{ %(weight)s : w }} times {{ %(spread)s : x }}",
            size=Size.TITLE,
            colors={"w": theme.TRUTH, "x": theme.DATA},
            part=Num(share_spread(trace, 1).item(), places),
            weight=as_typed(abs(weight)),
            spread=Num(feature_spread(trace, 1).item(), places),
        )

    def come(self, spread: Points, feature: Points) -> Iterator[Animation]:
        """Let its numbers come from the places of the spread and of feature two."""
        yield FadeIn(self.part("part"), target_position=spread)
        yield FadeIn(self.unlabelled(), self.part("w"), run_time=Pace.QUICK)
        yield FadeIn(self.part("x"), target_position=feature)
