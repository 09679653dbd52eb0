"""Files that appear whole or not at all, and their checksums."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from contextlib import suppress
from pathlib import Path


def write_atomically(target: Path, content: bytes) -> None:
    """Write a file in one step: where the disk is full, the former file stays.

    It is written beside the target first, as no other folder need be on the same disk. What a
    killed process leaves there has a name of its own, and the next one writes over it.

    Parameters
    ----------
    target
        The file; its folder is made where it is missing.
    content
        Everything that it holds.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    copy = target.with_name(f".{target.name}.unfinished")
    remove(copy)
    try:
        copy.write_bytes(content)
        sync(copy)
        copy.replace(target)
    finally:
        with suppress(OSError):
            copy.unlink(missing_ok=True)


def move(source: Path, target: Path) -> None:
    """Move a file or folder, which is copied where the target is on another disk."""
    try:
        source.rename(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        shutil.move(source, target)


def remove(path: Path) -> None:
    """Delete a file, a folder with all that is in it, or a link but not what it leads to."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Wait until a file is on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def checksum_of(path: Path) -> str | None:
    """Return a file's SHA-256, or None when it is no file or cannot be read."""
    try:
        if not path.is_file():  # a pipe would be waited for
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def size_of(path: Path) -> int:
    """Return the bytes of a file, or of all files in a folder."""
    if path.is_file():
        return path.stat().st_size
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
