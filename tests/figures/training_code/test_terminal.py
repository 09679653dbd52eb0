"""A terminal shows what fits: the first lines and the last ones."""

from __future__ import annotations

from figures.training_code.terminal import GAP_MARK, fitting


def test_lines_that_fit_stay() -> None:
    assert fitting(["a", "b", "c"], most=3, last=1) == ["a", "b", "c"]


def test_of_many_lines_the_middle_is_left_out() -> None:
    lines = [str(number) for number in range(100)]
    assert fitting(lines, most=5, last=2) == ["0", "1", GAP_MARK, "98", "99"]
