"""Captions: the sentences of the voice as lines that can be read, and the times they stand.

This module draws nothing: captions can be written anew from the recorded speeches alone.
"""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from gettext import NullTranslations

from visuals.language import LanguageError
from voice import parse_marks

CAPTION_COLUMNS = 42
CAPTION_LINES = 2
READING_SPEED = 17.0
"""Characters of a caption that are read in a second."""

CLAUSE_END = re.compile(r"(?<=[.?!;:,])\s+")


@dataclass(frozen=True)
class Speech:
    """A sentence that was said, and its time.

    Attributes
    ----------
    keys
        Keys of the catalogue; the first that has a text is said.
    numbers
        Texts that stand for the names in the sentence.
    start
        Beginning, in seconds.
    action
        Time for which the picture moves meanwhile, in seconds.
    held
        Frames for which the picture is held afterwards, until the sentence ends.
    frame_rate
        Frames a second.
    duration
        Time for which the caption stands, in seconds.
    heard
        Whether a voice says it.
    """

    keys: tuple[str, ...]
    numbers: Mapping[str, str]
    start: float
    action: float
    held: int
    frame_rate: float
    duration: float
    heard: bool = False

    def text(self, texts: NullTranslations) -> str:
        """Return the sentence in a catalogue, with its marks.

        Raises
        ------
        LanguageError
            When the catalogue has none of the keys.
        """
        return sentence(self.keys, self.numbers, texts)

    def captions(self, text: str) -> Iterator[tuple[float, float, str]]:
        """Yield start and duration in seconds, and lines, of each caption of a sentence."""
        captions = caption_pages(parse_marks(text)[0])
        letters = sum(map(len, captions))
        at = self.start
        for caption in captions:
            duration = self.duration * len(caption) / letters
            yield at, duration, caption
            at += duration


def sentence(keys: tuple[str, ...], numbers: Mapping[str, str], texts: NullTranslations) -> str:
    """Return the text of the first key that has one, with its numbers filled in.

    Raises
    ------
    LanguageError
        When the catalogue has none of the keys.
    """
    for key in keys:
        text = texts.gettext(key)
        if text != key:
            return text % numbers if numbers else text
    raise LanguageError(f"none of {', '.join(keys)} is in the catalogue")


def reading_time(text: str) -> float:
    """Return the seconds that it takes to read a sentence, its marks apart."""
    return len(parse_marks(text)[0]) / READING_SPEED


def frames_to_hold(needed: float, action: float, frame_rate: float) -> int:
    """Return the frames for which a picture is held after its action.

    Parameters
    ----------
    needed
        Seconds that the sentence takes.
    action
        Seconds that have passed since it began.
    frame_rate
        Frames a second.
    """
    # A wait of a part of a frame would be cut, and the words with it.
    return max(0, math.ceil((needed - action) * frame_rate - 1e-6))


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
