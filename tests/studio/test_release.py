"""Files that ``./render.sh`` leaves in exports/ beside the chapters, none made twice."""

from __future__ import annotations

import signal
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from tests.studio.film import films
from tests.studio.project import SMALL, Project, eventually, film_files, is_alive

TITLE = 'Shapes <script> "]]>'
NAMES = ("Quick", "Other")

ENCODING = "\n        redirect_output(task.log)"

SLEEPING = f"""
        import time
        (folder.parents[2] / "encoding").write_text(str(os.getpid()))
        time.sleep(600){ENCODING}"""


@pytest.fixture
def exports(finished: Path) -> Path:
    return finished / "exports/480p15"


def frame_count(file: Path) -> int:
    with av.open(file) as container:
        return container.streams.video[0].frames


def small_files(*names: str) -> set[str]:
    return {f"480p15/{name}.{ending}" for name in names for ending in SMALL}


def test_lecture_is_its_chapters(exports: Path) -> None:
    counts = [frame_count(exports / f"{name}.mp4") for name in NAMES]
    assert counts == [6, 3]
    lecture = exports / "lecture.mp4"
    assert frame_count(lecture) == sum(counts)
    marks = films.chapters_of(lecture)
    assert [mark[2] for mark in marks] == ["A square", "A circle"]
    assert [mark[:2] for mark in marks] == [(0.0, 0.4), (0.4, 0.6)]
    boxes = films.boxes(lecture)
    assert boxes.index("moov") < boxes.index("mdat")
    with av.open(lecture) as container:
        assert container.metadata["title"] == TITLE
        context = container.streams.video[0].codec_context
        tags = (context.color_primaries, context.color_trc, context.colorspace)
        assert (*tags, context.color_range) == (1, 1, 6, 1)
    with av.open(exports / "lecture.webm") as container:
        assert container.duration / av.time_base == pytest.approx(0.6, abs=0.002)


def test_captions_are_inside_and_beside(exports: Path) -> None:
    texts = ["It appears.", "It moves.", "It turns."]
    captions = films.captions_of(exports / "lecture.mp4")
    assert [text for _, _, text in captions] == texts
    assert [start for start, _, _ in captions] == pytest.approx([0.0, 0.2, 0.4], abs=0.001)
    for ending in ("vtt", "srt"):
        beside = (exports / f"lecture.{ending}").read_text()
        assert [line for line in beside.splitlines() if line.startswith("It")] == texts
        for name, text in (("Quick", "It moves."), ("Other", "It turns.")):
            assert text in (exports / f"{name}.{ending}").read_text()
    assert [c[2] for c in films.captions_of(exports / "Other.mp4")] == ["It turns."]


def test_chapters_and_transcript_lie_beside(exports: Path) -> None:
    assert (exports / "lecture.description.txt").read_text().count("\n\n") == 3
    assert (exports / "lecture.chapters.txt").read_text() == "0:00 A square\n0:00 A circle\n"
    assert (
        "00:00:00.400 --> 00:00:00.600\nA circle" in (exports / "lecture.chapters.vtt").read_text()
    )
    transcript = (exports / "lecture.md").read_text()
    assert transcript.startswith('# Shapes \\<script\\> "\\]\\]\\>\n\n## A square\n')
    assert "It turns." in transcript


def test_chapter_has_its_title_and_plays_while_it_loads(exports: Path) -> None:
    boxes = films.boxes(exports / "Other.mp4")
    assert boxes.index("moov") < boxes.index("mdat")
    with av.open(exports / "Other.mp4") as container:
        assert container.metadata["title"] == "A circle"


def test_posters_show_something(exports: Path) -> None:
    for name in (*NAMES, "lecture"):
        with Image.open(exports / f"{name}.webp") as image:
            assert image.size == (854, 480)
            assert np.asarray(image.convert("L")).max() > 100
    # The manifest says which chapter's.
    assert (exports / "lecture.webp").read_bytes() == (exports / "Other.webp").read_bytes()
    with Image.open(exports / "lecture.thumbnail.png") as image:
        assert image.size == (1280, 720)


def test_a_new_title_draws_and_encodes_nothing(made: Project) -> None:
    made.edit("assets/locales/en/lecture.po", '"A circle"', '"<b>A *disc*</b>"')
    before = {n: (made.root / "exports" / n).stat().st_mtime_ns for n in small_files(*NAMES)}
    result = made.run("-ql")
    assert result.returncode == 0, result.stderr
    assert "at frame" not in result.stdout
    assert {n: (made.root / "exports" / n).stat().st_mtime_ns for n in before} == before
    lecture = made.root / "exports/480p15/lecture.mp4"
    assert films.chapters_of(lecture)[1][2] == "<b>A *disc*</b>"
    assert "## \\<b\\>A \\*disc\\*\\</b\\>" in lecture.with_suffix(".md").read_text()
    assert made.run("-ql").stdout.startswith("Nothing to do")


