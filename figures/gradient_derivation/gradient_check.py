"""The gradient by hand beside autograd's: the code of both, and their digits."""

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

from figures.gradient_derivation.emphasis import large
from linreg.gradient import autograd, gradient
from linreg.study.batch_gradients import equal_places, first_gradient
from linreg.study.trace import Trace
from visuals.formula import formula
from visuals.layout import GAP, Slot
from visuals.listing import Listing
from visuals.numbers import Num
from visuals.plates import PADDING, panel, plate
from visuals.roles import ROLES_IN_TRAINING
from visuals.source import line_of, padded
from visuals.theme import Pace, theme
from visuals.typography import Words

ROW = 1.0
"""Distance of two numbers of a column where there is room for it, in scene units."""

BY_HAND = ("grad_w =", "grad_b =")
BY_AUTOGRAD = (".backward", "grad_w =", "grad_b =")
"""Parts of the lines that are shown of both functions."""


def reach_of(*names: Words) -> tuple[float, float]:
    """Return how far above their baselines names reach at most, and how far below."""
    above = max(float(name.get_top()[1]) - name.baseline for name in names)
    below = max(name.baseline - float(name.get_bottom()[1]) for name in names)
    return above, below


class Half(VGroup):
    """One way to find the gradient: its name, its code, and the numbers that it finds.

    Parameters
    ----------
    slot
        The room for it.
    name
        The way.
    reach
        How far above the baseline of the name its line reaches, and how far below.
    code
        Its lines.
    values
        The numbers, the bias last.
    places
        Digits behind the point.

    Attributes
    ----------
    listing, symbols, numbers
        The parts; the listing has the name above it.
    covers
        Panels that lie on the numbers.
    """

    def __init__(
        self,
        slot: Slot,
        name: Words,
        reach: tuple[float, float],
        code: str,
        values: list[float],
        places: int,
    ) -> None:
        self.listing, self.way = Listing(code), name
        above, below = (of_line - own for of_line, own in zip(reach, reach_of(name), strict=True))
        head = VGroup(name, self.listing).arrange(DOWN, buff=GAP / 2, aligned_edge=LEFT)
        slot.place(head, x=0, y=1, shrink=False).shift(DOWN * above)
        self.listing.shift(DOWN * below)
        size = large()
        numbers = [
            Words("%(value)s", size=size, color=theme.MUTED, value=Num(value, places))
            for value in values
        ]
        self.numbers = VGroup(*numbers)
        weights = [f"g_(w_{k + 1})" for k in range(len(values) - 1)]
        self.symbols = VGroup(
            *(
                formula(f"{{{{ {symbol} : grad }}}} =", ROLES_IN_TRAINING, size=size)
                for symbol in (*weights, "g_b")
            )
        )
        rows = len(values) + 0.2
        row = min(ROW, (head.get_bottom()[1] - PADDING - slot.bottom) / rows)
        self.ground = panel(self.listing.width, rows * row, 0)
        self.ground.next_to(self.listing, DOWN, buff=PADDING)
        first = self.ground.get_top()[1] - 0.6 * row
        foot = Words("0", size=size)
        for i, (symbol, number) in enumerate(zip(self.symbols, numbers, strict=True)):
            y = first - i * row
            foot.set_y(y)
            number.shift(UP * (foot.baseline - number.baseline)).set_x(0)
            symbol.shift(UP * (y - symbol[-1].get_y()))
            symbol.shift(RIGHT * (slot.center[0] - 0.6 - symbol.get_right()[0]))
            number.shift(RIGHT * (slot.center[0] + 1.9 - number.get_right()[0]))
        self.covers = VGroup(*(plate(number, border=PADDING) for number in self.numbers))
        super().__init__(head, self.symbols, self.numbers)


class GradientCheck:
    """Both ways side by side.

    Parameters
    ----------
    slot
        The room for it.
    trace
        The run whose first batch is taken, at the parameters that it starts from.
    by_hand, by_autograd
        Names of the two ways.
    """

    def __init__(self, slot: Slot, trace: Trace, by_hand: Words, by_autograd: Words) -> None:
        one, other = first_gradient(trace)
        places = equal_places(one, other)
        codes = [
            "\n".join(line_of(function, part) for part in parts)
            for function, parts in ((gradient, BY_HAND), (autograd, BY_AUTOGRAD))
        ]
        width = max(len(line) for code in codes for line in code.splitlines())
        height = max(len(code.splitlines()) for code in codes)
        halves = zip(
            slot.beside(1, 1, gap=GAP), (by_hand, by_autograd), codes, (one, other), strict=True
        )
        # Letters of two writings are not equally high, and both halves lie at one height.
        reach = reach_of(by_hand, by_autograd)
        self.by_hand, self.by_autograd = (
            Half(
                half,
                name,
                reach,
                padded(code, width) + "\n " * (height - code.count("\n") - 1),
                values.tolist(),
                places,
            )
            for half, name, code, values in halves
        )

    def show_code(self, half: Half) -> Animation:
        """Show a way's name, its code, and the ground of its numbers."""
        return FadeIn(half.way, half.listing, half.ground)

    def show_numbers(self, run_time: float) -> Animation:
        """Show the numbers by hand, one after the other."""
        half = self.by_hand
        pairs = [FadeIn(VGroup(*pair)) for pair in zip(half.symbols, half.numbers, strict=True)]
        return LaggedStart(*pairs, lag_ratio=0.6, run_time=run_time)

    def show_covered(self) -> Animation:
        """Show where autograd's numbers will stand."""
        return FadeIn(self.by_autograd.symbols, self.by_autograd.covers)

    def uncover(self) -> Animation:
        """Uncover autograd's numbers."""
        half = self.by_autograd
        return AnimationGroup(
            FadeIn(half.numbers), FadeOut(half.covers), half.listing.relax(Pace.MOVE)
        )

    def compare(self, run_time: float) -> Animation:
        """Light equal digits in pairs from the left, row by row."""
        rows = []
        for one, other in zip(self.by_hand.numbers, self.by_autograd.numbers, strict=True):
            lights = [
                AnimationGroup(
                    *(ApplyMethod(digit.set_fill, theme.GRADIENT) for digit in pair), run_time=0.4
                )
                for pair in zip(one, other, strict=True)
            ]
            rows.append(LaggedStart(*lights, lag_ratio=0.3))
        return Succession(*rows, run_time=run_time)
