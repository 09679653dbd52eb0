"""Texts that a viewer reads, in the lesson's language.

The catalogue of a language is the folder ``assets/locales/<language>/``, gettext files by room.
Keys stand in the code (``MSECurve.zoom_in``), sentences in the catalogue; what a
language lacks is said in English.
"""

from __future__ import annotations

import gettext
import io
import sys
from functools import cache
from pathlib import Path

import polib

LOCALES = Path(__file__).parent.parent / "assets" / "locales"
ENGLISH = "en"

TEXT_EVENT = "lecture.text"
"""Raised with the key whenever a text is looked up; see :func:`sys.addaudithook`."""


class LanguageError(ValueError):
    """A language or a key that no catalogue has; its text is one line for the user."""


def languages() -> list[str]:
    """Return the languages that have a catalogue."""
    return sorted(folder.name for folder in LOCALES.iterdir() if folder.is_dir())


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Return a language's catalogue, with English behind it.

    Raises
    ------
    LanguageError
        When there is none; the line names those that there are.
    """
    if language not in languages():
        allowed = ", ".join(languages())
        raise LanguageError(f"language = {language!r}: there are catalogues for {allowed}")
    entries = polib.POFile()
    entries.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    for file in sorted((LOCALES / language).glob("*.po")):
        entries.extend(polib.pofile(str(file)))
    translations = gettext.GNUTranslations(io.BytesIO(entries.to_binary()))
    if language != ENGLISH:
        translations.add_fallback(catalogue(ENGLISH))
    return translations


class _Language:
    """The language in use."""

    code = ENGLISH


def use(language: str) -> None:
    """Take the catalogue of a language, as a scene does in its set-up."""
    catalogue(language)
    _Language.code = language


def in_use() -> gettext.NullTranslations:
    """Return the catalogue in use, to look texts up that nobody is told of."""
    return catalogue(_Language.code)


def tr(key: str) -> str:
    """Return the text of a key.

    Raises
    ------
    LanguageError
        When not even English has the key.
    """
    text = _look_up(key)
    if text == key:
        raise LanguageError(f"{key!r} is in no catalogue of {LOCALES.name}/{ENGLISH}")
    return text


def has(key: str) -> bool:
    """Say whether a key has a text."""
    return _look_up(key) != key


def _look_up(key: str) -> str:
    sys.audit(TEXT_EVENT, key)
    return in_use().gettext(key)
