"""Sound is trimmed, read at any rate, and as loud as it should be."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from voice import VoiceError
from voice.sound import (
    LOUDNESS,
    PEAK,
    RATE,
    Samples,
    decoded,
    loudness,
    mastered,
    resampled,
    trimmed,
    wav,
)  # fmt: skip


def babble(seconds: float, rate: int = RATE) -> Samples:
    """Return noise whose level changes like speech, the same each time."""
    times = np.arange(round(seconds * rate)) / rate
    noise = np.random.default_rng(0).standard_normal(len(times))
    return np.asarray(0.05 * noise * (1 + np.sin(7 * times)) ** 2, np.float32)


def loudness_by_ffmpeg(samples: Samples) -> float:
    """Return the loudness as another program's meter has it."""
    graph = av.filter.Graph()
    source = graph.add_abuffer(
        sample_rate=RATE,
        format="flt",
        layout="mono",
        time_base=f"1/{RATE}",  # type: ignore[arg-type]
    )
    meter = graph.add("ebur128", "metadata=1")
    sink = graph.add("abuffersink")
    graph.link_nodes(source, meter, sink).configure()
    last = ""
    for start in range(0, len(samples), RATE // 10):
        frame = av.AudioFrame.from_ndarray(
            samples[None, start : start + RATE // 10], format="flt", layout="mono"
        )
        frame.rate = RATE
        graph.push(frame)
        while True:
            try:
                got = graph.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                break
            last = got.metadata.get("lavfi.r128.I", last)
    return float(last)


def test_loudness_is_what_another_meter_says() -> None:
    speech = np.concatenate([babble(3), np.zeros(RATE, np.float32), babble(2) / 30])
    assert loudness(speech) == pytest.approx(loudness_by_ffmpeg(speech), abs=0.1)


def test_every_utterance_is_as_loud_as_the_others_and_none_is_clipped() -> None:
    for level in (0.001, 0.3, 1.0):
        speech = mastered(babble(3) * np.float32(level))
        assert loudness(speech) == pytest.approx(LOUDNESS, abs=0.1)
        assert np.abs(speech).max() <= PEAK


def test_a_short_word_is_loud_too_and_silence_stays_silent() -> None:
    assert loudness(mastered(babble(0.2))) == pytest.approx(LOUDNESS, abs=0.1)
    assert not mastered(np.zeros(RATE, np.float32)).any()


def test_a_limited_peak_does_not_change_what_is_far_from_it() -> None:
    speech = mastered(babble(2))
    peaky = speech.copy()
    peaky[RATE] = 3.0
    assert np.abs(mastered(peaky)).max() <= PEAK


def test_silence_is_cut_at_both_ends_and_nowhere_else() -> None:
    silence = np.zeros(RATE // 2, np.float32)
    samples, first = trimmed(
        np.concatenate([silence, babble(1), silence, babble(1), silence]), RATE
    )
    assert first / RATE == pytest.approx(0.48, abs=0.01)
    assert len(samples) / RATE == pytest.approx(2.6, abs=0.02)
    assert samples[0] == samples[-1] == 0
    assert not trimmed(silence, RATE)[0].size


def test_a_tone_is_the_same_tone_at_another_rate() -> None:
    tone = np.asarray(np.sin(2 * np.pi * 440 * np.arange(24_000) / 24_000), np.float32)
    again = resampled(tone, 24_000)
    assert len(again) == pytest.approx(RATE, abs=50)
    spectrum = np.abs(np.fft.rfft(again, RATE))
    assert spectrum.argmax() == 440


@pytest.mark.parametrize(
    ("kind", "codec"), [("wav", "pcm_s16le"), ("flac", "flac"), ("ogg", "libopus")]
)
def test_a_recording_of_any_kind_and_rate_is_read(tmp_path: Path, kind: str, codec: str) -> None:
    rate = 48_000 if kind == "ogg" else 22_050
    file = tmp_path / f"own.{kind}"
    left = babble(2, rate)
    with av.open(file, "w") as container:
        stream = container.add_stream(codec, rate=rate, layout="stereo")
        frame = av.AudioFrame.from_ndarray(
            np.round(np.stack([left, left], axis=1).reshape(1, -1) * 32767).astype(np.int16),
            format="s16",
            layout="stereo",
        )
        frame.rate = rate
        container.mux([*stream.encode(frame), *stream.encode(None)])
    samples = decoded(file)
    assert len(samples) / RATE == pytest.approx(2, abs=0.05)
    assert np.abs(samples).max() > 0.1


@pytest.mark.parametrize("content", [b"", b"no sound" * 100])
def test_a_file_without_sound_is_one_line(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "own.wav"
    file.write_bytes(content)
    with pytest.raises(VoiceError, match=r"own\.wav: holds no sound"):
        decoded(file)
    with pytest.raises(VoiceError, match=r"own\.wav: holds no sound"):
        decoded(tmp_path / "gone" / "own.wav")


def test_what_is_kept_is_a_wav_of_one_channel(tmp_path: Path) -> None:
    file = tmp_path / "a.wav"
    speech = mastered(babble(1))
    file.write_bytes(wav(speech))
    assert decoded(file) == pytest.approx(speech, abs=1e-4)
