"""A record of everything that a film reads while it is made.

Nothing is declared and nothing guessed: a worker notes every file of the project that is opened
(modules included), every text of the catalogue that is looked up and every value of the lesson
that is read, in the processes that it forks as well.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from linreg.lesson import Lesson
from studio.jobs import Inputs
from studio.store.notes import Notes
from studio.store.sources import counts, file_digest, picture_sources, tools
from visuals.language import TEXT_EVENT, catalogue
from visuals.writing import writing_of


class Recorder:
    """Notes everything that this process and its forks read from now on.

    It cannot be removed again: it is for a process that makes one film and ends.

    Parameters
    ----------
    root
        The project's root.
    lesson
        The values of the lesson, by key.
    lesson_file
        A file that holds the same lesson; a process that opens it counts as reading every value.
    notes
        The notes. Earlier ones in them count too: they tell the inputs of plays that were drawn
        before and are not drawn again.

    Notes
    -----
    Digests are taken before anything is read. A file that changes while the film is made
    therefore never counts as the new one: at worst the film is made once too often.
    """

    def __init__(
        self, root: Path, lesson: Mapping[str, Any], lesson_file: Path, notes: Notes
    ) -> None:
        self._root = root.resolve()
        self._lesson = lesson
        self._lesson_file = lesson_file.resolve()
        self._digests = {path: file_digest(path) for path in picture_sources(self._root)}
        self._notes = notes  # forked processes append to the same file
        self._known_files: set[str] = set()
        self._known_values: set[str] = set()
        for module in list(sys.modules.values()):
            file = getattr(module, "__dict__", {}).get("__file__")
            if file and Path(file) in self._digests:
                self._note_file(file)
        sys.addaudithook(self._audit)

    def lesson(self) -> Lesson:
        """Return the lesson, as one that notes each value that is read."""
        return recorded_lesson(self._lesson, self._note_value)

    def inputs(self) -> Inputs:
        """Return everything noted so far."""
        notes = self._notes.read()
        opened = {Path(name) for kind, name in notes if kind == "file"}
        keys = {key for kind, key in notes if kind == "text"}
        values = {key for kind, key in notes if kind == "value"}
        texts = catalogue(self._lesson["language"])
        # Compiled code opens fonts, unaudited: all of a language count for all of its films.
        writing = writing_of(self._lesson["language"])
        unseen = {
            path for path in self._digests if writing.font and path.is_relative_to(writing.files)
        }
        return Inputs(
            files={
                path.relative_to(self._root).as_posix(): self._digests.get(path)
                for path in sorted(opened | unseen)
            },
            texts={key: texts.gettext(key) for key in sorted(keys)},
            lesson={key: value for key, value in self._lesson.items() if key in values},
            tools=tools(),
        )

    def _note_value(self, key: str) -> None:
        if key not in self._known_values:
            self._known_values.add(key)
            self._notes.write("value", key)

    def _audit(self, event: str, args: tuple[Any, ...]) -> None:
        """Note files opened for reading, and texts looked up; see :func:`sys.addaudithook`."""
        if event == TEXT_EVENT:
            self._notes.write("text", args[0])
        if event != "open":
            return
        path, mode, flags = args
        if not isinstance(path, str | bytes | os.PathLike):
            return  # an open descriptor
        reads = "r" in mode or "+" in mode if mode else not flags & os.O_WRONLY
        if reads:
            self._note_file(os.fsdecode(path))

    def _note_file(self, name: str) -> None:
        if name in self._known_files:
            return
        self._known_files.add(name)
        path = Path(name)
        if path.suffix == ".pyc":
            with suppress(ValueError):
                path = Path(importlib.util.source_from_cache(name))
        path = path.resolve()
        if path == self._lesson_file:
            for key in self._lesson:
                self._note_value(key)
        elif counts(self._root, path):
            self._notes.write("file", str(path))


def recorded_lesson(values: Mapping[str, Any], note: Callable[[str], None]) -> Lesson:
    """Return a lesson that notes the keys whose values are read, a table as one value."""
    keys = frozenset(values)

    class RecordedLesson(Lesson):
        """A lesson that notes each value that is read."""

        def __getattribute__(self, name: str) -> Any:
            if name in keys:
                note(name)
            elif name == "__dict__":  # copying, comparing, hashing, dumping: reads all of them
                for key in keys:
                    note(key)
            return super().__getattribute__(name)

    return RecordedLesson.model_validate(values)
