"""Columns beside the plot: formulas, and formulas filled with numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from manim import DOWN, LEFT, RIGHT, UP, Animation, ApplyMethod, FadeIn, VGroup, VMobject
from torch import Tensor

from linreg.study.single_run import SingleRun
from visuals.formula import formula
from visuals.language import code
from visuals.layout import Slot
from visuals.numbers import Num, as_typed, places_of, significant
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Size, theme
from visuals.typography import TEXT_FONT, Math, typst_string
from visuals.writing import writing_of

BETWEEN_RULES = 0.35
"""Space between the rules of a step when they stand alone, in scene units."""

PLACES = 3
"""Digits of parameters and gradients after the point."""

AIR = 0.4
"""Least distance of a long line from the plot, in scene units, beside the gap of the slots."""

DIGITS = 0.9
"""Height of the digits of words over that of the digits of math, in one size."""

FORMULA = DIGITS * Size.TITLE
"""Size of a formula whose digits are as high as those of words of the size of a title."""


@dataclass(frozen=True)
class WordDigits(Num):
    """A number that has the digits of words in a formula too, so that all digits look alike."""

    @property
    def math(self) -> str:
        """The number in Typst's math notation."""
        return f'text(font: "{TEXT_FONT}", size: #{1 / DIGITS:.4f}em, {super().math})'


def symbols(expression: str, size: float = FORMULA, **numbers: Num) -> Math:
    """Set a formula with the roles of training and the digits of words; ``r`` is the error."""
    alike = {name: as_in_words(number) for name, number in numbers.items()}
    return formula(expression, ROLES_IN_TRAINING, size=size, **alike)


def as_in_words(number: Num) -> WordDigits:
    """Return a number with the digits of words."""
    return WordDigits(**vars(number))


def column(slot: Slot, *lines: VMobject, gap: float = 0.3, y: float = 0.0) -> VGroup:
    """Stack lines with a common left edge in a slot."""
    stack = VGroup(*lines).arrange(DOWN, buff=gap, aligned_edge=LEFT)
    return slot.place(stack, x=-1, y=y)


def as_name(text: str, size: float = 1 / DIGITS) -> str:
    """Return a word of the catalogue as a name in math, set like words.

    Parameters
    ----------
    text
        The word.
    size
        Its size over that of the formula; by default that of a title in a formula of the
        size ``FORMULA``.
    """
    fonts = ", ".join(f'"{font}"' for font in (TEXT_FONT, writing_of(code()).font) if font)
    return f"#text(font: ({fonts},), size: {size:.4f}em, {typst_string(text)})"


class NudgeQuotient(Math):
    """Change of loss over change of b, with its numbers: from the first line to a raised one.

    Parameters
    ----------
    run
        The recorded run.
    nudge
        By how much b is raised.

    Attributes
    ----------
    b, raised
        The parameter and the loss after the nudge.
    quotient
        Value of the fraction.
    """

    def __init__(self, run: SingleRun, nudge: float) -> None:
        first, self.quotient = run.loss[0].item(), run.nudged(nudge)[1]
        self.b, self.raised = run.raised(nudge)
        places = places_of(first, 4)
        super().__init__(
            "({{ %(raised)s : raised }} {{ - : minus }} {{ %(first)s : first }})"
            "/{{ %(nudge)s : nudge }} = {{ %(value)s : value }}",
            size=FORMULA,
            colors={
                "raised": theme.LOSS,
                "first": theme.LOSS,
                "nudge": theme.MODEL,
                "value": theme.GRADIENT,
            },
            raised=as_in_words(Num(self.raised, places)),
            first=as_in_words(Num(first, places)),
            nudge=as_in_words(as_typed(nudge)),
            value=as_in_words(significant(self.quotient)),
        )


CHANGE = "({{ r : error }} + h)^2 - {{ r : error }}^2"


