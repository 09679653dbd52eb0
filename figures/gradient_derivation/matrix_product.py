"""Row times column: the transposed features of a batch and the column of its errors."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    PI,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    ApplyMethod,
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    Line,
    Transform,
    VGroup,
)

from figures.gradient_derivation.emphasis import swell
from figures.gradient_derivation.matrix_numbers import (
    numbers_of,
    result_line,
    rule_of_features,
    shape_of,
    symbol,
    title,
    total_of,
    written,
)
from linreg.study.matrix_product import BatchProduct
from visuals.formula import formula
from visuals.layout import GAP, Slot, is_wide
from visuals.plates import panel
from visuals.plots import Points
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Pace, Stroke, theme
from visuals.typography import Words

MOST_ROWS = 10
"""Examples that are shown; of larger batches the first ones and the last."""

ROW = 0.41
"""Distance of two rows of numbers, in scene units."""

COLUMN_SHARE = 0.091
"""Distance of two columns of the features, as a share of the slot's width."""

NAME_PLACE = -0.75
"""Place of a row's name before its first number."""

LOWER = 0.04
"""Distance of the middle of an x below that of a digit, in scene units."""

UPRIGHT = 1.25
"""Distance of two upright columns, in scene units."""

CARD_GAP = 0.15
"""Space between the grounds of both factors, in scene units."""

AWAY = 0.45
"""Opacity of the row that is not multiplied."""


