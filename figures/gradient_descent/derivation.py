"""The gradient of the mean half squared error by hand, line by line, one change at a time."""

from __future__ import annotations

import re

from manim import DOWN, LEFT, PI, RIGHT, UP, Animation, ApplyMethod, VGroup, VMobject

from linreg.study.trace import Trace
from visuals.equations import Derive, Rewrite, align_part
from visuals.formula import formula
from visuals.layout import GAP, AnyMobject, Slot, is_wide
from visuals.numbers import Num
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Pace, Size
from visuals.typography import Math, Words

NUM_LINES = 4
LINE_GAP = 0.1

MEAN = "1/n sum_(i=1)^n"
HALF_MEAN = "1/({{ 2 : half }} n) sum_(i=1)^n"
BY_W = "{{ (partial L)/(partial w) : grad }} {{ = : eq }}"
BY_B = "{{ (partial L)/(partial b) : grad }} {{ = : eq }}"
BY_ALL = "{{ (partial L)/(partial bold(w)) : grad }} {{ = : eq }}"
SLOPE_OPERATOR = "{{ (partial)/(partial w) : grad_of }}"
INNER_SLOPE = "{{ (partial)/(partial w) : grad_inner }}"
INNER = (
    "{{ \\( : open }} {{ w : w }} {{ x_i : x }} {{ + : plus }} {{ b : b }}"
    "{{ - : minus }} {{ y_i : y }} {{ \\) : close }}"
)
COPY = re.sub(r"(\w+) }}", r"\1_copy }}", INNER)
ERROR = "{{ \\( : open }} {{ hat(y)_i : hat }} {{ - : minus }} {{ y_i : y }} {{ \\) : close }}"
TWO = "{{ 2 : two }}"
INPUT = "{{ x_i : x_copy }}"
ERROR_IS = "{{ hat(y)_i : hat }} - {{ y_i : y }} = {{ r_i : error }}"
RESIDUAL = "{{ r_i : error }} = {{ hat(y)_i : hat }} - {{ y_i : y }}"
UPDATE = (
    "({{ bold(w) : w }}, {{ b : b }}) arrow.l ({{ bold(w) : w_old }}, {{ b : b_old }})"
    "{{ - eta gradient L : grad }}"
)
GRADIENT_IS = (
    "{{ gradient L : grad }} {{ = : eq }} ({{ (partial L)/(partial bold(w)) : grad_w }},"
    "{{ (partial L)/(partial b) : grad_b }})"
)
START = "{{ bold(w) : w }} approx 0, {{ b : b }} {{ = : eq }} 0"
PARTIALS = [f"{{{{ (partial L)/(partial {name}) : grad }}}}" for name in ("w_1", "w_2", "b")]


