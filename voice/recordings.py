"""One's own recordings of sentences, and which text each was made for.

A recording is ``assets/voice/<language>/<Chapter>/<key>.wav`` (or flac, mp3, ogg). The file
``recordings.json`` beside the chapters' folders says which text was read; it is written by
:func:`take_note` and never by a render.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voice.errors import VoiceError

KINDS = (".wav", ".flac", ".mp3", ".ogg")
NOTES = "recordings.json"


@dataclass(frozen=True)
class Recording:
    """A recording of a sentence.

    Attributes
    ----------
    file
        The recording.
    complaint
        Why it does not fit the text; empty when it does. One line for the user.
    """

    file: Path
    complaint: str = ""


def recording(folder: Path, key: str, text: str) -> Recording | None:
    """Return one's own recording of a sentence.

    Parameters
    ----------
    folder
        Of a language.
    key
        Chapter and key of the sentence, with a point between them.
    text
        The sentence as it is written, with its numbers and without marks.

    Raises
    ------
    VoiceError
        When there are two recordings of the sentence, or the notes cannot be read.
    """
    place = folder.joinpath(*key.split("."))
    found = [file for kind in KINDS if (file := place.with_name(place.name + kind)).is_file()]
    if not found:
        return None
    if len(found) > 1:
        raise VoiceError(f"{key}: allowed is one recording, there are {_named(found)}")
    note = _notes(folder).get(key)
    if note is None or note["sha256"] != _digest(found[0]):
        return Recording(found[0])
    if note["text"] == text:
        return Recording(found[0])
    return Recording(found[0], f"{_named(found)} of {key} was recorded for {note['text']!r}")


def recorded_keys(folder: Path) -> Iterator[str]:
    """Yield the keys of all sentences that there is a recording of."""
    for file in sorted(folder.glob("*/*")):
        if file.suffix in KINDS:
            yield f"{file.parent.name}.{file.stem}"


def take_note(folder: Path, texts: Mapping[str, str]) -> list[str]:
    """Note for each recording that is new which text it was made for.

    Parameters
    ----------
    folder
        Of a language.
    texts
        Sentences that are said, by key. Recordings of others are left alone.

    Returns
    -------
    complaints
        One line for each recording that was made for another text.
    """
    notes = _notes(folder)
    complaints = []
    keys = list(recorded_keys(folder))
    for key in sorted(texts.keys() & keys):
        found = recording(folder, key, texts[key])
        assert found is not None
        digest = _digest(found.file)
        if found.complaint:
            complaints.append(found.complaint)
        elif notes.get(key, {}).get("sha256") != digest:
            notes[key] = {"sha256": digest, "text": texts[key]}
    notes = {key: note for key, note in notes.items() if key in keys}
    if notes or (folder / NOTES).exists():
        content = json.dumps(notes, ensure_ascii=False, indent=1, sort_keys=True)
        (folder / NOTES).write_text(f"{content}\n", "utf-8")
    return complaints


def _notes(folder: Path) -> dict[str, Any]:
    try:
        notes: dict[str, Any] = json.loads((folder / NOTES).read_text("utf-8"))
        if all({"sha256", "text"} <= note.keys() for note in notes.values()):
            return notes
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError) as error:
        raise VoiceError(f"{folder.name}/{NOTES} cannot be read: {error}") from error
    raise VoiceError(f"{folder.name}/{NOTES}: every entry needs sha256 and text")


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _named(files: list[Path]) -> str:
    return " and ".join(file.name for file in files)
