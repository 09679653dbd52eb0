"""Speeches: sentences that were said in a chapter, and their times.

This module draws nothing: captions and sound can be made anew from the recorded speeches alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from gettext import NullTranslations

from visuals.captions import caption_pages
from visuals.language import ENGLISH, SPOKEN, LanguageError
from visuals.writing import Writing, writing_of
from voice import Utterance, Voice, parse_marks

CAPTION_STAYS = 0.8
"""Seconds for which a caption stays after it was heard, when the action goes on."""

END = ""
"""Name of a sentence's end among the names of its marks."""

TOLERANCE = 0.05
"""Seconds by which a sentence may come early or late; the pause after it is longer."""


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
    seconds
        Length of the sentence, in seconds.
    silence
        Seconds of silence that the picture waits for after it.
    action
        Time for which the picture moves meanwhile, in seconds.
    lasted
        Time after which the picture went on, in seconds: when action, sentence and silence ended.
    timed_by
        Seconds from the beginning to each mark, and to the :data:`END`, that the action was
        timed by.
    """

    keys: tuple[str, ...]
    numbers: Mapping[str, str]
    start: float
    seconds: float
    silence: float
    action: float
    lasted: float
    timed_by: Mapping[str, float] = field(default_factory=dict)

    def utterance(self, texts: NullTranslations, voice: Voice | None) -> Utterance:
        """Return the sentence as a catalogue has it now; see :func:`utterance_of`."""
        return utterance_of(self.keys, self.numbers, texts, voice)

    def fits(self, utterance: Utterance) -> bool:
        """Return whether the picture, as it was drawn, fits the sentence as it is said now."""
        now = {END: utterance.seconds, **utterance.marks}
        pairs = [(now.get(name, math.inf), then) for name, then in self.timed_by.items()]
        ends = [max(self.action, s + self.silence) for s in (utterance.seconds, self.seconds)]
        return all(abs(a - b) <= TOLERANCE for a, b in [*pairs, (ends[0], ends[1])])

    def captions(
        self, texts: NullTranslations, utterance: Utterance
    ) -> Iterator[tuple[float, float, str]]:
        """Yield start and duration in seconds, and lines, of each caption of the sentence."""
        heard = utterance.seconds + CAPTION_STAYS if utterance.file else math.inf
        stands = min(self.lasted, heard)
        text, _ = parse_marks(sentence(self.keys, self.numbers, texts))
        writing = _writing_of(texts)
        captions = caption_pages(text, writing)
        letters = sum(map(writing.length, captions))
        at = self.start
        for caption in captions:
            duration = stands * writing.length(caption) / letters
            yield at, duration, caption
            at += duration


def sentence(keys: tuple[str, ...], numbers: Mapping[str, str], texts: NullTranslations) -> str:
    """Return the text of the first key that has one, with its marks and its numbers filled in.

    Raises
    ------
    LanguageError
        When the catalogue has none of the keys, or its text has a number that is not given.
    """
    text = _first_text(keys, texts)
    if text is None:
        raise LanguageError(f"none of {', '.join(keys)} is in the catalogue")
    try:
        return text % numbers if numbers else text
    except KeyError as missing:
        raise LanguageError(f"{keys[0]} has a number {missing} that is not given") from None


def utterance_of(
    keys: tuple[str, ...],
    numbers: Mapping[str, str],
    texts: NullTranslations,
    voice: Voice | None,
) -> Utterance:
    """Return a sentence as it is said.

    Parameters
    ----------
    keys
        Keys of the catalogue; the first that has a text is said. The first is the key of one's
        own recording as well.
    numbers
        Texts that stand for the names in the sentence.
    texts
        The catalogue. A key with ``.spoken`` behind it holds what is said in place of the text.
    voice
        Who says it. Where nobody does, the sentence takes the time that it takes to read.

    Raises
    ------
    LanguageError
        When the catalogue has none of the keys.
    VoiceError
        When the voice fails.
    """
    text = sentence(keys, numbers, texts)
    plain, places = parse_marks(text)
    writing = _writing_of(texts)
    speed = writing.reading_speed
    seconds = writing.length(plain) / speed
    marks = {name: writing.length(plain[:place]) / speed for name, place in places.items()}
    if voice is None:
        return Utterance(None, seconds, marks)
    spoken = _first_text(tuple(f"{key}{SPOKEN}" for key in keys), texts)
    if spoken is not None and numbers:
        spoken %= numbers
    said = voice.say(text, spoken, keys[0])
    return said if said.file else Utterance(None, seconds, marks, said.complaint)


def _writing_of(texts: NullTranslations) -> Writing:
    """Return the writing of a catalogue, whose header names its language."""
    return writing_of(texts.info().get("language", ENGLISH))


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


def _first_text(keys: tuple[str, ...], texts: NullTranslations) -> str | None:
    found = ((key, texts.gettext(key)) for key in keys)
    return next((text for key, text in found if text != key), None)
