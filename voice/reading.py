"""Spoken forms of written text: formulas, numbers and names of code in words.

A voice reads prose well and formulas badly, so nothing but words and the marks of prose is handed
to it. Captions keep what is written.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from voice.errors import VoiceError
from voice.marks import pieces
from voice.numbers import decimal_words, number_words

ASSETS = Path(__file__).parent.parent / "assets" / "voice"
"""Folder of a folder a language: how words are said, and one's own recordings."""

ENGLISH = "en"

SUBTAG = re.compile("[-_]")
"""Sign between the codes of a language and of a script or a region."""

SCRIPTS = str.maketrans("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹ᵀₙᵢ", "-+0123456789Tni")
SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")

SYMBOLS = {
    "⌈": "the next whole number from", "⌉": "",
    "±": "plus or minus", "≈": "about", "×": "times", "·": "times", "*": "times", "@": "times",
    "÷": "divided by", "≠": "is not", "≤": "at most", "≥": "at least", "<=": "at most",
    ">=": "at least", "==": "equals", "!=": "is not", "+=": "plus equals", "-=": "minus equals",
    "<": "is less than", ">": "is greater than", "=": "equals", "∞": "infinity", "%": "percent",
    "→": "to", "←": "becomes", "∂": "partial", "∇": "gradient of", "√": "the square root of",
    "∑": "sum", "Σ": "sum", "∏": "product", "Π": "product", "½": "one half", "¼": "one quarter",
    "∈": "in", "∝": "goes with", "°": "degrees", "&": "and", "#": "number", "§": "section",
    "~": "about",
}  # fmt: skip
"""Words for symbols that mean the same wherever they stand."""

POWERS = {"2": "squared", "3": "cubed", "T": "transpose"}

ABBREVIATIONS = {"e.g.": "for example", "i.e.": "that is", "vs.": "versus", "etc.": "and so on"}

NUMBER = r"\d[\d,]*(?:\.\d+)?"
NAME = r"[A-Za-z]\w*"
MINUS = str.maketrans({"−": "-", "‐": "-", "‑": "-"})

UNREAD = re.compile(r"[^A-Za-zÀ-ÿ' ,.;:!?]")
"""Characters that no spoken form of English holds: symbols, and digits as well."""


def spoken_form(text: str, language: str = ENGLISH) -> str:
    """Return a text as it is said.

    Parameters
    ----------
    text
        As it is written, with its numbers and without marks.
    language
        Of the text. Only English has rules; any other is returned with its blanks tidied.

    Returns
    -------
    spoken
        English words, each of letters alone, and ``, . ; : ! ?`` between them.

    Raises
    ------
    VoiceError
        When the pronunciation list cannot be read.
    """
    return _said(text, language).rstrip(",")


def spoken_with_marks(text: str, language: str = ENGLISH) -> tuple[str, dict[str, int]]:
    """Return a text with marks as it is said, and where in it each mark stands.

    Raises
    ------
    VoiceError
        When a mark stands twice.
    """
    spoken = ""
    places = {}
    for name, piece in pieces(text):
        said = _said(piece, language)
        gap = " " if spoken and said and piece[:1].isascii() else ""
        if name is not None:
            places[name] = len(spoken + gap)
        spoken += gap + said
    return spoken.rstrip(","), places


def _said(text: str, language: str) -> str:
    """Return a part of a text as it is said; a comma at its end stays."""
    if is_english(language):
        for rule in RULES:
            text = rule(text)
        text = _pronounced(text, pronunciations(language))
    return _tidied(text)


def is_english(language: str) -> bool:
    """Say whether a code is that of English, of whatever region."""
    return SUBTAG.split(language)[0] == ENGLISH


@cache
def pronunciations(language: str) -> Mapping[str, str]:
    """Return the pronunciation list of a language: what is said for a word.

    Raises
    ------
    VoiceError
        When the list cannot be read.
    """
    file = ASSETS / language / "pronunciation.toml"
    try:
        words: Mapping[str, str] = tomllib.loads(file.read_text("utf-8")).get("words", {})
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise VoiceError(f"{file.name} of {language}: cannot be read: {error}") from error
    wrong = [word for word, said in words.items() if not isinstance(said, str)]
    if wrong:
        raise VoiceError(f"{file.name} of {language}: {wrong[0]}: allowed is a text")
    return words


def _typography(text: str) -> str:
    """Write signs that have several forms in one, and dashes as the pauses that they are."""
    text = text.replace("->", "→").translate(MINUS).translate(SUBSCRIPTS)
    text = re.sub(r"[⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹ᵀ]+", lambda found: f"^{found[0].translate(SCRIPTS)}", text)
    text = text.replace("’", "'").replace("…", ".")
    text = re.sub(r"\s*[–—]\s*", ", ", text)
    for short, long in ABBREVIATIONS.items():
        text = text.replace(short, long)
    return re.sub(r"[“”\"«»$\\]", "", text)


