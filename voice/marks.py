"""Marks in a sentence: places that an action may wait for."""

from __future__ import annotations

import re

from voice.errors import VoiceError

MARK = re.compile(r"\[([a-z][a-z0-9_]*)\]\s*")
"""A name in brackets; ``[0, 1]`` is none."""


def parse_marks(text: str) -> tuple[str, dict[str, int]]:
    """Take the marks out of a text.

    Parameters
    ----------
    text
        As the catalogue has it: "errors become squares, [pour] and pour into one".

    Returns
    -------
    plain
        The text without marks.
    places
        The index in ``plain`` of the character that follows each mark.

    Raises
    ------
    VoiceError
        When a name stands twice.
    """
    places: dict[str, int] = {}
    plain = ""
    end = 0
    for found in MARK.finditer(text):
        plain += text[end : found.start()]
        end = found.end()
        if found[1] in places:
            raise VoiceError(f"[{found[1]}] stands twice in {text!r}")
        places[found[1]] = len(plain)
    return plain + text[end:], places


def pieces(text: str) -> list[tuple[str | None, str]]:
    """Return a text cut at its marks: each mark with what follows it, after what comes first."""
    plain, places = parse_marks(text)
    cuts = [(None, 0), *places.items()]
    ends = [place for _, place in cuts[1:]] + [len(plain)]
    return [(name, plain[start:end]) for (name, start), end in zip(cuts, ends, strict=True)]
