"""Finished work, kept so that nothing is made twice.

An entry is a folder: the finished files, and ``entry.json`` with what they were made from and
their checksums. It appears whole or not at all, and one that does not match its checksums counts
as absent.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from studio.jobs import Job, Product
from studio.store.inputs import Current, Inputs
from visuals.captions import Speech

LABEL = "entry.json"


@dataclass(frozen=True)
class Kept:
    """Files in the cache that belong together.

    Attributes
    ----------
    folder
        Where they are.
    checksums
        SHA-256 of every file, by name relative to the folder.
    """

    folder: Path
    checksums: Mapping[str, str]

    def is_whole(self) -> bool:
        """Whether every file is there and as it was written."""
        return all(
            checksum_of(self.folder / name) == checksum for name, checksum in self.checksums.items()
        )


@dataclass(frozen=True)
class Entry(Kept):
    """One finished job in the cache.

    Attributes
    ----------
    inputs
        What the files were made from.
    frames, seconds
        Frames drawn, and the wall time that it took.
    """

    inputs: Inputs
    frames: int
    seconds: float


@dataclass(frozen=True)
class Finding:
    """What the cache has for a job.

    Attributes
    ----------
    entry
        A fresh and whole entry, or None.
    reasons
        Without an entry: why the chapter must be made, one clause each.
    """

    entry: Entry | None
    reasons: tuple[str, ...] = ()


class Cache:
    """Finished work under one folder.

    Parameters
    ----------
    folder
        The folder; made when it is first written to.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, job: Job, current: Current) -> Finding:
        """Find finished work for a job that is as it would be made now."""
        entries = self.entries(job)
        if not entries:
            return Finding(None, ("has never been made",))
        reasons: list[str] = []
        for entry in entries:
            changes = current.changes(entry.inputs)
            if not changes:
                if entry.is_whole():
                    os.utime(entry.folder)
                    return Finding(entry)
                changes = ["the finished files in the cache are damaged"]
            if not reasons or len(changes) < len(reasons):
                reasons = changes
        return Finding(None, tuple(reasons))

    def entries(self, job: Job) -> list[Entry]:
        """Return all that was made of a job's chapter in its kind and quality, latest first."""
        found = list(_read_entries(self._shelf(job)))
        return sorted(found, key=lambda entry: entry.folder.stat().st_mtime, reverse=True)

    def store(self, job: Job, product: Product) -> Entry:
        """Keep finished work. It appears whole, or not at all when the disk is full."""
        inputs = asdict(product.inputs)
        with self.aside() as folder:
            for name, content in product.files.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                _write_synced(folder / name, content)
            label = {
                "checksums": {
                    name: hashlib.sha256(content).hexdigest()
                    for name, content in product.files.items()
                },
                "inputs": inputs,
                "frames": product.frames,
                "seconds": product.seconds,
            }
            target = self._shelf(job) / key_of(inputs)
            self._install(folder, target, label)
        shutil.rmtree(self.plays(job), ignore_errors=True)
        entry = _read_entry(target)
        assert entry is not None
        return entry

    def plays(self, job: Job) -> Path:
        """Return the folder of the plays that were drawn for a job that is not finished."""
        label = f"{job.label} {job.kind} {job.quality}"
        return self.folder / "plays" / label.replace(" ", "-")

    def find_derived(self, name: str, kind: str, key: str) -> Kept | None:
        """Return files that were made of finished work before, when all are there and whole.

        Parameters
        ----------
        name, kind
            Whose they are, and what.
        key
            Changes with all that they are made from, see :func:`key_of`.
        """
        folder = self.folder / "made" / name / kind / key
        label = _read_label(folder)
        kept = Kept(folder, label["checksums"]) if label else None
        if kept is None or not kept.is_whole():
            return None
        os.utime(folder)
        return kept

    def keep_derived(self, name: str, kind: str, key: str, folder: Path) -> Kept:
        """Take over a folder of files, see :meth:`find_derived` and :meth:`aside`."""
        checksums = {}
        for file in sorted(folder.iterdir()):
            _sync(file)
            checksums[file.name] = checksum_of(file) or ""
        target = self.folder / "made" / name / kind / key
        self._install(folder, target, {"checksums": checksums})
        return Kept(target, checksums)

    @contextmanager
    def aside(self) -> Iterator[Path]:
        """Give a folder to make files in; what stays in it is thrown away."""
        with tempfile.TemporaryDirectory(dir=self.scratch()) as aside:
            folder = Path(aside) / "entry"
            folder.mkdir()
            yield folder

    def _install(self, folder: Path, target: Path, label: Mapping[str, Any]) -> None:
        """Label a folder of files and move it to its place."""
        text = json.dumps(label, indent=1, sort_keys=True)
        _write_synced(folder / LABEL, json.dumps([text, _digest(text)]).encode())
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():  # the same inputs: a damaged entry
            target.rename(folder.parent / "damaged")
        folder.rename(target)

    def scratch(self) -> Path:
        """Return the folder for what may be thrown away when no render runs."""
        folder = self.folder / "scratch"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def sweep(self) -> None:
        """Throw away what a render that was killed has left behind."""
        shutil.rmtree(self.folder / "scratch", ignore_errors=True)

    def shrink(self, limit: int, keep: set[Path]) -> None:
        """Throw away what was not used for longest, beyond a size.

        Parameters
        ----------
        limit
            Bytes that entries and the plays of unfinished ones may take.
        keep
            Folders of entries that stay whatever the size.
        """
        found = [*self.folder.glob("made/*/*/*"), *self.folder.glob("plays/*")]
        folders = sorted(found, key=lambda path: path.stat().st_mtime)
        sizes = {folder: _size(folder) for folder in folders}
        excess = sum(sizes.values()) - limit
        for folder in folders:
            if excess > 0 and folder not in keep:
                excess -= sizes[folder]
                shutil.rmtree(folder)

    def clear(self) -> int:
        """Throw everything away, and return how many bytes that were."""
        size = _size(self.folder)
        for content in self.folder.iterdir() if self.folder.exists() else ():
            shutil.rmtree(content) if content.is_dir() else content.unlink()
        return size

    def _shelf(self, job: Job) -> Path:
        return self.folder / "made" / job.chapter / f"{job.kind}-{job.quality}"


