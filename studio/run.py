"""From an order to files: look up what is there, make what is not, publish what was asked for."""

from __future__ import annotations

import fcntl
import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from rich.console import Console

from studio.cache import Cache, Entry, Finding, publish
from studio.crews import Crew
from studio.display import UNKNOWN_SECONDS_OF_FILM, Board, Display, LiveDisplay, PlainDisplay, Row
from studio.failures import NO_SPACE, ChapterError, WorkerLostError, is_disk_full
from studio.inputs import Current
from studio.jobs import Job, Kind, Product
from studio.quality import QUALITIES, Quality

POLL = 0.1
"""Seconds between two looks at what the workers report."""


@dataclass(frozen=True)
class Order:
    """What the user asks for.

    Attributes
    ----------
    chapters
        Name and source file of each chapter, in the lecture's order.
    lesson
        The values of the lesson, by key.
    quality
        What the chapters are made in.
    kind
        Films or stills.
    folder
        Where the files go.
    variant
        What tells this order from others in the same queue; empty when it is alone.
    """

    chapters: Mapping[str, str]
    lesson: Mapping[str, Any]
    quality: Quality
    kind: Kind
    folder: Path
    variant: str = ""

    def jobs(self) -> list[Job]:
        """Return one job a chapter."""
        return [
            Job(name, file, self.lesson, self.quality.flag, self.kind, self.variant)
            for name, file in self.chapters.items()
        ]


@dataclass
class Outcome:
    """What became of an order.

    Attributes
    ----------
    written
        Files that were made, or put back where they were missing.
    failures
        By the job's label: one line that says why it could not be made.
    """

    written: list[Path] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)


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
        self, orders: Sequence[Order], hire: Callable[[], Crew], cache_limit: int
    ) -> Outcome:
        """Make what is not fresh, and publish everything.

        Parameters
        ----------
        orders
            What to make: one queue for all.
        hire
            Returns who makes it; called only when there is something to make.
        cache_limit
            Bytes that the cache may take when all is done.

        Raises
        ------
        KeyboardInterrupt
            When the user stops it; nothing is left running or half written.
        """
        outcome = Outcome()
        with self.locked():
            self.cache.sweep()
            stale: dict[Job, Order] = {}
            kept = set()
            for order in orders:
                for job, finding in self.look_up(order).items():
                    if finding.entry:
                        kept.add(finding.entry.folder)
                        outcome.written += self._publish(finding.entry, order)
                    else:
                        stale[job] = order
            if stale:
                with _stoppable(), hire() as crew:
                    kept |= self._make_all(stale, crew, outcome)
                self.cache.shrink(cache_limit, kept)
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

    def _make_all(self, stale: Mapping[Job, Order], crew: Crew, outcome: Outcome) -> set[Path]:
        """Make chapters side by side, the longest first; return the folders of their entries."""
        self._logs.mkdir(parents=True, exist_ok=True)
        guesses = {job: self._guess(job) for job in stale}
        board = Board([Row(job.label, guesses[job].frames) for job in stale], crew.size)
        made = set()
        cores = crew.size // min(crew.size, len(stale))
        with self._display(board) as display:
            pending = {
                crew.submit(self._equipped(job, cores)): job
                for job in sorted(stale, key=lambda job: guesses[job].seconds, reverse=True)
            }
            while pending:
                ended, _ = wait(pending, timeout=POLL, return_when=FIRST_COMPLETED)
                for report in crew.reports():
                    if board.take(report):
                        display.beat_began(board.by_name[report.chapter])
                for future in ended:
                    job = pending.pop(future)
                    entry = self._receive(job, future, stale[job], outcome)
                    display.ended(
                        board.end(job.label, "done", entry.frames)
                        if entry
                        else board.end(job.label, "failed")
                    )
                    made |= {entry.folder} if entry else set()
        return made

    def _receive(
        self, job: Job, future: Future[Product], order: Order, outcome: Outcome
    ) -> Entry | None:
        """Keep and publish what a worker made, or note why there is nothing."""
        try:
            product = future.result()
        except ChapterError as error:
            reason = error.reason
            with suppress(OSError), self._log(job).open("a", encoding="utf-8") as log:
                log.write(error.details)  # left out when the disk is full
        except WorkerLostError as error:
            reason = str(error)
        except (Exception, CancelledError) as error:  # whatever befell a cluster
            reason = f"its worker was lost: {type(error).__name__}: {error}".partition("\n")[0]
        else:
            try:
                entry = self.cache.store(job, product)
                self._publish(entry, order)
            except OSError as error:
                if not is_disk_full(error):
                    raise
                reason = NO_SPACE
            else:
                outcome.written += [order.folder / name for name in entry.checksums]
                return entry
        outcome.failures[job.label] = f"{reason}; log: {self._log(job)}"
        return None

    def _publish(self, entry: Entry, order: Order) -> list[Path]:
        return publish(entry, order.folder, self.cache.scratch())

    def _equipped(self, job: Job, cores: int) -> Job:
        """Give a job its share of this machine."""
        scratch = self.cache.scratch()
        return replace(job, cores=cores, scratch=str(scratch), log=str(self._log(job)))

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
