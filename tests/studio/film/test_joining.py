"""Films joined without encoding, read back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from studio.failures import ChapterError
from studio.film.joining import FilmPart, FilmText, join
from studio.film.records import Clip, Cue, Lecture
from tests.studio.film import films
from tests.studio.film.films import RATE, clip, film, frames_of

FRAMES = {"A": 45, "B": 31, "C": 8}
"""Lengths of the parts: no whole seconds."""


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("parts")
    return {name: film(folder / f"{name}.mp4", count) for name, count in FRAMES.items()}


@pytest.fixture(scope="module")
def lecture() -> Lecture:
    titles = {"A": '<script> "]]>', "B": "Ünïcode – ∑", "C": "two\nlines"}
    clips = tuple(clip(name, count, title=titles[name]) for name, count in FRAMES.items())
    return Lecture("The lecture", "en", "dark", clips)


@pytest.fixture(scope="module")
def joined(
    parts: dict[str, Path], lecture: Lecture, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    target = tmp_path_factory.mktemp("joined") / "lecture.mp4"
    words = FilmText(lecture.title, lecture.cues, lecture.chapters)
    join(target, [part(parts[c.name], c) for c in lecture.clips], words)
    return target


def part(file: Path, of: Clip) -> FilmPart:
    return FilmPart(file, Fraction(of.frames, of.frame_rate))


def packets(files: Sequence[Path]) -> list[bytes]:
    found = []
    for file in files:
        with av.open(file) as container:
            found += [bytes(p) for p in container.demux(container.streams.video[0]) if p.size]
    return found


def test_pictures_are_those_of_the_parts_unchanged(joined: Path, parts: dict[str, Path]) -> None:
    assert packets([joined]) == packets([parts[name] for name in FRAMES])


def test_every_frame_comes_at_its_time(joined: Path, parts: dict[str, Path]) -> None:
    frames = frames_of(joined)
    times = [time for time, _ in frames]
    assert times == pytest.approx([number / RATE for number in range(sum(FRAMES.values()))])
    first_of_b = frames_of(parts["B"])[0][1]
    assert np.array_equal(frames[FRAMES["A"]][1], first_of_b)


def test_streams_and_colours(joined: Path) -> None:
    with av.open(joined) as container:
        assert container.metadata["title"] == "The lecture"
        video, captions = container.streams.video[0], container.streams.subtitles[0]
        context = video.codec_context
        assert context.name == "h264"
        # BT.709 primaries and transfer, SMPTE 170M matrix, limited range.
        tags = (context.color_primaries, context.color_trc, context.colorspace)
        assert (*tags, context.color_range) == (1, 1, 6, 1)
        assert captions.codec_context.name == "mov_text"
        assert video.frames == sum(FRAMES.values())
        assert video.average_rate == RATE
        assert float(video.duration * video.time_base) == pytest.approx(84 / RATE)


def test_index_comes_before_pictures(joined: Path) -> None:
    boxes = films.boxes(joined)
    assert boxes.index("moov") < boxes.index("mdat")


def test_chapters_are_the_parts_to_a_frame(joined: Path) -> None:
    marks = films.chapters_of(joined)
    starts = np.cumsum([0, *FRAMES.values()]) / RATE
    assert [start for start, _, _ in marks] == pytest.approx(list(starts[:-1]), abs=0.001)
    assert [end for _, end, _ in marks] == pytest.approx(list(starts[1:]), abs=0.001)
    assert [title for _, _, title in marks] == ['<script> "]]>', "Ünïcode – ∑", "two lines"]


def test_captions_are_inside(joined: Path, lecture: Lecture) -> None:
    captions = films.captions_of(joined)
    assert len(captions) == len(lecture.cues) == 9
    for (start, end, text), cue in zip(captions, lecture.cues, strict=True):
        assert (start, end) == pytest.approx((cue.start, cue.end), abs=0.001)
        assert text == cue.text


def test_tracks_of_text_have_names_of_their_own(joined: Path) -> None:
    names = re.findall(
        rb"hdlr.{8}text.{12}([^\0]+)\0|hdlr.{8}sbtl.{12}([^\0]+)\0", joined.read_bytes(), re.S
    )
    found = [one or other for one, other in names]
    assert len(found) == 2
    assert b"Captions" in found
    assert len(set(found)) == 2


def test_captions_with_gaps_end_when_they_should(parts: dict[str, Path], tmp_path: Path) -> None:
    cues = (Cue(0.5, 1.0, "one"), Cue(2.0, 2.5, "two"))
    join(tmp_path / "A.mp4", [FilmPart(parts["A"], Fraction(3))], FilmText("A", cues))
    assert films.captions_of(tmp_path / "A.mp4") == [(0.5, 1.0, "one"), (2.0, 2.5, "two")]


def test_a_film_without_words(parts: dict[str, Path], tmp_path: Path) -> None:
    join(tmp_path / "A.mp4", [FilmPart(parts["A"], Fraction(3))], FilmText("A"))
    with av.open(tmp_path / "A.mp4") as container:
        assert len(container.streams) == 1
        assert container.chapters() == []
    assert packets([tmp_path / "A.mp4"]) == packets([parts["A"]])


def test_two_joins_are_the_same_file(parts: dict[str, Path], tmp_path: Path) -> None:
    files = []
    for name in ("one.mp4", "two.mp4"):
        join(tmp_path / name, [FilmPart(parts["B"], Fraction(31, 15))], FilmText("B"))
        files.append((tmp_path / name).read_bytes())
    assert files[0] == files[1]


def test_parts_that_are_encoded_otherwise_are_refused(
    parts: dict[str, Path], tmp_path: Path
) -> None:
    other = film(tmp_path / "Other.mp4", 8, size=(640, 360))
    pieces = [FilmPart(parts["A"], Fraction(3)), FilmPart(other, Fraction(8, 15))]
    with pytest.raises(ChapterError, match=r"Other\.mp4 is encoded otherwise"):
        join(tmp_path / "lecture.mp4", pieces, FilmText(""))
