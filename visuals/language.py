"""Texts that a viewer reads, in the lesson's language.

The catalogue of a language is the folder ``assets/locales/<language>/``, gettext files by room.
Keys stand in the code (``MSECurve.zoom_in``), sentences in the catalogue. English has
all of them; what another language lacks is an error, and never said in English.
"""

from __future__ import annotations

import gettext
import io
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import polib

LOCALES = Path(__file__).parent.parent / "assets" / "locales"
ENGLISH = "en"

SPOKEN = ".spoken"
"""End of the key of what is said in place of a sentence."""

TEXT_EVENT = "lecture.text"
"""Raised with the key whenever a text is looked up; see :func:`sys.addaudithook`."""


class LanguageError(ValueError):
    """A language or a key that no catalogue has; its text is one line for the user."""


def languages() -> list[str]:
    """Return the languages that have a catalogue."""
    return sorted(folder.name for folder in LOCALES.iterdir() if folder.is_dir())


class Catalogue(gettext.GNUTranslations):
    """Texts of one language, which has every text that English has.

    Attributes
    ----------
    files
        Names of the English files by key: a missing text belongs into the file of that name.
    """

    files: Mapping[str, str] = MappingProxyType({})

    def gettext(self, message: str) -> str:
        """Return the text of a key, or the key where neither this language nor English has one.

        Raises
        ------
        LanguageError
            When only English has a text: the line names the key and the file that lacks it.
        """
        text = super().gettext(message)
        # A spoken form belongs to the sentence of its own language.
        if text == message and message in self.files and not message.endswith(SPOKEN):
            file = f"assets/locales/{self.info()['language']}/{self.files[message]}"
            raise LanguageError(f"{file}: there is no text of {message}")
        return text


@cache
def catalogue(language: str) -> Catalogue:
    """Return a language's catalogue.

    Raises
    ------
    LanguageError
        When there is none; the line names those that there are.
    """
    if language not in languages():
        allowed = ", ".join(languages())
        raise LanguageError(f"language = {language!r}: there are catalogues for {allowed}")
    entries = polib.POFile()
    entries.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": language}
    entries.extend(entry for entry, _ in _entries(language))
    translations = Catalogue(io.BytesIO(entries.to_binary()))
    if language != ENGLISH:
        translations.files = {entry.msgid: file for entry, file in _entries(ENGLISH)}
    return translations


def tag(language: str) -> str:
    """Return the code of a language as pages write it (BCP 47): pt-BR for pt_BR."""
    return language.replace("_", "-")


@cache
def _entries(language: str) -> list[tuple[polib.POEntry, str]]:
    """Return the entries of a language, each with the name of its file."""
    files = sorted((LOCALES / language).glob("*.po"))
    return [(entry, file.name) for file in files for entry in polib.pofile(str(file))]


def forget() -> None:
    """Read the catalogues anew when they are asked for again."""
    catalogue.cache_clear()
    _entries.cache_clear()


class _Language:
    """The language in use."""

    code = ENGLISH


def use(language: str) -> None:
    """Take the catalogue of a language, as a scene does in its set-up."""
    catalogue(language)
    _Language.code = language


def code() -> str:
    """Return the code of the language in use."""
    return _Language.code


def in_use() -> Catalogue:
    """Return the catalogue in use, to look texts up that nobody is told of."""
    return catalogue(_Language.code)


def tr(key: str) -> str:
    """Return the text of a key.

    Raises
    ------
    LanguageError
        When no catalogue has the key, or only English has.
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
