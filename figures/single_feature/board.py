"""The rooms of the chapter, and its pictures, each in its room."""

from __future__ import annotations

from collections.abc import Callable

from manim import RIGHT, UP, Animation, ApplyMethod, Mobject, VGroup

from figures.single_feature.columns import (
    PLACES,
    Derivation,
    FirstStep,
    NudgeQuotient,
    as_name,
    column,
    symbols,
)
from figures.single_feature.ending import comparison, told
from figures.single_feature.growing_square import GrowingSquare, large_error
from figures.single_feature.kept_aside import KeptAside
from figures.single_feature.nudging import NudgeTable
from figures.single_feature.plot import LineName, TrainingPlot
from figures.single_feature.rows import RowTable
from figures.single_feature.state import State
from figures.single_feature.sweep import SquareSweep
from figures.single_feature.tables import PairTable, learned_and_true, two_losses
from figures.single_feature.two_gradients import TwoGradients
from linreg.lesson import SingleFeature
from linreg.study.outcome import Outcome
from linreg.study.single_run import run_single, single_outcome
from visuals.layout import GAP, Slot, is_wide
from visuals.numbers import Num
from visuals.theme import Pace, Size
from visuals.typography import Math, Words

RULES = 1.5
"""Height of the two rules of a step, in scene units."""

LOW = 5.0
"""Height of the column below which its parts stand side by side, in scene units."""

SPACE = 0.18
"""Space before a sign of equality, in scene units."""

NUDGES = (0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-6)


class Board:
    """The plot, beside it a column for numbers, and the pictures that stand there in turn.

    Parameters
    ----------
    body
        The room of all.
    numbers
        The lesson's numbers.
    text, words
        Return a text of the catalogue, and set it.

    Attributes
    ----------
    record, ending
        The recorded run, and how it ends.
    true
        The true parameters, by name.
    left, right
        The column, and the room of the plot beside it.
    upper, lower, below
        Parts of the column; the last is what the rules of a step leave.
    last, results
        The room of the plot at the end, and that of the results beside the line's right end.
    plot, aside, state
        The training examples with the line, the examples kept aside, and the live numbers.
    """

    def __init__(
        self,
        body: Slot,
        numbers: SingleFeature,
        text: Callable[[str], str],
        words: Callable[..., Words],
    ) -> None:
        self.numbers, self.text, self.words = numbers, text, words
        self.record = run_single(numbers)
        self.ending = single_outcome(self.record, numbers)
        self.true = {"w": numbers.true_w, "b": numbers.true_b}
        self.left, self.right = body.beside(*((42, 58) if is_wide() else (47, 53)))
        low = self.left.height < LOW
        self.upper, self.lower = self.left.columns(56, 44) if low else self.left.stacked(72, 28)
        self.last, self.results = body.columns(65, 35) if is_wide() else (self.right, self.left)
        _, self.below = self.left.stacked(RULES, self.left.height - RULES - GAP)
        room, aside = body.columns(93, 7)
        self.plot = TrainingPlot(room, self.record, numbers, NUDGES[0])
        self.aside = KeptAside(self.plot, aside, words("kept_aside"))
        self.state = State(self.plot, text("loss"), text("step"))

    def line_name(self) -> LineName:
        """Return the formula of the line and its parameters."""
        return LineName(self.plot)

    def row_table(self) -> RowTable:
        """Return the table of the first examples."""
        return RowTable(self.left, self.plot)

    def nudge_table(self) -> tuple[NudgeTable, NudgeQuotient]:
        """Return b and the loss before and after a nudge, and the quotient of their changes."""
        table = NudgeTable(self.state, self.text("loss"))
        self.upper.place(table, -1, 1, shrink=False)
        fraction = NudgeQuotient(self.record, NUDGES[0])
        self.upper.place(fraction, -1, -0.6)
        return table, fraction

    @property
    def raising(self) -> str:
        """Key of the sentence that says how a nudge of b changes the loss."""
        run = self.record
        return "raise_b" if run.raised(NUDGES[0])[1] < run.loss[0].item() else "raise_b_grows"

    def two_gradients(self) -> TwoGradients:
        """Return the gradient for b by nudging and by formula."""
        names = [self.words(key, size=Size.TITLE) for key in ("by_nudging", "by_formula")]
        return TwoGradients(self.lower, self.record, names, NUDGES)

    def mean_of(self, name: str, *terms: str) -> Math:
        """Write that the gradient for a parameter is the mean of the product of some terms."""
        left = f"{{{{ g_{name} : grad_{name} }}}}"
        return symbols(
            f"{left} {{{{ = : equal }}}} {as_name(self.text('mean_of'))} {' '.join(terms)}"
        )

    def derivation(self) -> tuple[Derivation, Math]:
        """Return the lines that lead to the gradient for b, and the last of them."""
        mean = self.mean_of("b", "2", "{{ r : error }}")
        return Derivation(self.upper, mean), mean

    def both_gradients(self) -> tuple[VGroup, Math, VGroup]:
        """Return the gradients for b and w with their numbers, and between them what w changes."""
        error, x = "{{ r : error }}", "{{ x : x }}"
        rule = symbols(f"{error} -> {error} + h {x}")
        for_b, for_w = (
            VGroup(mean, symbols("= {{ %(g)s : grad }}", g=Num(gradient[0].item(), PLACES)))
            for mean, gradient in (
                (self.mean_of("b", "2", error), self.record.grad_b),
                (self.mean_of("w", "2", error, x), self.record.grad_w),
            )
        )
        for mean, value in (for_b, for_w):
            value.next_to(mean, RIGHT, buff=SPACE)
            value.shift(UP * (mean.part("equal").get_y() - value[0].get_y()))
        column(self.left, for_b, rule, for_w, gap=0.9, y=1)
        return for_b, rule, for_w

    def first_step(self) -> FirstStep:
        """Return the first step of b and w in numbers."""
        return FirstStep(self.upper, self.record, self.numbers.lr)

    def losses(self) -> PairTable:
        """Return the last losses of the examples kept aside and of the others."""
        loss, *names = (
            self.words(key, size=Size.TITLE) for key in ("loss", "kept_aside", "others")
        )
        return two_losses(self.results, self.record, loss, names)

    def bring_aside(self, losses: PairTable) -> tuple[Mobject, ...]:
        """Return the examples kept aside where they come back: beside the plot, or at a table."""
        if is_wide():
            return self.aside.all
        self.aside.move_to(losses)
        return (self.aside,)

    def learned(self) -> PairTable:
        """Return the learned and the true parameters."""
        heads = [self.words(key, size=Size.TITLE) for key in ("learned", "true")]
        return learned_and_true(self.results, self.record, self.true, heads)

    def sweep(self) -> SquareSweep:
        """Return all squares, ready to be lit one after the other."""
        return SquareSweep(self.plot)

    def growing_square(self) -> GrowingSquare:
        """Return the square of one large error."""
        return GrowingSquare(self.plot, large_error(self.plot))

    @property
    def num_aside(self) -> int:
        """Number of the examples kept aside."""
        return self.numbers.num_test

    @property
    def has_landed(self) -> bool:
        """Whether the run came to the line of least loss."""
        return self.ending is Outcome.LANDS

    def told(self, key: str) -> str:
        """Return the variant of a sentence that is true for the run."""
        return told(key, self.ending)

    def comparison(self) -> str:
        """Return the sentence that compares the last losses."""
        return comparison(self.record, self.ending)

    def light(self, opacity: float, run_time: float = Pace.MOVE) -> Animation:
        """Dim or light the training examples."""
        return ApplyMethod(self.plot.dots.set_opacity, opacity, run_time=run_time)
