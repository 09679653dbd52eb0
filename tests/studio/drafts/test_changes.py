from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from studio.drafts import changes
from studio.drafts.changes import ChangedError, Changes

TEXT = "figures/mse_curve/plot.py"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(changes, "PAUSE", 0)
    (tmp_path / "project" / TEXT).parent.mkdir(parents=True)
    (tmp_path / "project" / TEXT).write_text("before")
    return tmp_path / "project"


CHANGES: dict[str, Callable[[Path], object]] = {
    "saved": lambda root: (root / TEXT).write_text("afterwards"),
    "new": lambda root: (root / "manim.cfg").write_text(""),
    "gone": lambda root: (root / TEXT).unlink(),
    "a lesson elsewhere": lambda root: (root.parent / "mine.toml").write_text(""),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_seen_until_it_is_taken(root: Path, change: Callable[[Path], object]) -> None:
    watched = Changes(root, [root.parent / "mine.toml"])
    watched.check()
    change(root)
    for _ in range(2):
        with pytest.raises(ChangedError):
            watched.check()
    watched.take()
    watched.check()


def test_what_rendering_writes_is_no_change(root: Path) -> None:
    watched = Changes(root, [])
    for name in (".cache/made", "exports/film", "figures/__pycache__/plot.pyc", "tests/a.py"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("")
    watched.check()


def test_waiting_ends_with_a_change(root: Path) -> None:
    watched = Changes(root, [])
    pauses = iter(range(3))

    def sleep(_: float) -> None:
        if next(pauses) == 2:
            (root / TEXT).write_text("afterwards")

    watched.wait(sleep)
    assert next(pauses, None) is None
