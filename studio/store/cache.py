"""Finished work, kept so that nothing is made twice.

An entry is a folder: the finished files, and a label with their checksums, the entry's own place
in the cache, and for a chapter everything that it was made from. It appears whole or not at all,
and an entry that does not match its label counts as absent.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from studio.jobs import Inputs, Job, Product
from studio.store.files import checksum_of, move, remove, size_of, sync, write_atomically
from studio.store.freshness import Current

LABEL = "entry.json"


@dataclass(frozen=True)
class CachedFiles:
    """Files in the cache that belong together.

    Attributes
    ----------
    folder
        Their folder.
    checksums
        SHA-256 of every file, by name relative to the folder.
    """

    folder: Path
    checksums: Mapping[str, str]

    def is_whole(self) -> bool:
        """Return whether the folder holds these files, unchanged, and no others."""
        files = {
            path.relative_to(self.folder).as_posix(): path
            for path in self.folder.rglob("*")
            if not path.is_dir()
        }
        files.pop(LABEL, None)
        return files.keys() == self.checksums.keys() and all(
            checksum_of(path) == self.checksums[name] for name, path in files.items()
        )


@dataclass(frozen=True)
class Entry(CachedFiles):
    """One finished job in the cache.

    Attributes
    ----------
    inputs
        Everything that the files were made from.
    frames, seconds
        Frames drawn, and the wall time that it took.
    """

    inputs: Inputs
    frames: int
    seconds: float


@dataclass(frozen=True)
class Finding:
    """Result of looking for a job in the cache.

    Attributes
    ----------
    entry
        A fresh and whole entry, or None.
    reasons
        Without an entry: why the chapter must be made, one clause each.
    """

    entry: Entry | None
    reasons: tuple[str, ...] = ()


class _Label(BaseModel):
    """The label of an entry as it is written: which place it belongs to, and its checksums."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    place: str
    checksums: Annotated[dict[str, str], Field(min_length=1)]


class _JobLabel(_Label):
    inputs: Inputs
    frames: int = Field(ge=0)
    seconds: float = Field(ge=0, allow_inf_nan=False)


L = TypeVar("L", bound=_Label)

INPUTS = TypeAdapter(Inputs)


