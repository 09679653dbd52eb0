"""When a place in a text is reached, while it is spoken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

Starts = Sequence[tuple[int, float]]
"""Index in the spoken text and time in seconds of each word's beginning, in order."""


def shared_starts(text: str, seconds: float) -> list[tuple[int, float]]:
    """Share a time among the words of a text, by their letters."""
    letters = sum(map(str.isalnum, text)) or 1
    return [
        (word.start(), seconds * sum(map(str.isalnum, text[: word.start()])) / letters)
        for word in re.finditer(r"\S+", text)
    ]


def reached(starts: Starts, place: int, end: tuple[int, float]) -> float:
    """Return when a place in a text is reached, in seconds.

    Parameters
    ----------
    starts
        Of the words.
    place
        Index of a character of the text. Inside a word the time is shared by characters: where
        words are not parted by blanks, a word is a clause.
    end
        The text's length, and its duration in seconds.
    """
    points = [(0, 0.0), *starts, end]
    for (index, second), (next_index, next_second) in pairwise(points):
        if index <= place < next_index:
            return second + (next_second - second) * (place - index) / (next_index - index)
    return end[1]
