"""``./render.sh slides``: the files that it writes, and what it says."""

from __future__ import annotations

import re
from pathlib import Path

import av
import pytest
from pptx import Presentation

from tests.studio.film.films import frames_of
from tests.studio.project import Project, make_it_speak

NAMES = ("Quick-1", "Quick-2", "Other-1")


def test_each_beat_is_a_clip_and_a_still(folder: Path) -> None:
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    clips = {"clips/s0_Quick-1.mp4", "clips/s0_Quick-2.mp4", "clips/s1_Other-1.mp4"}
    reveal = {f"reveal/{name}" for name in ("LICENSE", "notes.js", "reveal.css", "reveal.js")}
    files = {"index.html", "lecture.pdf", "lecture.pptx", "slides.css", "slides.js"}
    assert found == clips | {f"stills/{name}.jpg" for name in NAMES} | reveal | files
    for clip in clips:
        assert len(frames_of(folder / clip)) == 3
        with av.open(folder / clip) as film:
            assert not film.streams.audio


def test_the_pdf_has_a_page_a_beat(folder: Path) -> None:
    pages = re.findall(rb"/Type /Page\b(?!s)", (folder / "lecture.pdf").read_bytes())
    assert len(pages) == 3


def test_powerpoint_has_the_clips_and_the_notes(folder: Path) -> None:
    slides = Presentation(str(folder / "lecture.pptx")).slides
    notes = [s.notes_slide.notes_text_frame.text for s in slides]
    assert notes == ["It appears.", "It moves.", "It turns."]
    for slide, clip in zip(slides, sorted((folder / "clips").iterdir()), strict=True):
        media = [r.target_part.blob for r in slide.part.rels.values() if "media" in r.reltype]
        assert media[0] == clip.read_bytes()
        assert slide.shapes[0].left == 0
        assert 'delay="0"' in slide.part.blob.decode(), "it plays by itself"


def test_a_second_time_there_is_nothing_to_do(slides: Project) -> None:
    again = slides.run("slides", "-ql")
    expected = "Nothing to do: 3 slides in exports/480p15/slides/ as asked for.\n"
    assert (again.returncode, again.stdout) == (0, expected)


def test_slides_of_one_chapter(made: Project) -> None:
    assert made.run("slides", "-ql", "Other").returncode == 0
    assert made.exported("480p15/slides/clips/*") == {"480p15/slides/clips/Other-1.mp4"}
    page = (made.root / "exports/480p15/slides/index.html").read_text()
    assert "<title>A circle</title>" in page
    assert page.count("A circle</") == 3, "as title, heading and column, and in no list of one"


def test_nothing_is_rendered(made: Project) -> None:
    made.edit("scenes/quick.py", "0.2)", "0.4)")
    result = made.run("slides", "-ql", "--theme", "dark")
    assert result.returncode == 2
    expected = "slides: no film of Quick as it is now: run ./render.sh -ql --theme dark Quick\n"
    assert result.stderr == f"render.sh: {expected}"
    assert not made.exported("480p15/slides/*")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["-ql", "Nowhere"], "unknown chapter Nowhere; allowed are Quick, Other"),
        (["-ql", "--voice", "Nowhere"], "unknown chapter Nowhere; allowed are Quick, Other"),
        (["-ql", "--voice", "none"], "run ./render.sh -ql --voice none"),
        (["-ql"], "slides: no film of Quick, Other as it is now: run ./render.sh -ql"),
        (["--lesson", "a b.toml"], "a b.toml"),
    ],
)
def test_an_error_is_one_line(project: Project, arguments: list[str], complaint: str) -> None:
    result = project.run("slides", *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("render.sh: ")
    assert complaint in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_silent_films_have_no_voice(made: Project) -> None:
    result = made.run("slides", "-ql", "--voice")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "render.sh: slides --voice: nobody speaks in these films\n"


def test_the_voice_is_heard_where_it_is_asked_for(project: Project) -> None:
    make_it_speak(project, 1)
    assert project.run("-ql", "--films-only", "Other").returncode == 0
    clip = project.root / "exports/480p15/slides/clips/Other-1.mp4"
    for option, tracks in ([], 0), (["--voice"], 1):
        result = project.run("slides", "-ql", "Other", *option)
        assert (result.returncode, result.stderr) == (0, "")
        with av.open(clip) as film:
            assert len(film.streams.audio) == tracks
    page = (clip.parents[1] / "index.html").read_text()
    assert "muted" not in page
    assert '<aside class="notes">Turns 3 times.</aside>' in page


def test_films_that_were_rendered_silent_have_slides(project: Project) -> None:
    make_it_speak(project, 1)
    assert project.run("-ql", "--films-only", "--voice", "none", "Other").returncode == 0
    result = project.run("slides", "-ql", "Other")
    assert result.returncode == 2
    expected = "the films that are there are silent: run ./render.sh slides -ql --voice none Other"
    assert result.stderr == f"render.sh: slides: {expected}\n"
    result = project.run("slides", "Other", "-ql", "--voice", "none")
    assert (result.returncode, result.stderr) == (0, "")
    assert "exports/silent-480p15/slides/" in result.stdout
