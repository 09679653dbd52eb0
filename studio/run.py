"""Rendering of orders: find finished work, make the rest, publish all files."""

from __future__ import annotations

import fcntl
import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from rich.console import Console

from studio.display import (
    UNKNOWN_SECONDS_OF_FILM,
    Board,
    ChapterProgress,
    Display,
    LiveDisplay,
    PlainDisplay,
)
from studio.failures import ChapterError, WorkerLostError, line_of
from studio.film.production import SmallFormsTask, keep_small
from studio.jobs import Job, Product
from studio.orders import Order, RenderResult
from studio.quality import QUALITIES
from studio.release import Release
from studio.small_forms import SmallForms
from studio.store.cache import Cache, Finding
from studio.store.freshness import Current
from studio.web.article_page import ArticleError
from studio.workers.crews import Crew, DrawingCrew, LocalCrew

T = TypeVar("T")

POLL = 0.1
"""Seconds between two looks at the workers' reports."""


class Studio:
    """Makes chapters of the project in a folder.

    Parameters
    ----------
    root
        The project's root.
    console
        The terminal that shows progress.
    """

    def __init__(self, root: Path, console: Console) -> None:
        self.root = root
        self.cache = Cache(root / ".cache")
        self._console = console
        self._logs = self.cache.folder / "logs"

    def look_up(self, order: Order) -> dict[Job, Finding]:
        """Find each job's finished work, or the reasons why there is none."""
        current = Current(self.root, order.lesson)
        return {job: self.cache.find(job, current) for job in order.jobs()}

    def render(
        self,
        orders: Sequence[Order],
        hire: Callable[[], DrawingCrew],
        hire_encoders: Callable[[], LocalCrew] | None,
        cache_limit: int,
    ) -> RenderResult:
        """Make everything that is not fresh, and publish all files.

        Parameters
        ----------
        orders
            The orders: one queue for all.
        hire
            Starts the crew that draws chapters; called when there are any to draw.
        hire_encoders
            Starts the crew that encodes small films and loops; likewise. When None, only the
            chapters' films are made.
        cache_limit
            Bytes that the cache is cut to afterwards.

        Returns
        -------
        result
            Written files and failures.
        """
        result = RenderResult()
        releases = [Release(order, self.cache) for order in orders]
        with self.locked(), _stoppable(), ExitStack() as resources:
            self.cache.sweep()
            stale: dict[Job, Release] = {}
            for release in releases:
                for job, finding in self.look_up(release.order).items():
                    if finding.entry:
                        try:
                            result.written += release.add_chapter(job, finding.entry)
                        except (ChapterError, OSError) as error:
                            result.failures[job.label] = _reason(error)
                    else:
                        stale[job] = release
            small = resources.enter_context(SmallForms(hire_encoders)) if hire_encoders else None
            if stale:
                with self.cache.staging():
                    pass  # fails at once, and in one line, where nothing can be written
                crew = resources.enter_context(closing(hire()))
                if small and isinstance(crew, LocalCrew):
                    small.share(crew)
                self._draw_all(stale, crew, small, result)
            if small:
                self._make_small(releases, small, result)
                self._join(releases, result)
            result.complaints = [line for release in releases for line in release.complaints]
            if result.written:
                self.cache.shrink(cache_limit, set().union(*(r.used for r in releases)))
        return result

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

    def _draw_all(
        self,
        stale: Mapping[Job, Release],
        crew: DrawingCrew,
        small: SmallForms | None,
        result: RenderResult,
    ) -> None:
        """Draw chapters side by side, the longest first.

        Where ``small`` shares the crew, the small forms of those that are done come behind those
        that wait: no core is without work while the last chapter is drawn.
        """
        self._logs.mkdir(parents=True, exist_ok=True)
        guesses = {job: self._guess(job) for job in stale}
        pending = {
            crew.draw(self._equipped(job)): job
            for job in sorted(stale, key=lambda job: guesses[job].seconds, reverse=True)
        }

        def keep(job: Job, product: Product) -> int:
            entry = self.cache.store(job, product)
            result.written += stale[job].add_chapter(job, entry, is_new=True)
            if small and small.is_shared:
                with suppress(ChapterError, OSError):  # found again, and told, with all others
                    result.written += self._begin_small(job, stale[job], small)
            return entry.frames

        rows = [ChapterProgress(job.label, guesses[job].frames) for job in stale]
        board = Board(rows, crew.size)
        self._collect(pending, board, crew, keep, result, small.board if small else None)

    def _begin_small(self, job: Job, release: Release, small: SmallForms) -> list[Path]:
        """Publish the small forms of a chapter's film that the cache has, or ask for them.

        Returns
        -------
        written
            The files that were published.
        """
        if job not in release.without_small():
            return []  # it has no film, but stills
        written = release.find_small(job)
        film = release.without_small().get(job)
        if film is not None:
            folder = small.folders.enter_context(self.cache.staging())
            small.ask_for(job, SmallFormsTask(job.label, film, folder, str(self._log(job))))
        return written

    def _make_small(
        self, releases: Sequence[Release], small: SmallForms, result: RenderResult
    ) -> None:
        """Encode the small forms of the films that lack them, side by side."""
        self._logs.mkdir(parents=True, exist_ok=True)
        lacking = {job: release for release in releases for job in release.without_small()}
        for job, release in lacking.items():
            if job in small.tasks:
                continue
            try:
                result.written += self._begin_small(job, release, small)
            except (ChapterError, OSError) as error:
                result.failures[job.label] = _reason(error)
        if not small.pending:
            return

        def keep(job: Job, _: None) -> int:
            files = keep_small(self.cache, small.tasks[job])
            result.written += lacking[job].add_small(job, files, is_new=True)
            return small.tasks[job].film.clip.frames

        self._console.print("Small films and loops:")
        self._collect(small.pending, small.board, small.crew, keep, result)

    def _join(self, releases: Sequence[Release], result: RenderResult) -> None:
        """Make the lectures, then the pages, which show one another's films."""
        for write, what in ((Release.write_lecture, "lecture"), (Release.write_pages, "pages")):
            for release in releases:
                label = f"{what} {release.order.variant}".strip()
                try:
                    result.written += write(release)
                except (ChapterError, ArticleError, OSError) as error:
                    result.failures[label] = _reason(error)
        for release in releases:
            result.lacking |= release.lacking()

    def _collect(
        self,
        pending: dict[Future[T], Job],
        board: Board,
        crew: Crew,
        keep: Callable[[Job, T], int],
        result: RenderResult,
        behind: Board | None = None,
    ) -> None:
        """Show a crew's progress until all tasks have ended, and keep their products.

        Parameters
        ----------
        pending
            The tasks of the crew.
        board
            Their progress.
        crew
            The crew.
        keep
            Keeps a product, and returns the number of its frames.
        result
            Gets the failures.
        behind
            Progress of what the crew goes on with for a chapter that has ended; not shown yet.
        """
        with closing(self._display(board)) as display:
            while pending:
                ended, _ = wait(pending, timeout=POLL, return_when=FIRST_COMPLETED)
                for report in crew.reports():
                    if behind and board.by_name[report.chapter].has_ended:
                        if report.chapter in behind.by_name:
                            behind.take(report)
                    elif board.take(report):
                        display.beat_began(board.by_name[report.chapter])
                for future in ended:
                    job = pending.pop(future)
                    try:
                        frames = keep(job, self._product(job, future))
                    except (ChapterError, OSError) as error:
                        result.failures[job.label] = f"{_reason(error)}; log: {self._log(job)}"
                        display.ended(board.end(job.label, "failed"))
                    else:
                        display.ended(board.end(job.label, "done", frames))

    def _product(self, job: Job, future: Future[T]) -> T:
        """Return the product of a task that has ended.

        Raises
        ------
        ChapterError
            When it failed, or its worker was lost.
        """
        try:
            return future.result()
        except ChapterError as error:
            with suppress(OSError), self._log(job).open("a", encoding="utf-8") as log:
                log.write(error.details)  # left out when the disk is full
            raise
        except WorkerLostError as error:
            raise ChapterError(str(error)) from error
        except (Exception, CancelledError) as error:  # of whatever library a cluster has
            reason = f"its worker was lost: {type(error).__name__}: {error}".partition("\n")[0]
            raise ChapterError(reason) from error

    def _equipped(self, job: Job) -> Job:
        """Return a job with its folders on this machine."""
        plays = str(self.cache.plays(job)) if job.kind == "film" else None
        scratch = str(self.cache.scratch())
        return replace(job, scratch=scratch, plays=plays, log=str(self._log(job)))

    def _log(self, job: Job) -> Path:
        return self._logs / f"{job.label.replace(' ', '-')}.log"

    def _guess(self, job: Job) -> Guess:
        """Guess the cost of a job from the chapter's entries in any quality."""
        quality = QUALITIES[job.quality]
        for other in sorted(QUALITIES.values(), key=lambda q: q != quality):
            for entry in self.cache.entries(replace(job, quality=other.flag)):
                return Guess(
                    frames=entry.frames * quality.frame_rate // other.frame_rate,
                    seconds=entry.seconds * quality.pixel_rate / other.pixel_rate,
                )
        return Guess(round(UNKNOWN_SECONDS_OF_FILM * quality.frame_rate), float("inf"))

    def _display(self, board: Board) -> Display:
        is_live = self._console.is_terminal and not self._console.is_dumb_terminal
        return LiveDisplay(board, self._console) if is_live else PlainDisplay(board, self._console)


@dataclass(frozen=True)
class Guess:
    """Expected cost of a job: frames to draw, and seconds."""

    frames: int
    seconds: float


def _reason(error: Exception) -> str:
    return line_of(error) if isinstance(error, OSError) else str(error)


@contextmanager
def _stoppable() -> Iterator[None]:
    """Treat the signals that end a program as Ctrl-C, but for those that ``nohup`` ignores."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    ignored = [n for n in numbers[1:] if signal.getsignal(n) is signal.SIG_IGN]
    signals = [n for n in numbers if n not in ignored]
    before = {number: signal.signal(number, signal.default_int_handler) for number in signals}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
