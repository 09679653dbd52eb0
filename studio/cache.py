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
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from studio.inputs import Current, Inputs
from studio.jobs import Job, Product

LABEL = "entry.json"


@dataclass(frozen=True)
class Entry:
    """One finished job in the cache.

    Attributes
    ----------
    folder
        Where its files are.
    checksums
        SHA-256 of every file, by name relative to the folder.
    inputs
        What the files were made from.
    frames, seconds
        Frames drawn, and the wall time that it took.
    """

    folder: Path
    checksums: Mapping[str, str]
    inputs: Inputs
    frames: int
    seconds: float

    def is_whole(self) -> bool:
        """Whether every file is there and as it was written."""
        return all(
            checksum_of(self.folder / name) == checksum for name, checksum in self.checksums.items()
        )


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
        shelf = self._shelf(job)
        shelf.mkdir(parents=True, exist_ok=True)
        label = {
            "checksums": {
                name: hashlib.sha256(content).hexdigest() for name, content in product.files.items()
            },
            "inputs": asdict(product.inputs),
            "frames": product.frames,
            "seconds": product.seconds,
        }
        text = json.dumps(label, indent=1, sort_keys=True)
        key = hashlib.sha256(json.dumps(label["inputs"], sort_keys=True).encode()).hexdigest()
        target = shelf / key[:16]
        with tempfile.TemporaryDirectory(dir=self.scratch()) as aside:
            folder = Path(aside) / "entry"
            folder.mkdir()
            for name, content in product.files.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                _write_synced(folder / name, content)
            _write_synced(folder / LABEL, json.dumps([text, _digest(text)]).encode())
            if target.exists():  # the same inputs: a damaged entry
                target.rename(Path(aside) / "damaged")
            folder.rename(target)
        entry = _read_entry(target)
        assert entry is not None
        return entry

    def scratch(self) -> Path:
        """Return the folder for what may be thrown away when no render runs."""
        folder = self.folder / "scratch"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def sweep(self) -> None:
        """Throw away what a render that was killed has left behind."""
        shutil.rmtree(self.folder / "scratch", ignore_errors=True)

    def shrink(self, limit: int, keep: set[Path]) -> None:
        """Throw away the entries that were not used for longest, beyond a size.

        Parameters
        ----------
        limit
            Bytes that the entries may take.
        keep
            Folders of entries that stay whatever the size.
        """
        folders = sorted(self.folder.glob("made/*/*/*"), key=lambda path: path.stat().st_mtime)
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


def publish(entry: Entry, folder: Path, scratch: Path) -> list[Path]:
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
        text, digest = json.loads((folder / LABEL).read_bytes())
        if _digest(text) != digest:
            return None
        label: dict[str, Any] = json.loads(text)
        return Entry(
            folder=folder,
            checksums=label["checksums"],
            inputs=Inputs(**label["inputs"]),
            frames=label["frames"],
            seconds=label["seconds"],
        )
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        return None


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
