"""The gradient by hand beside autograd's: the code of both, and their digits."""

from __future__ import annotations

from manim import DOWN, LEFT, RIGHT, UP, Animation, AnimationGroup, VGroup

from figures.gradient_descent.derivation import PARTIALS, START
from figures.gradient_descent.digits import TwinTable
from linreg.gradient import gradient
from linreg.study.batch_gradients import first_gradient
from linreg.study.trace import Trace
from linreg.training import fit
from visuals.code import CodeText
from visuals.formula import formula
from visuals.layout import GAP, Slot, is_wide
from visuals.listing import Listing
from visuals.roles import ROLES_IN_TRAINING
from visuals.source import body_of, line_of, padded
from visuals.theme import Pace
from visuals.typography import Words

AUTOGRAD = ("y_hat =", "loss =", ".sum")
"""Parts of the lines of the training loop that compute a gradient."""

MEAN_GRADIENT = "param.grad / batch_size"
"""Part of the update's line that turns autograd's sums into means, as which they are compared."""


class GradientCheck(VGroup):
    """Two listings above a table of what both compute on the first minibatch.

    Parameters
    ----------
    slot
        The room for it.
    trace
        The run.
    by_hand, autograd
        Names of the two listings.
    row
        Name of the row of the numbers by hand.

    Attributes
    ----------
    panels
        The listings with their names.
    numbers
        The table.
    computed, recorded
        The gradient by hand and autograd's, each of shape (p + 1,).
    """

    def __init__(
        self, slot: Slot, trace: Trace, by_hand: Words, autograd: Words, row: Words
    ) -> None:
        codes = (
            body_of(gradient).split("return")[0].rstrip(),
            "\n".join(line_of(fit, part) for part in AUTOGRAD),
        )
        width = max(len(line) for code in codes for line in code.splitlines())
        self.by_hand, self.autograd = (Listing(padded(code, width)) for code in codes)
        self.panels = VGroup(
            *(
                VGroup(name, listing).arrange(DOWN, buff=GAP / 2, aligned_edge=LEFT)
                for name, listing in ((by_hand, self.by_hand), (autograd, self.autograd))
            )
        )
        self.computed, self.recorded = first_gradient(trace)
        self.numbers = TwinTable(
            [formula(partial, ROLES_IN_TRAINING) for partial in PARTIALS],
            row,
            CodeText(MEAN_GRADIENT),
            self.computed.tolist(),
            self.recorded.tolist(),
            formula(START, ROLES_IN_TRAINING),
        )
        top, self.bottom = slot.stacked(5, 6)
        if is_wide():
            self.panels.arrange(RIGHT, buff=2 * GAP, aligned_edge=UP)
        else:
            self.panels.arrange(DOWN, buff=2 * GAP, aligned_edge=LEFT)
        super().__init__(
            top.place(self.panels, x=-1, shrink=False),
            self.bottom.place(self.numbers, x=-1, y=1, shrink=False),
        )

    def put_below(self, verdict: Words) -> None:
        """Put words below the middle of the numbers."""
        verdict.next_to(self.numbers, DOWN, buff=GAP).set_x(self.numbers.twins.get_x())

    def compare_weights(self) -> list[Animation]:
        """Compare the numbers of the weights, an animation each."""
        return [twin.compare(Pace.MOVE) for twin in self.numbers.twins[:-1]]

    def compare_bias(self) -> Animation:
        """Compare the numbers of the bias, the line by hand lit."""
        comparison = self.numbers.twins[-1].compare(Pace.MOVE)
        return AnimationGroup(self.by_hand.focus("grad_b"), comparison)
