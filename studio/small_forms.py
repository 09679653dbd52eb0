"""Small forms that a crew is asked for: behind the last chapters, or when all are drawn."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import ExitStack
from typing import Self

from studio.display import Board, ChapterProgress
from studio.film.production import SmallFormsTask, make_small
from studio.jobs import Job
from studio.workers.crews import LocalCrew


class SmallForms:
    """Small forms of films that a crew makes.

    Parameters
    ----------
    hire
        Starts a crew for them alone, unless they share another one.

    Attributes
    ----------
    is_shared
        Whether they are made by the crew that draws.
    tasks
        What the crew was asked for.
    pending
        What has not been collected.
    board
        The progress.
    folders
        Keeps the folders of the tasks until all is done.
    """

    def __init__(self, hire: Callable[[], LocalCrew]) -> None:
        self._hire = hire
        self._crew: LocalCrew | None = None
        self.is_shared = False
        self.tasks: dict[Job, SmallFormsTask] = {}
        self.pending: dict[Future[None], Job] = {}
        self.board = Board([], 1)
        self.folders = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._crew is not None and not self.is_shared:
            self._crew.close()
        self.folders.close()

    def share(self, crew: LocalCrew) -> None:
        """Let a crew make them that has other work as well, and is closed by others."""
        self._crew, self.is_shared = crew, True

    @property
    def crew(self) -> LocalCrew:
        """The crew, which is started when it is needed first."""
        if self._crew is None:
            self._crew = self._hire()
        return self._crew

    def ask_for(self, job: Job, task: SmallFormsTask) -> None:
        """Ask the crew for the small forms of a film."""
        row = ChapterProgress(task.label, task.film.clip.frames)
        self.board.workers = self.crew.size
        self.board.add(row)
        self.tasks[job] = task
        future = self.crew.submit(make_small, task)
        future.add_done_callback(lambda _: row.stop())
        self.pending[future] = job
