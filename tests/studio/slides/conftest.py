from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.studio.project import Project, make_project


@pytest.fixture(scope="session")
def slides(finished: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project after ``./render.sh -ql`` and ``./render.sh slides -ql``."""
    project = make_project(tmp_path_factory.mktemp("slides"))
    shutil.copytree(finished / ".cache", project.root / ".cache")
    result = project.run("slides", "-ql")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.endswith(
        "Wrote 3 slides in exports/480p15/slides/: "
        "index.html for a browser, lecture.pptx, lecture.pdf\n"
    )
    return project


@pytest.fixture
def folder(slides: Project) -> Path:
    return slides.root / "exports/480p15/slides"
