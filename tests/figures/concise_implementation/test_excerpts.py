"""Both programs are cut from the package, and their names stand in it."""

from __future__ import annotations

import inspect

import pytest

from figures.concise_implementation import excerpts
from figures.concise_implementation.code_pair import COLUMNS
from linreg import concise, optim, training


@pytest.mark.parametrize(
    "cut", [excerpts.of_data, excerpts.of_model, excerpts.of_loss, excerpts.of_step]
)
def test_every_line_is_one_of_the_package(cut: object) -> None:
    assert callable(cut)
    lines = cut()
    for text, module in ((lines.ours, training), (lines.theirs, concise)):
        source = {line.strip() for line in inspect.getsource(module).splitlines()}
        assert {line.strip() for line in text.splitlines()} <= source
        assert max(map(len, text.splitlines())) <= COLUMNS


def test_every_name_stands_in_the_program_that_is_run() -> None:
    ours = inspect.getsource(training) + inspect.getsource(optim)
    for old, new in excerpts.NAMES:
        assert old in ours
        assert new in inspect.getsource(concise)
