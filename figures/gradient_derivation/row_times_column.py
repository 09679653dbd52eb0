"""Row times column: each row of the transposed features meets the column of errors."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    ApplyMethod,
    FadeIn,
    ValueTracker,
    VGroup,
    linear,
)

from figures.gradient_derivation.batch_table import PLACES, BatchTable
from figures.gradient_derivation.emphasis import large
from linreg.study.matrix_product import BatchProduct
from visuals.following import Follower, Picture
from visuals.formula import formula
from visuals.layout import GAP, Slot, is_wide
from visuals.numbers import Num, integer, significant
from visuals.plates import PADDING
from visuals.readout import Readout
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import theme
from visuals.trackers import go
from visuals.typography import Math, Words

RULE_AT = 0.15
"""Place of the formula in its room."""

DIMMED = 0.5
"""Opacity of the row that is not multiplied."""

MOST_PLACES = 4
"""Digits after the point of a sum, at most."""

RULE = (
    "{{ bold(g)_w : grad }} {{ = : eq }} {{ 1/n : mean }} {{ bold(X)^top : x_copy }}"
    "{{ bold(r) : error }}"
)


class RowTimesColumn:
    """A table of features and errors, and the gradient that each row makes with the column.

    Parameters
    ----------
    slot
        The room for it, which lies on a panel.
    batch
        The features, the errors and what they add up to.

    Attributes
    ----------
    table
        The features and the errors.
    below_table, rule_room
        Rooms for the formula of one feature and for the product.
    rule
        The formula as a product of matrices.
    """

    def __init__(self, slot: Slot, batch: BatchProduct) -> None:
        slot = slot.inset(PADDING)
        if is_wide():
            left, column_room = slot.columns(9.7, 2.2)
            room = left
            _, self.rule_room, results = left.stacked(2.1, 1.35, 1.75, gap=GAP / 3)
            self.below_table = replace(self.rule_room, bottom=results.bottom)
        else:
            room, middle, results = slot.stacked(4.3, 3.9, 2.0)
            self.rule_room, column_room = middle.columns(4.4, 2.5)
            self.below_table = self.rule_room
        self.table = BatchTable(room, column_room, batch)
        self.rule = self.rule_room.place(formula(RULE, ROLES_IN_TRAINING, size=large()), x=RULE_AT)
        self.lines = [ResultLine(batch, k) for k in range(self.table.num_features)]
        both = VGroup(*self.lines).arrange(DOWN, buff=GAP / 2, aligned_edge=LEFT)
        results.place(both, shrink=False)
        for line in self.lines:
            line.start()

    def place_single(self, rule: Math) -> Math:
        """Put the formula of one feature below the turned table."""
        return self.below_table.place(rule, x=RULE_AT)

    def multiply(self, k: int, run_time: float) -> Animation:
        """Go along a row and down the column pair by pair, and add up their products."""
        line = self.lines[k]
        return go(line.added, line.count, run_time, linear)

    def begin(self, k: int) -> tuple[Animation, ...]:
        """Light a row, frame its first pair, and write what the sum will be divided by."""
        line = self.lines[k]
        line.over.add_updater(lambda _: line.follow())
        frames = PairFrames(self.table, k, line.added)
        parts = FadeIn(line.symbol, line.total, line.over)
        return self.table.light(k, DIMMED), FadeIn(frames), parts

    def divide(self, k: int, run_time: float) -> Animation:
        """Write the quotient."""
        return FadeIn(self.lines[k].quotient, run_time=run_time)

    def light_all(self) -> Animation:
        """Light all rows again."""
        table = self.table
        parts = [
            part for k in range(table.num_features) for part in (table.cells[k], table.names[k])
        ]
        return AnimationGroup(*(ApplyMethod(part.set_fill, None, 1.0) for part in parts))


class ResultLine(Follower, VGroup):
    """The gradient for one weight: a sum that grows, divided by the batch size.

    Parameters
    ----------
    batch
        The features, the errors and what they add up to.
    k
        Number of the weight, from 0.

    Attributes
    ----------
    added
        Tracker of the number of products that were added up.
    count
        Number of the examples.
    symbol, total, over, quotient
        The gradient's name, the growing sum, what it is divided by, and the result.
    """

    def __init__(self, batch: BatchProduct, k: int) -> None:
        self.count = len(batch.error)
        self.added = ValueTracker(self.count)
        size, space = large(), large() / 3
        # Both lines have the digits of one, and room for the longest sum of either.
        shown = max(significant(total).places for total in batch.running[-1].tolist())
        places = min(max(PLACES, shown), MOST_PLACES)
        sums = batch.running[:, k].tolist()
        self.symbol = formula(f"{{{{ g_(w_{k + 1}) : grad }}}} =", ROLES_IN_TRAINING, size=size)
        self.total = Readout(
            lambda: sums[int(self.added.get_value())], places, self.symbol, size, theme.LOSS
        )
        self.total.remove(self.symbol)
        longest = max(
            batch.running.flatten().tolist(), key=lambda total: len(str(Num(total, places)))
        )
        self.reach = 1.5 * space + Words("%(sum)s", size=size, sum=Num(longest, places)).width
        count, mean = integer(self.count), significant(batch.means[k].item())
        self.over = Words("/ %(count)s", size=size, count=count)
        equal = Words("=", size=size)
        value = Words("%(mean)s", size=size, color=theme.GRADIENT, mean=mean)
        right = self.symbol.get_right()[0] + self.reach
        for words in (self.over, equal, value):
            feet = self.total.digits[-1].get_bottom()[1] - words.baseline
            words.shift(RIGHT * (right + space - words.get_left()[0]) + UP * feet)
            right = words.get_right()[0]
        self.quotient = VGroup(equal, value)
        super().__init__(self.symbol, self.total, self.over, self.quotient)
        self.follow()

    def start(self) -> Self:
        """Begin with nothing added up; the line was laid out with the whole sum."""
        self.added.set_value(0)
        return self.follow()

    def follow(self) -> Self:
        """Show the sum of now; its last digit stays in place."""
        self.total.follow().end_at(self.symbol.get_right()[0] + self.reach)
        return self


class PairFrames(Picture, VGroup):
    """Frames around the number of a row and the number of the column that are multiplied now.

    Parameters
    ----------
    table
        The table.
    k
        Number of the row.
    added
        Tracker of the number of products that were added up.
    """

    def __init__(self, table: BatchTable, k: int, added: ValueTracker) -> None:
        self.table, self.added = table, added
        self.columns = table.cells[k], table.errors
        super().__init__(*(table.frame_around(numbers, 0) for numbers in self.columns))
        self.follow().tracked()

    def follow(self) -> Self:
        """Stand around the pair of now; after the last one there is none."""
        done = int(self.added.get_value())
        place = self.table.slot_of(min(done, self.table.count - 1))
        for frame, numbers in zip(self, self.columns, strict=True):
            frame.move_to(numbers[place])
        return self.set_stroke(opacity=float(done < self.table.count))
