from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.studio.project import Project, make_project

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    project = make_project(tmp_path)
    yield project
    for process in project.started:
        if process.poll() is None:
            process.kill()
            process.communicate()


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = make_project(tmp_path_factory.mktemp("finished"))
    result = project.run("-ql")
    assert result.returncode == 0, result.stderr
    return project.root


@pytest.fixture
def made(project: Project, finished: Path) -> Project:
    """The project after ``./render.sh -ql``."""
    for folder in (".cache", "exports"):
        shutil.copytree(finished / folder, project.root / folder)
    return project


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    playwright = pytest.importorskip("playwright.sync_api", reason="./test.sh installs it")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium; ./test.sh installs it")
    with playwright.sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()
