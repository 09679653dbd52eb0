from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from typing import Any

import pytest
from manim import tempconfig

from linreg.closed_form import exact_answer, normal_equation
from linreg.data import data_iter, synthetic_data
from linreg.gradient import gradient
from linreg.loss import squared_loss
from linreg.model import init_params, linreg
from linreg.optim import sgd
from linreg.single_feature import (
    descend,
    least_squares,
    line_data,
    mse_gradient,
    mse_loss,
    nudged_slope,
    predict,
    split,
)
from linreg.training import fit
from visuals.code import ADVANCE, CodeText
from visuals.layout import body
from visuals.listing import Listing
from visuals.source import (
    FULL_COLUMNS,
    MOST_LINES,
    SIDE_COLUMNS,
    body_of,
    fitted,
    line_of,
    source_of,
    statement_of,
)
from visuals.theme import theme

SOLVED = (normal_equation, exact_answer)
SINGLE = (predict, mse_loss, nudged_slope, mse_gradient, descend, least_squares, line_data, split)
SHOWN = (
    synthetic_data,
    data_iter,
    init_params,
    linreg,
    squared_loss,
    sgd,
    fit,
    gradient,
    *SINGLE,
    *SOLVED,
)
BESIDE_A_PICTURE = (synthetic_data, data_iter, fit, *SINGLE, *SOLVED)


@pytest.mark.parametrize("function", SHOWN)
def test_what_is_shown_fits_the_screen(function: Callable[..., Any]) -> None:
    lines = source_of(function).splitlines()
    assert len(lines) <= MOST_LINES
    assert max(map(len, lines)) <= FULL_COLUMNS
    listing = Listing(function)
    assert listing.width <= body().width
    assert listing.height <= body().height


@pytest.mark.parametrize("function", BESIDE_A_PICTURE)
def test_what_stands_beside_a_picture_is_narrow(function: Callable[..., Any]) -> None:
    lines = body_of(function).splitlines()
    assert max(map(len, lines)) <= SIDE_COLUMNS


@pytest.mark.parametrize("function", SHOWN)
def test_what_is_shown_is_the_source(function: Callable[..., Any]) -> None:
    """A listing is the file's own lines, less the docstring."""
    own = inspect.getsource(function)
    docstring = inspect.getdoc(function)
    assert docstring is not None
    start = own.index('    """')
    end = own.index('"""\n', start + 7) + 4
    assert source_of(function) == (own[:start] + own[end:]).rstrip("\n")


@pytest.mark.parametrize("function", SHOWN)
def test_every_character_is_drawn(function: Callable[..., Any]) -> None:
    listing = Listing(function)
    for row, line in zip(listing.code.rows, listing.code.source.splitlines(), strict=True):
        assert len(row) == len(line.replace(" ", "")), line


def test_characters_stand_in_columns() -> None:
    code = CodeText("ooo o\no\n    o")
    step = ADVANCE * code.size
    start = code.rows[1].get_x()
    columns = [(glyph.get_x() - start) / step for glyph in code.rows[0]]
    assert columns == pytest.approx([0, 1, 2, 4], abs=0.001)
    assert code.rows[2].get_x() == pytest.approx(code.rows[0][-1].get_x())


def test_a_line_is_found_by_what_it_holds() -> None:
    assert line_of(data_iter, "yield") == "yield features[rows], labels[rows]"
    assert Listing(data_iter).line_number("randperm") == 4
    with pytest.raises(ValueError, match="0 lines of data_iter"):
        line_of(data_iter, "shuffle")
    with pytest.raises(ValueError, match="no line"):
        Listing(data_iter).line_number("shuffle")


def test_a_broken_statement_is_joined() -> None:
    head = "for X, y in data_iter(batch_size, *data):"
    assert statement_of(fit, "data_iter") == head
    assert statement_of(fit, "backward") == "losses.sum().backward()"
    with pytest.raises(ValueError, match="2 statements of fit"):
        statement_of(fit, "y_hat")


def test_the_bar_lies_behind_the_lines_in_focus() -> None:
    listing = Listing("a = 1\nb = call(\n    2)\nc = 3")
    focus = listing.focus("b =", listing.last_line_number("b ="))
    focus.begin()
    focus.finish()
    assert [round(float(row[0].fill_opacity)) for row in listing.code.rows] == [1, 1, 1, 1]
    top, bottom = listing.bar.get_top()[1], listing.bar.get_bottom()[1]
    inside = [bottom <= row.get_bottom()[1] <= row.get_top()[1] <= top for row in listing.code.rows]
    assert inside == [False, True, True, False]
    muted = [row[0].fill_color == theme.MUTED for row in listing.code.rows]
    assert muted == [True, False, False, True]


def test_a_call_ends_where_its_brackets_are_closed() -> None:
    listing = Listing("x = f(\n    (1, 2),\n    3)\ny = x")
    assert listing.last_line_number("f(") == 2
    assert listing.last_line_number("y =") == 3


def test_long_lines_are_broken_in_a_tall_frame_only() -> None:
    line = "    w_new = w_old - lr * grad_mean"
    assert fitted(line, 30) == line
    with tempconfig({"frame_width": 4.5, "frame_height": 8.0}):
        broken = fitted(line, 30).splitlines()
    assert len(broken) == 2
    assert max(map(len, broken)) <= 30
    assert ast.unparse(ast.parse(textwrap.dedent("\n".join(broken)))) == line.strip()
