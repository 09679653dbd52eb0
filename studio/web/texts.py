"""Texts of the pages: the catalogue of one language, without a language in use."""

from __future__ import annotations

from visuals.language import LOCALES, LanguageError, catalogue


class PageTexts:
    """Texts in one language.

    Parameters
    ----------
    language
        Its code.
    """

    def __init__(self, language: str) -> None:
        self._catalogue = catalogue(language)

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of a key, with values put in where any are given.

        Raises
        ------
        LanguageError
            When not even English has the key.
        """
        if not self.has(key):
            raise LanguageError(f"{key!r} is in no catalogue of {LOCALES.name}/en")
        text = self._catalogue.gettext(key)
        return text % values if values else text

    def has(self, key: str) -> bool:
        """Return whether a key has a text."""
        return self._catalogue.gettext(key) != key
