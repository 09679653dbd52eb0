"""Notes of what was read, in a file that several processes append to.

Every line carries a checksum over its text and its owner, so that notes that were changed, cut, or
taken from another job are known as such.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path


class Notes:
    """The notes of one job. They are kept when it is stopped.

    Parameters
    ----------
    file
        The file; made when it is missing.
    owner
        Text that tells the job from all others.
    """

    def __init__(self, file: Path, owner: str) -> None:
        self._file = file
        self._owner = owner
        # Unbuffered and appended to: a line of a forked process is written whole.
        self._lines = file.open("ab", buffering=0)

    def write(self, kind: str, name: str) -> None:
        """Note that something was read."""
        text = json.dumps([kind, name])
        self._lines.write(f"{_checksum(self._owner, text)} {text}\n".encode())

    def close(self) -> None:
        """Note no more."""
        self._lines.close()

    def read(self) -> set[tuple[str, str]]:
        """Return kind and name of everything noted so far.

        Raises
        ------
        ValueError
            When they are damaged.
        """
        return read_notes(self._file, self._owner)


def read_notes(file: Path, owner: str) -> set[tuple[str, str]]:
    """Return the notes of a job; see :meth:`Notes.read`."""
    found = set()
    for line in file.read_bytes().decode("ascii").split("\n")[:-1]:
        checksum, _, text = line.partition(" ")
        if checksum != _checksum(owner, text):
            raise ValueError(f"{file} is damaged")
        kind, name = json.loads(text)
        found.add((kind, name))
    return found


def are_whole(file: Path, owner: str) -> bool:
    """Return whether there are notes of a job, none of them damaged and none cut."""
    try:
        return bool(read_notes(file, owner)) and file.read_bytes().endswith(b"\n")
    except (OSError, ValueError):
        return False


def _checksum(owner: str, text: str) -> str:
    return hashlib.sha256(f"{owner}\n{text}".encode()).hexdigest()[:16]
