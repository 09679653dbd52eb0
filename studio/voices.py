"""The voice of a lesson, and one's own recordings, as the studio asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from linreg.lesson import SILENT, VOICE_SUFFIX
from visuals.language import catalogue
from voice import Voice, open_voice
from voice.reading import ASSETS
from voice.recordings import recorded_keys


def voice_of(lesson: Mapping[str, Any]) -> Voice | None:
    """Return the voice that a lesson asks for, or None for a silent film.

    Raises
    ------
    VoiceError
        When there is no such voice.
    """
    return _opened(lesson["voice"], lesson["language"])


@cache
def _opened(name: str, language: str) -> Voice | None:
    """Open a voice once for all chapters, so that they share its process."""
    return open_voice(name, language)


def typed_voice(name: str) -> str:
    """Return a voice as it was typed, the path of its file in full."""
    return str(Path(name).resolve()) if name.endswith(VOICE_SUFFIX) else name


def complaints_of(lessons: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return a line for each language without a voice, and each recording without a sentence."""
    found: list[str] = []
    for lesson in lessons:
        language = lesson["language"]
        if lesson["voice"] == SILENT:
            continue
        if voice_of(lesson) is None:
            found.append(
                f"language = {language!r} has no voice, and its films are silent: "
                f"--voice takes a piper voice, and assets/voice/{language}/ your recordings"
            )
        found += _unsaid(language)
    return list(dict.fromkeys(found))


def _unsaid(language: str) -> Iterator[str]:
    texts = catalogue(language)
    for key in recorded_keys(ASSETS / language):
        if texts.gettext(key) == key:
            yield f"{key} is recorded in {language!r}, but the catalogue has no such sentence"
