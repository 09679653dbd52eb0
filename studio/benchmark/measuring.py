"""What a command costs, with all that it starts: time, processor time and memory."""

from __future__ import annotations

import ctypes
import os
import resource
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36
"""From Linux' ``prctl.h``: become the parent of descendants whose own parent has ended."""

SAMPLING = 1.0
"""Seconds between two looks at the memory; a look takes the kernel some milliseconds."""

KIB = 1024


@dataclass(frozen=True)
class Cost:
    """What a command cost.

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
        Where it runs. This process goes there as well.
    environment
        Its variables.
    log
        File that takes what it prints.

    Notes
    -----
    This process becomes the parent of every descendant whose own parent has ended: only then does
    the kernel count the processor time of all of them. It must have no other children.
    """
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
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
    """Looks at the memory of all descendants now and then. Use it as a context manager."""

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
            by_session: dict[int, int] = defaultdict(int)
            for pid, session in _descendants(os.getpid()):
                by_session[session] += _proportional_memory(pid)
            self.peak = max(self.peak, sum(by_session.values()))
            self.worker_peak = max(self.worker_peak, *by_session.values(), 0)


def _descendants(ancestor: int) -> Iterator[tuple[int, int]]:
    """Yield process and session id of every descendant of a process."""
    children: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                # The program's name, in brackets, may hold spaces and brackets itself.
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
                children[int(fields[1])].append((int(folder.name), int(fields[3])))
    waiting = [ancestor]
    while waiting:
        found = children[waiting.pop()]
        yield from found
        waiting += [pid for pid, _ in found]


def _proportional_memory(pid: int) -> int:
    """Return a process' memory in bytes, its share of what it shares; 0 when it has ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * KIB
    return 0
