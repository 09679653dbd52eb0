"""Cost of a command with all processes that it starts: time, processor time and memory."""

from __future__ import annotations

import os
import resource
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from studio.workers.prctl import adopt_orphans

SAMPLING = 1.0
"""Seconds between two readings of the memory; each takes the kernel some milliseconds."""

KIB = 1024


@dataclass(frozen=True)
class Cost:
    """Cost of a command.

    Attributes
    ----------
    status
        Its exit status.
    wall
        Seconds from its start to its end.
    cpu
        Seconds of processor time of all its processes, those included that outlived it.
    peak, worker_peak
        Largest memory in bytes of all its processes together, and of one worker: the processes
        of one session. A page that several processes share counts once.
    """

    status: int
    wall: float
    cpu: float
    peak: int
    worker_peak: int


def measure(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], log: Path
) -> Cost:
    """Run a command and measure it.

    Parameters
    ----------
    command
        The program, by its path, and its arguments.
    folder
        Its working folder, and that of this process from now on.
    environment
        Its variables.
    log
        File for its output.

    Notes
    -----
    This process becomes the parent of every descendant whose own parent has ended: only then does
    the kernel count the processor time of all of them. It must have no other children.
    """
    adopt_orphans()
    os.chdir(folder)
    output = (os.POSIX_SPAWN_OPEN, 1, str(log), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    start = time.monotonic()
    command_pid = os.posix_spawn(
        command[0], list(command), environment, file_actions=[output, (os.POSIX_SPAWN_DUP2, 1, 2)]
    )
    status, wall, cpu, largest = 0, 0.0, 0.0, 0
    with _MemoryWatch() as memory:
        for pid, exit_status, usage in _ended_children():
            cpu += usage.ru_utime + usage.ru_stime
            largest = max(largest, usage.ru_maxrss * KIB)
            if pid == command_pid:
                wall = time.monotonic() - start
                status = os.waitstatus_to_exitcode(exit_status)
    # A run that is over before the second look is known by its largest process.
    return Cost(status, wall, cpu, max(memory.peak, largest), max(memory.worker_peak, largest))


def _ended_children() -> Iterator[tuple[int, int, resource.struct_rusage]]:
    """Yield each child that has ended, until there is none left."""
    with suppress(ChildProcessError):
        while True:
            yield os.wait4(-1, 0)


class _MemoryWatch:
    """Reads the memory of all descendants now and then. Use it as a context manager."""

    def __init__(self) -> None:
        self.peak = 0
        self.worker_peak = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> _MemoryWatch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(SAMPLING):
            memory = _memory_by_session().values()
            self.peak = max(self.peak, sum(memory))
            self.worker_peak = max(self.worker_peak, *memory, 0)


def _memory_by_session() -> Mapping[int, int]:
    """Return the memory of all descendants in bytes, by session id."""
    memory: dict[int, int] = defaultdict(int)
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error, OSError):  # it may end meanwhile
            memory[os.getsid(process.pid)] += process.memory_full_info().pss
    return memory
