from __future__ import annotations

import re

import polib
import pytest

from scenes.manifest import CHAPTERS
from studio.rooms import PACKAGES, ROOT
from visuals import language

CODE = "\n".join(
    file.read_text(encoding="utf-8")
    for pattern in (*(f"{room}/**/*.py" for room in PACKAGES), "assets/web/**/*.j2")
    for file in sorted(ROOT.glob(pattern))
)


def entries(code: str) -> list[polib.POEntry]:
    files = sorted((language.LOCALES / code).glob("*.po"))
    return [entry for file in files for entry in polib.pofile(str(file))]


def test_no_key_is_said_twice() -> None:
    keys = [entry.msgid for entry in entries("en")]
    assert len(keys) == len(set(keys))


def test_english_is_complete() -> None:
    assert all(entry.msgstr.strip() for entry in entries("en"))


def stands_in_code(name: str) -> bool:
    """Say whether every word of a name stands in the code: some keys are put together there."""
    words = (re.search(rf"(?<![A-Za-z]){word}(?![A-Za-z])", CODE) for word in name.split("_"))
    return all(words)


def test_every_key_is_used() -> None:
    families = {chapter.name for chapter in CHAPTERS} | {"lecture", "station", "post"}
    for entry in entries("en"):
        family, name = entry.msgid.split(".", 1)
        name = name.rpartition(".")[2]  # the post has texts that belong to a text
        assert family in families, entry.msgid
        assert name == "title" or family == "station" or stands_in_code(name), entry.msgid


def test_an_unknown_language_is_named_with_those_that_are_there() -> None:
    with pytest.raises(language.LanguageError, match=r"language = 'xx': .* en"):
        language.catalogue("xx")


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(language.LanguageError, match=r"no\.such\.key"):
        language.tr("no.such.key")