class Derivation:
    """The lines from the change of one square to the gradient for b.

    Attributes
    ----------
    change, is_equal
        Both sides of the first line: the change of a square.
    quotient, rest
        The second line, divided by h, and its part that shrinks with h.
    sign, arrow
        Its sign of equality, and what stands in its place when h shrinks.
    """

    def __init__(self, slot: Slot, mean: Math) -> None:
        whole = symbols(CHANGE + " {{ = 2 : two }} {{ r : error_r }} {{ h + h^2 : rest }}")
        divided = symbols(
            f"({CHANGE})/h {{{{ = : sign }}}} 2 {{{{ r : error_r }}}} {{{{ + h : rest }}}}"
        )
        column(slot, whole, divided, mean, gap=0.55, y=1)
        self.is_equal = VGroup(*(whole.part(label) for label in ("two", "error_r", "rest")))
        right = self.is_equal.get_family()
        self.change = VGroup(*(leaf for leaf in whole if leaf not in right))
        self.quotient, self.rest, self.sign = divided, divided.part("rest"), divided.part("sign")
        self.arrow = symbols("->").move_to(self.sign)


class Update(VGroup):
    """The first step of one parameter: the rule, the rule with its numbers, and its result.

    Parameters
    ----------
    name
        w or b.
    values, gradients
        Of the parameter, before every step.
    lr
        The learning rate.
    """

    def __init__(self, name: str, values: Tensor, gradients: Tensor, lr: float) -> None:
        part = f"{{{{ {name} : {name} }}}}"
        gradient = gradients[0].item()
        self.rule = symbols(
            f"{part} {{{{ <- : arrow }}}} {part} {{{{ - : minus }}}}"
            f" {{{{ eta : eta }}}} {{{{ g_{name} : grad_{name} }}}}"
        )
        factor = "{{ %(g)s : grad }}"
        self.filled = symbols(
            "= {{ %(p)s : w }} - %(lr)s dot " + (f"({factor})" if gradient < 0 else factor),
            p=Num(values[0].item(), PLACES),
            lr=as_typed(lr),
            g=Num(gradient, PLACES),
        )
        self.result = symbols("= {{ %(p)s : w }}", p=Num(values[1].item(), PLACES))
        super().__init__(self.rule, self.filled, self.result)
        self.filled.next_to(self.rule, DOWN, buff=0.26)
        self.result.next_to(self.filled, DOWN, buff=0.26)
        left = self.rule.part("arrow").get_left()[0]
        for line in (self.filled, self.result):
            line.shift(RIGHT * (left - line.get_left()[0]))


class FirstStep:
    """The first step of b and of w, one below the other.

    Attributes
    ----------
    rules, rates, filled, results
        The rules, the learning rates in them, the rules with numbers, and what comes out.
    gradients
        The gradients in the rules, which stand at the place of the rates before those come.
    """

    def __init__(self, slot: Slot, run: SingleRun, lr: float) -> None:
        updates = Update("b", run.b, run.grad_b, lr), Update("w", run.w, run.grad_w, lr)
        self.updates = updates
        column(replace(slot, right=slot.right - AIR), *updates, gap=0.55, y=1)
        self.rates = VGroup(*(update.rule.part("eta") for update in updates))
        rates = self.rates.get_family()
        self.rules = VGroup(
            *(leaf for update in updates for leaf in update.rule if leaf not in rates)
        )
        self.gradients = VGroup(
            *(update.rule.part(f"grad_{name}") for update, name in zip(updates, "bw", strict=True))
        )
        self.way = [
            RIGHT * float(gradient.get_left()[0] - rate.get_left()[0])
            for rate, gradient in zip(self.rates, self.gradients, strict=True)
        ]
        for gradient, way in zip(self.gradients, self.way, strict=True):
            gradient.shift(-way)
        self.minus = [update.rule.part("minus") for update in updates]
        self.filled = VGroup(*(update.filled for update in updates))
        self.results = VGroup(*(update.result for update in updates))

    def gather(self, slot: Slot) -> list[Animation]:
        """Let both rules move together at the top of a slot."""
        first, second = (update.rule for update in self.updates)
        up = UP * (slot.top - first.get_top()[1])
        between = first.get_bottom()[1] - second.get_top()[1]
        nearer = UP * (between - BETWEEN_RULES)
        ways = (first, up), (second, up + nearer)
        return [ApplyMethod(rule.shift, way) for rule, way in ways]

    def make_room(self) -> list[Animation]:
        """Let the gradients move aside, and the learning rates come between."""
        pairs = zip(self.gradients, self.way, strict=True)
        moves = (ApplyMethod(gradient.shift, way) for gradient, way in pairs)
        return [*moves, FadeIn(self.rates)]