def _accents(text: str) -> str:
    """Read a letter with a hat or a bar, be it one character or two."""
    text = text.replace("ŷ", "y hat").replace("x̄", "x bar").replace("ȳ", "y bar")
    return text.replace("\u0302", " hat").replace("\u0304", " bar")


def _calls(text: str) -> str:
    """Read ``N(0, 1)`` as "N of 0 and 1", and ``zero_()`` as its name."""
    text = re.sub(rf"\b({NAME}(?:\.{NAME})*)\(\)", r"\1", text)
    call = re.compile(rf"\b({NAME}(?:\.{NAME})*)\(([^()]*)\)")
    return call.sub(lambda found: f"{found[1]} of {_listed(found[2])}", text)


def _listed(arguments: str) -> str:
    """Join what stands between commas, with "and" before the last."""
    *first, last = (argument.strip() for argument in arguments.split(","))
    return f"{', '.join(first)} and {last}" if first else last


def _shapes(text: str) -> str:
    """Read ``(10, 2)`` as "10 by 2"."""
    shape = re.compile(rf"\(({NUMBER}(?:, {NUMBER})*),?\)")
    return shape.sub(
        lambda found: " by ".join(found[1].split(", ")) if "," in found[0] else f", {found[1]}, ",
        text,
    )


def _powers(text: str) -> str:
    """Read ``x^2`` as "x squared" and ``10^-5`` as "10 to the minus 5"."""
    # The innermost first: an exponent may have an exponent.
    power = re.compile(r"\^(?:\{([^{}^]*)\}|\(([^()^]*)\)|(-?\w+)(?!\^))")

    def said(found: re.Match[str]) -> str:
        exponent = next(group for group in found.groups() if group is not None)
        return f" {POWERS.get(exponent) or f'to the {_signed(exponent)}'} "

    while power.search(text):
        text = power.sub(said, text)
    return text


def _signed(text: str) -> str:
    """Read a minus, between two operands or before one, and a plus as well."""
    text = re.sub(r"(?<=[\w)]) [-] (?=[\w(])", " minus ", text)
    text = re.sub(r"(?<![\w)])[-](?=[\w(.∞])", " minus ", text)
    return re.sub(r"\+(?!=)", " plus ", text)


def _names(text: str) -> str:
    """Read the names of code: ``y_hat`` as "y hat", ``w_1`` and ``w1`` as "w 1"."""
    text = text.replace("`", "")
    text = re.sub(r"(?<=[A-Za-z0-9])_+(?=\w)", " ", text)
    text = re.sub(r"_+", " ", text)
    text = re.sub(rf"\b({NAME})\.(?=[A-Za-z])", r"\1 ", text)
    return re.sub(r"(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])", " ", text)


def _symbols(text: str) -> str:
    """Read operators, Greek letters, quotients and brackets."""
    for symbol, words in sorted(SYMBOLS.items(), key=lambda item: -len(item[0])):
        text = text.replace(symbol, f" {words} ")
    text = re.sub("[Α-Ωα-ωϵ]", lambda found: f" {_letter_name(found[0])} ", text)
    text = re.sub(r"(?<=[\w)])\s*/\s*(?=[\w(])", " over ", text)
    text = re.sub(r"[/|]", " ", text)
    text = re.sub(r"[()\[\]{}]", ", ", text)
    return re.sub(r"(?<=\w)-(?=\w)", " ", text)


def _letter_name(letter: str) -> str:
    """Return the name of a Greek letter, which Unicode spells in its own way in one case."""
    return unicodedata.name(letter).split()[-1].lower().replace("lamda", "lambda")


def _numbers(text: str) -> str:
    """Read numbers digit by digit behind the point, and in words before it."""
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
    text = re.sub(r"\d+\.\d+", lambda found: f" {decimal_words(found[0])} ", text)
    return re.sub(r"\d+", lambda found: f" {number_words(int(found[0]))} ", text)


RULES: tuple[Callable[[str], str], ...] = (
    _typography, _accents, _calls, _shapes, _powers, _signed, _names, _symbols, _numbers,
)  # fmt: skip
"""In the order in which they are used: what a later one reads, an earlier one has left."""


def _pronounced(text: str, words: Mapping[str, str]) -> str:
    """Say words as the list has them; "the" is not said twice."""
    for word, said in words.items():
        text = re.sub(rf"\b{re.escape(word)}\b", said, text)
    return re.sub(r"\b([Tt]he|an?|this|that|your|our|each|every) the\b", r"\1", text)


def _tidied(text: str) -> str:
    """Leave one blank between words and one stop at a time."""
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s+(?=[,.;:!?])", "", text)
    text = re.sub(r",+(?=[,.;:!?])", "", text)
    text = re.sub(r"(?<=[.;:!?]),", "", text)
    return text.lstrip(" ,").rstrip()
