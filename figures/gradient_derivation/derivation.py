"""The gradient of the mean half square, line by line: one change at a time."""

from __future__ import annotations

import numpy as np
from manim import (
    DL,
    DOWN,
    LEFT,
    PI,
    RIGHT,
    UP,
    UR,
    Animation,
    AnimationGroup,
    ApplyMethod,
    Create,
    DashedVMobject,
    FadeIn,
    FadeOut,
    Line,
    Rectangle,
    Succession,
    Transform,
    VGroup,
    VMobject,
)

from figures.gradient_derivation.emphasis import large, swell
from visuals.equations import Rewrite, align_part
from visuals.formula import formula
from visuals.layout import GAP, Slot
from visuals.plates import PADDING, panel
from visuals.plots import Points
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Pace, Stroke, theme
from visuals.typography import Math, Words

MEAN = "{{ 1/n sum_(i=1)^n : mean }}"
HALF = "{{ 1/2 : half }}"
TWO = "{{ 2 : two }}"
TIMES = "{{ dot : times }}"
INNER = (
    "{{ \\( : open }} {{ w : w }} {{ x_i : x }} {{ + : plus }} {{ b : b }}"
    "{{ - : minus }} {{ y_i : y }} {{ \\) : close }}"
)
INPUT = "{{ x_i : x_copy }}"
ERROR = "{{ r_i : error }}"
SLOPE = "({{ d : grad_d }} {{ L : loss_d }}) / ({{ d : grad_e }} {{ %s : w_d }}) {{ = : also }}"
BARE = "{{ g_w : grad }} {{ = : eq }}"
BY_W = f"{SLOPE % 'w'} {BARE}"
BY_B = f"{SLOPE % 'b'} {{{{ g_b : grad }}}} {{{{ = : eq }}}}"
INSIDE = ("w", "x", "plus", "b", "minus", "y")

SPACE = 0.08
"""Space around what is marked, in scene units."""

DASHES = 16

AWAY = 0.3
"""Opacity of what is not spoken of."""


