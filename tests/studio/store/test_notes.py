"""Notes that are damaged are known as such."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from studio.store.notes import Notes, are_whole, read_notes


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "notes"
    # Two at once, as forked processes are.
    with closing(Notes(file, "Quick")) as notes, closing(Notes(file, "Quick")) as others:
        notes.write("file", "scenes/ü\n.py")
        others.write("value", "lr")
        assert notes.read() == others.read()
    return file


def test_notes_of_all_processes_are_read(file: Path) -> None:
    assert read_notes(file, "Quick") == {("file", "scenes/ü\n.py"), ("value", "lr")}
    assert are_whole(file, "Quick")
    assert not are_whole(file, "Other")


@pytest.mark.parametrize("content", [b"", b"[1]\n", b"\xff\n", b"{}\n", b"[" * 5000 + b"\n"])
def test_other_content_is_damage(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert not are_whole(file, "Quick")


def test_every_changed_or_lost_letter_is_damage(file: Path) -> None:
    whole = file.read_bytes()
    for place in range(len(whole)):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert not are_whole(file, "Quick")
    first = whole.index(b"\n") + 1
    for length in set(range(len(whole))) - {first}:
        file.write_bytes(whole[:length])
        assert not are_whole(file, "Quick")


def test_absent_notes_are_not_whole(tmp_path: Path) -> None:
    assert not are_whole(tmp_path / "notes", "Quick")
    (tmp_path / "notes").mkdir()
    assert not are_whole(tmp_path / "notes", "Quick")
