"""What stands beside the plot: live numbers, formulas, and tables of two numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, ManimColor, Scene, VGroup, VMobject
from torch import Tensor

from linreg.study.single_run import SingleRun
from visuals.formula import formula
from visuals.layout import Slot
from visuals.numbers import Num, as_typed, places_of, significant
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Size, theme
from visuals.typography import Math, Typeset, Words, typst_string

LINE = 0.85
"""Distance of two lines of a table, in scene units."""

AIR = 0.4
"""Least distance of a long line from the plot, in scene units, beside the gap of the slots."""

MOST_PLACES = 5
"""Digits after the point in which the two gradients are compared."""


def symbols(expression: str, size: float = Size.TITLE, **numbers: Num) -> Math:
    """Set a formula with the roles of training; ``r`` is the error, ``L`` the loss."""
    return formula(expression, ROLES_IN_TRAINING, size=size, **numbers)


def column(slot: Slot, *lines: VMobject, gap: float = 0.3, y: float = 0.0) -> VGroup:
    """Stack lines with a common left edge in a slot."""
    stack = VGroup(*lines).arrange(DOWN, buff=gap, aligned_edge=LEFT)
    return slot.place(stack, x=-1, y=y)


def as_name(text: str) -> str:
    """Return a word of the catalogue as a name in math."""
    return typst_string(text)


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
            "({{ %(raised)s : raised }} - {{ %(first)s : first }})"
            "/{{ %(nudge)s : nudge }} = {{ %(value)s : value }}",
            size=Size.TITLE,
            colors={
                "raised": theme.LOSS,
                "first": theme.LOSS,
                "nudge": theme.MODEL,
                "value": theme.GRADIENT,
            },
            raised=Num(self.raised, places),
            first=Num(first, places),
            nudge=as_typed(nudge),
            value=significant(self.quotient),
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
        column(slot, whole, divided, mean, gap=0.45, y=1)
        self.is_equal = VGroup(*(whole.part(label) for label in ("two", "error_r", "rest")))
        right = self.is_equal.get_family()
        self.change = VGroup(*(leaf for leaf in whole if leaf not in right))
        self.quotient, self.rest, self.sign = divided, divided.part("rest"), divided.part("sign")
        self.arrow = symbols("->").move_to(self.sign)


class TwoGradients:
    """The gradient by nudging and by formula, aligned at the point; digits that agree are lit.

    Parameters
    ----------
    slot
        Their room.
    run
        The recorded run.
    names
        By nudging, by formula.
    nudges
        The nudges, from the largest to the smallest.
    """

    def __init__(
        self, slot: Slot, run: SingleRun, names: Sequence[Words], nudges: Sequence[float]
    ) -> None:
        self.nudges = tuple(nudges)
        by_formula = run.grad_b[0].item()
        places = gradient_places(by_formula)
        by_nudging = [run.nudged(nudge)[1] for nudge in self.nudges]
        self.formula_name, self.nudging_name = names[1], names[0]
        self.by_formula = _number(by_formula, places)
        self.tries = [_number(value, places) for value in by_nudging]
        self.first_try = _number(by_nudging[0], places_of(by_nudging[0]))
        self.sizes = [symbols("h = %(h)s", Size.BODY, h=as_typed(nudge)) for nudge in self.nudges]
        pitch = 0.85
        wide = max(name.width for name in names) + 0.35
        self.nudging_name.move_to(ORIGIN, aligned_edge=LEFT)
        for number in (*self.tries, self.first_try):
            _align(number, self.nudging_name, wide)
        for size in self.sizes:
            size.next_to(self.nudging_name, DOWN, buff=0.16, aligned_edge=LEFT)
        self.formula_name.move_to(1.3 * pitch * DOWN, aligned_edge=LEFT)
        _align(self.by_formula, self.formula_name, wide)
        point = _point(self.by_formula)
        for number in (*self.tries, self.first_try):
            number.shift(RIGHT * (point - _point(number)))
        whole = VGroup(*(*names, *self.tries, self.first_try, *self.sizes, self.by_formula))
        slot.place(whole, x=-1, y=0, shrink=False)

    def show(self, scene: Scene, number: int) -> None:
        """Show a try in place of the one before."""
        before = (self.first_try, *self.tries, *self.sizes)
        scene.remove(*before)
        scene.add(self.tries[number], self.sizes[number])
        self._light(number)

    def _light(self, number: int) -> None:
        """Light the digits in which a try agrees with the formula, and no others."""
        tried = self.tries[number]
        agree = 0
        for one, other in zip(tried.text, self.by_formula.text, strict=False):
            if one != other:
                break
            agree += 1
        for text in (tried, self.by_formula):
            text.set_fill(theme.MUTED)
            for glyph in text[:agree]:
                glyph.set_fill(theme.GRADIENT)


def gradient_places(value: float) -> int:
    """Return the digits after the point of a gradient that is compared."""
    return min(MOST_PLACES, places_of(value, MOST_PLACES + 1))


def gradient_number(value: float) -> Words:
    """Return a gradient with as many digits as are compared."""
    return _number(value, gradient_places(value))


def _number(value: float, places: int) -> Words:
    return _result(Num(value, places), theme.GRADIENT)


def _align(number: Words, name: Words, wide: float) -> None:
    number.next_to(name.get_left() + RIGHT * wide, RIGHT, buff=0)
    number.shift(UP * (name.baseline - number.baseline))


def _point(number: Words) -> float:
    """Return where the point of a number is, or its end."""
    at = number.text.find(".")
    return float(number[at].get_x() if at >= 0 else number.get_right()[0])


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
            p=Num(values[0].item(), 3),
            lr=as_typed(lr),
            g=Num(gradient, 3),
        )
        self.result = symbols("= {{ %(p)s : w }}", p=Num(values[1].item(), 3))
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
    """

    def __init__(self, slot: Slot, run: SingleRun, lr: float) -> None:
        updates = Update("b", run.b, run.grad_b, lr), Update("w", run.w, run.grad_w, lr)
        self.all = column(replace(slot, right=slot.right - AIR), *updates, gap=0.5, y=1)
        self.rates = VGroup(*(update.rule.part("eta") for update in updates))
        rates = self.rates.get_family()
        self.rules = VGroup(
            *(leaf for update in updates for leaf in update.rule if leaf not in rates)
        )
        self.minus = [update.rule.part("minus") for update in updates]
        self.filled = VGroup(*(update.filled for update in updates))
        self.results = VGroup(*(update.result for update in updates))