class MatrixProduct:
    """The features of a batch turn over their corner, and each row is multiplied by the errors.

    Parameters
    ----------
    slot
        The room for it.
    batch
        The features, the errors and what they add up to.
    note
        Says that the printed numbers are rounded.
    """

    def __init__(self, slot: Slot, batch: BatchProduct, note: Words) -> None:
        self.batch = batch
        count, self.num_features = batch.features.shape
        self.rows = list(range(count))
        self.has_dots = count > MOST_ROWS
        if self.has_dots:
            self.rows = [*range(MOST_ROWS - 2), -1, count - 1]
        if is_wide():
            left, self.right = slot.columns(8.5, 3.9, gap=CARD_GAP)
            top, self.below = left.stacked(1.8, 3.8)
        else:
            left, self.right = slot.stacked(5.3, 6.1, gap=CARD_GAP)
            top, self.below = left.stacked(1.8, 3.5)
        self.cards = [card.place(panel(card.width, card.height, 0)) for card in (left, self.right)]
        self.pitch = COLUMN_SHARE * top.width
        self.corner = np.array([top.left + 1.15 * self.pitch, top.top - 2.8 * ROW, 0.0])
        self.cells = [numbers_of(self.rows, x, theme.DATA) for x in batch.features.T]
        self.names = VGroup(*(symbol(f"{{{{ x_{k + 1} : x }}}}") for k in range(self.num_features)))
        self._put_upright()
        self.title = title(self.corner + UP * 2 * ROW, "bold(X)", batch.features.shape)
        self.turned = title(self.corner + UP * 2 * ROW, "bold(X)^top", batch.features.T.shape)
        self.errors = numbers_of(self.rows, batch.error.flatten(), theme.LOSS)
        self._put_column(self.errors, 1)
        self.error_name = symbol("{{ bold(r) : error }}").move_to(self._at_column(1, -1))
        self.note = note.set_color(theme.MUTED)
        self.note.move_to(self._at_column(0, len(self.rows) + 0.35) + RIGHT * GAP)
        self.error_shape = shape_of(batch.error.shape).move_to(self._at_column(1, -2))
        lines = (result_line(batch, k) for k in range(self.num_features))
        self.results = VGroup(*lines).arrange(DOWN, buff=GAP / 2, aligned_edge=LEFT)
        rule_room, room = self.below.inset(GAP / 2).stacked(1.3, 1.4)
        self.rule = rule_room.place(rule_of_features())
        room.place(self.results, x=-0.6, shrink=False)
        self.result_shape = shape_of((self.num_features, 1)).next_to(self.results, RIGHT, buff=GAP)

    # The two factors

    def show_names(self) -> Animation:
        """Show the names of the features, still without a number."""
        return FadeIn(self.names, self.title)

    def show_table(self) -> Animation:
        """Show the features, a row an example."""
        return FadeIn(*self.cells)

    def transpose(self, run_time: float) -> Animation:
        """Turn the table over its corner."""
        moves: list[Animation] = []
        for k, cells in enumerate(self.cells):
            for place, cell in enumerate(cells):
                target = cell.copy().move_to(self._place(place, k, turned=True))
                moves.append(Transform(cell, target.rotate(self._tilt(place))))
        moves += [
            ApplyMethod(name.move_to, self._place_of_name(k, turned=True))
            for k, name in enumerate(self.names)
        ]
        renamed = FadeOut(self.title, run_time=Pace.QUICK), FadeIn(self.turned)
        return AnimationGroup(*moves, *renamed, run_time=run_time)

    def show_errors(self, run_time: float) -> Animation:
        """Show the column of errors from the top."""
        column = LaggedStart(*map(FadeIn, self.errors), lag_ratio=0.4, run_time=run_time)
        return AnimationGroup(
            FadeIn(self.cards[1], self.error_name, self.error_shape, self.note), column
        )

    # Row times column

    def stand_up(self, k: int, run_time: float) -> Animation:
        """Let a row stand up beside the errors; the other row is dimmed."""
        self.upright = VGroup(self.names[k].copy(), *(cell.copy() for cell in self.cells[k]))
        self.upright.set_fill(opacity=1)
        target = self.upright.copy()
        self._put_column(VGroup(*target[1:]), 0)
        for place, cell in enumerate(target[1:]):
            cell.rotate(-self._tilt(place))
        target[0].move_to(self._at_column(0, -1))
        lit = [
            ApplyMethod(part.set_fill, None, 1.0 if row == k else AWAY)
            for row in range(self.num_features)
            for part in (self.cells[row], self.names[row])
        ]
        rise = Transform(self.upright, target, path_arc=-0.5)
        return AnimationGroup(rise, *lit, run_time=run_time)

    def multiply(self, k: int, run_time: float) -> Animation:
        """Form the products from the top, pair by pair."""
        self.products = numbers_of(self.rows, self.batch.products[:, k], theme.LOSS)
        self._put_column(self.products, 2)
        self.product_name = formula(
            f"{{{{ r : error }}}} {{{{ x_{k + 1} : x }}}}", ROLES_IN_TRAINING
        ).move_to(self._at_column(2, -1))
        pairs = [
            AnimationGroup(
                *(swell(column) for column in (self.upright[place + 1], self.errors[place])),
                FadeIn(product, shift=RIGHT * 0.3),
            )
            for place, product in enumerate(self.products)
        ]
        forming = LaggedStart(*pairs, lag_ratio=0.5, run_time=run_time)
        return AnimationGroup(FadeIn(self.product_name), forming)

    def add_up(self, k: int, run_time: float) -> Animation:
        """Let the products fall into one sum under a rule."""
        self.total = written(total_of(self.batch.sums[k].item()), theme.LOSS)
        self.total.move_to(self._at_column(2, len(self.rows) + 0.35))
        y = self._at_column(2, len(self.rows) - 0.35)
        self.line = Line(y + LEFT * 0.5, y + RIGHT * 0.5, color=theme.INK, stroke_width=Stroke.THIN)
        falling = [FadeOut(product.copy(), target_position=self.total) for product in self.products]
        return AnimationGroup(
            Create(self.line, run_time=run_time / 2),
            LaggedStart(*reversed(falling), lag_ratio=0.1, run_time=run_time),
            FadeIn(self.total, rate_func=lambda t: max(0.0, 2 * t - 1), run_time=run_time),
        )

    def carry_sum(self, k: int, run_time: float) -> Animation:
        """Carry a copy of the sum to the line of its result."""
        total = self.results[k].part("error_sum").copy()
        return Transform(self.total.copy(), total, run_time=run_time)

    def divide(self, k: int, run_time: float) -> Animation:
        """Divide the sum by the batch size."""
        return FadeIn(self.results[k].part("over"), run_time=run_time)

    def name_result(self, k: int, run_time: float) -> Animation:
        """Write what the quotient is, and its name."""
        result = self.results[k]
        parts = VGroup(
            *(leaf for label in ("grad", "eq", "grad_value") for leaf in result.part(label))
        )
        return FadeIn(parts, run_time=run_time)

    def clear_columns(self) -> Animation:
        """Take away the row that stands and its products."""
        gone = self.upright, self.products, self.product_name, self.line, self.total
        return FadeOut(*gone, run_time=Pace.QUICK)

    # Parts

    def _place(self, place: float, k: int, *, turned: bool) -> Points:
        """Return where a number of the table stands; place -1 is the name's."""
        across, down = (place, k) if turned else (k, place)
        down_by = ROW * 1.4 if turned else ROW
        across_by = self.pitch if turned else 1.2 * self.pitch
        return self.corner + RIGHT * across * across_by + DOWN * down * down_by

    def _tilt(self, place: int) -> float:
        """Return the angle by which a cell of a row is turned: dots run along their row."""
        return PI / 2 if self.rows[place] < 0 else 0.0

    def _place_of_name(self, k: int, *, turned: bool) -> Points:
        """Return the middle of a name: its letter stands on the line of the numbers."""
        letter = self.names[k][0].get_center() - self.names[k].get_center()
        place = self._place(NAME_PLACE if turned else -1, k, turned=turned)
        middle: Points = place - UP * letter[1] + DOWN * LOWER
        return middle

    def _put_upright(self) -> None:
        for k, cells in enumerate(self.cells):
            for place, cell in enumerate(cells):
                cell.move_to(self._place(place, k, turned=False))
            self.names[k].move_to(self._place_of_name(k, turned=False))

    def _at_column(self, column: int, place: float) -> Points:
        """Return a place of the upright columns; -1 is their names'."""
        top = self.right.top - 2.9 * ROW
        middle = self.right.center[0] + (column - 1) * UPRIGHT
        return np.array([middle, top - place * ROW, 0.0])

    def _put_column(self, numbers: VGroup, column: int) -> None:
        for place, number in enumerate(numbers):
            number.move_to(self._at_column(column, place))
