"""Code on a panel: a bar marks the active lines, and the others are dimmed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import accumulate
from typing import Any, Self

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    ManimColor,
    Rectangle,
    Transform,
    VGroup,
)

from visuals.code import LEADING, CodeText
from visuals.layout import GAP, is_wide
from visuals.plates import panel
from visuals.roles import ROLES_IN_TRAINING
from visuals.source import source_of
from visuals.theme import Pace, Role, Size, theme
from visuals.typography import Words

BAR_EDGE = 0.06
"""Width of the bar's bright left edge, in scene units."""

BAR_FOOT = 0.03
"""Height of the bar below the last active line, so that underscores are clear of its edge."""


class Listing(VGroup):
    """Code on a panel, line by line.

    Parameters
    ----------
    source
        A function, shown by :func:`source_of`, or a part of one by :func:`body_of` or
        :func:`line_of`.
    size
        Height of an em in scene units.

    Attributes
    ----------
    panel, bar
        The ground of the code, and the bar behind the active lines. The bar has the colour of
        the frame, on which every role has its full contrast, and a bright left edge.
    code
        The lines.
    """

    def __init__(
        self,
        source: Callable[..., Any] | str,
        size: float = Size.CODE,
        roles: Mapping[str, Role] = ROLES_IN_TRAINING,
    ) -> None:
        code = source if isinstance(source, str) else source_of(source)
        self.code = CodeText(code, size, roles=roles)
        self.line_height = LEADING * size
        self.panel = panel(self.code.width, self.code.height).move_to(self.code)
        self.bar = VGroup(
            self._stripe(self.panel.width, theme.BACKGROUND),
            self._stripe(BAR_EDGE, theme.INK).align_to(self.panel, LEFT),
        )
        super().__init__(self.panel, self.bar, self.code)
        self._move_bar(self.bar, 0, 0)

    def line_number(self, text: str) -> int:
        """Return the number, from 0, of the first line that contains a text.

        Raises
        ------
        ValueError
            If no line does: the code has changed, and the chapter must follow.
        """
        for number, line in enumerate(self.code.source.splitlines()):
            if text in line:
                return number
        raise ValueError(f"no line of the listing holds {text!r}")

    def last_line_number(self, text: str) -> int:
        """Return the number of the line on which the first line that contains a text ends.

        A call may be broken: the line on which its brackets are closed is its last.

        Raises
        ------
        ValueError
            If no line contains the text.
        """
        number = self.line_number(text)
        lines = self.code.source.splitlines()[number:]
        opened = (sum(map(line.count, "([{")) - sum(map(line.count, ")]}")) for line in lines)
        return number + next(after for after, depth in enumerate(accumulate(opened)) if depth <= 0)

    def glyphs_of_line(self, text: str) -> VGroup:
        """Return the glyphs of the first line that contains a text."""
        return self.code.rows[self.line_number(text)]

    def single_line(self, text: str) -> Listing:
        """Return a listing of the first line that contains a text, lit, and lying on that line."""
        line = Listing(self.code.source.splitlines()[self.line_number(text)].strip())
        line.bar.set_fill(opacity=1)
        return line.shift(
            self.glyphs_of_line(text).get_center() - line.glyphs_of_line(text).get_center()
        )

    def y_of_line(self, text: str) -> float:
        """Return the y of the middle of the first line that contains a text."""
        return float(self.code.get_top()[1] - self.line_height * (self.line_number(text) + 0.5))

    def note(self, words: Words, text: str, *before: Words) -> Words:
        """Put words beside the first line that contains a text.

        In a tall frame they stand below the listing and below earlier notes.

        Parameters
        ----------
        words
            The note.
        text
            A part of the line.
        *before
            The notes that were put there earlier, in order.
        """
        if is_wide():
            words.next_to(self, RIGHT, buff=GAP)
            return words.shift(UP * (self.y_of_line(text) - words.middle))
        return words.next_to((self, *before)[-1], DOWN, buff=GAP, aligned_edge=LEFT)

    def shaded(self) -> Self:
        """Dim every line."""
        for number in range(len(self.code.rows)):
            self.code.shade(number)
        return self

    def focus(
        self, first: int | str, last: int | str | None = None, run_time: float = Pace.QUICK
    ) -> Animation:
        """Light the lines from ``first`` to ``last``, and dim the others.

        Parameters
        ----------
        first, last
            Numbers of lines, from 0, or parts of their text; without ``last`` one line is lit.
        run_time
            Duration in seconds.

        Raises
        ------
        ValueError
            If no line contains a given text.
        """
        start = first if isinstance(first, int) else self.line_number(first)
        end = start if last is None else last if isinstance(last, int) else self.line_number(last)
        bar, code = self.bar.copy(), self.code.copy()
        self._move_bar(bar, start, end).set_fill(opacity=1)
        for number in range(len(code.rows)):
            (code.light if start <= number <= end else code.shade)(number)
        return AnimationGroup(
            Transform(self.bar, bar), Transform(self.code, code), run_time=run_time
        )

    def relax(self, run_time: float = Pace.QUICK) -> Animation:
        """Light every line, and hide the bar."""
        bar, code = self.bar.copy().set_fill(opacity=0), self.code.copy()
        for number in range(len(code.rows)):
            code.light(number)
        return AnimationGroup(
            Transform(self.bar, bar), Transform(self.code, code), run_time=run_time
        )

    def _stripe(self, width: float, color: ManimColor) -> Rectangle:
        """Return an invisible stripe as high as a line."""
        stripe = Rectangle(
            width=width,
            height=self.line_height,
            stroke_width=0,
            fill_color=color,
            fill_opacity=0,
        )
        return stripe.move_to(self.panel)

    def _move_bar(self, bar: VGroup, start: int, end: int) -> VGroup:
        top = self.code.get_top()[1]
        bar.stretch_to_fit_height(self.line_height * (end - start + 1) + BAR_FOOT)
        bar.set_y(top - (self.line_height * (start + end + 1) + BAR_FOOT) / 2)
        bar.set_x(self.panel.get_x())
        return bar
