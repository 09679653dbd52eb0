"""Captions: sentences broken into lines that can be read at once."""

from __future__ import annotations

import re
import textwrap

CAPTION_COLUMNS = 42
CAPTION_LINES = 2

CLAUSE_END = re.compile(r"(?<=[.?!;:,])\s+")


def caption_pages(text: str) -> list[str]:
    """Break a text into captions of at most two lines of 42 characters, at clauses if possible."""
    if len(textwrap.wrap(text, CAPTION_COLUMNS)) <= CAPTION_LINES:
        return [_even_lines(text)]
    middle = len(text) / 2
    breaks = [found.span() for found in CLAUSE_END.finditer(text)]
    # A clause of a word or two is no caption of its own.
    breaks = [(end, start) for end, start in breaks if min(end, len(text) - start) > len(text) / 4]
    if breaks:
        end, start = min(breaks, key=lambda span: abs(span[0] - middle))
        return caption_pages(text[:end]) + caption_pages(text[start:])
    lines = textwrap.wrap(text, CAPTION_COLUMNS)
    pages = -(-len(lines) // CAPTION_LINES)
    for narrower in range(CAPTION_COLUMNS, 0, -1):
        tried = textwrap.wrap(text, narrower, break_long_words=False)
        too_many = -(-len(tried) // CAPTION_LINES) > pages
        if too_many or len(max(tried, key=len)) > CAPTION_COLUMNS:
            break
        lines = tried
    return [
        "\n".join(lines[first : first + CAPTION_LINES])
        for first in range(0, len(lines), CAPTION_LINES)
    ]


def _even_lines(text: str) -> str:
    """Break a text into two lines of about one length, or none where one is enough."""
    lines = textwrap.wrap(text, CAPTION_COLUMNS)
    if len(lines) < CAPTION_LINES:
        return lines[0]
    for narrower in range(CAPTION_COLUMNS, 0, -1):
        tried = textwrap.wrap(text, narrower, break_long_words=False)
        if len(tried) > CAPTION_LINES or len(max(tried, key=len)) > CAPTION_COLUMNS:
            break
        lines = tried
    return "\n".join(lines)
