"""``./render.sh watch`` shows a chapter, and follows its files."""

from __future__ import annotations

import re
import signal
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.studio.project import TEXTS_FILE, Project, eventually, is_alive, make_it_speak

pytest.importorskip("playwright.sync_api", reason="./test.sh installs it")

from playwright.sync_api import expect

from tests.studio.web.reader import reading

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PATIENCE = 240_000
"""Milliseconds, on a machine that has much else to do."""


def test_the_page_follows_a_sentence_a_fault_and_an_error(
    project: Project, browser: Browser
) -> None:
    make_it_speak(project, seconds=0.2)
    scene = "scenes/other.py"
    project.edit(scene, "        with", "        self.beat_began('turns')\n        with")
    project.edit(
        scene, "        self.speeches", "        self.beat_ended('turns')\n        self.speeches"
    )
    process = project.start("watch", "--port", "0", "--voice", "none", "Other")
    assert process.stdout
    address = process.stdout.readline().strip()
    assert re.fullmatch(r"http://localhost:\d+/", address)
    assert process.stdout.readline() == "Ctrl-C stops it.\n"
    with reading(browser, address) as reader:
        page = reader.page
        expect(page.locator("h1")).to_have_text("A circle", timeout=PATIENCE)
        still = page.get_by_role("img", name="Last frame of turns")
        expect(still).to_be_visible(timeout=PATIENCE)
        assert still.evaluate("async image => { await image.decode(); return image.width; }") > 100
        expect(page.get_by_text("Turns 3 times.")).to_be_visible()
        expect(page.locator("video")).to_be_visible(timeout=PATIENCE)
        expect(page.get_by_role("status")).to_contain_text("Nothing was found.")
        assert reader.violations() == []

        project.edit(TEXTS_FILE, "Turns %(n)s times.", "Goes round %(n)s times.")
        expect(page.get_by_text("Goes round 3 times.")).to_be_visible(timeout=PATIENCE)

        crossed = "        self.add(*map(Words, ('one', 'two')))\n        self.beat_ended"
        project.edit(scene, "        self.beat_ended", crossed)
        project.edit(scene, "from manim", "from visuals.typography import Words\nfrom manim")
        expect(page.locator(".fault")).to_contain_text("text over text", timeout=PATIENCE)
        expect(page.locator(".still rect")).to_have_count(1)

        project.edit(scene, "class Other", "class Other(")
        expect(page.locator(".complaint")).to_contain_text("SyntaxError", timeout=PATIENCE)
        expect(page.locator(".still rect")).to_have_count(1)

    family = [child.pid for child in psutil.Process(process.pid).children(recursive=True)]
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, "")
    eventually(lambda: not any(map(is_alive, family)), 60)
