"""Crews of workers: the processes of this machine behind one small interface."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol, TypeVar

from studio.jobs import Job, Product
from studio.reports import Mailbox, Postbox, Report
from studio.workers.processes import ProcessExecutor
from studio.workers.worker import make

T = TypeVar("T")
R = TypeVar("R")

DRAWING_LIBRARIES = ("torch", "manim")
"""Modules that every worker that draws needs and takes long to import."""


class Crew(Protocol):
    """Workers for tasks that take long. Once it is closed, nothing is left running."""

    @property
    def size(self) -> int:
        """Number of tasks that are done at once."""

    def close(self) -> None:
        """End all work at once."""

    def reports(self) -> Iterator[Report]:
        """Yield the reports that have come in, oldest first."""


class DrawingCrew(Crew, Protocol):
    """Workers that draw chapters."""

    def draw(self, job: Job) -> Future[Product]:
        """Ask for a chapter."""


class LocalCrew:
    """Processes on this machine.

    Parameters
    ----------
    size
        Number of tasks that are done at once.
    libraries
        Modules that they need and take long to import.
    """

    def __init__(self, size: int, libraries: Sequence[str]) -> None:
        self.size = size
        with ExitStack() as resources:
            self._mailbox = Mailbox()
            resources.callback(self._mailbox.close)
            self._executor = ProcessExecutor(size, libraries)
            resources.callback(self._executor.kill)
            self._resources = resources.pop_all()

    def close(self) -> None:
        """End all work at once."""
        self._executor.kill()
        self._resources.close()

    def submit(self, function: Callable[[T, Postbox], R], task: T) -> Future[R]:
        """Ask for a task.

        Parameters
        ----------
        function
            Does a task in a process of its own, and posts reports meanwhile.
        task
            Its argument.
        """
        return self._executor.submit(function, task, self._mailbox.postbox)

    def reports(self) -> Iterator[Report]:
        """Yield the reports that have come in, oldest first."""
        return self._mailbox.take()


class LocalDrawingCrew(LocalCrew):
    """Processes on this machine that draw chapters, and share its cores for their plays.

    Parameters
    ----------
    size
        Number of chapters that are drawn at once.
    """

    def __init__(self, size: int) -> None:
        super().__init__(size, DRAWING_LIBRARIES)
        with self._resources as resources:
            # This imports manim: here, while the executor's server imports as much.
            from fastcairo.cores import Cores

            self._cores = resources.enter_context(TemporaryDirectory(prefix="cores-"))
            Cores.create(Path(self._cores), size)
            self._resources = resources.pop_all()

    def draw(self, job: Job) -> Future[Product]:
        """Ask for a chapter."""
        return self.submit(make, replace(job, cores=self._cores))
