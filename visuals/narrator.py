"""The narrator of a chapter: sentences, each with the action that it describes.

A sentence begins when its action begins. The picture waits for the end of the sentence, and the
next sentence for the end of the action. With a voice the sentence is heard; without one it takes
the time that its caption takes to read.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from gettext import NullTranslations

from manim import Scene, config

from visuals.numbers import Num
from visuals.speeches import END, Speech, frames_to_hold, utterance_of
from voice import Utterance, Voice

SENTENCE_PAUSE = 0.2
"""Seconds between two spoken sentences."""

THINKING_TIME = 2.0
"""Seconds that a question leaves to guess."""


@dataclass(frozen=True)
class Sentence:
    """A sentence that is being said.

    Attributes
    ----------
    scene
        The chapter.
    start
        Time of the scene at its beginning, in seconds.
    utterance
        Its sound, its length, and the times of its marks.
    timed_by
        The times that the action asked for, by the mark's name: it must be drawn anew when they
        change.
    """

    scene: Scene
    start: float
    utterance: Utterance
    timed_by: dict[str, float] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """Length, in seconds."""
        return self._asked(END, self.utterance.seconds)

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
        time = self._asked(mark, self.utterance.marks[mark])
        return max(self.start + time - self.scene.time, 1 / config.frame_rate)

    def wait_until(self, mark: str) -> None:
        """Hold the picture until a marked word begins; return at once when it has begun."""
        time = self._asked(mark, self.utterance.marks[mark])
        frames = frames_to_hold(time, self.scene.time - self.start, config.frame_rate)
        if frames:
            self.scene.wait(frames / config.frame_rate)

    def _asked(self, name: str, time: float) -> float:
        self.timed_by[name] = time
        return time


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
        utterance = self._begin(keys, said)
        spoken = Sentence(scene, scene.time, utterance)
        yield spoken
        action = scene.time - spoken.start
        silence = pause if utterance.file or pause > SENTENCE_PAUSE else 0.0
        held = frames_to_hold(utterance.seconds + silence, action, rate)
        if held:
            scene.wait(held / rate)
        speech = Speech(
            keys=keys,
            numbers=said,
            start=spoken.start,
            seconds=utterance.seconds,
            silence=silence,
            action=action,
            lasted=scene.time - spoken.start,
            timed_by=spoken.timed_by,
        )
        self.speeches.append(speech)
        for at, seconds, caption in speech.captions(self._texts, utterance):
            scene.add_subcaption(caption, duration=seconds, offset=at - scene.time)

    def _begin(self, keys: tuple[str, ...], said: Mapping[str, str]) -> Utterance:
        """Begin a sentence: from now on it is heard."""
        utterance = utterance_of(keys, said, self._texts, self._voice)
        if utterance.complaint:
            print(utterance.complaint, file=sys.stderr)  # noqa: T201
        if utterance.file:
            self._scene.add_sound(str(utterance.file))
        return utterance