def key_of(inputs: object) -> str:
    """Return a short text that changes with what can be written as JSON."""
    return _digest(json.dumps(inputs, sort_keys=True))[:16]


def publish(entry: Kept, folder: Path, scratch: Path) -> list[Path]:
    """Copy the files of an entry to where the user wants them.

    A file that is already there and equal is left alone; any other appears whole in one step.

    Parameters
    ----------
    entry
        A whole entry.
    folder
        Where the files go.
    scratch
        Where they are written first, on the same disk.

    Returns
    -------
    written
        The files that were not there yet.
    """
    written = []
    for name, checksum in entry.checksums.items():
        target = folder / name
        if checksum_of(target) == checksum:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=scratch) as aside:
            copy = Path(aside) / target.name
            _write_synced(copy, (entry.folder / name).read_bytes())
            copy.replace(target)
        written.append(target)
    return written


def checksum_of(path: Path) -> str | None:
    """Return a file's SHA-256, or None when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _read_entries(shelf: Path) -> Iterator[Entry]:
    for folder in shelf.glob("*"):
        if entry := _read_entry(folder):
            yield entry


def _read_entry(folder: Path) -> Entry | None:
    """Read an entry's label; None when it is damaged, or not written as it is now."""
    try:
        label = _read_label(folder) or {}
        return Entry(
            folder=folder,
            checksums=label["checksums"],
            inputs=_read_inputs(**label["inputs"]),
            frames=label["frames"],
            seconds=label["seconds"],
        )
    except (TypeError, KeyError):
        return None


def _read_inputs(speeches: Sequence[Mapping[str, Any]], **rest: Any) -> Inputs:
    return Inputs(speeches=[Speech(**speech) for speech in speeches], **rest)


def _read_label(folder: Path) -> dict[str, Any] | None:
    try:
        text, digest = json.loads((folder / LABEL).read_bytes())
        label: dict[str, Any] = json.loads(text)
        return label if _digest(text) == digest else None
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
