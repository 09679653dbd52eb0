"""The results of a line of code with their shapes, on a panel like a debugger's."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

import torch
from manim import DOWN, LEFT, RIGHT, UP, Animation, FadeIn, FadeOut, LaggedStart, VGroup
from torch import Tensor

from linreg.study.iteration import Iteration
from visuals.code import LEADING, CodeText
from visuals.layout import is_wide
from visuals.numbers import SCIENTIFIC_FROM
from visuals.pipeline import Station
from visuals.plates import PADDING, panel
from visuals.theme import Pace, Size

NAME_COLUMNS = 14
MOST_ROWS = 2
"""Rows of a tensor that are written out."""

SHOWN_PLACES = 3
MOST_PLACES = 5
PANEL_COLUMNS = 69
TALL_PANEL_COLUMNS = 38
"""Columns of the panel across the whole frame, wide or tall."""

INDENT = 4 * " "
"""Before what stands below a name in a tall frame."""


class LineResults(VGroup):
    """A panel for a few variables, empty at first.

    Parameters
    ----------
    width
        Of the panel, in scene units.

    Attributes
    ----------
    panel, code
        The ground, and the lines on it.
    """

    LINES = 4
    TALL_LINES = 11

    def __init__(self, width: float) -> None:
        lines = self.LINES if is_wide() else self.TALL_LINES
        self.panel = panel(width - 2 * PADDING, lines * LEADING * Size.CODE)
        self.code: CodeText | None = None
        super().__init__(self.panel)

    def write(self, lines: Sequence[str], run_time: float = Pace.QUICK) -> Animation:
        """Remove the present lines, then write others, row by row."""
        gone = self.code
        self.code = CodeText("\n".join(lines))
        self.code.next_to(self.panel.get_corner(UP + LEFT), DOWN + RIGHT, buff=PADDING)
        self.add(self.code)
        parts: list[Animation] = [FadeIn(row) for row in self.code.rows]
        if gone is not None:
            self.remove(gone)
            parts.insert(0, FadeOut(gone))
        return LaggedStart(*parts, lag_ratio=1, run_time=run_time)


def results_of_line(
    station: Station, turn: Iteration, lr: float, places: int = SHOWN_PLACES
) -> list[str]:
    """Return the results of a station's line in one turn of the loop, as lines of code.

    A variable takes a line, or in a tall frame one for its name and others for its values.

    Parameters
    ----------
    station
        Whose line.
    turn
        The turn.
    lr
        Learning rate of the update.
    places
        Digits behind the point of the parameters, before and after the update.
    """
    width = len(_shape(turn.X))

    def variable(name: str, tensor: Tensor) -> str:
        return _row(f"{name:<{NAME_COLUMNS}}  {_shape(tensor):<{width}}", _values(tensor))

    if station is Station.DATA:
        return [variable("X", turn.X), variable("y", turn.y)]
    if station is Station.MODEL:
        shapes = f"{_shape(turn.X)} @ {_shape(turn.w)} + {_shape(turn.b)} ->"
        return [
            _row("X @ w + b", shapes, _shape(turn.y_hat)),
            variable("y_hat", turn.y_hat),
        ]
    if station is Station.LOSS:
        return [
            variable("y_hat", turn.y_hat),
            variable("y", turn.y),
            variable("y_hat - y", turn.y_hat - turn.y),
            variable("loss", turn.loss),
        ]
    if station is Station.GRADIENT:
        return [
            variable("loss.sum()", turn.loss.sum()),
            variable("w.grad", turn.grad_w),
            variable("b.grad", turn.grad_b),
        ]
    return [
        _row("w.grad, b.grad", f"{_values(turn.grad_w)},", _values(turn.grad_b)),
        _row("lr / len(y)", f"{lr} / {len(turn.y)}"),
        *_steps(places, turn),
    ]


def step_places(turns: Sequence[Iteration], lr: float) -> int:
    """Return the fewest places of the parameters in which the most of their steps add up.

    Parameters
    ----------
    turns
        The turns whose steps are shown.
    lr
        Learning rate of the updates.
    """
    most = PANEL_COLUMNS if is_wide() else TALL_PANEL_COLUMNS
    fitting = (
        places
        for places in range(SHOWN_PLACES, MOST_PLACES + 1)
        if all(
            len(line) <= most
            for turn in turns
            for row in _steps(places, turn)
            for line in row.splitlines()
        )
    )
    return max(
        fitting,
        key=lambda places: sum(_adding_up(turn, lr, places) for turn in turns),
        default=SHOWN_PLACES,
    )


def _steps(places: int, turn: Iteration) -> list[str]:
    """Return the rows of the parameters before and after a step."""
    old_w, old_b = _values(turn.w, places), _values(turn.b, places)
    return [
        _row("w", f"{old_w} ->", _values(turn.new_w, places)),
        _row("b", f"{old_b:<{len(old_w) if is_wide() else 0}} ->", _values(turn.new_b, places)),
    ]


def _adding_up(turn: Iteration, lr: float, places: int) -> int:
    """Count the parameters whose rounded step gives the rounded result."""
    old = torch.cat([turn.w.flatten(), turn.b]).double().round(decimals=places)
    grad = torch.cat([turn.grad_w.flatten(), turn.grad_b]).double().round(decimals=SHOWN_PLACES)
    new = torch.cat([turn.new_w.flatten(), turn.new_b]).double()
    off = old - lr / len(turn.y) * grad - new.round(decimals=places)
    return int((off.abs() <= 0.5001 * 10.0**-places).sum())


def _row(name: str, *parts: str) -> str:
    if is_wide():
        return f"{name:<{NAME_COLUMNS}}  {' '.join(parts)}"
    return "\n".join((name, *(textwrap.indent(part, INDENT) for part in parts)))


def _shape(tensor: Tensor) -> str:
    return str(tuple(tensor.shape))


def _values(tensor: Tensor, places: int = SHOWN_PLACES) -> str:
    """Write out the first rows of a tensor, or its one number."""
    if tensor.dim() == 0:
        return _number(tensor.item(), places)
    rows = [
        _number(row, places)
        if isinstance(row, float)
        else _list(_number(value, places) for value in row)
        for row in tensor[:MOST_ROWS].tolist()
    ]
    shown = _list([*rows, "..."] if len(tensor) > MOST_ROWS else rows)
    # In a tall frame the rows of a matrix stand below each other.
    matrix = tensor.dim() > 1 and tensor.shape[1] > 1
    return shown.replace("], ", "],\n ") if matrix and not is_wide() else shown


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(texts)}]"


def _number(value: float, places: int) -> str:
    shown = f"{value:.{places}f}" if abs(value) < SCIENTIFIC_FROM else f"{value:.1e}"
    return shown.removeprefix("-") if float(shown) == 0 else shown
