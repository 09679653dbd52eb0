from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.studio.project import Project, make_project


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
