"""Phrases of a text: the pieces between which a line may be broken, and lines made of them."""

from __future__ import annotations

import re
import textwrap
from functools import cache

import budoux

from visuals.writing import LATIN, THIN_SPACE, Writing

NO_BEGINNING = "。，、；：？！）」』》〉】〕…—·％%”’)]}.,;:?!"
"""Marks that no line begins with."""

NO_END = "（「『《〈【〔“‘([{"
"""Marks that no line ends with."""

HAN = r"[\u3400-\u9fff]"
NARROW = r"[A-Za-z0-9Α-ωϵ₀-₉±−+×√∂∇%]"
_NEIGHBOURS = re.compile(f"(?<={HAN})(?={NARROW})|(?<={NARROW})(?={HAN})")
_ATOMS = re.compile(r"[!-~\u2009 ±−×₀-₉]+|.", re.DOTALL)
"""A word of Latin letters and digits, or one character."""


@cache
def _parser(model: str) -> budoux.Parser:
    """Return the parser of a model, which comes with the package."""
    makers = {
        "zh-hans": budoux.load_default_simplified_chinese_parser,
        "zh-hant": budoux.load_default_traditional_chinese_parser,
    }
    return makers[model]()


def phrases(text: str, writing: Writing) -> list[str]:
    """Return the pieces of a text between which a line may be broken, blanks behind their piece.

    Parameters
    ----------
    text
        One line.
    writing
        Its writing: words where they have spaces between them, else what BudouX finds.
    """
    if not writing.phrases:
        return re.findall(r"\S+\s*", text)
    return _kept_together(_parser(writing.phrases).parse(text))


def _kept_together(pieces: list[str]) -> list[str]:
    """Join pieces between which marks or letters forbid a break."""
    kept: list[str] = []
    for piece in pieces:
        if kept and _must_not_part(kept[-1], piece):
            kept[-1] += piece
        else:
            kept.append(piece)
    return kept


def _must_not_part(before: str, after: str) -> bool:
    """Say whether a break is forbidden; between two Latin words there must be a blank."""
    one, other = before[-1], after[0]
    is_word = one.isascii() and other.isascii() and not (one.isspace() or other.isspace())
    return other in NO_BEGINNING or one in NO_END or other.isspace() or is_word


def spaced(text: str) -> str:
    """Put a thin space between Chinese and Latin letters or digits, as Typst does by itself."""
    return _NEIGHBOURS.sub(THIN_SPACE, text)


def wrap(text: str, columns: int, writing: Writing = LATIN) -> list[str]:
    """Break a text into lines of at most so many letters; a longer phrase is a line of its own."""
    if not writing.phrases:
        return textwrap.wrap(text, columns, break_long_words=False)
    lines: list[str] = []
    for phrase in phrases(text, writing):
        if lines and _length(lines[-1] + phrase, writing) <= columns:
            lines[-1] += phrase
        else:
            lines.append(phrase)
    return [spaced(line.strip()) for line in lines]


def broken(text: str, columns: int, writing: Writing = LATIN) -> list[str]:
    """Break a text into lines as :func:`wrap` does, and phrases that are longer than a line."""
    if not writing.phrases:
        return textwrap.wrap(text, columns)
    lines: list[str] = []
    for line in wrap(text, columns, writing):
        pieces = [line]
        if _length(line, writing) > columns:
            pieces = _kept_together(_ATOMS.findall(line))
        for piece in pieces:
            if len(pieces) > 1 and lines and _length(lines[-1] + piece, writing) <= columns:
                lines[-1] += piece
            else:
                lines.append(piece)
    return [spaced(line.strip()) for line in lines]


def on_one_line(text: str, writing: Writing = LATIN) -> str:
    """Return a text without its line breaks, at which Chinese has no blank."""
    if not writing.phrases:
        return " ".join(text.split())
    joined = ""
    for line in filter(None, (line.strip() for line in text.splitlines())):
        is_latin = joined[-1:].isascii() and line[0].isascii()
        joined += f" {line}" if joined and is_latin else line
    return spaced(joined)


def _length(line: str, writing: Writing) -> float:
    return writing.length(spaced(line.strip()))
