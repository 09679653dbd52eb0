"""One step as a formula: the distance less a part of it, which is the distance times a factor."""

from __future__ import annotations

from manim import DOWN, Animation, Brace, FadeIn, VGroup

from linreg.study.steepest_cut import SteepestCut
from visuals.equations import Rewrite
from visuals.numbers import Num, as_typed
from visuals.plots import Chart
from visuals.theme import Size, theme
from visuals.typography import Math

HEIGHT = 0.84
"""Height of the formula over the bottom of the bowl, as a share of the chart's."""

LIMIT_AT = 0.7
"""The same of the limit."""

BELOW = 0.15
"""Space between formula, brace and name, in scene units."""


class FactorFormula(VGroup):
    """The distance that a step leaves, in three forms.

    Parameters
    ----------
    chart
        The axes, in whose bowl it stands.
    cut
        The loss.
    slope, curvature, factor
        The words.

    Attributes
    ----------
    step, bent, factored
        The forms: with the slope, with the curvature, and with the factor.
    """

    def __init__(
        self, chart: Chart, cut: SteepestCut, slope: str, curvature: str, factor: str
    ) -> None:
        self.cut, self.factor = cut, factor
        low, high = chart.y_range
        place = chart.at(0.0, low + HEIGHT * (high - low))
        lr, times = '{{ "lr" : lr }}', "{{ times : times }}"
        bent = f'{{{{ "{curvature}" : curvature }}}}'
        forms = (
            f'{{{{ d : d }}}} {{{{ - : minus }}}} {lr} {times} {{{{ "{slope}" : slope }}}}',
            f"{{{{ d : d }}}} {{{{ - : minus }}}} {lr} {times} {bent} {{{{ times : again }}}} "
            "{{ d : out }}",
            f"({{{{ 1 : d }}}} {{{{ - : minus }}}} {lr} {times} {bent}) "
            "{{ times : again }} {{ d : out }}",
        )
        colors = {"slope": theme.GRADIENT}
        self.step, self.bent, self.factored = (
            Math(form, size=Size.TITLE, colors={k: v for k, v in colors.items() if k in form})
            for form in forms
        )
        for form in (self.step, self.bent, self.factored):
            form.move_to(place)
        one, last = self.factored.part("d"), self.factored.part("curvature")
        self.brace = Brace(VGroup(one, last), DOWN, buff=BELOW, color=theme.INK)
        self.named = self._below(Math(f'{{{{ "{factor}" : factor }}}}'))
        super().__init__(self.step)

    def put_in_curvature(self) -> Animation:
        """Write the slope as curvature times distance."""
        return Rewrite(self.step, self.bent)

    def take_out(self) -> Animation:
        """Take the distance out."""
        return Rewrite(self.bent, self.factored, jumping=("d",))

    def name_factor(self) -> Animation:
        """Name the factor."""
        return FadeIn(self.brace, self.named)

    def with_numbers(self, lr: float) -> Animation:
        """Compute the factor at a learning rate."""
        text = f'{{{{ "{self.factor}" : factor }}}} = 1 - %(lr)s times %(curvature)s = %(value)s'
        old, self.named = (
            self.named,
            self._below(
                Math(
                    text,
                    lr=as_typed(lr),
                    curvature=Num(self.cut.curvature, 2),
                    value=Num(self.cut.factor(lr), 2),
                )
            ),
        )
        return Rewrite(old, self.named)

    def _below(self, name: Math) -> Math:
        name.next_to(self.brace, DOWN, buff=BELOW)
        return name


def limit_formula(chart: Chart, cut: SteepestCut, curvature: str) -> Math:
    """Return the rate beyond which every step leads farther away, for the inside of a bowl."""
    low, high = chart.y_range
    text = f'"lr" = 2 / "{curvature}" = %(limit)s'
    formula = Math(text, size=Size.TITLE, limit=Num(cut.limit, 2))
    formula.move_to(chart.at(0.0, low + LIMIT_AT * (high - low)))
    return formula
