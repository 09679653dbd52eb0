"""Gradients that have arrived at the parameters, and their comparison with those by hand."""

from __future__ import annotations

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    ApplyMethod,
    FadeIn,
    LaggedStart,
    Succession,
    VGroup,
)

from figures.computation_graph.graph import RecordedGraph
from figures.computation_graph.tensors import shown
from linreg.study.batch_gradients import equal_places, first_gradient
from linreg.study.trace import Trace
from visuals.code import CodeText
from visuals.formula import formula
from visuals.layout import GAP, Slot, is_wide
from visuals.numbers import Num
from visuals.plates import panel
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Size, theme
from visuals.typography import Typeset, Words

AIR = 0.16
"""Space between a parameter, the name of its gradient, and the numbers, in scene units."""

ROW, TALL_ROW = 0.78, 0.6
"""Distance of two rows of the table, in scene units."""


def arrived(drawn: RecordedGraph, param: str) -> VGroup:
    """Return the gradient of a parameter as it stands in ``.grad``, beside its node.

    Parameters
    ----------
    drawn
        The graph.
    param
        ``w`` or ``b``.
    """
    name = CodeText(f"{param}.grad", Size.CODE)
    values = drawn.graph.grads[param].flatten().tolist()
    numbers = VGroup(
        *(Words("%(value)s", color=theme.GRADIENT, value=shown(value)) for value in values)
    )
    numbers.arrange(DOWN, buff=AIR, aligned_edge=RIGHT)
    both = VGroup(name, numbers)
    if param == "b":
        both.arrange(RIGHT if is_wide() else DOWN, buff=AIR)
        both.next_to(drawn.nodes[param], LEFT, buff=AIR)
        return both if is_wide() else both.shift(UP * both.height / 2)
    if is_wide():
        return both.arrange(DOWN, buff=AIR).next_to(drawn.nodes[param], DOWN, buff=AIR)
    numbers.arrange(RIGHT, buff=2 * AIR)
    return both.arrange(RIGHT, buff=AIR).next_to(drawn.nodes[param], RIGHT, buff=AIR)


class DigitCheck(VGroup):
    """A table of the gradient by hand, and by autograd divided by the batch size.

    Parameters
    ----------
    slot
        The room for it.
    drawn
        The graph.
    trace
        The run whose first batch it is.
    by_hand
        Name of the first row; the second has its code for a name.
    """

    def __init__(self, slot: Slot, drawn: RecordedGraph, trace: Trace, by_hand: Words) -> None:
        by_autograd = CodeText(f".grad / {drawn.graph.size}", Size.CODE)
        rows = first_gradient(trace)[0], drawn.graph.means
        places = equal_places(*rows)
        size, pitch = (Size.TITLE, ROW) if is_wide() else (Size.BODY, TALL_ROW)
        self.rows = [
            [
                Words("%(value)s", size=size, color=theme.MUTED, value=Num(value, places))
                for value in values.tolist()
            ]
            for values in rows
        ]
        height = 3 * pitch + GAP
        self.ground = slot.place(panel(slot.width, height, 0), y=1)
        slot = slot.inset(GAP / 2)
        count = len(self.rows[0])
        weights = [f"g_(w_{k + 1})" for k in range(count - 1)]
        symbols = [
            formula(f"{{{{ {symbol} : grad }}}}", ROLES_IN_TRAINING, size=size)
            for symbol in (*weights, "g_b")
        ]
        self.head = VGroup(*symbols)
        self.names = VGroup(by_hand, by_autograd)
        names = max(by_autograd.width, by_hand.width) + GAP
        step = (slot.width - names) / count
        for column in range(count):
            right = slot.left + names + (column + 1) * step
            words: list[Typeset] = [symbols[column], *(row[column] for row in self.rows)]
            for line, word in enumerate(words):
                word.shift(UP * (slot.top - (line + 0.5) * pitch - word.get_y()))
                word.shift(RIGHT * (right - word.get_right()[0]))
        for line, name in enumerate(self.names, start=1):
            name.shift(UP * (slot.top - (line + 0.5) * pitch - name.get_y()))
            name.shift(RIGHT * (slot.left - name.get_left()[0]))
        super().__init__(
            self.ground, self.head, self.names, *(VGroup(*words) for words in self.rows)
        )

    def show_by_hand(self) -> Animation:
        """Show the table and its first row."""
        return FadeIn(self.ground, self.head, self.names[0], *self.rows[0])

    def show_by_autograd(self) -> Animation:
        """Show the second row."""
        return FadeIn(self.names[1], *self.rows[1])

    def compare(self, run_time: float) -> Animation:
        """Light equal digits in pairs from the left, number by number."""
        numbers = []
        for pair in zip(*self.rows, strict=True):
            lights = [
                AnimationGroup(
                    *(ApplyMethod(digit.set_fill, theme.GRADIENT) for digit in digits), run_time=0.4
                )
                for digits in zip(*pair, strict=True)
            ]
            numbers.append(LaggedStart(*lights, lag_ratio=0.3))
        return Succession(*numbers, run_time=run_time)
