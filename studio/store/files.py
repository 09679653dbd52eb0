"""Files that appear whole or not at all, and their checksums."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path


def write_atomically(target: Path, content: bytes, scratch: Path) -> None:
    """Write a file in one step: where the disk is full, the former file stays.

    Parameters
    ----------
    target
        The file; its folder is made where it is missing.
    content
        Everything that it holds.
    scratch
        Folder on the same disk, in which it is written first.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        copy = Path(folder) / target.name
        copy.write_bytes(content)
        sync(copy)
        copy.replace(target)


def sync(path: Path) -> None:
    """Wait until a file is on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def checksum_of(path: Path) -> str | None:
    """Return a file's SHA-256, or None when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def size_of(path: Path) -> int:
    """Return the bytes of a file, or of all files in a folder."""
    if path.is_file():
        return path.stat().st_size
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
