"""Nothing stays in the folder for temporary files, however a render ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.temporary import temporary_folder
from tests.studio.project import Project, eventually

SLEEPS = """
import pathlib
import time

from visuals.stage import Stage


class Other(Stage):
    def construct(self):
        pathlib.Path("sleeping").touch()
        time.sleep(600)
"""


def test_nothing_stays_after_a_render_or_a_killed_one(
    project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    temporary = tmp_path_factory.mktemp("t")
    other = (project.root / "scenes/other.py").read_text()
    (project.root / "scenes/other.py").write_text(SLEEPS)
    (temporary / "studio-letters").mkdir()
    process = project.start("-ql", "Other", TMPDIR=str(temporary))
    eventually((project.root / "sleeping").exists)
    process.kill()
    process.communicate(timeout=60)
    assert len(list(temporary.iterdir())) == 2
    (project.root / "scenes/other.py").write_text(other)
    result = project.run("-ql", "Other", TMPDIR=str(temporary))
    assert result.returncode == 0, result.stderr
    assert [path.name for path in temporary.iterdir()] == ["studio-letters"]


def test_a_folder_with_a_long_name_will_do(
    project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    temporary = tmp_path_factory.mktemp("t") / ("a" * 120)
    temporary.mkdir()
    result = project.run("-ql", "Quick", "--films-only", TMPDIR=str(temporary))
    assert result.returncode == 0, result.stderr


def test_folders_of_renders_at_work_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("studio.temporary.LONGEST", 4096)
    with temporary_folder() as first:
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        with temporary_folder() as second:
            assert first.is_dir()
            assert first != second
        assert not second.exists()
        assert first.is_dir()
    assert list(tmp_path.iterdir()) == []
