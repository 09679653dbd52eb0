"""A spoken sentence is taken from the shelf only where it is whole and was made from the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from voice.shelf import Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    shelf = Shelf(tmp_path)
    shelf.keep(["a"], b"one", 1.5, [(0, 0.25)])
    return shelf


def test_what_was_kept_is_found(shelf: Shelf) -> None:
    found = shelf.find(["a"])
    assert found is not None
    assert (found.seconds, found.starts) == (1.5, [(0, 0.25)])
    assert found.file.read_bytes() == b"one"


def test_a_shelf_that_cannot_be_written_to_is_read(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_read_only(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("os.utime", is_read_only)
    assert shelf.find(["a"]) is not None


@pytest.mark.parametrize(
    ("old", "new"), [("1.5", "2.5"), ("0.25", "0.75"), ('["a"]', '["b"]'), ('"starts"', '"stars"')]
)
def test_a_changed_label_is_as_good_as_none(shelf: Shelf, old: str, new: str) -> None:
    (label,) = shelf.folder.glob("*.json")
    assert old in label.read_text()
    label.write_text(label.read_text().replace(old, new))
    assert shelf.find(["a"]) is None


@pytest.mark.parametrize("label", ["", "[1]", "null", "{}", '"x"', "[" * 100_000])
def test_a_label_of_another_form_is_as_good_as_none(shelf: Shelf, label: str) -> None:
    (file,) = shelf.folder.glob("*.json")
    file.write_text(label)
    assert shelf.find(["a"]) is None


def test_swapped_entries_are_as_good_as_none(shelf: Shelf) -> None:
    before = set(shelf.folder.iterdir())
    shelf.keep(["b"], b"two", 2.5, [])
    after = set(shelf.folder.iterdir()) - before
    for one, two in zip(sorted(before), sorted(after), strict=True):
        first, second = one.read_bytes(), two.read_bytes()
        one.write_bytes(second)
        two.write_bytes(first)
    assert shelf.find(["a"]) is None
    assert shelf.find(["b"]) is None
