"""Changes of the project's files, found by looking.

Looking at the times of some hundred files takes milliseconds, works on every disk and system, and
needs no package.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from studio.rooms import PICTURE_ROOMS
from studio.store.sources import forget_files
from visuals import language

PAUSE = 0.25
"""Seconds between two looks."""

State = dict[str, tuple[int, int]]
"""Time of change and size by file."""


class ChangedError(Exception):
    """A file has changed, and work on its earlier form is in vain."""


class Changes:
    """Watches the files that pictures depend on.

    Parameters
    ----------
    root
        The project's root.
    others
        Other files, such as a lesson; one that is missing may come.
    """

    def __init__(self, root: Path, others: Iterable[Path]) -> None:
        self._root, self._others = root, tuple(others)
        self._known = self._look()
        self._looked = time.monotonic()

    def take(self) -> None:
        """Take the files as they are now, and forget everything that was read of them."""
        self._known = self._look()
        forget_files()
        language.forget()

    def check(self) -> None:
        """Look again, unless that was just done.

        Raises
        ------
        ChangedError
            When a file is not as it was taken.
        """
        if time.monotonic() - self._looked < PAUSE:
            return
        self._looked = time.monotonic()
        if self._look() != self._known:
            raise ChangedError

    def wait(self, sleep: Callable[[float], object] = time.sleep) -> None:
        """Wait until a file changes."""
        while True:
            try:
                self.check()
            except ChangedError:
                return
            sleep(PAUSE)

    def _look(self) -> State:
        found: State = {}
        for room in PICTURE_ROOMS:
            _note_files(self._root / room, found, deep=True)
        _note_files(self._root, found, deep=False)
        for file in self._others:
            with suppress(OSError):
                _note(str(file), file.stat(), found)
        return found


def _note_files(folder: str | Path, found: State, *, deep: bool) -> None:
    """Note the files of a folder, but for compiled modules; any may vanish meanwhile."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                if entry.is_file():
                    _note(entry.path, entry.stat(), found)
                elif deep and entry.name != "__pycache__" and entry.is_dir():
                    _note_files(entry.path, found, deep=True)


def _note(file: str, status: os.stat_result, found: State) -> None:
    found[file] = status.st_mtime_ns, status.st_size
