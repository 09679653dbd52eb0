"""The small forms of a film, read back: they show what the film shows, when it does."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from studio.film import encoding
from studio.film.joining import FilmPart, FilmText, join
from studio.film.pictures import sampled
from studio.film.records import Clip, fitted
from studio.jobs import BeatTimes
from tests.studio.film.films import RATE, clip, film, frames_of, position, seen_position

FRAMES = 90


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("forms")
    file, of = film(folder / "film.mp4", FRAMES), clip("A", FRAMES)
    encoding.save_poster(of, file, folder / of.poster)
    encoding.encode_loop(of, file, folder / of.loop, folder / of.fallback)
    encoding.encode_small(of, file, folder / of.small, lambda _: None)
    return folder


def shown_at(frames: list[tuple[float, np.ndarray]], seconds: float) -> np.ndarray:
    """Return what a player shows at a time."""
    return [picture for time, picture in frames if time <= seconds + 1e-3][-1]


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for the threads' turns")
def test_an_encoder_leaves_the_cores_to_others(folder: Path, tmp_path: Path) -> None:
    policies: set[int] = set()

    def watched(frames: encoding.Ticked) -> Iterator[tuple[int, av.VideoFrame]]:
        for frame in frames:
            threads = Path("/proc/self/task").iterdir()
            policies.update(os.sched_getscheduler(int(thread.name)) for thread in threads)
            yield frame

    of = clip("A", FRAMES)
    size, rate = of.small_size, Fraction(RATE)
    frames = [(tick, frame.reformat(*size)) for tick, frame in sampled(folder / "film.mp4", rate)]
    encoding._encode_av1(watched(frames), rate, size, tmp_path / "a.webm", Fraction(FRAMES, RATE))
    assert policies == {os.SCHED_OTHER}


def test_sampling_leaves_out_what_stands_still(folder: Path) -> None:
    ticks = [tick for tick, _ in sampled(folder / "film.mp4", Fraction(RATE))]
    # The encoder refines what stands still for a few frames more.
    assert set(range(31, 60)) <= set(ticks)
    assert ticks[0] == 0
    assert ticks[-1] == FRAMES - 1
    assert len(ticks) < FRAMES - 10


def test_sampling_at_another_rate_keeps_the_time(folder: Path) -> None:
    for tick, frame in sampled(folder / "film.mp4", Fraction(25, 4), start=2.0, end=4.0):
        at = 2.0 + tick / 6.25
        assert at - 1e-6 <= frame.time < at + 1 / RATE + 1e-6
        assert frame.time < 4.0


def test_small_film_shows_the_film(folder: Path) -> None:
    of = clip("A", FRAMES)
    with av.open(folder / of.small) as container:
        stream = container.streams.video[0]
        assert stream.codec_context.name in ("libdav1d", "av1", "libaom-av1")
        context = stream.codec_context
        tags = (context.color_primaries, context.color_trc, context.colorspace)
        assert (*tags, context.color_range) == (1, 1, 6, 1)
        assert (stream.width, stream.height) == of.small_size == (320, 180)
        assert container.duration / av.time_base == pytest.approx(of.duration, abs=0.002)
    frames = frames_of(folder / of.small)
    for number in range(0, FRAMES, 4):
        seen = seen_position(shown_at(frames, number / RATE))
        assert abs(seen - position(number, FRAMES)) <= 2


def test_small_films_are_joined_too(folder: Path, tmp_path: Path) -> None:
    of = clip("A", FRAMES)
    piece = FilmPart(folder / of.small, Fraction(FRAMES, RATE))
    join(tmp_path / "lecture.webm", [piece, piece], FilmText("Twice"))
    frames = frames_of(tmp_path / "lecture.webm")
    with av.open(tmp_path / "lecture.webm") as container:
        assert container.duration / av.time_base == pytest.approx(12, abs=0.002)
        assert container.metadata["title"] == "Twice"
    for number in range(0, 2 * FRAMES, 7):
        seen = seen_position(shown_at(frames, number / RATE))
        assert abs(seen - position(number % FRAMES, FRAMES)) <= 2


@pytest.mark.parametrize("role", ["loop", "fallback"])
def test_loop_is_the_best_beat_and_closes_softly(folder: Path, role: str) -> None:
    of = clip("A", FRAMES)
    file = folder / getattr(of, role)
    # An AVIF holds its first picture as a still as well.
    frames = frames_of(file, stream=-1)
    times = [time for time, _ in frames]
    assert times[0] == 0
    assert 2.0 < times[-1] < 2.0 + encoding.FADE / encoding.LOOP_RATE
    pictures = [picture for _, picture in frames]
    assert pictures[0].shape == (180, 320, 3)
    middle = shown_at(frames, 1.0)
    assert abs(seen_position(middle) - position(45, FRAMES)) <= 6
    # The fade leads from the last picture of the beat back to its first.
    first, last = pictures[0].astype(float), pictures[-encoding.FADE].astype(float)
    distances = [np.abs(p - first).mean() for p in pictures[-encoding.FADE :]]
    assert distances == sorted(distances, reverse=True)
    assert distances[-1] < np.abs(last - first).mean() / 3


def test_loops_play_without_end(folder: Path) -> None:
    with Image.open(folder / "A.gif") as gif:
        assert gif.info["loop"] == 0
        assert gif.n_frames > 20
    with Image.open(folder / "A.avif") as avif:
        assert avif.is_animated


def test_a_long_beat_is_looped_to_its_end(folder: Path, tmp_path: Path) -> None:
    long = clip("A", FRAMES, beats=(BeatTimes("moves", 0, 6),))
    start = encoding.LOOP_SECONDS
    try:
        encoding.LOOP_SECONDS = 2.0
        encoding.encode_loop(long, folder / "film.mp4", tmp_path / "a.avif", tmp_path / "a.gif")
    finally:
        encoding.LOOP_SECONDS = start
    frames = frames_of(tmp_path / "a.gif")
    assert seen_position(frames[0][1]) == pytest.approx(position(FRAMES - 1, FRAMES), abs=2)
    assert frames[-1][0] < 2.5


def test_a_heavy_gif_gets_fewer_frames(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = clip("A", FRAMES)
    monkeypatch.setattr(encoding, "GIF_BYTES", (folder / of.fallback).stat().st_size - 1)
    encoding.encode_loop(of, folder / "film.mp4", tmp_path / "a.avif", tmp_path / "a.gif")
    assert len(frames_of(tmp_path / "a.gif")) < len(frames_of(folder / of.fallback))
    assert (tmp_path / "a.avif").read_bytes() == (folder / of.loop).read_bytes()


def test_poster_is_the_last_frame_of_the_best_beat(folder: Path) -> None:
    of = clip("A", FRAMES)
    with Image.open(folder / of.poster) as image:
        assert image.size == of.small_size
        picture = np.asarray(image.convert("RGB"))
    assert picture.std() > 10  # not one colour
    assert abs(seen_position(picture) - position(59, FRAMES)) <= 2
    expected = frames_of(folder / "film.mp4")[59][1]
    assert np.abs(picture.astype(int) - expected).mean() < 3


@pytest.mark.parametrize("beat", [BeatTimes("all", 0, 6), BeatTimes("first", 0, 1 / RATE)])
def test_poster_of_beats_at_the_ends(folder: Path, tmp_path: Path, beat: BeatTimes) -> None:
    of: Clip = clip("A", FRAMES, beats=(beat,), best_beat=beat.name)
    encoding.save_poster(of, folder / "film.mp4", tmp_path / "a.webp")
    with Image.open(tmp_path / "a.webp") as image:
        seen = seen_position(np.asarray(image.convert("RGB")))
    assert abs(seen - position(round(beat.end * RATE) - 1, FRAMES)) <= 2


@pytest.mark.parametrize(
    ("size", "bounds", "expected"),
    [
        ((1920, 1080), (640, 1080), (640, 360)),
        ((854, 480), (854, 720), (854, 480)),
        ((854, 480), (640, 480), (640, 360)),
        ((3840, 2160), (3840, 720), (1280, 720)),
    ],
)
def test_sizes_are_even_and_never_larger(
    size: tuple[int, int], bounds: tuple[int, int], expected: tuple[int, int]
) -> None:
    assert fitted(*size, *bounds) == expected
