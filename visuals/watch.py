"""A watch panel, as in a debugger: what the line that just ran has made, with its shape."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from manim import DOWN, LEFT, RIGHT, UP, Animation, AnimationGroup, FadeIn, FadeOut, VGroup
from torch import Tensor

from linreg.iteration import Iteration
from visuals.code import LEADING, CodeText
from visuals.listing import PADDING, code_panel
from visuals.numbers import SCIENTIFIC_FROM
from visuals.pipeline import Station
from visuals.theme import Pace, Size

NAME_COLUMNS = 9
MOST_ROWS = 2
"""Rows of a tensor that are written out."""

PLACES = 3


class Watch(VGroup):
    """A panel for two variables.

    Parameters
    ----------
    width
        Of the panel, in scene units.

    Attributes
    ----------
    panel, code
        The ground, and what is seen on it now.
    """

    LINES = 2

    def __init__(self, width: float) -> None:
        self.panel = code_panel(width - 2 * PADDING, self.LINES * LEADING * Size.CODE)
        self.code: CodeText | None = None
        super().__init__(self.panel)

    def see(self, lines: Sequence[str], run_time: float = Pace.QUICK) -> Animation:
        """Show other variables."""
        gone = self.code
        self.code = CodeText("\n".join(lines))
        self.code.next_to(self.panel.get_corner(UP + LEFT), DOWN + RIGHT, buff=PADDING)
        self.add(self.code)
        if gone is None:
            return FadeIn(self.code, run_time=run_time)
        self.remove(gone)
        return AnimationGroup(FadeOut(gone), FadeIn(self.code), run_time=run_time)


def watched(station: Station, turn: Iteration) -> list[str]:
    """Return what the line of a station made in one turn of the loop, as code shows it."""
    if station is Station.DATA:
        return [_variable("X", turn.X), _variable("y", turn.y)]
    if station is Station.MODEL:
        shapes = f"{_shape(turn.X)} @ {_shape(turn.w)} + {_shape(turn.b)} -> {_shape(turn.y_hat)}"
        return [f"{'X @ w + b':<{NAME_COLUMNS}}  {shapes}", _variable("y_hat", turn.y_hat)]
    if station is Station.LOSS:
        return [_variable("y_hat - y", turn.y_hat - turn.y), _variable("loss", turn.loss)]
    if station is Station.GRADIENT:
        return [_variable("w.grad", turn.grad_w), _variable("b.grad", turn.grad_b)]
    return [
        f"{_variable('w', turn.w)} -> {_values(turn.new_w)}",
        f"{_variable('b', turn.b)} -> {_values(turn.new_b)}",
    ]


def _variable(name: str, tensor: Tensor) -> str:
    return f"{name:<{NAME_COLUMNS}}  {_shape(tensor)}  {_values(tensor)}"


def _shape(tensor: Tensor) -> str:
    return str(tuple(tensor.shape))


def _values(tensor: Tensor) -> str:
    """Write out the first rows of a tensor."""
    rows = [
        _number(row) if isinstance(row, float) else _list(map(_number, row))
        for row in tensor[:MOST_ROWS].tolist()
    ]
    return _list([*rows, "..."] if len(tensor) > MOST_ROWS else rows)


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(texts)}]"


def _number(value: float) -> str:
    shown = f"{value:.{PLACES}f}" if abs(value) < SCIENTIFIC_FROM else f"{value:.1e}"
    return shown.removeprefix("-") if float(shown) == 0 else shown
