"""The narrator of a chapter: sentences, each with the action that it describes.

A sentence begins when its action begins. The picture waits for the end of the sentence, and the
next sentence for the end of the action. With a voice the sentence is heard; without one it takes
the time that its caption takes to read.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from gettext import NullTranslations

from manim import Scene, config

from visuals.captions import Speech, frames_to_hold, reading_time, sentence
from visuals.numbers import Num
from voice import Voice, parse_marks

SENTENCE_PAUSE = 0.3
"""Seconds between two spoken sentences."""

THINKING_TIME = 2.0
"""Seconds that a question leaves to guess."""

CAPTION_STAYS = 0.8
"""Seconds for which a caption stays after it was heard, when the action goes on."""


@dataclass(frozen=True)
class Sentence:
    """A sentence that is being said.

    Attributes
    ----------
    start
        Time of the scene at its beginning, in seconds.
    seconds
        Length, in seconds.
    marks
        Seconds from the beginning to each marked word, by the mark's name.
    heard
        Whether a voice says it; otherwise it is only read.
    """

    scene: Scene
    start: float
    seconds: float
    marks: Mapping[str, float]
    heard: bool = False

    @property
    def remaining(self) -> float:
        """Seconds until the sentence ends; at least one frame, to be used as a run time."""
        return max(self.start + self.seconds - self.scene.time, 1 / config.frame_rate)

    def seconds_until(self, mark: str) -> float:
        """Return the seconds until a marked word begins; at least one frame.

        Raises
        ------
        KeyError
            When the sentence has no such mark.
        """
        return max(self.start + self.marks[mark] - self.scene.time, 1 / config.frame_rate)

    def wait_until(self, mark: str) -> None:
        """Hold the picture until a marked word begins; return at once when it has begun."""
        frames = frames_to_hold(self.marks[mark], self.scene.time - self.start, config.frame_rate)
        if frames:
            self.scene.wait(frames / config.frame_rate)


class Narrator:
    """Says the sentences of one chapter.

    Parameters
    ----------
    scene
        The chapter.
    texts
        The catalogue.
    voice
        The voice, or None for a silent film.

    Attributes
    ----------
    speeches
        The sentences said so far.
    """

    def __init__(
        self,
        scene: Scene,
        texts: NullTranslations,
        voice: Voice | None = None,
    ) -> None:
        self._scene = scene
        self._texts = texts
        self._voice = voice
        self.speeches: list[Speech] = []

    @contextmanager
    def saying(
        self, key: str, numbers: Mapping[str, Num], pause: float = SENTENCE_PAUSE
    ) -> Iterator[Sentence]:
        """Say a sentence while the body of the ``with`` statement plays.

        Parameters
        ----------
        key
            Key of the sentence, of this chapter or whole.
        numbers
            Numbers that stand for the names in the sentence.
        pause
            Seconds of silence after the sentence, if it is spoken or a question.
        """
        scene, rate = self._scene, config.frame_rate
        keys = (f"{type(scene).__name__}.{key}", key)
        said = {name: str(number) for name, number in numbers.items()}
        spoken = self._speak(keys, said)
        yield spoken
        action = scene.time - spoken.start
        silence = pause if spoken.heard or pause > SENTENCE_PAUSE else 0.0
        held = frames_to_hold(spoken.seconds + silence, action, rate)
        if held:
            scene.wait(held / rate)
        duration = scene.time - spoken.start
        if spoken.heard:
            duration = min(duration, spoken.seconds + CAPTION_STAYS)
        speech = Speech(keys, said, spoken.start, action, held, rate, duration, spoken.heard)
        self.speeches.append(speech)
        text = sentence(keys, said, self._texts)
        for at, seconds, caption in speech.captions(text):
            scene.add_subcaption(caption, duration=seconds, offset=at - scene.time)

    def _speak(self, keys: tuple[str, ...], said: Mapping[str, str]) -> Sentence:
        """Begin a sentence: its sound is added, and its length and marks are known."""
        scene = self._scene
        text = sentence(keys, said, self._texts)
        if self._voice:
            utterance = self._voice.say(text, self._own_form(keys, said), keys[0])
            if utterance.complaint:
                print(utterance.complaint, file=sys.stderr)  # noqa: T201
            if utterance.file:
                scene.add_sound(str(utterance.file))
                return Sentence(scene, scene.time, utterance.seconds, utterance.marks, heard=True)
        plain, places = parse_marks(text)
        seconds = reading_time(text)
        marks = {name: seconds * place / len(plain) for name, place in places.items()}
        return Sentence(scene, scene.time, seconds, marks)

    def _own_form(self, keys: tuple[str, ...], said: Mapping[str, str]) -> str | None:
        """Return the spoken form of a sentence, if the catalogue has one of its own."""
        for key in keys:
            text = self._texts.gettext(f"{key}.spoken")
            if text != f"{key}.spoken":
                return text % said if said else text
        return None
