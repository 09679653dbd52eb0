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
    FadeOut,
    LaggedStart,
    Succession,
    VGroup,
)

from figures.computation_graph.desk import shown
from figures.computation_graph.graph import RecordedGraph
from figures.computation_graph.nodes import CODE_SIZE
from linreg.study.batch_gradients import equal_places, first_gradient
from linreg.study.computation_graph import PARAMETERS
from linreg.study.trace import Trace
from visuals.code import CodeText
from visuals.formula import formula
from visuals.layout import GAP, Slot, body, is_wide
from visuals.numbers import Num
from visuals.plates import panel
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Dim, Pace, Size, theme
from visuals.typography import Typeset, Words

AIR = 0.16
"""Space between a parameter, the name of its gradient, and the numbers, in scene units."""

LEAST_ROOM = 2.9
"""Height of a table at least, in scene units."""

HEAD_DROP = 0.14
"""Distance of the baseline of the first row below its middle, in scene units."""

ROW, TALL_ROW = 0.78, 0.6
"""Distance of two rows of the table, in scene units."""


class Arrived(VGroup):
    """The gradient of a parameter as it stands in ``.grad``, beside its node.

    Parameters
    ----------
    drawn
        The graph.
    param
        ``w`` or ``b``.

    Attributes
    ----------
    code, rows
        Its name in the code, and a number for each weight, with its name, or for the bias.
    """

    def __init__(self, drawn: RecordedGraph, param: str) -> None:
        self.code = CodeText(f"{param}.grad", CODE_SIZE)
        values = drawn.graph.grads[param].flatten().tolist()
        numbers = [Words("%(value)s", color=theme.GRADIENT, value=shown(value)) for value in values]
        self.rows = [VGroup(number) for number in numbers]
        if param == "w":
            for k, row in enumerate(self.rows, start=1):
                name = formula(f"{{{{ w_{k} : w_{k} }}}}", ROLES_IN_TRAINING)
                name.next_to(row, LEFT, buff=AIR)
                row.add(name.shift(UP * (numbers[k - 1].baseline - name[0].get_bottom()[1])))
        column = VGroup(*self.rows).arrange(DOWN, buff=AIR, aligned_edge=RIGHT)
        super().__init__(self.code, column)
        node = drawn.nodes[param]
        if param == "b":
            self.arrange(RIGHT if is_wide() else DOWN, buff=AIR).next_to(node, LEFT, buff=AIR)
            if not is_wide():
                self.next_to(node, DOWN, buff=AIR, aligned_edge=LEFT)
        elif is_wide():
            self.arrange(DOWN, buff=AIR, aligned_edge=RIGHT).next_to(node, DOWN, buff=AIR)
        else:
            column.arrange(RIGHT, buff=2 * AIR)
            self.arrange(RIGHT, buff=AIR).next_to(node, RIGHT, buff=AIR)
        self.shift(RIGHT * max(0.0, body().left - self.get_left()[0]))


def table_room(drawn: RecordedGraph, slot: Slot) -> Slot:
    """Return the room for a table below the graph; in a tall frame it may lie over its end."""
    if is_wide():
        room = drawn.places.room(slot)
        return Slot(slot.left, slot.right, slot.bottom, room.top)
    top = min(drawn.get_bottom()[1] - GAP, slot.bottom + LEAST_ROOM)
    return Slot(slot.left, slot.right, slot.bottom, top)


