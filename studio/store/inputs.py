"""What a film was made from, recorded while it is made, and whether that is still so.

Nothing is declared and nothing guessed: a worker notes every file of the project that is opened
(the modules among them), every text of the catalogue that is looked up and every value of the
lesson that is read, in the processes that it forks as well. A film is fresh as long as all that
was noted is unchanged; what it did not touch may change freely, and so may what is only said in
it, as long as it takes the same time to read.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import mmap
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from gettext import NullTranslations
from importlib.metadata import version
from pathlib import Path
from typing import Any

from linreg.lesson import Lesson
from studio.rooms import PICTURE_ROOMS
from visuals.captions import Speech, frames_to_hold, reading_time
from visuals.language import TEXT_EVENT, LanguageError, catalogue

SETTINGS = ("studio/workers/worker.py", "studio/quality.py")
"""The only modules of the studio that pictures depend on."""

CATALOGUES = "assets/locales"
"""The folder whose files do not count as such: the texts that are looked up in them do."""

UNSEEN = ("assets/fonts",)
"""Folders whose files are opened by compiled code, unseen: all of them count for every film."""

DRAWING = (
    "manim", "torch", "numpy", "typst", "av", "pycairo",
    "manimpango", "pillow", "skia-pathops", "svgelements",
)  # fmt: skip
"""The packages that pictures depend on."""

Digest = str | None
"""SHA-256 in hexadecimal; None for a file that does not exist."""


@dataclass(frozen=True)
class Inputs:
    """What one film was made from.

    Attributes
    ----------
    files
        Digests by path, relative to the project's root.
    texts
        What a viewer reads, by the catalogue's keys.
    lesson
        The values that were read, by key.
    tools
        Versions by package, and of Python.
    speeches
        What is said in it.
    """

    files: Mapping[str, Digest]
    texts: Mapping[str, str]
    lesson: Mapping[str, Any]
    tools: Mapping[str, str]
    speeches: Sequence[Speech] = ()


@dataclass(frozen=True)
class Current:
    """What a film would be made from now.

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
        """Say what is no longer as it was, one clause each; nothing when the film is fresh."""
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
            if _frames_to_hold(speech, texts) != speech.held:
                changed.append(f"{speech.keys[0]} takes more or less time to read")
        for key, value in inputs.lesson.items():
            if self.lesson.get(key) != value:
                changed.append(f"{key} is {self.lesson.get(key)}, was {value}")
        for tool, was in inputs.tools.items():
            if tools().get(tool) != was:
                changed.append(f"{tool} is {tools().get(tool)}, was {was}")
        return changed


def _frames_to_hold(speech: Speech, texts: NullTranslations) -> int | None:
    try:
        return frames_to_hold(reading_time(speech.text(texts)), speech.action, speech.frame_rate)
    except LanguageError:
        return None


@cache
def file_digest(path: Path) -> Digest:
    """Return the digest of a file as it was when it was first asked for."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


@cache
def tools() -> Mapping[str, str]:
    """Return the versions of all that draws."""
    versions = {package: version(package) for package in DRAWING}
    return {**versions, "python": f"{sys.version_info.major}.{sys.version_info.minor}"}


def counts(root: Path, path: Path) -> bool:
    """Whether pictures may depend on a file as such, be it there or not."""
    if path.parent == root:
        return True
    place = path.relative_to(root).as_posix() if path.is_relative_to(root) else ""
    if place in SETTINGS:
        return True
    return place.startswith(tuple(f"{room}/" for room in PICTURE_ROOMS)) and not (
        place.startswith(f"{CATALOGUES}/") or "__pycache__" in path.parts
    )


def everything(root: Path, lesson: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return all that any film of the project may be made from: digests, lesson, versions."""
    texts = sorted((root / CATALOGUES).rglob("*.po"))
    files = {
        path.relative_to(root).as_posix(): file_digest(path)
        for path in (*project_files(root), *texts)
    }
    return [files, dict(lesson), dict(tools())]


