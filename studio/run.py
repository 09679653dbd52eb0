"""From an order to files: look up what is there, make what is not, publish what was asked for."""

from __future__ import annotations

import fcntl
import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from rich.console import Console

from studio.display import UNKNOWN_SECONDS_OF_FILM, Board, Display, LiveDisplay, PlainDisplay, Row
from studio.failures import NO_SPACE, ChapterError, WorkerLostError, is_disk_full
from studio.film.production import Task, keep_small
from studio.film.release import Release
from studio.jobs import Job, Product
from studio.orders import Order, Outcome
from studio.quality import QUALITIES
from studio.store.cache import Cache, Finding
from studio.store.inputs import Current
from studio.web.article_page import PostError
from studio.workers.crews import Crew, LocalCrew

T = TypeVar("T")

POLL = 0.1
"""Seconds between two looks at what the workers report."""


class Studio:
    """Makes chapters of the project in a folder.

    Parameters
    ----------
    root
        The project's root.
    console
        Where progress is shown.
    """

    def __init__(self, root: Path, console: Console) -> None:
        self.root = root
        self.cache = Cache(root / ".cache")
        self._console = console
        self._logs = self.cache.folder / "logs"

    def look_up(self, order: Order) -> dict[Job, Finding]:
        """Find out what is fresh, and why the rest is not."""
        current = Current(self.root, order.lesson)
        return {job: self.cache.find(job, current) for job in order.jobs()}

    def render(
        self,
        orders: Sequence[Order],
        hire: Callable[[], Crew],
        hire_encoders: Callable[[], LocalCrew] | None,
        cache_limit: int,
    ) -> Outcome:
        """Make what is not fresh, and publish everything.

        Parameters
        ----------
        orders
            What to make: one queue for all.
        hire
            Finds those who make the chapters; called when there are any to make.
        hire_encoders
            Finds those who make the small forms of the chapters' films; likewise. Without it
            the chapters' films are all that is made.
        cache_limit
            Bytes that the cache is cut to afterwards.

        Returns
        -------
        outcome
            What was written.
        """
        outcome = Outcome()
        releases = [Release(order, self.cache) for order in orders]
        with self.locked(), _stoppable():
            self.cache.sweep()
            stale: dict[Job, Release] = {}
            for release in releases:
                for job, finding in self.look_up(release.order).items():
                    if finding.entry:
                        outcome.written += release.take_in(job, finding.entry)
                    else:
                        stale[job] = release
            if stale:
                with hire() as crew:
                    self._make_all(stale, crew, outcome)
            if hire_encoders:
                self._make_small(releases, hire_encoders, outcome)
                self._join(releases, outcome)
            if outcome.written:
                self.cache.shrink(cache_limit, set().union(*(r.used for r in releases)))
        return outcome

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other studios away from the cache; wait for one that is at work."""
        self.cache.folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(self.cache.folder, os.O_RDONLY)
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self._console.print("Another render is at work here; waiting for it.")
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _make_all(self, stale: Mapping[Job, Release], crew: Crew, outcome: Outcome) -> None:
        """Make chapters side by side, the longest first."""
        self._logs.mkdir(parents=True, exist_ok=True)
        guesses = {job: self._guess(job) for job in stale}
        pending = {
            crew.submit(self._equipped(job)): job
            for job in sorted(stale, key=lambda job: guesses[job].seconds, reverse=True)
        }

        def keep(job: Job, product: Product) -> int:
            entry = self.cache.store(job, product)
            outcome.written += stale[job].take_in(job, entry, is_new=True)
            return entry.frames

        rows = [Row(job.label, guesses[job].frames) for job in stale]
        self._see_to(pending, rows, crew, keep, outcome)

    def _make_small(
        self, releases: Sequence[Release], hire: Callable[[], LocalCrew], outcome: Outcome
    ) -> None:
        """Make the small forms of the films that lack them, side by side."""
        self._logs.mkdir(parents=True, exist_ok=True)
        for release in releases:
            outcome.written += release.find_small()
        stale = {job: r for r in releases for job in r.without_small()}
        if not stale:
            return
        with ExitStack() as asides, hire() as crew:
            tasks = {
                job: Task(
                    label=job.label,
                    take=release.without_small()[job],
                    folder=asides.enter_context(self.cache.aside()),
                    log=str(self._log(job)),
                )
                for job, release in stale.items()
            }
            pending = {crew.submit_small(task): job for job, task in tasks.items()}

            def keep(job: Job, _: None) -> int:
                kept = keep_small(self.cache, tasks[job])
                outcome.written += stale[job].take_in_small(job, kept, is_new=True)
                return tasks[job].take.clip.frames

            rows = [Row(task.label, task.take.clip.frames) for task in tasks.values()]
            self._console.print("Small films and loops:")
            self._see_to(pending, rows, crew, keep, outcome)

    def _join(self, releases: Sequence[Release], outcome: Outcome) -> None:
        """Make the lectures, then the pages, which show one another's films."""
        for write, what in ((Release.write_lecture, "lecture"), (Release.write_pages, "pages")):
            for release in releases:
                label = f"{what} {release.order.variant}".strip()
                try:
                    outcome.written += write(release)
                except (ChapterError, PostError) as error:
                    outcome.failures[label] = str(error)
                except OSError as error:
                    if not is_disk_full(error):
                        raise
                    outcome.failures[label] = NO_SPACE
        for release in releases:
            outcome.lacking |= release.lacking()

    def _see_to(
        self,
        pending: dict[Future[T], Job],
        rows: list[Row],
        crew: Crew,
        keep: Callable[[Job, T], int],
        outcome: Outcome,
    ) -> None:
        """Show how far a crew is until all is done, keep what it makes, and note what fails.

        Parameters
        ----------
        pending
            What was asked of the crew.
        rows
            What is shown of it.
        crew
            Who does it.
        keep
            Takes a result, and returns the number of frames that were made.
        outcome
            Takes the failures.
        """
        board = Board(rows, crew.size)
        with self._display(board) as display:
            while pending:
                ended, _ = wait(pending, timeout=POLL, return_when=FIRST_COMPLETED)
                for report in crew.reports():
                    if board.take(report):
                        display.beat_began(board.by_name[report.chapter])
                for future in ended:
                    job = pending.pop(future)
                    try:
                        frames = keep(job, self._result(job, future))
                    except (ChapterError, OSError) as error:
                        if isinstance(error, OSError) and not is_disk_full(error):
                            raise
                        reason = error.reason if isinstance(error, ChapterError) else NO_SPACE
                        outcome.failures[job.label] = f"{reason}; log: {self._log(job)}"
                        display.ended(board.end(job.label, "failed"))
                    else:
                        display.ended(board.end(job.label, "done", frames))

    def _result(self, job: Job, future: Future[T]) -> T:
        """Return what a worker made.

        Raises
        ------
        ChapterError
            Whatever befell it.
        """
        try:
            return future.result()
        except ChapterError as error:
            with suppress(OSError), self._log(job).open("a", encoding="utf-8") as log:
                log.write(error.details)  # left out when the disk is full
            raise
        except WorkerLostError as error:
            raise ChapterError(str(error)) from error
        except (Exception, CancelledError) as error:  # whatever befell a cluster
            reason = f"its worker was lost: {type(error).__name__}: {error}".partition("\n")[0]
            raise ChapterError(reason) from error

    def _equipped(self, job: Job) -> Job:
        """Tell a job where it finds room on this machine."""
        plays = str(self.cache.plays(job)) if job.kind == "film" else None
        scratch = str(self.cache.scratch())
        return replace(job, scratch=scratch, plays=plays, log=str(self._log(job)))

    def _log(self, job: Job) -> Path:
        return self._logs / f"{job.label.replace(' ', '-')}.log"

    def _guess(self, job: Job) -> Guess:
        """Guess what a job will cost from what the cache has of the chapter in any quality."""
        quality = QUALITIES[job.quality]
        for other in sorted(QUALITIES.values(), key=lambda q: q != quality):
            for entry in self.cache.entries(replace(job, quality=other.flag)):
                return Guess(
                    frames=entry.frames * quality.frame_rate // other.frame_rate,
                    seconds=entry.seconds * quality.pixel_rate / other.pixel_rate,
                )
        return Guess(round(UNKNOWN_SECONDS_OF_FILM * quality.frame_rate), float("inf"))

    def _display(self, board: Board) -> Display:
        lives = self._console.is_terminal and not self._console.is_dumb_terminal
        return LiveDisplay(board, self._console) if lives else PlainDisplay(board, self._console)


@dataclass(frozen=True)
class Guess:
    """What a job is expected to cost: frames to draw, and seconds."""

    frames: int
    seconds: float


@contextmanager
def _stoppable() -> Iterator[None]:
    """Take the signals that end a program as Ctrl-C."""
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, signal.default_int_handler) for number in signals}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
