"""Sources of the project that decide pictures and pages, and their digests."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from studio.jobs import Digest
from studio.rooms import PAGE_ROOMS, PICTURE_ROOMS, ROOT
from studio.store.files import checksum_of

SETTINGS = ("studio/workers/worker.py", "studio/quality.py")
"""The only modules of the studio that pictures depend on."""

CATALOGUES = "assets/locales"
"""Folder whose files do not count as such: the texts that are looked up in them do."""

SPOKEN = ("voice", "assets/voice")
"""Folders whose files do not count as such: the lengths of the sentences do."""

DRAWING = (
    "manim", "torch", "numpy", "typst", "av", "pycairo",
    "manimpango", "pillow", "skia-pathops", "svgelements", "budoux",
)  # fmt: skip
"""The packages that pictures depend on."""

SPEAKING = ("hibari-tts", "onnxruntime")
"""The packages that lengths of sentences depend on."""


@cache
def file_digest(path: Path) -> Digest:
    """Return the digest of a file as it was when it was first asked for."""
    return checksum_of(path)


def forget_files() -> None:
    """Forget all digests, in a process that outlives changes of its files."""
    file_digest.cache_clear()
    page_sources.cache_clear()


@cache
def tools() -> Mapping[str, str]:
    """Return the versions of all packages that draw, and of Python."""
    versions = {package: version(package) for package in DRAWING}
    return {**versions, "python": f"{sys.version_info.major}.{sys.version_info.minor}"}


def counts(root: Path, path: Path) -> bool:
    """Return whether pictures may depend on a file as such, whether it exists or not."""
    if path.parent == root:
        return True
    place = path.relative_to(root).as_posix() if path.is_relative_to(root) else ""
    if place in SETTINGS:
        return True
    left_out = tuple(f"{folder}/" for folder in (CATALOGUES, *SPOKEN))
    return place.startswith(tuple(f"{room}/" for room in PICTURE_ROOMS)) and not (
        place.startswith(left_out) or "__pycache__" in path.parts
    )


def picture_sources(root: Path) -> Iterator[Path]:
    """Yield every file of the project that counts for pictures."""
    for room in PICTURE_ROOMS:
        yield from (p for p in (root / room).rglob("*") if p.is_file() and counts(root, p))
    yield from (p for p in root.iterdir() if p.is_file())
    yield from (root / module for module in SETTINGS)


def digests(root: Path, paths: Iterable[Path]) -> dict[str, Digest]:
    """Return digests by path, relative to the project's root."""
    return {path.relative_to(root).as_posix(): file_digest(path) for path in sorted(paths)}


def everything(root: Path, lesson: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return all that any film of the project may be made from: digests, lesson, versions."""
    files = digests(root, picture_sources(root))
    folders = (CATALOGUES, *SPOKEN)
    said = digests(root, (file for folder in folders for file in files_of(root / folder)))
    versions = {**tools(), **{package: version(package) for package in SPEAKING}}
    return [{**files, **said}, dict(lesson), versions]


@cache
def page_sources(language: str) -> Mapping[str, Digest]:
    """Return the digests of everything that makes the pages of a language."""
    spoken = ROOT / CATALOGUES / language
    files = (
        path
        for room in PAGE_ROOMS
        for path in files_of(ROOT / room)
        if not path.is_relative_to(ROOT / CATALOGUES) or path.parent == spoken
    )
    return digests(ROOT, files)


def files_of(folder: Path) -> Iterator[Path]:
    """Yield every file of a folder, at any depth, but for compiled modules."""
    for path in folder.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path
