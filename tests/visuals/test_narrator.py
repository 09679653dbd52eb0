"""Sentences begin with their actions, and the picture waits for them."""

from __future__ import annotations

import wave
from collections.abc import Mapping
from dataclasses import dataclass, field
from gettext import NullTranslations
from pathlib import Path

import pytest
from manim import Square, tempconfig

from visuals import stage
from visuals.language import LanguageError, catalogue
from visuals.narrator import SENTENCE_PAUSE, THINKING_TIME
from visuals.speeches import sentence
from visuals.stage import LectureScene
from visuals.writing import LATIN

RATE = 10
FRAME = 1 / RATE
TEXTS = {
    "Chapter.short": "A short sentence.",
    "Chapter.long": "The squares leave the plot, [pour] pour into one mean square, and are halved.",
    "Chapter.question": "How large is it?",
}


class Texts(NullTranslations):
    """A catalogue of the chapter's sentences."""

    def gettext(self, message: str) -> str:
        return TEXTS.get(message, message)


class Chapter(LectureScene):
    """Says a sentence in a short action, one in a long action, and asks a question."""

    def construct(self) -> None:
        self.moments: dict[str, float] = {}
        self.beat(self.all_is_said)

    def all_is_said(self) -> None:
        square = Square()
        with self.saying("short"):
            self.play(square.animate.shift([5, 0, 0]), run_time=6)
        with self.saying("long") as sentence:
            self.play(square.animate.shift([-5, 0, 0]), run_time=0.2)
            sentence.wait_until("pour")
            self.moments["pour"] = self.time
            self.play(square.animate.shift([1, 0, 0]), run_time=sentence.remaining)
            self.moments["end"] = self.time
        with self.asking("question"):
            pass
        with self.saying("short"):
            pass


@dataclass
class StandInVoice:
    """Speaks everything in three seconds; a mark is at one second."""

    folder: Path
    said: list[str] = field(default_factory=list)

    def say(
        self, text: str, spoken: str | None = None, key: str | None = None
    ) -> StandInVoice.Utterance:
        self.said.append(f"{key}: {spoken or text}")
        file = self.folder / "tone.wav"
        with wave.open(str(file), "wb") as sound:
            sound.setparams((1, 2, 8000, 0, "NONE", ""))
            sound.writeframes(bytes(2 * 3 * 8000))
        return self.Utterance(file, 3.0, {"pour": 1.0} if "[pour]" in text else {})

    @dataclass
    class Utterance:
        """A spoken sentence."""

        file: Path
        seconds: float
        marks: Mapping[str, float]
        complaint: str = ""


def played(folder: Path, monkeypatch: pytest.MonkeyPatch, voice: object) -> Chapter:
    monkeypatch.setattr(stage.language, "in_use", Texts)
    monkeypatch.setattr(stage, "Strip", lambda _: stage.Words("strip"))
    monkeypatch.setattr(stage, "open_voice_of", lambda _: voice)
    settings = {"pixel_width": 160, "pixel_height": 90, "frame_rate": RATE}
    with tempconfig({**settings, "media_dir": str(folder), "verbosity": "ERROR"}):
        scene = Chapter()
        scene.render()
    return scene


@pytest.fixture
def silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Chapter:
    return played(tmp_path, monkeypatch, None)


@pytest.fixture
def voice(tmp_path: Path) -> StandInVoice:
    return StandInVoice(tmp_path)


@pytest.fixture
def spoken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, voice: StandInVoice) -> Chapter:
    return played(tmp_path, monkeypatch, voice)


def test_a_long_action_is_not_waited_for(spoken: Chapter) -> None:
    short, long, *_ = spoken.speeches
    assert short.start == 0
    assert short.action == pytest.approx(6)
    assert short.lasted == short.action
    assert long.start == pytest.approx(6)


def test_a_sentence_is_waited_for(spoken: Chapter) -> None:
    _, long, question, last = spoken.speeches
    assert question.start - long.start == pytest.approx(3 + SENTENCE_PAUSE, abs=FRAME)
    assert last.start - question.start == pytest.approx(3 + THINKING_TIME, abs=FRAME)


def test_an_action_waits_for_its_word(spoken: Chapter) -> None:
    long = spoken.speeches[1]
    assert spoken.moments["pour"] - long.start == pytest.approx(1, abs=FRAME)
    assert spoken.moments["end"] - long.start == pytest.approx(3, abs=FRAME)


def test_sound_begins_with_the_sentence(spoken: Chapter, voice: StandInVoice) -> None:
    writer = spoken.renderer.file_writer
    assert writer.includes_sound
    keys = [f"Chapter.{key}" for key in ("short", "long", "question", "short")]
    assert voice.said == [f"{key}: {TEXTS[key]}" for key in keys]
    last = spoken.speeches[-1]
    assert writer.audio_segment.duration_seconds == pytest.approx(last.start + 3, abs=0.1)


def test_without_a_voice_a_sentence_takes_as_long_as_it_is_read(silent: Chapter) -> None:
    _, long, question, last = silent.speeches
    plain = TEXTS["Chapter.long"].replace("[pour] ", "")
    reading = len(plain) / LATIN.reading_speed
    assert question.start - long.start == pytest.approx(reading, abs=2 * FRAME)
    at = plain.index("pour") / len(plain) * reading
    assert silent.moments["pour"] - long.start == pytest.approx(at, abs=2 * FRAME)
    assert last.start - question.start >= THINKING_TIME
    assert not silent.renderer.file_writer.includes_sound


def test_captions_are_the_sentences_without_marks(spoken: Chapter) -> None:
    captions = spoken.renderer.file_writer.subcaptions
    assert captions[0].start.total_seconds() == 0
    assert captions[0].content == TEXTS["Chapter.short"]
    assert captions[0].end.total_seconds() < 4, "a caption does not outstay its sentence"
    said = " ".join(caption.content.replace("\n", " ") for caption in captions)
    assert "[pour]" not in said
    assert TEXTS["Chapter.long"].replace("[pour] ", "") in said


def test_a_number_that_is_not_given_is_named() -> None:
    keys = ("PipelineOverview.half_is_the_loss",)
    with pytest.raises(LanguageError, match="half_is_the_loss has a number 'first_loss'"):
        sentence(keys, {"loss": "10.3"}, catalogue("en"))
