"""The engine draws every frame of every chapter as manim does."""

from __future__ import annotations

from pathlib import Path

import pytest

from fastcairo.levers import LEVERS_VARIABLE
from fastcairo.testing import differences, rendered_frames
from scenes.manifest import CHAPTERS, Chapter
from tests.scenes import stage


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)
def test_frames_equal_those_of_manim(
    chapter: Chapter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = stage.load(chapter)
    kind.given_lesson = stage.SILENT_LESSON
    few = {"frame_rate": 4, "media_dir": tmp_path}
    monkeypatch.setenv(LEVERS_VARIABLE, "")
    stock = rendered_frames(kind, **few)
    monkeypatch.delenv(LEVERS_VARIABLE)
    faults = list(differences(stock, rendered_frames(kind, **few)))
    assert not faults, f"{chapter.name}: " + "; ".join(faults)
