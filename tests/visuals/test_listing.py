from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest

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
from visuals.layout import body
from visuals.listing import Listing
from visuals.source import FULL_COLUMNS, MOST_LINES, SIDE_COLUMNS, body_of, line_of, source_of

SINGLE = (predict, mse_loss, nudged_slope, mse_gradient, descend, least_squares, line_data, split)
SHOWN = (synthetic_data, data_iter, init_params, linreg, squared_loss, sgd, fit, gradient, *SINGLE)
BESIDE_A_PICTURE = (synthetic_data, data_iter, fit, *SINGLE)


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
    listing = Listing("a = bbb\nc = ddd")
    first, second = listing.code.rows
    assert first[1].get_x() == pytest.approx(second[1].get_x())
    assert first[-1].get_x() == pytest.approx(second[-1].get_right()[0], abs=0.2)


def test_a_line_is_found_by_what_it_holds() -> None:
    assert line_of(data_iter, "yield") == "yield features[rows], labels[rows]"
    assert Listing(data_iter).line_number("randperm") == 4
    with pytest.raises(ValueError, match="0 lines of data_iter"):
        line_of(data_iter, "shuffle")
    with pytest.raises(ValueError, match="no line"):
        Listing(data_iter).line_number("shuffle")