def project_files(root: Path) -> Iterator[Path]:
    """Yield every file that counts and is there."""
    for room in PICTURE_ROOMS:
        yield from (p for p in (root / room).rglob("*") if p.is_file() and counts(root, p))
    yield from (p for p in root.iterdir() if p.is_file())
    yield from (root / module for module in SETTINGS)


class Recorder:
    """Notes what this process, and all that it forks, reads from here on.

    It cannot be taken off again: it is for a process that makes one film and ends.

    Parameters
    ----------
    root
        The project's root.
    lesson
        The values of the lesson, by key.
    lesson_file
        A file that holds the same lesson: who opens it has read every value.
    notes
        Folder of the notes. Those that are in it already count: what was read for plays that
        are not drawn again.

    Notes
    -----
    Digests are taken before anything is read. A file that changes while the film is made
    therefore never counts as the new one: at worst the film is made once too often.
    """

    def __init__(
        self, root: Path, lesson: Mapping[str, Any], lesson_file: Path, notes: Path
    ) -> None:
        self._root = root.resolve()
        self._lesson = lesson
        self._lesson_file = lesson_file.resolve()
        self._digests = {path: file_digest(path) for path in project_files(self._root)}
        self._keys = list(lesson)
        # Both are shared with forked processes: one flag a value, one end to write at.
        with (notes / "values").open("a+b") as flags:
            flags.truncate(len(self._keys))
            self._flags = mmap.mmap(flags.fileno(), len(self._keys))
        self._notes = (notes / "files").open("a+b", buffering=0)  # lives as we do
        self._known_files: set[str] = set()
        for module in list(sys.modules.values()):
            file = getattr(module, "__dict__", {}).get("__file__")
            if file and Path(file) in self._digests:
                self._note_file(file)
        sys.addaudithook(self._audit)

    def lesson(self) -> Lesson:
        """Return the lesson, as one that notes which of its values are read."""
        return recorded_lesson(self._lesson, self._note_value)

    def inputs(self) -> Inputs:
        """Return all that was noted so far."""
        self._notes.seek(0)
        notes = [json.loads(line) for line in self._notes.read().splitlines()]
        opened = {Path(name) for kind, name in notes if kind == "file"}
        keys = {key for kind, key in notes if kind == "text"}
        texts = catalogue(self._lesson["language"])
        unseen = {
            path
            for path in self._digests
            if any(path.is_relative_to(self._root / folder) for folder in UNSEEN)
        }
        return Inputs(
            files={
                path.relative_to(self._root).as_posix(): self._digests.get(path)
                for path in sorted(opened | unseen)
            },
            texts={key: texts.gettext(key) for key in sorted(keys)},
            lesson={
                key: self._lesson[key]
                for key, read in zip(self._keys, self._flags[:], strict=True)
                if read
            },
            tools=tools(),
        )

    def _note_value(self, key: str) -> None:
        self._flags[self._keys.index(key)] = 1

    def _audit(self, event: str, args: tuple[Any, ...]) -> None:
        """Take every opening of a file to read, and every text; see :func:`sys.addaudithook`."""
        if event == TEXT_EVENT:
            self._note("text", args[0])
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
            for key in self._keys:
                self._note_value(key)
        elif counts(self._root, path):
            self._note("file", str(path))

    def _note(self, kind: str, name: str) -> None:
        self._notes.write(f"{json.dumps([kind, name])}\n".encode())


def recorded_lesson(values: Mapping[str, Any], note: Callable[[str], None]) -> Lesson:
    """Return a lesson that notes the keys whose values are read, a table as one value."""
    keys = frozenset(values)

    class RecordedLesson(Lesson):
        """A lesson that notes which of its values are read."""

        def __getattribute__(self, name: str) -> Any:
            if name in keys:
                note(name)
            elif name == "__dict__":  # copying, comparing, hashing, dumping: reads all of them
                for key in keys:
                    note(key)
            return super().__getattribute__(name)

    return RecordedLesson.model_validate(values)
