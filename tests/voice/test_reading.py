"""Written text is said as a teacher says it, and no symbol is left unread."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from studio.rooms import ROOT
from visuals.numbers import Num
from voice import VoiceError, parse_marks, reading, spoken_form
from voice.numbers import decimal_words, number_words
from voice.reading import UNREAD, pronunciations, spoken_with_marks


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("w_1 and w₁, w1 x1", "w one and w one, w one x one"),
        ("y_hat - y", "y hat minus y"),
        ("ŷ, x̄", "y hat, x bar"),
        ("N(0, 1)", "N of zero and one"),
        ("linreg(X, w, b)", "linreg of X, w and b"),
        ("± 0.03", "plus or minus zero point zero three"),
        ("Where ≈ 0 stands", "Where about zero stands"),
        ("10^-5, 10⁻⁵", "ten to the minus five, ten to the minus five"),
        ("1.3×10⁻⁵", "one point three times ten to the minus five"),
        ("as far as lr says", "as far as the learning rate says"),
        ("the `lr` is 0.03", "the learning rate is zero point zero three"),
        ("a (10, 2) batch, (1000,)", "a ten by two batch, one thousand"),
        ("so few draws (5) do", "so few draws, five, do"),
        ("X^T, Xᵀ, x², x^3", "X transpose, X transpose, x squared, x cubed"),
        ("e^(-x^2/2)", "e to the minus x squared over two"),
        ("σ and sigma, λ, Δ, ς", "sigma and sigma, lambda, delta, sigma"),
        ("from −3.4 to -b", "from minus three point four to minus b"),
        ("1000 or 20,000", "one thousand or twenty thousand"),
        ("`sgd`, `no_grad`, `zero_()`", "S G D, no grad, zero"),
        ("torch.normal.", "torch normal."),
        ("X @ w + b = y_hat", "X times w plus b equals y hat"),
        ("∂L/∂w, 1/n", "partial L over partial w, one over n"),
        ("68.3% of all", "sixty eight point three percent of all"),
        ("edge-on: a pause — and on", "edge on: a pause, and on"),
        ("1994, e.g. here", "one thousand nine hundred ninety four, for example here"),
        ("the squares' slopes", "the squares' slopes"),
    ],
)
def test_it_is_said_as_a_teacher_says_it(written: str, said: str) -> None:
    assert spoken_form(written) == said


def sentences() -> Iterator[tuple[str, str]]:
    """Yield the key and every text of the English catalogue, with numbers of every form."""
    numbers = [
        str(number)
        for number in (
            Num(1000, 0), Num(-3.4, 1), Num(0.5, 1, sign=True), Num(1.3e-5, 1, scientific=True),
            Num(2e6, 1), Num(float("inf")), Num(float("-inf")), Num(float("nan")),
        )
    ]  # fmt: skip
    for file in sorted((ROOT / "assets" / "locales" / "en").glob("*.po")):
        for entry in polib.pofile(str(file)):
            text = entry.msgstr
            if file.stem == "post":  # an article, with formulas and places for listings
                text = re.sub(r"\$\$?[^$]*\$\$?|\{[^}]*\}", "", text)
            for number in numbers:
                yield entry.msgid, re.sub(r"%\(\w+\)s", number, text).replace("%%", "%")


def test_no_symbol_of_the_catalogue_is_left_unread() -> None:
    unread = {
        key: found for key, text in sentences() if (found := UNREAD.findall(spoken_form(text)))
    }
    assert not unread


def test_no_word_of_the_catalogue_is_spelled_out_unless_it_is_meant_to_be() -> None:
    spelled = {
        word
        for key, text in sentences()
        if not key.startswith(("post.", "lecture."))  # these are read, and not spoken
        for word in re.findall(r"[A-Za-z']{2,}", spoken_form(text))
        if not re.search("[aeiouyAEIOUY]", word)
    }
    assert not spelled


def test_numbers_in_words() -> None:
    assert number_words(0) == "zero"
    assert number_words(1_000_019) == "one million nineteen"
    assert number_words(112) == "one hundred twelve"
    assert number_words(10**15) == "one" + 15 * " zero"
    assert decimal_words("20.05") == "twenty point zero five"


def test_another_language_is_left_as_it_is() -> None:
    assert spoken_form("误差  0.03", "zh_CN") == "误差 0.03"


def test_marks_are_taken_out() -> None:
    plain, places = parse_marks("Squares, [pour] and pour [into]into one, [0, 1] is none.")
    assert plain == "Squares, and pour into one, [0, 1] is none."
    assert {mark: plain[place:].split()[0] for mark, place in places.items()} == {
        "pour": "and",
        "into": "into",
    }


def test_a_mark_stands_once() -> None:
    with pytest.raises(VoiceError, match=r"\[a\] stands twice"):
        parse_marks("[a] one [a] two")


def test_marks_stand_before_the_same_word_when_it_is_spoken() -> None:
    spoken, places = spoken_with_marks("The loss, [small] 0.03, [then] falls by ± 2.")
    assert spoken == "The loss, zero point zero three, falls by plus or minus two."
    assert spoken[places["small"] :].startswith("zero point")
    assert spoken[places["then"] :].startswith("falls")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [("[words]\nlr = 3", "lr: allowed is a text"), ("[words", "cannot be read")],
)
def test_a_pronunciation_list_that_is_wrong_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, complaint: str
) -> None:
    monkeypatch.setattr(reading, "ASSETS", tmp_path)
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "pronunciation.toml").write_text(content, "utf-8")
    with pytest.raises(VoiceError, match=complaint) as error:
        pronunciations("xx")
    assert "\n" not in str(error.value)
