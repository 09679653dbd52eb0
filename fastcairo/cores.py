"""Processors that several processes share: each is held by whoever has locked its file.

The kernel takes a lock back when the last process that holds it has ended, however it ended, so a
processor is never lost. A lock outlives a fork: a child goes on with what its parent took for it.
"""

from __future__ import annotations

import os
import tempfile
import time
import weakref
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

__all__ = ["CAN_SHARE", "CORES_VARIABLE", "WORKERS_VARIABLE", "Core", "Cores"]

CAN_SHARE = fcntl is not None and hasattr(os, "fork")
"""Whether plays can be drawn by forked processes here."""
CORES_VARIABLE = "FASTCAIRO_CORES"
WORKERS_VARIABLE = "FASTCAIRO_WORKERS"

POLL = 0.02
"""Seconds between two looks for a processor that is free."""


@dataclass(frozen=True, slots=True)
class Core:
    """A processor that this process holds.

    Attributes
    ----------
    number
        The kernel's number of it; None when its holder may run on any.
    lock
        Descriptor of its file, which is locked.
    """

    number: int | None
    lock: int

    def move_here(self) -> None:
        """Run on this processor alone from now on.

        A process that draws has a thread that encodes: on one processor they hand Python's lock
        to each other without waiting for it.
        """
        if self.number is not None and hasattr(os, "sched_setaffinity"):
            with suppress(OSError):  # it was taken from this process meanwhile
                os.sched_setaffinity(0, {self.number})

    def release(self) -> None:
        """Let go of it here; a child that was forked meanwhile holds it still."""
        os.close(self.lock)


class Cores:
    """Processors from which this process takes those that are free.

    Parameters
    ----------
    folder
        Holds a file for each, as :meth:`create` makes it. One is taken at once; it is waited for.

    Attributes
    ----------
    own
        The processor that this process holds until it ends.
    count
        How many there are, free or not.
    """

    def __init__(self, folder: Path) -> None:
        self._files = sorted(folder.iterdir())
        self.count = len(self._files)
        self.own = self._wait()

    @classmethod
    def create(cls, folder: Path, count: int) -> None:
        """Make a file for each of ``count`` processors in an empty ``folder``.

        Where there are more processors than these, whoever takes one may run on any.
        """
        numbers: list[int] = []
        if hasattr(os, "sched_getaffinity"):
            numbers = sorted(os.sched_getaffinity(0))
        for index in range(count):
            is_bound = numbers and count >= len(numbers)
            number = str(numbers[index % len(numbers)]) if is_bound else ""
            (folder / f"{index:04}").write_text(number, encoding="ascii")

    @classmethod
    def from_environment(cls, workers: int | None = None) -> Cores | None:
        """Return the processors that the environment names, or ``workers`` that nobody shares.

        ``FASTCAIRO_CORES`` is the folder of the processors that this process shares with others;
        it moves to one of them. Without it ``FASTCAIRO_WORKERS`` is the number of those that it
        has for itself; with 1, as if it were not set, plays are not drawn side by side.

        Raises
        ------
        ValueError
            If ``FASTCAIRO_WORKERS`` is not a positive whole number.
        """
        shared = os.environ.get(CORES_VARIABLE)
        if shared and workers is None:
            cores = cls(Path(shared))
            cores.own.move_here()
            return cores
        workers = _workers_from_environment() if workers is None else workers
        if workers == 1:
            return None
        folder = tempfile.TemporaryDirectory(prefix="fastcairo-")
        cls.create(Path(folder.name), workers)
        cores = cls(Path(folder.name))
        weakref.finalize(cores, folder.cleanup)
        return cores

    def take(self) -> Core | None:
        """Take a processor that is free, or return ``None``."""
        for file in self._files:
            lock = os.open(file, os.O_RDONLY)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(lock)
                continue
            number = file.read_text(encoding="ascii")
            return Core(int(number) if number else None, lock)
        return None

    def _wait(self) -> Core:
        while (core := self.take()) is None:
            time.sleep(POLL)
        return core


def _workers_from_environment() -> int:
    text = os.environ.get(WORKERS_VARIABLE, "1")
    if not text.isdecimal() or int(text) < 1:
        raise ValueError(f"{WORKERS_VARIABLE} must be a positive whole number; got {text!r}.")
    return int(text)