class PairTable(VGroup):
    """Rows of a name and numbers, right-aligned under heads.

    Parameters
    ----------
    slot
        The room.
    heads
        What stands above each column of numbers, if there is any.
    rows
        For each row its name and its numbers.
    y
        Alignment in the slot, from -1 to 1.
    """

    def __init__(
        self,
        slot: Slot,
        heads: Sequence[Typeset],
        rows: Sequence[tuple[Typeset, Sequence[Words]]],
        y: float = 0.0,
    ) -> None:
        gap = 0.7
        self.heads, self.rows = VGroup(*heads), VGroup()
        self.parts = tuple(rows)
        right = max(name.width for name, _ in rows)
        edges = []
        for number in range(len(rows[0][1])):
            wide = [row[1][number].width for row in rows]
            right += gap + max([*wide, *([heads[number].width] if heads else [])])
            edges.append(right)
        for line, (name, numbers) in enumerate(rows):
            base = DOWN * LINE * (line + 1)
            name.move_to(base, aligned_edge=LEFT)
            name.shift(UP * (numbers[0].move_to(base).baseline - _baseline(name)))
            for word, edge in zip(numbers, edges, strict=True):
                word.move_to(base + RIGHT * edge, aligned_edge=RIGHT)
            self.rows.add(VGroup(name, *numbers))
        for head, edge in zip(heads, edges, strict=False):
            head.move_to(RIGHT * edge, aligned_edge=RIGHT)
            head.shift(UP * (_baseline(heads[0]) - _baseline(head)))
        super().__init__(self.heads, self.rows)
        slot.place(self, x=-1, y=y, shrink=False)

    def numbers(self, column: int) -> VGroup:
        """Return a column of numbers with its head; the first one with the names of the rows."""
        shown = [numbers[column] for _, numbers in self.parts]
        names = [] if column else [name for name, _ in self.parts]
        return VGroup(self.heads[column], *names, *shown)


def _baseline(text: Typeset) -> float:
    """Return the baseline of words, or of a letter that does not hang below it."""
    return text.baseline if isinstance(text, Words) else float(text.get_bottom()[1])


def two_losses(slot: Slot, run: SingleRun, loss: Words, names: Sequence[Words]) -> PairTable:
    """Return the last loss of the examples kept aside, and that in training."""
    rows = [
        (name, [_result(significant(losses[-1].item(), 2), theme.LOSS)])
        for name, losses in zip(names, (run.test_loss, run.loss), strict=True)
    ]
    return PairTable(slot, [loss], rows)


def learned_and_true(
    slot: Slot, run: SingleRun, true: Mapping[str, float], heads: Sequence[Words]
) -> PairTable:
    """Return the parameters that were learned beside those that the data were made with."""
    rows = []
    for name, learned in (("w", run.w[-1].item()), ("b", run.b[-1].item())):
        numbers = [
            _result(Num(learned, 2), theme.MODEL),
            _result(as_typed(true[name]), theme.TRUTH),
        ]
        rows.append((symbols(f"{{{{ {name} : {name} }}}}"), numbers))
    return PairTable(slot, heads, rows)


def _result(number: Num, color: ManimColor) -> Words:
    return Words("%(number)s", size=Size.TITLE, color=color, number=number)
