"""What is said beside the picture: how long it takes to read, how it is broken, when it stands.

Here is no picture: who writes captions anew reads what was said from here and needs no film.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from gettext import NullTranslations

from visuals.language import LanguageError

CAPTION_COLUMNS = 42
CAPTION_LINES = 2
READING_SPEED = 17.0
"""Characters of a caption that are read in a second."""


@dataclass(frozen=True)
class Speech:
    """Words that were said: which, and when.

    Attributes
    ----------
    keys
        Of the catalogue; the first that has a text is said.
    numbers
        What stands for the names in the text.
    start
        When it begins, in seconds.
    action
        How long something moves meanwhile, in seconds.
    held
        Frames for which the picture is to be held then, until the words are read.
    frame_rate
        In frames a second.
    duration
        How long the words stand, in seconds.
    """

    keys: tuple[str, ...]
    numbers: Mapping[str, str]
    start: float
    action: float
    held: int
    frame_rate: float
    duration: float

    def text(self, texts: NullTranslations) -> str:
        """Return the words of a catalogue.

        Raises
        ------
        LanguageError
            When it has none of the keys.
        """
        return spoken(self.keys, self.numbers, texts)

    def captions(self, text: str) -> Iterator[tuple[float, float, str]]:
        """Yield start and duration in seconds, and lines, of each caption of a text."""
        captions = caption_pages(text)
        letters = sum(map(len, captions))
        at = self.start
        for caption in captions:
            duration = self.duration * len(caption) / letters
            yield at, duration, caption
            at += duration


def spoken(keys: tuple[str, ...], numbers: Mapping[str, str], texts: NullTranslations) -> str:
    """Return the text of the first key that has one, with its numbers."""
    for key in keys:
        text = texts.gettext(key)
        if text != key:
            return text % numbers if numbers else text
    raise LanguageError(f"none of {', '.join(keys)} is in the catalogue")


def frames_to_hold(text: str, action: float, frame_rate: float) -> int:
    """Return for how many frames a picture is held after ``action`` seconds, to read a text."""
    missing = len(text) / READING_SPEED - action
    # A wait of a part of a frame would be cut, and the words with it.
    return max(0, math.ceil(missing * frame_rate))


def caption_pages(text: str) -> list[str]:
    """Break a text into captions of at most two lines of 42 characters."""
    lines = textwrap.wrap(text, CAPTION_COLUMNS)
    if len(lines) == 1:
        return lines
    pages = -(-len(lines) // CAPTION_LINES)
    # Even pages read better than a full one and a word.
    width = CAPTION_COLUMNS
    for narrower in range(width, 0, -1):
        tried = textwrap.wrap(text, narrower, break_long_words=False)
        if -(-len(tried) // CAPTION_LINES) > pages or len(max(tried, key=len)) > width:
            break
        lines = tried
    return [
        "\n".join(lines[first : first + CAPTION_LINES])
        for first in range(0, len(lines), CAPTION_LINES)
    ]
