"""Captions: sentences broken into lines that can be read at once."""

from __future__ import annotations

import re
from functools import partial

from visuals.phrases import broken, spaced, wrap
from visuals.writing import LATIN, Writing

CAPTION_LINES = 2

CLAUSE_END = re.compile(r"(?<=[.?!;:,])\s+|(?<=[。？！；：，])(?![」』）”])\s*")


def caption_pages(text: str, writing: Writing = LATIN) -> list[str]:
    """Break a text into captions of at most two lines, at clauses if possible.

    Parameters
    ----------
    text
        The text.
    writing
        Its writing, which says how many letters a line may have and where it may be broken.
    """
    lines = broken(text, writing.columns, writing)
    if len(lines) <= CAPTION_LINES:
        return [_even_lines(text, writing)]
    breaks = [found.span() for found in CLAUSE_END.finditer(text) if found.end() < len(text)]
    # A clause of a word or two is no caption of its own.
    breaks = [(end, start) for end, start in breaks if min(end, len(text) - start) > len(text) / 4]
    if breaks:
        middle = len(text) / 2
        end, start = min(breaks, key=lambda span: abs(span[0] - middle))
        return caption_pages(text[:end], writing) + caption_pages(text[start:], writing)
    pages = -(-len(lines) // CAPTION_LINES)
    for narrower in range(writing.columns, 0, -1):
        tried = wrap(text, narrower, writing)
        too_many = -(-len(tried) // CAPTION_LINES) > pages
        if too_many or _longest(tried, writing) > writing.columns:
            break
        lines = tried
    return [
        "\n".join(lines[first : first + CAPTION_LINES])
        for first in range(0, len(lines), CAPTION_LINES)
    ]


def _even_lines(text: str, writing: Writing) -> str:
    """Break a text into two lines of about one length, or none where one is enough."""
    lines = broken(text, writing.columns, writing)
    if len(lines) < CAPTION_LINES:
        return lines[0]
    if writing.phrases and (clauses := _two_clauses(text, writing)):
        return clauses
    for narrower in range(writing.columns, 0, -1):
        tried = wrap(text, narrower, writing)
        if len(tried) > CAPTION_LINES or _longest(tried, writing) > writing.columns:
            break
        lines = tried
    return "\n".join(lines)


def _two_clauses(text: str, writing: Writing) -> str:
    """Break a text behind a clause, as near its middle as can be, or return nothing.

    Chinese has no blanks at which the eye would find the words that two lines part.
    """
    tried = (
        [spaced(text[: found.start()].strip()), spaced(text[found.end() :].strip())]
        for found in CLAUSE_END.finditer(text)
        if min(found.start(), len(text) - found.end()) > len(text) / 4
    )
    fitting = [lines for lines in tried if _longest(lines, writing) <= writing.columns]
    return "\n".join(min(fitting, key=partial(_longest, writing=writing), default=[]))


def _longest(lines: list[str], writing: Writing) -> float:
    return max(map(writing.length, lines))
