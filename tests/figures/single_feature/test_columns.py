"""Numbers in formulas look like numbers among words."""

from __future__ import annotations

import pytest

from figures.single_feature.columns import symbols
from figures.single_feature.tables import result
from linreg.lesson_file import load_lesson
from visuals.numbers import Num
from visuals.theme import theme


def test_digits_of_formulas_are_those_of_words() -> None:
    number = Num(load_lesson().single_feature.lr, 3)
    word = result(number, theme.INK)
    digits = symbols("= {{ %(lr)s : number }}", lr=number).part("number")
    assert len(digits) == len(word)
    for one, other in zip(digits, word, strict=True):
        assert one.height == pytest.approx(other.height, rel=1e-3)
        assert one.width == pytest.approx(other.width, rel=1e-3)