class Cache:
    """Finished work under one folder.

    Parameters
    ----------
    folder
        The folder; made when it is first written to.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made = folder / "made"

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
                    _mark_as_used(entry.folder)
                    return Finding(entry)
                changes = ["the finished files in the cache are damaged"]
            if not reasons or len(changes) < len(reasons):
                reasons = changes
        return Finding(None, tuple(reasons))

    def entries(self, job: Job) -> list[Entry]:
        """Return all entries of a job's chapter in its kind and quality, latest first."""
        found = [entry for folder in self._shelf(job).glob("*") if (entry := self._entry(folder))]
        return sorted(found, key=lambda entry: entry.folder.stat().st_mtime, reverse=True)

    def store(self, job: Job, product: Product) -> Entry:
        """Keep finished work. It appears whole, or not at all when the disk is full."""
        # As they will be read back: the same numbers, of the same types.
        inputs = INPUTS.validate_json(json.dumps(asdict(product.inputs)))
        target = self._shelf(job) / key_of(asdict(inputs))
        with self.staging() as folder:
            for name, content in product.files.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(content)
            self._install(
                _JobLabel(
                    place=self._place(target),
                    checksums=_synced(folder),
                    inputs=inputs,
                    frames=product.frames,
                    seconds=product.seconds,
                ),
                folder,
            )
        shutil.rmtree(self.plays(job), ignore_errors=True)
        entry = self._entry(target)
        assert entry is not None
        return entry

    def plays(self, job: Job) -> Path:
        """Return the folder for the plays of a job that is not finished."""
        label = f"{job.label} {job.kind} {job.quality}"
        return self.folder / "plays" / label.replace(" ", "-")

    def find_derived(self, name: str, kind: str, key: str) -> CachedFiles | None:
        """Return files that were made of finished work before, when all are there and whole.

        Parameters
        ----------
        name, kind
            Name of the film or the pages, and kind of the files.
        key
            Text that changes with all that they are made from, see :func:`key_of`.
        """
        target = self._made / name / kind / key
        label = self._label(target, _Label)
        if label is None:
            return None
        files = CachedFiles(target, label.checksums)
        if not files.is_whole():
            return None
        _mark_as_used(target)
        return files

    def keep_derived(self, name: str, kind: str, key: str, folder: Path) -> CachedFiles:
        """Move a folder of files into the cache.

        Parameters
        ----------
        name, kind, key
            As for :meth:`find_derived`.
        folder
            From :meth:`staging`.
        """
        target = self._made / name / kind / key
        label = _Label(place=self._place(target), checksums=_synced(folder))
        self._install(label, folder)
        return CachedFiles(target, label.checksums)

    def derived(
        self, name: str, kind: str, key: str, make: Callable[[Path], object]
    ) -> CachedFiles:
        """Find derived files, or make and keep them.

        Parameters
        ----------
        name, kind, key
            As for :meth:`find_derived`.
        make
            Writes the files into the folder that it is given.
        """
        if files := self.find_derived(name, kind, key):
            return files
        with self.staging() as folder:
            make(folder)
            return self.keep_derived(name, kind, key, folder)

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """Provide a folder to make files in; files that stay in it are deleted."""
        with tempfile.TemporaryDirectory(dir=self.scratch()) as parent:
            folder = Path(parent) / "entry"
            folder.mkdir()
            yield folder

    def scratch(self) -> Path:
        """Return the folder for files that may be deleted when no render runs."""
        folder = self.folder / "scratch"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def sweep(self) -> None:
        """Delete the temporary files of a render that was killed."""
        shutil.rmtree(self.folder / "scratch", ignore_errors=True)

    def shrink(self, limit: int, keep: set[Path]) -> None:
        """Delete the entries and sounds that were not used for longest, beyond a size.

        Parameters
        ----------
        limit
            Bytes that entries, the plays of unfinished ones and sounds may take.
        keep
            Folders of entries that stay whatever the size.
        """
        patterns = ("made/*/*/*", "plays/*", "voice/*.wav")
        own = self.folder.resolve()  # what links in it lead to may be anybody's
        found = [
            path
            for pattern in patterns
            for path in self.folder.glob(pattern)
            if path.resolve().is_relative_to(own)
        ]
        found.sort(key=lambda path: path.stat().st_mtime)
        sizes = {path: size_of(path) for path in found}
        excess = sum(sizes.values()) - limit
        for path in found:
            if excess > 0 and path not in keep:
                excess -= sizes[path]
                remove(path)

    def clear(self) -> int:
        """Delete everything, and return how many bytes it took.

        Raises
        ------
        FileExistsError
            When the folder is a link: what it leads to may be anybody's.
        """
        if self.folder.is_symlink():
            raise FileExistsError(
                errno.EEXIST, f"is a link; empty {self.folder.resolve()} yourself", self.folder
            )
        size = size_of(self.folder)
        for content in self.folder.iterdir() if self.folder.exists() else ():
            remove(content)
        return size

    def _install(self, label: _Label, folder: Path) -> None:
        """Label a folder of files and move it to its place."""
        (folder / LABEL).write_text(label.model_dump_json(indent=1), encoding="utf-8")
        sync(folder / LABEL)
        target = self._made / label.place
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() or target.is_symlink():  # the same inputs: a damaged entry
            move(target, folder.parent / "damaged")
        move(folder, target)

    def _label(self, folder: Path, kind: type[L]) -> L | None:
        """Read a label; None when it is damaged, of another form, or of another place."""
        try:
            label = kind.model_validate_json((folder / LABEL).read_bytes())
        except (OSError, ValidationError):
            return None
        return label if label.place == self._place(folder) else None

    def _entry(self, folder: Path) -> Entry | None:
        label = self._label(folder, _JobLabel)
        if label is None or key_of(asdict(label.inputs)) != folder.name:
            return None
        return Entry(folder, label.checksums, label.inputs, label.frames, label.seconds)

    def _place(self, folder: Path) -> str:
        return folder.relative_to(self._made).as_posix()

    def _shelf(self, job: Job) -> Path:
        return self._made / job.chapter / f"{job.kind}-{job.quality}"


def key_of(inputs: object) -> str:
    """Return a short text that changes with anything in the inputs, which JSON can hold."""
    return hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()[:16]


def publish(files: CachedFiles, folder: Path) -> list[Path]:
    """Copy files from the cache to the user's folder.

    A file that is already there and equal is left alone; any other appears whole in one step.

    Parameters
    ----------
    files
        Files that are whole.
    folder
        The user's folder.

    Returns
    -------
    written
        The files that were not there yet.
    """
    written = []
    for name, checksum in files.checksums.items():
        target = folder / name
        if checksum_of(target) != checksum:
            write_atomically(target, (files.folder / name).read_bytes())
            written.append(target)
    return written


def _mark_as_used(folder: Path) -> None:
    """Note the time of use, where the disk can be written to."""
    with suppress(OSError):
        os.utime(folder)


def _synced(folder: Path) -> dict[str, str]:
    """Return the checksums of a folder's files, once all of them are on the disk."""
    checksums = {}
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        sync(file)
        checksums[file.relative_to(folder).as_posix()] = checksum_of(file) or ""
    return checksums
