"""The spread of x2 in words: x2 stands where the text says."""

from __future__ import annotations

import pytest

from figures.feature_scatter.terms import Product
from linreg.lesson_file import load_lesson
from linreg.study.recording import train
from visuals.typography import Words


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("spread of $x_2$", ["spread of"], 3),
        ("$x_2$ spread", ["spread"], 2),
        ("spread of $x_2$ here", ["spread of", "here"], 3),
    ],
)
def test_x2_stands_where_the_text_says(text: str, words: list[str], place: int) -> None:
    product = Product(train(load_lesson()), -3.4, 2, text)
    parts = list(product.symbols)
    assert [part.text for part in parts if isinstance(part, Words)] == words
    assert not isinstance(parts[place], Words)
    assert len(parts) == 3 + len(words)
    lefts = [part.get_left()[0] for part in parts]
    assert lefts == sorted(lefts)
