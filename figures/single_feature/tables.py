"""Tables of two numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from manim import DOWN, LEFT, RIGHT, UP, Circle, ManimColor, VGroup

from figures.single_feature.columns import PLACES, symbols
from linreg.study.single_run import SingleRun
from visuals.layout import Slot
from visuals.numbers import Num, as_typed, significant
from visuals.theme import Radius, Size, Stroke, theme
from visuals.typography import Typeset, Words

BESIDE_NAME = 0.25
"""Distance of a mark from the name that it stands for, in scene units."""

LINE = 0.85
"""Distance of two lines of a table, in scene units."""


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
        y: float = 1.0,
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
        (name, [result(significant(losses[-1].item(), 2), theme.LOSS)])
        for name, losses in zip(names, (run.test_loss, run.loss), strict=True)
    ]
    table = PairTable(slot, [loss.set_fill(theme.LOSS)], rows)
    for name, hollow in zip(names, (True, False), strict=True):
        mark = Circle(Radius.SAMPLE, color=theme.DATA, stroke_width=Stroke.THIN)
        mark.set_fill(theme.DATA, 0 if hollow else 1).next_to(name, RIGHT, buff=BESIDE_NAME)
        mark.set_y(name.middle)
        table.rows[names.index(name)].add(mark)
    return table


def learned_and_true(
    slot: Slot, run: SingleRun, true: Mapping[str, float], heads: Sequence[Words]
) -> PairTable:
    """Return the parameters that were learned beside those that the data were made with."""
    for head, color in zip(heads, (theme.MODEL, theme.TRUTH), strict=True):
        head.set_fill(color)
    rows = []
    for name, learned in (("w", run.w[-1].item()), ("b", run.b[-1].item())):
        numbers = [
            result(Num(learned, PLACES), theme.MODEL),
            result(as_typed(true[name]), theme.TRUTH),
        ]
        rows.append((symbols(f"{{{{ {name} : {name} }}}}"), numbers))
    return PairTable(slot, heads, rows)


def result(number: Num, color: ManimColor) -> Words:
    """Return a number as large as a formula."""
    return Words("%(number)s", size=Size.TITLE, color=color, number=number)
