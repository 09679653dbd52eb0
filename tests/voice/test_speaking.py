"""Sentences become files with lengths and marks; what cannot be said is one line."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from voice import Utterance, Voice, VoiceError, open_voice
from voice.__main__ import PAUSE, utter
from voice.process import Speaker
from voice.recordings import take_note
from voice.sound import RATE, Samples, decoded, loudness, mastered, trimmed, wav

TEXT = "Errors become squares, [pour] and pour into one: the loss is 0.03. [now] Now y_hat - y."


class Hummer:
    """A synthesizer that hums for a tenth of a second a letter."""

    rate = 24_000

    def __init__(self, *, knows_words: bool = True) -> None:
        self.knows_words = knows_words

    def read(self, sentence: str) -> tuple[Samples, Sequence[float]]:
        times = np.arange(self.rate * len(sentence) // 10) / self.rate
        silence = np.zeros(self.rate // 4, np.float32)
        hum = np.asarray(np.sin(2 * np.pi * 200 * times), np.float32)
        starts = [0.25 + 0.1 * i for i, c in enumerate(f" {sentence}"[:-1]) if c == " "]
        return np.concatenate([silence, hum, silence]), starts if self.knows_words else ()


class StandIn:
    """A speaking process without a process."""

    def __init__(self, synthesizer: Hummer | None = None) -> None:
        self.synthesizer = synthesizer or Hummer()
        self.asked: list[dict[str, str]] = []

    def ask(self, request: dict[str, str]) -> tuple[dict[str, Any], bytes]:
        self.asked.append(request)
        if "decode" in request:
            return {"starts": []}, wav(mastered(trimmed(decoded(Path(request["decode"])), RATE)[0]))
        samples, starts = utter(self.synthesizer, request["say"])
        return {"starts": starts}, wav(mastered(samples))


Opened = tuple[Voice, StandIn]


@pytest.fixture
def opened(tmp_path: Path) -> Callable[..., Opened]:
    """Return a function that opens the voice with a stand-in for its process."""

    def open_stand_in(name: str = "default", language: str = "en") -> Opened:
        voice = open_voice(name, language, tmp_path / "cache", tmp_path / "own")
        assert voice is not None
        stand_in = StandIn()
        voice.__dict__["_speaker"] = stand_in
        return voice, stand_in

    return open_stand_in


def record(folder: Path, key: str, seconds: float) -> Path:
    """Write a recording of a hum."""
    file = folder.joinpath(*key.split(".")).with_suffix(".wav")
    file.parent.mkdir(parents=True, exist_ok=True)
    times = np.arange(round(seconds * RATE)) / RATE
    file.write_bytes(wav(np.asarray(0.1 * np.sin(2 * np.pi * 150 * times), np.float32)))
    return file


def test_a_real_sentence_is_heard_and_its_marks_are_in_order(tmp_path: Path) -> None:
    voice = open_voice("default", "en", tmp_path / "cache")
    assert voice is not None
    first = voice.say(TEXT)
    assert first.file is not None
    samples = decoded(first.file)
    assert first.seconds == len(samples) / RATE
    assert loudness(samples) == pytest.approx(-16, abs=0.2)
    assert 0 < first.marks["pour"] < first.marks["now"] - 2 < first.seconds - 2
    # Before a sentence's first word stands the pause between two sentences.
    before = samples[round((first.marks["now"] - PAUSE / 2) * RATE) :][: RATE // 20]
    assert np.abs(before).max() < 0.01
    # The same again, from a process of its own, to the last sample.
    again = open_voice("default", "en", tmp_path / "another cache")
    assert again is not None
    second = again.say(TEXT)
    assert second.file is not None
    assert second.file.read_bytes() == first.file.read_bytes()
    assert second.marks == first.marks


def test_what_was_said_is_not_made_again(opened: Callable[..., Opened]) -> None:
    voice, process = opened()
    first = voice.say(TEXT)
    assert voice.say(TEXT) == first
    assert voice.say(TEXT.replace("[now] ", "")).file == first.file  # a mark changes no sound
    other, another_process = opened()
    assert other.say(TEXT) == first
    assert len(process.asked) == 1
    assert not another_process.asked
    assert voice.say("Another.").file != first.file


@pytest.mark.parametrize("suffix", [".wav", ".json"])
@pytest.mark.parametrize("damage", [b"", b"{}", None])
def test_what_is_damaged_is_made_again(
    opened: Callable[..., Opened], suffix: str, damage: bytes | None
) -> None:
    voice, process = opened()
    said = voice.say(TEXT)
    assert said.file is not None
    content = said.file.read_bytes()
    broken = said.file.with_suffix(suffix)
    if damage is None:
        broken.unlink()
    else:
        broken.write_bytes(damage)
    assert voice.say(TEXT) == said
    assert said.file.read_bytes() == content
    assert len(process.asked) == 2
    assert not list(said.file.parent.glob(".*"))


def test_a_mark_is_when_its_word_begins(opened: Callable[..., Opened]) -> None:
    voice, _ = opened()
    said = voice.say("One two. [three] Three [four] four.")
    # Eight letters, a pause of which the fades at both ends are heard as silence, six more.
    start = 0.8 + 0.02 + 0.08 + PAUSE + 0.02
    assert said.marks["three"] == pytest.approx(start, abs=0.01)
    assert said.marks["four"] == pytest.approx(start + 0.6, abs=0.01)


def test_without_times_of_words_a_mark_is_shared_by_letters(opened: Callable[..., Opened]) -> None:
    voice, process = opened()
    process.synthesizer = Hummer(knows_words=False)
    said = voice.say("One two, [three] six ten")
    assert said.marks["three"] == pytest.approx(said.seconds / 2, abs=0.01)


def test_a_spoken_form_of_its_own_is_said(opened: Callable[..., Opened]) -> None:
    voice, process = opened()
    voice.say("w_1 [x] x", spoken="the first weight [x] times x")
    assert process.asked[0]["say"] == "the first weight times x"
    with pytest.raises(VoiceError, match="different marks"):
        voice.say("w_1 [x] x", spoken="the first weight times x")


def test_ones_own_recording_takes_the_place_of_the_voice(
    opened: Callable[..., Opened], tmp_path: Path
) -> None:
    voice, _ = opened()
    record(tmp_path / "own", "Chapter.beat", 3)
    spoken = voice.say("One two, [three] six ten", key="Chapter.other")
    own = voice.say("One two, [three] six ten", key="Chapter.beat")
    assert own.file != spoken.file
    assert own.seconds == pytest.approx(3, abs=0.1)
    assert own.marks["three"] / own.seconds == pytest.approx(spoken.marks["three"] / spoken.seconds)
    assert own.file is not None
    assert loudness(decoded(own.file)) == pytest.approx(-16, abs=0.2)


def test_a_recording_of_another_text_is_named_and_not_played(
    opened: Callable[..., Opened], tmp_path: Path
) -> None:
    voice, _ = opened()
    file = record(tmp_path / "own", "Chapter.beat", 3)
    record(tmp_path / "own", "Chapter.gone", 1)
    assert take_note(tmp_path / "own", {"Chapter.beat": "One two."}) == []
    assert not voice.say("One two.", key="Chapter.beat").complaint
    changed = voice.say("One three.", key="Chapter.beat")
    assert changed.complaint == "beat.wav of Chapter.beat was recorded for 'One two.'"
    assert changed.seconds != pytest.approx(3, abs=0.1)
    # Noting again does not make it fit; recording it again does.
    assert take_note(tmp_path / "own", {"Chapter.beat": "One three."}) == [changed.complaint]
    shutil.copy(record(tmp_path / "own", "Chapter.gone", 2), file)
    assert not voice.say("One three.", key="Chapter.beat").complaint


def test_a_language_without_a_voice_has_recordings_or_nobody(
    opened: Callable[..., Opened], tmp_path: Path
) -> None:
    assert open_voice("default", "zh_CN", tmp_path, tmp_path / "own") is None
    record(tmp_path / "own", "Chapter.beat", 3)
    voice, _ = opened(language="zh_CN")
    said = voice.say("误差变成[big]正方形", key="Chapter.beat")
    assert said.marks["big"] == pytest.approx(said.seconds * 4 / 7, abs=0.01)
    assert voice.say("没有", key="Chapter.other") == Utterance(None, 0.0)


def test_a_voice_of_another_language_reads_what_is_written(
    opened: Callable[..., Opened], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voice.speaking._check_piper", lambda _: None)
    voice, process = opened("zh.onnx", "zh")
    voice.__dict__["_identity"] = "a stand-in"
    said = voice.say("误差变成[big]正方形，损失是0.03。")
    assert process.asked == [{"say": "误差变成正方形，损失是0.03。"}]
    assert said.seconds == pytest.approx(1.5, abs=0.3)  # a tenth of a second a letter
    assert 0.3 < said.marks["big"] < 0.8


def test_two_recordings_of_one_sentence_are_one_line(
    opened: Callable[..., Opened], tmp_path: Path
) -> None:
    voice, _ = opened()
    file = record(tmp_path / "own", "Chapter.beat", 1)
    shutil.copy(file, file.with_suffix(".mp3"))
    with pytest.raises(VoiceError, match=r"Chapter\.beat: allowed is one recording"):
        voice.say("One.", key="Chapter.beat")


@pytest.mark.parametrize("content", ["[]", "{", '{"Chapter.beat": {}}'])
def test_notes_that_cannot_be_read_are_one_line(tmp_path: Path, content: str) -> None:
    (tmp_path / "recordings.json").write_text(content, "utf-8")
    with pytest.raises(VoiceError, match=r"recordings\.json") as error:
        take_note(tmp_path, {})
    assert "\n" not in str(error.value)


def test_no_voice_is_nobody(tmp_path: Path) -> None:
    assert open_voice("none", "en", tmp_path) is None


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("loud", "'loud': allowed are default, none, or the file of a piper voice"),
        ("gone.onnx", r"there is no file gone\.onnx"),
    ],
)
def test_an_unknown_voice_is_one_line(tmp_path: Path, name: str, complaint: str) -> None:
    with pytest.raises(VoiceError, match=complaint) as error:
        open_voice(name, "en", tmp_path)
    assert "\n" not in str(error.value)


def test_a_voice_that_fails_is_one_line(tmp_path: Path) -> None:
    speaker = Speaker(str(tmp_path / "broken.onnx"), 1.0)
    for _ in range(2):  # it goes on answering
        with pytest.raises(VoiceError, match=r"the voice failed: .*Error") as error:
            speaker.ask({"say": "One."})
        assert "\n" not in str(error.value)


def test_a_voice_that_ends_is_one_line_and_the_next_one_is_asked(tmp_path: Path) -> None:
    speaker = Speaker("default", 1.0)
    with pytest.raises(VoiceError, match="holds no sound"):
        speaker.ask({"decode": str(tmp_path / "gone.wav")})
    process = speaker._running()
    process.kill()
    with pytest.raises(VoiceError, match="ended without an answer") as error:
        speaker.ask({"decode": str(tmp_path / "gone.wav")})
    assert "\n" not in str(error.value)
    assert speaker._running().pid != process.pid


def test_the_speaking_process_ends_with_the_one_that_asked() -> None:
    speaker = Speaker("default", 1.0)
    process = speaker._running()
    del speaker
    assert process.wait(timeout=10) == 0


def test_a_forked_process_has_a_voice_of_its_own(tmp_path: Path) -> None:
    speaker = Speaker("default", 1.0)
    first = speaker._running().pid
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.write(write, json.dumps(speaker._running().pid != first).encode())
        os._exit(0)
    os.waitpid(child, 0)
    assert json.loads(os.read(read, 100))
    assert speaker._running().pid == first
    with pytest.raises(VoiceError, match="holds no sound"):
        speaker.ask({"decode": str(tmp_path / "gone.wav")})


def test_who_draws_holds_no_network(tmp_path: Path) -> None:
    code = f"""
import sys
from pathlib import Path
from voice import open_voice
open_voice("default", "en", Path({str(tmp_path)!r}))
print([name for name in ("onnxruntime", "hibari", "av", "numpy") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "[]\n"
