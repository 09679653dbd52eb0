"""The one folder for temporary files of a render, outside of the project.

Sockets need a short path. Libraries put files there as well, which they do not always delete. All
of it goes when the render ends, and what a killed render has left goes with the next one.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "studio-"

LOCK = "lock"
"""Name of a file that the render holds a lock on for as long as it lives."""

LONGEST = 48
"""Bytes of the longest folder in which sockets find room: their paths may have 107 bytes."""

SHORT = Path("/tmp")
"""Folder for temporary files where the user's own has too long a name."""


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Let the temporary files of this process go to a folder that is deleted in the end."""
    parent = Path(tempfile.gettempdir())
    if len(os.fsencode(parent)) > LONGEST and os.access(SHORT, os.W_OK):
        parent = SHORT
    _sweep(parent)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    lock = _locked(folder)
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield folder
    finally:
        tempfile.tempdir = before
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _locked(folder: Path) -> int:
    """Lock a folder; the lock appears under its name only once it is held."""
    file = folder / f"{LOCK}.unfinished"
    lock = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    file.rename(folder / LOCK)
    return lock


def _sweep(parent: Path) -> None:
    """Delete the folders of this user's renders that were killed."""
    for folder in parent.glob(f"{PREFIX}*"):
        with suppress(OSError):
            if folder.is_symlink() or folder.stat().st_uid != os.getuid():
                continue
            lock = os.open(folder / LOCK, os.O_RDWR | os.O_NOFOLLOW)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(lock)
