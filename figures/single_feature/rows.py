"""A table of four examples, row by row, beside the plot that they come from."""

from __future__ import annotations

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    ApplyMethod,
    Create,
    Dot,
    FadeIn,
    Line,
    ManimColor,
    VGroup,
    VMobject,
)

from figures.single_feature.plot import SHOWN, TrainingPlot
from visuals.formula import formula
from visuals.layout import Slot
from visuals.numbers import Num, places_of
from visuals.plots import Points
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Dim, Pace, Radius, Role, Stroke, theme
from visuals.typography import Words

COLUMNS = {
    "x": ("{{ x : x }}", Role.DATA),
    "y": ("{{ y : y }}", Role.DATA),
    "y_hat": ("{{ hat(y) : hat }}", Role.MODEL),
    "r": ("{{ r : error }}", Role.LOSS),
    "square": ("{{ r : error }}^{{ 2 : error_2 }}", Role.LOSS),
}
"""Heading and role of each column."""

WIDTHS = 7, 7, 7, 10, 8
"""Shares of the columns in the table's width."""

PLACES = 2, 2, 2, 3, 2
"""Most digits after the point in each column; an error has one more than its square."""

LINES = SHOWN + 3
"""Lines of the table: heading, rows, dots, foot."""

ROW = 0.6
"""Seconds in which a row fills."""

TALLEST_LINE = 0.66

COMES_IN = 0.4
"""Way of a number into its cell, in scene units."""

NAME_GAP = 0.2
"""Distance of the rule of an error from its stick, in scene units; the square takes its place."""


class RowTable(VGroup):
    """Feature, label, prediction, error and its square of the first training examples.

    Attributes
    ----------
    heads
        Heading of each column, by name.
    cells
        For each row its numbers, by column.
    dots
        What stands for the other rows.
    foot
        Place of the foot of the last column: its right edge, in the middle of its line.
    """

    def __init__(self, slot: Slot, plot: TrainingPlot) -> None:
        pitch = min(TALLEST_LINE, slot.height / (LINES + 1.5))
        edges = [column.right for column in slot.columns(*WIDTHS, gap=0)]
        top = slot.center[1] + pitch * (LINES + 0.5) / 2

        def put(mobject: VMobject, column: int, line: int) -> VMobject:
            mobject.move_to(UP * (top - line * pitch))
            return mobject.shift(RIGHT * (edges[column] - mobject.get_right()[0]))

        self.heads = {
            name: formula(symbol, ROLES_IN_TRAINING) for name, (symbol, _) in COLUMNS.items()
        }
        for column, head in enumerate(self.heads.values()):
            put(head, column, 0)
        letter = self.heads["x"]
        for name, head in self.heads.items():
            leaves = list(head.part(head.labels[0]))
            lowest = min(leaves, key=lambda leaf: float(leaf.get_y()))
            side = UP if "y" in name else DOWN  # the letter y hangs below the line
            head.shift(UP * (letter.get_edge_center(side)[1] - lowest.get_edge_center(side)[1]))
        self.cells: list[dict[str, Words]] = []
        values = [plot.run.example(row) for row in range(SHOWN)]
        places = [
            min(most, places_of(max(map(abs, column)), most + 1))
            for most, column in zip(PLACES, zip(*values, strict=True), strict=True)
        ]
        for line, numbers in enumerate(values):
            cells: dict[str, Words] = {}
            named = zip(COLUMNS.items(), numbers, strict=True)
            for column, ((name, (_, role)), number) in enumerate(named):
                shown = Num(number, places[column])
                word = Words("%(number)s", color=theme.of(role), number=shown)
                put(word, column, line + 1)
                cells[name] = word
            self.cells.append(cells)
        self.dots = put(formula("dots.v"), len(COLUMNS) - 1, SHOWN + 1)
        self.dots.shift(LEFT * 0.3)
        self.foot = UP * (top - (LINES - 0.7) * pitch) + RIGHT * edges[-1]
        self.rules = VGroup(
            *(
                Line(
                    slot.left * RIGHT,
                    slot.right * RIGHT,
                    color=theme.MUTED,
                    stroke_width=Stroke.THIN,
                ).set_y(top - at * pitch)
                for at in (0.55, SHOWN + 1.6)
            )
        )
        super().__init__(self.rules[0])

    def fill(self, key: str) -> Animation:
        """Let a number of the first row, and its heading, come from the side of the plot."""
        return AnimationGroup(
            FadeIn(self.heads[key]), come_in(self.cells[0][key]), run_time=Pace.QUICK
        )

    def fill_row(self, row: int, error: ErrorOf) -> Animation:
        """Show another example in the plot, and let its numbers come from that side."""
        return AnimationGroup(
            FadeIn(error.square, error.example, error.mark),
            Create(error.stick),
            *map(come_in, self.cells[row].values()),
            run_time=ROW,
        )

    def light_squares(self) -> Animation:
        """Dim all columns but those of the error and its square, and open the foot."""
        others = [
            cell for row in self.cells for key, cell in row.items() if key not in ("r", "square")
        ]
        return AnimationGroup(
            FadeIn(self.dots, self.rules[1]),
            *(ApplyMethod(cell.set_opacity, Dim.LABEL / 2) for cell in others),
            run_time=Pace.QUICK,
        )


class ErrorOf(VGroup):
    """One example in the plot: guides to its x and y, mark on the line, stick, square."""

    def __init__(self, plot: TrainingPlot, row: int) -> None:
        x, y = plot.x[row], plot.y[row]
        y_hat = float(plot.predict(x))
        label, mark = plot.at(x, y), plot.at(x, y_hat)
        foot, side = plot.at(x, plot.chart.y_range[0]), plot.at(0, y)
        self.down, self.across = (
            Line(label, end, color=theme.DATA, stroke_width=Stroke.THIN) for end in (foot, side)
        )
        self.example = _dot(label, theme.of(Role.DATA))
        self.mark = _dot(mark, theme.of(Role.MODEL))
        self.stick = Line(label, mark, color=theme.LOSS, stroke_width=Stroke.BOLD)
        length = abs(mark[1] - label[1])
        middle = plot.chart.axes[0].get_center()[0]
        out = (RIGHT if label[0] < middle else LEFT) * length
        self.square = VMobject(
            color=theme.LOSS, stroke_width=Stroke.THIN, fill_opacity=Dim.FAINT
        ).set_points_as_corners([label, mark, mark + out, label + out, label])
        self.middle: Points = (label + mark) / 2
        super().__init__(self.square, self.stick, self.example, self.mark)
        symbols = "{{ y : y }}", "{{ hat(y) : hat }}"
        self.names = plot.name_example(row, *(formula(s, ROLES_IN_TRAINING) for s in symbols))
        self.error_name = formula(
            "{{ r : error }} = {{ hat(y) : hat }} - {{ y : y }}", ROLES_IN_TRAINING
        ).next_to(self.middle, RIGHT if out[0] > 0 else LEFT, buff=NAME_GAP)


def come_in(cell: Words) -> Animation:
    """Let a number come into its cell from the side of the plot."""
    return FadeIn(cell, shift=LEFT * COMES_IN)


def _dot(at: Points, color: ManimColor) -> Dot:
    return Dot(at, radius=Radius.MARK, color=color)
