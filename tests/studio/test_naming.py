"""No two films share a folder, and none leaves exports/."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from studio.naming import distinct_name, name_of_lesson
from studio.quality import QUALITIES
from studio.rooms import ROOT


@pytest.mark.parametrize("name", ["mylesson", "two_words", "two-words", "Lesson3"])
def test_a_plain_lesson_of_the_project_keeps_its_name(name: str) -> None:
    assert name_of_lesson(ROOT / f"{name}.toml") == name


SAME = [
    "a.toml", "a.TOML", "a.txt", "a", "x/a.toml", "y/a.toml", "../a.toml", "a b.toml", "a_b.toml",
    "a#b.toml", "a?b.toml", "a%b.toml", "a\x1bb.toml", "...toml", "....toml", ".toml", "..",
]  # fmt: skip


def test_no_two_lessons_have_one_name() -> None:
    names = {name: name_of_lesson(ROOT / name) for name in SAME}
    for one, other in combinations(names, 2):
        assert names[one].casefold() != names[other].casefold()
    for name in names.values():
        assert name
        assert not set(name) & set("/.#?% \x1b")


@pytest.mark.parametrize(
    "name",
    ["light", "dark", "silent", "default", "post", "stills", "en", "zh_CN", "a-light", "a-de"]
    + [quality.name for quality in QUALITIES.values()],
)
def test_a_lesson_is_not_called_as_a_variant(name: str) -> None:
    assert name_of_lesson(ROOT / f"{name}.toml") not in (name, f"{name}-{name}")


def test_voices_of_one_name_differ() -> None:
    assert distinct_name(Path("a/amy.onnx")) != distinct_name(Path("b/amy.onnx"))
    assert distinct_name(Path("amy.onnx")) != "amy"
