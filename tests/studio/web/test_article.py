"""The article tells what the run computed, for any lesson."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from linreg.lesson_file import check_lesson
from linreg.optim import sgd
from linreg.study.recording import train
from linreg.study.report import report
from scenes.manifest import CHAPTERS
from studio.web.article_content import content_for
from studio.web.article_page import links_to
from studio.web.formulas import FormulaError, set_formulas
from studio.web.listings import highlighted
from tests.studio.web.conftest import LESSON
from visuals.source import source_of

NAMES = [chapter.name for chapter in CHAPTERS]
LESSONS: dict[str, dict[str, Any]] = {
    "lands": {},
    "underway": {"lr": 0.001, "num_epochs": 1},
    "stands_still": {"lr": 0.0},
    "diverges": {"lr": 2.5},
    "noiseless": {"noise_std": 0.0, "batch_size": 200},
}


def text_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


@pytest.mark.parametrize("changes", LESSONS.values(), ids=LESSONS)
def test_the_article_tells_the_run(changes: dict[str, Any]) -> None:
    lesson = {**LESSON, **changes}
    content = content_for(lesson, NAMES)
    assert list(content.sections) == NAMES
    everything = "".join([content.lead, content.credit, *content.sections.values()])
    assert not re.search(r"%\(|\{(choose|listing|terminal|numbers)|\$|\x00", everything)
    trace = train(check_lesson(dict(lesson)))
    training = text_of(content.sections["TrainingCode"])
    assert "\n".join(report(trace)) in training
    assert f"takes {trace.steps_per_epoch} steps" in text_of(content.sections["PipelineOverview"])


def test_endings_differ_by_outcome() -> None:
    closings = {
        content_for({**LESSON, **changes}, NAMES).sections["TrainingCode"]
        for changes in LESSONS.values()
    }
    assert len(closings) == len(LESSONS)


def test_a_listing_can_be_copied_as_it_runs() -> None:
    html = highlighted(sgd)
    assert text_of(html) == source_of(sgd)
    assert '<span class="keyword">with</span>' in html


def test_letters_have_the_colours_of_their_roles() -> None:
    (prediction,) = set_formulas([("hat(y) = X w + b", True)])
    assert '<mover accent="true" class="model">' in prediction
    assert '<mi class="data">𝑋</mi>' in prediction
    assert '<mi class="model">𝑤</mi>' in prediction


def test_a_formula_that_cannot_be_set_is_an_error() -> None:
    with pytest.raises(FormulaError, match="cannot be set"):
        set_formulas([("nonsense_", False)])


def test_no_line_of_chinese_begins_with_the_punctuation_of_a_formula() -> None:
    content = content_for({**LESSON, "language": "zh"}, NAMES)
    for section in content.sections.values():
        assert not re.search("</math>[，。；：？！、）](?![，。；：？！、）]*</span>)", section)


def test_articles_of_several_languages_link_to_each_other(tmp_path: Path) -> None:
    folders = {"en": tmp_path, "zh": tmp_path / "zh", "zh-Hant": tmp_path / "zh-Hant"}
    links = links_to(folders, "zh")
    assert [link["address"] for link in links] == [
        "../../post/index.html",
        "index.html",
        "../../zh-Hant/post/index.html",
    ]
    assert [(link["tag"], link["name"]) for link in links] == [
        ("en", "English"),
        ("zh", "简体中文"),
        ("zh-Hant", "繁體中文"),
    ]
    assert links_to({"zh": tmp_path}, "zh") == []


def test_a_chapter_without_words_is_left_out() -> None:
    assert list(content_for(LESSON, ["Nowhere", "MSECurve"]).sections) == ["MSECurve"]
