from __future__ import annotations

from gettext import NullTranslations
from pathlib import Path

import pytest
import torch
from manim import tempconfig

from linreg.lesson_file import load_lesson
from linreg.study.recording import train
from visuals import stage
from visuals.captions import CAPTION_LINES, caption_pages
from visuals.stage import LectureScene
from visuals.writing import LATIN

LONG = (
    "The gradient for the bias is the mean pull, the gradient for the weight is the mean of "
    "pull times lever, and the picture says so before the chain rule proves it to anybody."
)


class Chapter(LectureScene):
    """A chapter of two beats, of which the second does nothing."""

    def construct(self) -> None:
        self.beat(self.first)
        self.beat(self.second)

    def first(self) -> None:
        with self.saying("short"):
            self.wait(8)

    def second(self) -> None:
        with self.saying("long"):
            pass


class Texts(NullTranslations):
    """A catalogue of the chapter's captions."""

    def gettext(self, message: str) -> str:
        return {"Chapter.short": "Short words.", "Chapter.long": LONG}.get(message, message)


@pytest.fixture
def chapter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Chapter:
    monkeypatch.setattr(stage.language, "in_use", Texts)
    monkeypatch.setattr(stage, "Strip", lambda _: stage.Words("strip"))
    monkeypatch.setattr(stage, "open_voice_of", lambda _: None)
    settings = {"pixel_width": 160, "pixel_height": 90, "frame_rate": 5}
    with tempconfig({**settings, "media_dir": str(tmp_path), "verbosity": "ERROR"}):
        scene = Chapter()
        scene.render()
    return scene


@pytest.mark.parametrize("text", ["One.", LONG, "word " * 40, "x" * 42, f"{'x' * 30} {'y' * 30}"])
def test_captions_fit_two_lines(text: str) -> None:
    pages = caption_pages(text)
    assert " ".join(" ".join(pages).split()) == " ".join(text.split())
    for page in pages:
        assert len(page.splitlines()) <= CAPTION_LINES
        assert max(map(len, page.splitlines())) <= LATIN.columns


def test_a_beat_is_a_section_a_caption_and_an_entry(chapter: Chapter) -> None:
    sections = [section.name for section in chapter.renderer.file_writer.sections]
    assert sections[-2:] == ["first", "second"]
    assert [beat.name for beat in chapter.beats] == ["first", "second"]
    first, second = chapter.beats
    assert first.start == 0
    assert first.end == pytest.approx(8, abs=0.2)
    assert second.start == first.end


def test_a_beat_lasts_as_long_as_its_caption_is_read(chapter: Chapter) -> None:
    beat = chapter.beats[1]
    assert beat.end - beat.start == pytest.approx(len(LONG) / LATIN.reading_speed, abs=0.3)


def test_captions_fill_their_beat_one_after_the_other(chapter: Chapter) -> None:
    captions = chapter.renderer.file_writer.subcaptions
    starts = [caption.start.total_seconds() for caption in captions]
    ends = [caption.end.total_seconds() for caption in captions]
    assert starts[0] == 0
    assert starts[1:] == pytest.approx(ends[:-1], abs=0.01)
    assert ends[-1] == pytest.approx(chapter.time, abs=0.01)


def test_the_run_is_made_once_for_a_lesson() -> None:
    lesson = load_lesson()
    assert stage.trace_of(lesson) is stage.trace_of(lesson)


def test_the_run_is_that_of_its_lesson() -> None:
    lesson = load_lesson()
    other = lesson.model_copy(update={"lr": lesson.lr / 2})
    assert torch.equal(stage.trace_of(lesson).w, train(lesson).w)
    assert torch.equal(stage.trace_of(other).w, train(other).w)
    assert not torch.equal(stage.trace_of(lesson).w, stage.trace_of(other).w)


def test_a_bad_lesson_ends_a_scene_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bad.toml"
    file.write_text("lr = 1\n")
    monkeypatch.setenv("LESSON", str(file))
    with tempconfig({"media_dir": str(tmp_path)}), pytest.raises(SystemExit) as end:
        Chapter().setup()
    assert end.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
