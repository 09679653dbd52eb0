"""The slides as a teacher has them: from the disk, in a real browser, without a network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.studio.project import TEXTS

pytest.importorskip("playwright.sync_api", reason="./test.sh installs it")

from tests.studio.web.reader import Reader

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SHOWN = "Reveal.getCurrentSlide().id"
CLIP = "Reveal.getCurrentSlide().querySelector('video')"
ENDED = f"{CLIP}.ended && {CLIP}.currentTime === {CLIP}.duration"
LOADED = f"{CLIP}.readyState >= 2 && !{CLIP}.seeking"


@pytest.fixture
def teacher(browser: Browser, folder: Path, tmp_path: Path) -> Iterator[Reader]:
    """The page, opened from a copy of the folder elsewhere."""
    shutil.copytree(folder, tmp_path / "somewhere else")
    context = browser.new_context(offline=True)
    reader = Reader(context.new_page())
    reader.listen()
    reader.page.goto((tmp_path / "somewhere else/index.html").as_uri())
    reader.wait_for("Reveal.isReady()")
    yield reader
    context.close()
    assert not reader.complaints, reader.complaints
    assert reader.requests
    assert [a for a in reader.requests if not a.startswith(("file:", "data:", "about:"))] == []


def press(teacher: Reader, key: str, slide: str) -> None:
    teacher.page.keyboard.press(key)
    teacher.wait_for(f"{SHOWN} === '{slide}'")


def clip(teacher: Reader, what: str) -> Any:
    return teacher.page.evaluate(f"{CLIP}.{what}")


def test_letters_are_as_large_on_small_slides_as_on_large_ones(teacher: Reader) -> None:
    size = "getComputedStyle(document.querySelector('.contents')).fontSize"
    assert teacher.page.evaluate(size) == "16px", "36 of 1080, at 480"


def test_a_long_title_stays_above_its_column(teacher: Reader) -> None:
    teacher.page.keyboard.press("Escape")
    teacher.wait_for("Reveal.isOverview()")
    title = teacher.page.locator("#Quick-1 h2")
    title.evaluate("title => { title.textContent = 'a long title '.repeat(9) }")
    title_box, slide_box = title.bounding_box(), teacher.page.locator("#Quick-1").bounding_box()
    assert title_box
    assert slide_box
    assert title_box["width"] <= slide_box["width"] + 1
    assert title_box["y"] + title_box["height"] <= slide_box["y"]


def test_a_slide_plays_and_holds_its_last_frame(teacher: Reader) -> None:
    press(teacher, "PageDown", "Quick-1")
    teacher.wait_for(ENDED)
    press(teacher, "ArrowRight", "Quick-2")
    teacher.wait_for(ENDED)
    press(teacher, "PageDown", "Other-1")
    teacher.wait_for(ENDED)
    teacher.page.wait_for_timeout(300)
    assert teacher.page.evaluate(SHOWN) == "Other-1", "the next slide waits for the teacher"


def test_back_shows_the_last_frame_and_space_plays_it_again(teacher: Reader) -> None:
    press(teacher, "End", "Other-1")
    teacher.page.evaluate(f"window.plays = 0, {CLIP}.addEventListener('play', () => plays++)")
    press(teacher, "PageUp", "Quick-2")
    teacher.page.evaluate(f"window.plays = 0, {CLIP}.addEventListener('play', () => plays++)")
    teacher.wait_for(f"{LOADED} && {CLIP}.currentTime === {CLIP}.duration")
    assert teacher.page.evaluate("plays") == 0
    teacher.page.keyboard.press(" ")
    teacher.wait_for(f"plays === 1 && {ENDED}")
    press(teacher, "ArrowLeft", "Quick-1")
    press(teacher, "ArrowLeft", "contents")


def test_the_contents_lead_to_each_chapter(teacher: Reader) -> None:
    page = teacher.page
    assert 'msgstr "Shapes <script>' in TEXTS
    assert page.locator("h1").inner_text() == page.title() == 'Shapes <script> "]]>'
    assert page.locator(".contents a").all_inner_texts() == ["1. A square", "2. A circle"]
    page.locator(".contents a").nth(1).click()
    teacher.wait_for(f"{SHOWN} === 'Other-1'")
    teacher.wait_for(ENDED)


def test_all_slides_are_seen_as_their_last_frames(teacher: Reader) -> None:
    press(teacher, "PageDown", "Quick-1")
    teacher.page.keyboard.press("Escape")
    seen = "[...document.querySelectorAll('.beat .last')].filter((i) => i.naturalWidth === 854)"
    teacher.wait_for(f"{seen}.length === 3")
    assert teacher.page.locator(".beat h2:visible").all_inner_texts() == [
        "1. A square",
        "2. A circle",
    ]
    assert teacher.page.locator("video:visible").count() == 0
    teacher.page.locator("#Other-1 .last").click()
    teacher.wait_for(f"{SHOWN} === 'Other-1' && !Reveal.isOverview()")
    teacher.wait_for(ENDED)


def test_speaker_notes_are_what_is_said(teacher: Reader) -> None:
    press(teacher, "PageDown", "Quick-1")
    with teacher.page.context.expect_page() as opened:
        teacher.page.keyboard.press("s")
    notes = opened.value.locator(".speaker-controls-notes .value")
    for key, slide, said in (("PageDown", "Quick-2", "It moves."), ("p", "Quick-1", "It appears.")):
        press(teacher, key, slide)
        notes.get_by_text(said).wait_for()


def test_a_page_that_is_loaded_again_is_where_it_was(teacher: Reader) -> None:
    press(teacher, "End", "Other-1")
    teacher.wait_for("location.hash === '#/Other-1'")
    teacher.page.reload()
    teacher.wait_for(f"Reveal.isReady() && {SHOWN} === 'Other-1'")
    teacher.wait_for(ENDED)
