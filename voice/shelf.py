"""Cache of spoken sentences: sound, and the times at which words begin in it."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from voice.timing import Starts


@dataclass(frozen=True)
class Spoken:
    """A text that was spoken.

    Attributes
    ----------
    file
        A WAV file of one channel.
    seconds
        Its length.
    starts
        When each word of the spoken text begins; nothing for a recording.
    """

    file: Path
    seconds: float
    starts: Starts


class Shelf:
    """Spoken texts in a folder that several processes may share.

    Parameters
    ----------
    folder
        The folder; made when it is first written to.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, made_from: object) -> Spoken | None:
        """Return what was made from the same before, when it is there and whole."""
        key = _key(made_from)
        try:
            label = json.loads((self.folder / f"{key}.json").read_bytes())
            if label.pop("seal") != _key(label) or _key(label["made_from"]) != key:
                return None
            file = self.folder / f"{key}.wav"
            if hashlib.sha256(file.read_bytes()).hexdigest() != label["sha256"]:
                return None
            with suppress(OSError):  # on a disk that cannot be written to
                os.utime(file)  # what was not used for longest may be thrown away first
            starts = [(int(place), float(second)) for place, second in label["starts"]]
            return Spoken(file, float(label["seconds"]), starts)
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None

    def keep(self, made_from: object, content: bytes, seconds: float, starts: Starts) -> Spoken:
        """Keep what was spoken; the label comes last, so that an entry with one is whole."""
        key = _key(made_from)
        label = {
            "made_from": made_from,
            "seconds": seconds,
            "sha256": hashlib.sha256(content).hexdigest(),
            "starts": list(starts),
        }
        sealed = {**label, "seal": _key(label)}
        file = self.folder / f"{key}.wav"
        _write(file, content)
        _write(self.folder / f"{key}.json", json.dumps(sealed, ensure_ascii=False).encode())
        return Spoken(file, seconds, starts)


def _key(made_from: object) -> str:
    return hashlib.sha256(json.dumps(made_from, sort_keys=True).encode()).hexdigest()[:24]


def _write(file: Path, content: bytes) -> None:
    """Write a file that appears whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=file.suffix)
    try:
        with os.fdopen(handle, "wb") as written:
            written.write(content)
        Path(aside).replace(file)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
