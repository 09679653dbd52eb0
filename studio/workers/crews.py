"""Who makes the chapters: the processes of this machine, or the workers of a cluster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Protocol, Self

from studio.film.production import Task, make_small
from studio.jobs import Job, Product
from studio.reports import Mailbox, Report
from studio.workers.processes import ProcessExecutor
from studio.workers.worker import make

LIBRARIES = ("torch", "manim")
"""What every worker that draws needs and takes long to import."""

ENCODING_LIBRARIES = ("av", "numpy", "PIL.Image")
"""What every worker that only encodes needs."""


class Crew(Protocol):
    """Makes chapters. Use it as a context manager: at its end nothing is left running."""

    @property
    def size(self) -> int:
        """How many chapters are made at once."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...

    def submit(self, job: Job) -> Future[Product]:
        """Ask for a chapter."""

    def reports(self) -> Iterator[Report]:
        """Yield the reports that have come in, oldest first."""


class LocalCrew:
    """Processes on this machine.

    Parameters
    ----------
    size
        How many chapters are made at once.
    libraries
        What they need and take long to import.
    """

    def __init__(self, size: int, libraries: Sequence[str] = LIBRARIES) -> None:
        self.size = size
        self._libraries = libraries

    def __enter__(self) -> Self:
        self._mailbox = Mailbox()
        self._executor = ProcessExecutor(self.size, self._libraries)
        # It takes manim along: imported here, while the executor's server imports as much.
        from fastcairo.cores import Cores

        self._cores = TemporaryDirectory(prefix="cores-")
        Cores.create(Path(self._cores.name), self.size)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._executor.kill()
        self._mailbox.close()
        self._cores.cleanup()

    def submit(self, job: Job) -> Future[Product]:
        """Ask for a chapter."""
        job = replace(job, cores=self._cores.name)
        return self._executor.submit(make, job, self._mailbox.postbox)

    def submit_small(self, task: Task) -> Future[None]:
        """Ask for the small forms of a chapter's film."""
        return self._executor.submit(make_small, task, self._mailbox.postbox)

    def reports(self) -> Iterator[Report]:
        """Yield the reports that have come in, oldest first."""
        return self._mailbox.take()