def test_lost_files_come_from_the_cache(made: Project) -> None:
    names = ("lecture.mp4", "lecture.webp", "Quick.webm", "Quick.gif", "Other.vtt")
    whole = {}
    for name in names:
        file = made.root / "exports/480p15" / name
        whole[file] = file.read_bytes()
        file.unlink()
    result = made.run("-ql")
    assert result.returncode == 0, result.stderr
    assert "Small films" not in result.stdout
    assert {file: file.read_bytes() for file in whole} == whole


def test_damaged_small_forms_are_made_again(made: Project) -> None:
    (kept,) = made.root.glob(".cache/made/Quick/small/*/Quick.webm")
    kept.write_bytes(kept.read_bytes()[:-1])
    result = made.run("-ql")
    assert result.returncode == 0, result.stderr
    assert "Small films" in result.stdout
    assert "Other: " not in result.stdout
    assert made.run("-ql").stdout.startswith("Nothing to do")


WAITS = """
import pathlib
import time

from visuals.stage import Stage


class Other(Stage):
    def construct(self):
        self.beat_began("waits")
        until = time.monotonic() + 120
        while not any(pathlib.Path(".cache").rglob("Quick.webm")):
            assert time.monotonic() < until, "no small film was begun"
            time.sleep(0.05)
        self.wait(0.5)
        self.beat_ended("waits")
"""


def test_small_forms_are_made_while_the_last_chapter_is_drawn(project: Project) -> None:
    (project.root / "scenes/other.py").write_text(WAITS)
    result = project.run("-ql", "--jobs", "2")
    assert result.returncode == 0, result.stderr
    assert small_files(*NAMES) <= project.exported()
    drawn, encoded = result.stdout.split("Small films and loops:")
    for part in (drawn, encoded):
        assert part.count("Quick: done") == part.count("Other: done") == 1


def test_one_chapter_leaves_the_lecture_alone(made: Project) -> None:
    lecture = made.root / "exports/480p15/lecture.mp4"
    before = lecture.stat().st_mtime_ns
    made.edit("scenes/other.py", "run_time=0.2", "run_time=0.4")
    result = made.run("-ql", "Other")
    assert result.returncode == 0, result.stderr
    assert lecture.stat().st_mtime_ns == before
    assert "lecture" not in result.stdout
    assert "exports/480p15/lecture.mp4" in made.run("-ql").stdout
    assert frame_count(lecture) == 12


@pytest.fixture
def sleepy(project: Project) -> Project:
    """A project whose encoders never end; they write their process' id to ``encoding``."""
    project.edit("studio/film/production.py", ENCODING, SLEEPING)
    return project


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_stopping_the_encoders_harms_nothing(sleepy: Project, number: signal.Signals) -> None:
    process = sleepy.start("-ql")
    note = sleepy.root / ".cache/encoding"
    eventually(lambda: note.exists() and note.read_text())
    encoder = int(note.read_text())
    process.send_signal(number)
    _, err = process.communicate(timeout=600)
    if number == signal.SIGINT:
        assert process.returncode == 130
        assert err == "render.sh: stopped; finished chapters are kept\n"
    eventually(lambda: not is_alive(encoder))
    assert sleepy.exported() == film_files(*NAMES)
    sleepy.edit("studio/film/production.py", SLEEPING, ENCODING)
    result = sleepy.run("-ql")
    assert result.returncode == 0, result.stderr
    assert "Quick: appears" not in result.stdout
    assert small_files(*NAMES) < sleepy.exported()
    assert "480p15/lecture.mp4" in sleepy.exported()
    assert list((sleepy.root / ".cache/scratch").iterdir()) == []


@pytest.mark.parametrize(
    ("fault", "complaint"),
    [
        ("raise ValueError('no good')", "Other failed: ValueError: no good (studio/film/"),
        ("raise OSError(28, 'x')", "Other failed: no space left on the disk; log: "),
    ],
)
def test_failing_encoder_is_named_and_its_chapter_left_out(
    project: Project, fault: str, complaint: str
) -> None:
    project.edit(
        "studio/film/encoding.py",
        "    width, height = clip.small_size",
        f"    if clip.name == 'Other':\n        {fault}\n    width, height = clip.small_size",
    )
    result = project.run("-ql")
    assert result.returncode == 1
    assert complaint in result.stderr
    assert "exports/480p15/lecture.mp4 is without Other" in result.stderr
    assert small_files("Quick") < project.exported()
    assert not small_files("Other") & project.exported()
    assert frame_count(project.root / "exports/480p15/lecture.mp4") == 6


def test_chapter_without_beats_or_words_is_a_clip_too(project: Project) -> None:
    project.edit("scenes/other.py", 'self.beat_began("turns")', "pass")
    project.edit("scenes/other.py", 'self.beat_ended("turns")', "pass")
    project.edit("scenes/other.py", "self.add_subcaption(", "str((")
    project.edit("scenes/other.py", "duration=0.2)", "))")
    result = project.run("-ql", "Other")
    assert result.returncode == 0, result.stderr
    assert small_files("Other") < project.exported()
    assert (project.root / "exports/480p15/Other.vtt").read_text() == "WEBVTT\n"
