"""Sound in films: at its time, as long as the pictures, and as loud as it should be."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from studio.film.joining import FilmPart, FilmText, join
from studio.film.sound import SoundCue, film_sound
from tests.studio.film.films import RATE as FRAME_RATE
from tests.studio.film.films import film, frames_of
from voice.sound import LOUDNESS, RATE, Samples, decoded, loudness, wav

FRAMES = (45, 31, 38)
"""Lengths of the parts: no whole seconds, and no whole packets of sound."""

STARTS = (0.2, 1.9, 1.1)
"""In each part, when its utterance begins."""


@pytest.fixture(scope="module")
def beep(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an utterance of a second that begins and ends at once."""
    file = tmp_path_factory.mktemp("beep") / "beep.wav"
    tone = np.sin(2 * np.pi * 440 * np.arange(RATE) / RATE)
    noise = np.random.default_rng(0).standard_normal(RATE)
    file.write_bytes(wav(np.asarray(0.1 * tone + 0.02 * noise, np.float32)))
    return file


@pytest.fixture(scope="module")
def sound(beep: Path) -> Samples:
    parts = [
        ([SoundCue(start, beep)], Fraction(frames, FRAME_RATE))
        for start, frames in zip(STARTS, FRAMES, strict=True)
    ]
    samples = film_sound(parts)
    assert samples is not None
    return samples


@pytest.fixture(scope="module", params=[".mp4", ".webm"])
def joined(
    request: pytest.FixtureRequest, sound: Samples, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("joined")
    parts = []
    for number, frames in enumerate(FRAMES):
        part = film(folder / f"{number}.mp4", frames)
        if request.param == ".webm":
            part = as_webm(part)
        parts.append(FilmPart(part, Fraction(frames, FRAME_RATE)))
    join(folder / f"all{request.param}", parts, FilmText("All"), sound)
    return folder / f"all{request.param}"


def as_webm(file: Path) -> Path:
    """Return a film in the form that WebM takes."""
    target = file.with_suffix(".webm")
    with av.open(target, "w") as output:
        stream = output.add_stream("libvpx-vp9", rate=FRAME_RATE, options={"deadline": "realtime"})
        stream.width, stream.height = 320, 180
        stream.pix_fmt = "yuv420p"
        with av.open(file) as source:
            for number, frame in enumerate(source.decode(video=0)):
                frame.pts, frame.time_base = number, Fraction(1, FRAME_RATE)
                output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return target


def heard(file: Path) -> tuple[Samples, float]:
    """Return the sound of a film, and when its first sample is heard in seconds."""
    with av.open(file) as container:
        frames = list(container.decode(audio=0))
    samples = np.concatenate([frame.to_ndarray().reshape(-1) for frame in frames])
    first = frames[0]
    assert first.pts is not None
    return samples, float(first.pts * first.time_base)


def onsets(samples: Samples, first: float) -> list[float]:
    """Return when silence ends, in seconds."""
    loud = np.convolve(np.abs(samples) > 0.05, np.ones(RATE // 100), "full")[: len(samples)] > 0
    return [float(at) / RATE + first for at in np.flatnonzero(np.diff(loud.astype(int)) == 1)]


def test_every_utterance_is_heard_at_its_time_to_the_end(joined: Path) -> None:
    begins = np.cumsum([0, *FRAMES[:-1]]) / FRAME_RATE
    samples, first = heard(joined)
    assert onsets(samples, first) == pytest.approx(list(begins + STARTS), abs=0.01)


def test_sound_is_as_long_as_the_pictures(joined: Path, sound: Samples) -> None:
    seconds = sum(FRAMES) / FRAME_RATE
    assert len(sound) / RATE == pytest.approx(seconds, abs=1 / RATE)
    samples, first = heard(joined)
    assert first + len(samples) / RATE == pytest.approx(seconds, abs=0.03)
    times = [time for time, _ in frames_of(joined)]
    assert times == pytest.approx([n / FRAME_RATE for n in range(sum(FRAMES))], abs=0.001)


def test_every_film_is_as_loud_and_no_peak_is_clipped(joined: Path) -> None:
    samples, _ = heard(joined)
    assert loudness(samples) == pytest.approx(LOUDNESS, abs=0.3)
    assert np.abs(samples).max() < 10 ** (-1 / 20)


def test_the_sound_is_in_the_form_that_browsers_take(joined: Path) -> None:
    with av.open(joined) as container:
        context = container.streams.audio[0].codec_context
        expected = {".mp4": "aac", ".webm": "opus"}[joined.suffix]
        assert context.codec.canonical_name == expected
        assert (context.sample_rate, context.layout.name) == (RATE, "mono")


def test_what_is_said_beyond_the_end_is_cut(beep: Path) -> None:
    samples = film_sound([([SoundCue(1.5, beep), SoundCue(3.0, beep)], Fraction(2))])
    assert samples is not None
    assert len(samples) == 2 * RATE
    assert samples[-1]


def test_where_nobody_speaks_there_is_no_sound(tmp_path: Path) -> None:
    assert film_sound([((), Fraction(2))]) is None
    join(tmp_path / "a.mp4", [FilmPart(film(tmp_path / "0.mp4", 8), Fraction(8, 15))], FilmText(""))
    with av.open(tmp_path / "a.mp4") as container:
        assert not container.streams.audio


def test_two_films_are_the_same_file(sound: Samples, tmp_path: Path) -> None:
    part = FilmPart(film(tmp_path / "0.mp4", sum(FRAMES)), Fraction(sum(FRAMES), FRAME_RATE))
    files = []
    for name in ("one.mp4", "two.mp4"):
        join(tmp_path / name, [part], FilmText("B"), sound)
        files.append((tmp_path / name).read_bytes())
    assert files[0] == files[1]


def test_the_sound_of_a_cue_is_that_of_its_file(beep: Path) -> None:
    samples = film_sound([([SoundCue(0.5, beep)], Fraction(2))])
    assert samples is not None
    said = decoded(beep)
    again = samples[RATE // 2 : RATE // 2 + RATE]
    assert np.corrcoef(said, again)[0, 1] > 0.999