class Derivation:
    """Four lines: the loss, its gradient for one weight, for the bias, and for all weights.

    The second line is rewritten in its place until it is short. Every step is an animation.
    The first two lines begin one row lower, in the middle, and rise when others come.

    Parameters
    ----------
    slot
        The room for the four lines. All signs of equality stand above each other; in a tall
        frame those of the gradients do, which start where the loss does.
    """

    def __init__(self, slot: Slot) -> None:
        self.rows = slot.stacked(*[1] * NUM_LINES, gap=LINE_GAP)
        self.loss = _set(
            "{{ L : loss }} ({{ w : w_of }}, {{ b : b_of }}) {{ = : eq }}"
            f"{HALF_MEAN} {INNER}^{TWO}"
        )
        self.sloped = _set(f"{BY_W} {HALF_MEAN} {SLOPE_OPERATOR} {INNER}^{TWO}")
        start, times = ("", "thin") if is_wide() else ("&", "\\ & dot")
        self.chained = _set(
            f"{BY_W} {start} {HALF_MEAN} {TWO} {INNER} {times} {INNER_SLOPE} {COPY}"
        )
        self.pulled_out = _set(f"{BY_W} {HALF_MEAN} {TWO} {INNER} thin {INPUT}")
        self.halved = _set(f"{BY_W} {MEAN} {INNER} thin {INPUT}")
        self.short = _set(f"{BY_W} {MEAN} {ERROR} thin {INPUT}")
        self.for_bias = _set(f"{BY_B} {MEAN} {ERROR}")
        self.for_all = _set(
            f"{BY_ALL} 1/n thin {{{{ bold(X)^top : x_copy }}}}"
            "{{ \\( : open }} {{ hat(bold(y)) : hat }} {{ - : minus }} {{ bold(y) : y }}"
            "{{ \\) : close }}"
        )
        slot.place(self.loss, x=-1, shrink=False)
        gradients = self.loss if is_wide() else slot.place(self.for_all, x=-1, shrink=False)
        for row, line in (
            (1, self.loss),
            *((2, line) for line in (self.chained, self.sloped, self.pulled_out)),
            *((2, line) for line in (self.halved, self.short)),
            (2, self.for_bias),
            (3, self.for_all),
        ):
            align_part(line, self.loss if line is self.loss else gradients, "eq")
            height = self.rows[row].center[1]
            line.shift(UP * (height - line.part("eq").get_y()))

    def beside(self, line: Math, words: AnyMobject) -> AnyMobject:
        """Put words to the right of a line, in one column for all lines; in a tall frame below."""
        if not is_wide():
            return words.next_to(line, DOWN, buff=GAP / 2).align_to(self.loss, LEFT)
        right = max(end.get_right()[0] for end in (self.loss, self.short, self.for_all))
        words.next_to(line.part("eq"), RIGHT)
        words.shift(RIGHT * (right + 2 * GAP - words.get_left()[0]))
        return words

    def beside_short(self, words: Words) -> VGroup:
        """Put words beside the short line, above what its error is."""
        both = VGroup(words, formula(ERROR_IS, ROLES_IN_TRAINING))
        return self.beside(self.short, both.arrange(DOWN, buff=GAP / 2, aligned_edge=LEFT))

    def differentiate(self) -> Animation:
        """Ask for the slope: the second line comes out of the first."""
        return Derive(self.loss, self.sloped)

    def bring_exponent_down(self) -> Animation:
        """Take the chain rule's two factors: the exponent to the front, the inside behind."""
        return Rewrite(
            self.sloped,
            self.chained,
            run_time=2 * Pace.MOVE,
            arcs={"two": -0.9 * PI},
            last=("two",),
        )

    def pull_input_out(self) -> Animation:
        """Differentiate the inside: what w is multiplied by is left."""
        return Rewrite(self.chained, self.pulled_out)

    def cancel_half(self) -> Animation:
        """Let the two and the half cancel."""
        return Rewrite(self.pulled_out, self.halved)

    def name_prediction(self) -> Animation:
        """Write the prediction for what predicts."""
        return Rewrite(self.halved, self.short)

    def rise(self, *beside: VMobject) -> Animation:
        """Move the first two lines, and what stands beside them, to the first two rows."""
        row = UP * (self.rows[0].center - self.rows[1].center)[1]
        risen = VGroup(self.loss, self.short, *beside)
        return ApplyMethod(risen.shift, row, run_time=Pace.QUICK)

    def repeat_for_bias(self) -> Animation:
        """Write the same line for the bias, whose inside differentiates to one."""
        return Derive(self.short, self.for_bias)

    def gather_examples(self) -> Animation:
        """Write the line for all weights and all examples at once."""
        return Derive(self.short, self.for_all)


def step_formulas(trace: Trace, lr: Num, note: Words) -> VGroup:
    """Return the update, what its gradient is, the name of its rate, and a first update.

    Parameters
    ----------
    trace
        The run whose first step is written out, for the bias.
    lr
        Its learning rate.
    note
        What stands beside the numbers, or below them in a tall frame.
    """
    update, gradient = _set(UPDATE), formula(GRADIENT_IS, ROLES_IN_TRAINING)
    rate = formula(
        '{{ eta : lr }} = {{ mono("lr") : lr_name }} = {{ %(lr)s : lr_value }}',
        ROLES_IN_TRAINING,
        lr=lr,
    )
    numbers = formula(
        "{{ b : b }} arrow.l {{ %(old)s : b_old }} {{ - : grad_sign }}"
        "{{ %(lr)s dot.op (%(slope)s) : grad }}"
        "= {{ %(new)s : b_new }}",
        ROLES_IN_TRAINING,
        old=Num(trace.b[0].item(), 4),
        lr=lr,
        slope=Num(trace.grad_b[0].item(), 4),
        new=Num(trace.b[1].item(), 4),
    )
    shown = VGroup(update, gradient, rate, numbers, note)
    if not is_wide():
        first_step = VGroup(numbers, note).arrange(DOWN, buff=GAP / 2, aligned_edge=LEFT)
        VGroup(update, gradient, rate, first_step).arrange(DOWN, buff=2 * GAP, aligned_edge=LEFT)
        return shown
    column = VGroup(update, rate, numbers).arrange(DOWN, buff=GAP, aligned_edge=LEFT)
    for beside in (gradient, note):
        beside.next_to(column, RIGHT, buff=2 * GAP)
    minus = update.part("grad")[0]
    gradient.shift(UP * (minus.get_y() - gradient.part("eq").get_y()))
    note.shift(UP * (numbers.part("b_new").get_bottom()[1] - note.baseline))
    return shown


def _set(expression: str) -> Math:
    return formula(expression, ROLES_IN_TRAINING, size=Size.TITLE)
