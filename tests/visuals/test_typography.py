from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from manim import tempconfig

from visuals.numbers import Num, integer
from visuals.readout import Readout
from visuals.theme import Size, theme
from visuals.typography import Math, TypographyError, Words


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (-3.4, 2, "−3.40"),
        (-0.001, 2, "0.00"),
        (1000, 0, "1000"),
        (39.894, 1, "39.9"),
        (float("nan"), 2, "nan"),
        (float("inf"), 2, "∞"),
        (float("-inf"), 2, "−∞"),
        (-1.21e31, 2, "−1.2×10³¹"),
        (200_000, 0, "200000"),
    ],
)
def test_numbers_are_rounded_as_stated(value: float, places: int, shown: str) -> None:
    assert str(Num(value, places)) == shown


def test_a_sign_is_shown_when_asked_for() -> None:
    assert str(Num(0.5, 1, sign=True)) == "+0.5"
    assert str(Num(-0.5, 1, sign=True)) == "−0.5"


def test_parts_are_found_by_label() -> None:
    error = "(hat(y) - y)"
    math = Math(f"{{{{ 1/2 : half }}}} {{{{ {error} : error }}}}^{{{{ 2 : two }}}}")
    parts = {label: len(math.part(label)) for label in math.labels}
    assert parts == {"half": 3, "error": 6, "two": 1}
    assert len(math.unlabelled()) == 0
    half, two = math.part("half"), math.part("two")
    assert half.get_right()[0] < math.part("error").get_left()[0] < two.get_left()[0]


def test_a_label_may_be_followed_by_a_bracket() -> None:
    math = Math("{{ ell : left }}(w, b) = sum_(i=1)^n {{ x : input }}_i")
    assert len(math.part("left")) == 1
    assert len(math.part("input")) == 1


def test_parts_take_colours_and_the_rest_is_ink() -> None:
    math = Math("{{ hat(y) : prediction }} = w", colors={"prediction": theme.MODEL})
    assert {leaf.fill_color for leaf in math.part("prediction")} == {theme.MODEL}
    assert {leaf.fill_color for leaf in math.unlabelled()} == {theme.INK}


def test_a_fraction_bar_is_a_filled_box_that_scales() -> None:
    fraction = Math("1/n")
    bar = min(fraction, key=lambda leaf: leaf.height / leaf.width)
    before = bar.height
    assert before > 0.01
    fraction.scale(3)
    assert bar.height == pytest.approx(3 * before)


def test_any_character_may_stand_in_words() -> None:
    text = 'a "b" \\ #c $d$ *e* <f> @g // h'
    assert len(Words(text)) == len(text.replace(" ", ""))


def test_a_missing_glyph_is_an_error() -> None:
    with pytest.raises(TypographyError):
        Words("\U0001f984")


def test_bad_math_is_an_error_that_names_it() -> None:
    with pytest.raises(TypographyError, match="nosuchsymbol"):
        Math("nosuchsymbol")


def test_numbers_fill_words_and_are_remembered() -> None:
    words = Words("%(n)s examples", n=integer(1000))
    assert words.text == "1000 examples"
    assert [number.value for number in words.numbers] == [1000]


def test_a_readout_follows_and_keeps_its_place() -> None:
    now = [1.25]
    readout = Readout(lambda: now[0], places=2, label=Math("w_1 =")).shift([1, 2, 0])
    left, bottom, _ = readout.digits.get_corner([-1, -1, 0])
    now[0] = 10.75
    readout.follow()
    assert str(readout.number) == "10.75"
    assert len(readout.digits) == 5
    assert readout.digits.get_bottom()[1] == pytest.approx(bottom, abs=0.01)
    # A one stands a little to the right of its cell's edge.
    assert readout.digits.get_left()[0] == pytest.approx(left, abs=0.1 * Size.BODY)


def test_a_readout_is_set_as_words_are() -> None:
    readout = Readout(lambda: -310.25, places=2)
    words = Words("−310.25")
    assert readout.digits.width == pytest.approx(words.width, rel=0.01)
    gaps = [
        np.diff([glyph.get_center()[0] for glyph in group]) for group in (readout.digits, words)
    ]
    np.testing.assert_allclose(gaps[0], gaps[1], atol=0.005)


@pytest.mark.parametrize(
    ("text", "label", "shown"),
    [
        ("zoom × %(times)s", ["zoom ×"], "4"),
        ("%(times)s times", [], "4times"),
        ("up %(times)s times", ["up"], "4times"),
    ],
)
def test_a_readout_stands_where_a_text_names_it(text: str, label: list[str], shown: str) -> None:
    readout = Readout.within(text, lambda: 4.2)
    assert [part.text for part in readout.submobjects if isinstance(part, Words)] == label
    assert readout.shown == shown


def test_typesetting_writes_no_file(tmp_path: Path) -> None:
    """Processes that write the same files take them from each other."""
    with tempconfig({"media_dir": str(tmp_path)}):
        Words("nothing on the disk")
        Math("a/b")
    assert not list(tmp_path.rglob("*"))