class DigitCheck(VGroup):
    """A table of the gradient as it stands in ``.grad``, divided by the batch size, and by hand.

    Parameters
    ----------
    slot
        The room for it.
    drawn
        The graph.
    trace
        The run whose first batch it is.
    by_hand
        Name of the last row; the others have their code for a name.
    """

    def __init__(self, slot: Slot, drawn: RecordedGraph, trace: Trace, by_hand: Words) -> None:
        by_autograd, means = first_gradient(trace)[0], drawn.graph.means
        grads, places = drawn.graph.grads, equal_places(by_autograd, means)
        sums = [value for name in PARAMETERS for value in grads[name].flatten().tolist()]
        self.size, pitch = (Size.TITLE, ROW) if is_wide() else (Size.BODY, TALL_ROW)
        self.sums = [self._number(shown(value), 1) for value in sums]
        self.means, self.by_hand = (
            [self._number(Num(value, places), Dim.SOFT) for value in row.tolist()]
            for row in (means, by_autograd)
        )
        codes = [CodeText(code, CODE_SIZE) for code in (".grad", f".grad / {drawn.graph.size}")]
        self.names = VGroup(*codes, by_hand)
        self.ground = slot.place(panel(slot.width, 4 * pitch + GAP, 0), y=1)
        slot = slot.inset(GAP / 2)
        count = len(sums)
        weights = [f"w_{k + 1}" for k in range(count - 1)]
        symbols = [
            formula(f"{{{{ {symbol} : {symbol} }}}}", ROLES_IN_TRAINING, size=self.size)
            for symbol in (*weights, "b")
        ]
        self.head = VGroup(*symbols)
        names = max(name.width for name in self.names) + GAP
        step = (slot.width - names) / count
        for column in range(count):
            right = slot.left + names + (column + 1) * step
            words: list[Typeset] = [symbols[column]]
            words += [row[column] for row in (self.sums, self.means, self.by_hand)]
            for line, word in enumerate(words):
                below = word[0].get_bottom()[1] if line == 0 else word.get_y()
                down = (line + 0.5) * pitch + (HEAD_DROP if line == 0 else 0)
                word.shift(UP * (slot.top - down - below))
                word.shift(RIGHT * (right - word.get_right()[0]))
        rows = self.sums, self.means, self.by_hand
        names_of_rows: list[CodeText | Words] = [*codes, by_hand]
        for name, row in zip(names_of_rows, rows, strict=True):
            name.shift(UP * (row[0].baseline - name.baseline))
            name.shift(RIGHT * (slot.left - _left_of_ink(name)))
        super().__init__(self.ground, self.head, self.names, *self.sums, *self.means, *self.by_hand)

    def take(self, *grads: Arrived) -> list[Animation]:
        """Show the gradients in the first row instead of beside their parameters."""
        return [
            FadeOut(*grads, run_time=Pace.QUICK),
            FadeIn(self.ground, self.head, self.names[0], *self.sums),
        ]

    def show_by_hand(self) -> Animation:
        """Show the last row."""
        return FadeIn(self.names[2], *self.by_hand)

    def divide(self) -> Animation:
        """Show the first row divided by the batch size."""
        return FadeIn(self.names[1], *self.means)

    def compare(self, run_time: float) -> list[Animation]:
        """Dim what was divided, and light equal digits in pairs, number by number."""
        numbers = []
        for pair in zip(self.means, self.by_hand, strict=True):
            lights = [
                AnimationGroup(
                    *(ApplyMethod(digit.set_fill, None, 1) for digit in digits), run_time=0.4
                )
                for digits in zip(*pair, strict=True)
            ]
            numbers.append(LaggedStart(*lights, lag_ratio=0.3))
        past = (ApplyMethod(part.set_fill, None, Dim.SOFT) for part in self.sums)
        return [Succession(*numbers, run_time=run_time), *past]

    def _number(self, value: Num, opacity: float) -> Words:
        number = Words("%(value)s", size=self.size, color=theme.GRADIENT, value=value)
        return number.set_fill(opacity=opacity)


def _left_of_ink(words: CodeText | Words) -> float:
    """Return where the first glyph begins; code has invisible marks at its corners."""
    glyphs = (glyph for glyph in words.family_members_with_points() if glyph.get_fill_opacity())
    return float(min(glyph.points[:, 0].min() for glyph in glyphs))
