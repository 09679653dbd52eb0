"""Comparison of a film's inputs with the project as it is now.

A film is fresh as long as all of its recorded inputs are unchanged. Everything else may change
freely, and so may sentences and their sound, as long as they take the same time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.jobs import Inputs
from studio.store.sources import file_digest, tools
from studio.voices import voice_of
from visuals.language import LanguageError, catalogue
from visuals.speeches import Speech
from voice import VoiceError


@dataclass(frozen=True)
class Current:
    """The project as it is now.

    Attributes
    ----------
    root
        The project's root.
    lesson
        The values of the lesson, by key.
    """

    root: Path
    lesson: Mapping[str, Any]

    def changes(self, inputs: Inputs) -> list[str]:
        """Return one clause for each input that has changed; none when the film is fresh."""
        changed = []
        for path, digest in inputs.files.items():
            now = file_digest(self.root / path)
            if now != digest:
                verb = "is gone" if now is None else "is new" if digest is None else "changed"
                changed.append(f"{path} {verb}")
        texts = catalogue(self.lesson["language"])
        for key, text in inputs.texts.items():
            if texts.gettext(key) != text:
                changed.append(f"the text of {key} changed")
        for speech in inputs.speeches:
            if not self._fits(speech):
                changed.append(f"{speech.keys[0]} takes more or less time to say")
        for key, value in inputs.lesson.items():
            if self.lesson.get(key) != value:
                changed.append(f"{key} is {self.lesson.get(key)}, was {value}")
        for tool, was in inputs.tools.items():
            if tools().get(tool) != was:
                changed.append(f"{tool} is {tools().get(tool)}, was {was}")
        return changed

    def _fits(self, speech: Speech) -> bool:
        try:
            texts = catalogue(self.lesson["language"])
            return speech.fits(speech.utterance(texts, voice_of(self.lesson)))
        except (LanguageError, VoiceError):
            return False