class Derivation(VGroup):
    """Three lines: the loss, and its gradients for w and for b.

    The second line is built and rewritten in its place. A dashed place is kept in it for what
    the inside will leave.

    Parameters
    ----------
    slot
        The room for the lines. All signs of equality stand above each other.
    error, x, mean_error
        The words for the error, for the input, and for the mean error.
    """

    def __init__(self, slot: Slot, error: Words, x: Words, mean_error: Words) -> None:
        self.loss = _set(f"{{{{ L : loss }}}} {{{{ = : eq }}}} {MEAN} {HALF} thin {INNER}^{TWO}")
        self.sloped = _set(f"{BY_W} {MEAN} {HALF} {TIMES} {TWO} {INNER} med {INPUT}")
        self.halved = _set(f"{BY_W} {MEAN} {INNER} med {INPUT}")
        self.short = _set(f"{BY_W} {MEAN} med {ERROR} med {INPUT}")
        self.for_bias = _set(f"{BY_B} {MEAN} med {ERROR} {TIMES} {{{{ 1 : one }}}}")
        self.ground = slot.place(panel(slot.width, slot.height, 0))
        super().__init__()
        rows = slot.inset(PADDING).stacked(1, 1, 1)
        widest = slot.place(self.sloped, shrink=False)
        second = (self.sloped, self.halved, self.short)
        for row, lines in zip(rows, ([self.loss], second, [self.for_bias]), strict=True):
            for line in lines:
                align_part(line, widest, "eq")
                line.shift(UP * (row.center[1] - line.part("eq").get_y()))
        self.names = self._name(error, "error", UP), self._name(x, "x_copy", DOWN)
        self.mean_error = mean_error.next_to(self.for_bias.part("error"), RIGHT, buff=GAP)
        self.mean_error.set_fill(theme.LOSS)
        for line in (self.sloped, self.halved):
            line.part("x_copy").set_opacity(0)
        self.sloped.part("two").set_opacity(0)
        self.dot = self.sloped.part("times").set_opacity(0)
        self.place = self._place(self.sloped)

    @staticmethod
    def bare() -> Math:
        """Return the gradient for w alone, without the slope that it is."""
        return _set(f"{BARE} {MEAN} med {ERROR} med {INPUT}")

    # The loss

    def write_loss(self) -> Animation:
        """Write the loss."""
        return AnimationGroup(FadeIn(self.ground), FadeIn(self.loss))

    def light_sum(self) -> Animation:
        """Let the sum over the examples swell."""
        return swell(self.loss.part("mean"))

    def light_error(self) -> Animation:
        """Dim all of the loss but the error."""
        error = {*self._parts(self.loss, ("open", *INSIDE, "close"))}
        rest = [leaf for leaf in self.loss if leaf not in error]
        return ApplyMethod(VGroup(*rest).set_opacity, AWAY)

    # The gradient for w

    def begin(self) -> Animation:
        """Write the second line as far as it repeats the first."""
        lit = ApplyMethod(self.loss.set_opacity, 1.0)
        return AnimationGroup(FadeIn(self.sloped), FadeIn(self.place), lit)

    def bring_exponent_down(self, run_time: float = Pace.MOVE) -> Animation:
        """Let the exponent glide to the front of the second line."""
        self.sloped.part("two").set_opacity(1)
        two = self.sloped.part("two").copy()
        self.sloped.part("two").set_opacity(0)
        gliding, dot = self.loss.part("two").copy(), self.dot.copy().set_opacity(1)
        self.loose = VGroup(gliding, dot)
        return AnimationGroup(
            Transform(gliding, two, path_arc=-0.4 * PI), FadeIn(dot), run_time=run_time
        )

    def strike_out(self) -> Animation:
        """Strike out the half and the two."""
        pair = self.sloped.part("half"), self.sloped.part("two")
        self.strikes = VGroup(
            *(Line(part.get_corner(DL), part.get_corner(UR), color=theme.INK) for part in pair)
        ).set_stroke(width=Stroke.LINE)
        return Create(self.strikes, run_time=Pace.QUICK)

    def cancel_half(self, run_time: float = Pace.MOVE) -> tuple[Animation, ...]:
        """Let the two and the half go, and close the gap."""
        VGroup(self.sloped.part("two"), self.dot).set_opacity(1)
        return (
            FadeOut(self.loose, self.strikes, run_time=run_time / 4),
            Rewrite(self.sloped, self.halved, run_time=run_time),
            Transform(self.place, self._place(self.halved), run_time=run_time),
        )

    def underline_inside(self, run_time: float) -> Animation:
        """Underline what stands in the bracket."""
        self.underline = self._underlined(self.halved, INSIDE)
        return Create(self.underline, run_time=run_time)

    def leave_input(self, run_time: float = Pace.MOVE) -> Animation:
        """Let the input drop out of the bracket into its place."""
        target = self.halved.part("x_copy").copy().set_opacity(1)
        self.dropping = self.halved.part("x").copy()
        return AnimationGroup(
            Transform(self.dropping, target, path_arc=0.5 * PI, run_time=run_time),
            FadeOut(self.place, run_time=run_time),
        )

    def name_error(self, run_time: float = Pace.MOVE) -> tuple[Animation, ...]:
        """Write r for the bracket."""
        self.halved.part("x_copy").set_opacity(1)
        return (
            FadeOut(self.dropping, self.underline, run_time=run_time / 4),
            Rewrite(self.halved, self.short, run_time=run_time),
        )

    def call(self, number: int) -> Animation:
        """Write a word beside what it means: 0 the error, 1 the input."""
        return FadeIn(self.names[number])

    def light_mean(self) -> Animation:
        """Let the mean swell."""
        return swell(self.short.part("mean"))

    # The gradient for b

    def write_for_bias(self) -> Animation:
        """Write the same line for b, whose input is one."""
        return FadeIn(self.for_bias)

    def drop_one(self) -> Animation:
        """Let the factor one fade; the mean error is left."""
        one = VGroup(*self.for_bias.part("one"), *self.for_bias.part("times"))
        fading = ApplyMethod(one.set_opacity, 0.0, run_time=Pace.QUICK)
        return Succession(fading, FadeIn(self.mean_error))

    # Parts

    def _name(self, word: Words, label: str, side: Points) -> Words:
        """Put a word above or below a part of the short line, in its colour."""
        part = self.short.part(label)
        return word.set_fill(part[0].get_fill_color()).next_to(part, side, 2 * SPACE, LEFT)

    def _place(self, line: Math) -> DashedVMobject:
        x = line.part("x_copy")
        box = Rectangle(width=x.width + 2 * SPACE, height=x.height + 2 * SPACE)
        box.set_stroke(theme.MUTED, Stroke.THIN).move_to(x)
        return DashedVMobject(box, num_dashes=DASHES)

    @staticmethod
    def _parts(line: Math, labels: tuple[str, ...]) -> list[VMobject]:
        return [leaf for label in labels for leaf in line.part(label)]

    def _underlined(self, line: Math, labels: tuple[str, ...]) -> Line:
        parts = VGroup(*self._parts(line, labels))
        y = parts.get_bottom()[1] - 2 * SPACE
        start, end = (np.array([x, y, 0.0]) for x in (parts.get_left()[0], parts.get_right()[0]))
        return Line(start, end, color=theme.INK, stroke_width=Stroke.LINE)


def _set(expression: str) -> Math:
    return formula(expression, ROLES_IN_TRAINING, size=large())
