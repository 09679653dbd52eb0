"""Progress of the chapters on the screen: one live table, or plain lines for logs and pipes."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeAlias

from rich.console import Console, JustifyMethod, RenderableType
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Column
from rich.text import Text

from studio.clock import clock
from studio.reports import Report

State: TypeAlias = Literal["waiting", "working", "done", "failed"]

STYLES: dict[State, str] = {"waiting": "dim", "working": "none", "done": "green", "failed": "red"}

UNKNOWN_SECONDS_OF_FILM = 75.0
"""Expected length of a chapter that was never made."""


@dataclass
class ChapterProgress:
    """One chapter's progress.

    Attributes
    ----------
    chapter
        Its name.
    expected_frames
        Expected number of its frames.
    frames
        Frames drawn so far.
    beat
        The beat that is being drawn.
    state
        Whether it is waiting, working, done or failed.
    started, ended
        On the monotonic clock, in seconds.
    """

    chapter: str
    expected_frames: int
    frames: int = 0
    beat: str = ""
    state: State = "waiting"
    started: float = 0.0
    ended: float = 0.0

    @property
    def has_ended(self) -> bool:
        """Return whether it is done or has failed."""
        return self.state in ("done", "failed")

    @property
    def elapsed(self) -> float:
        """Seconds since the chapter was begun, until it ended."""
        if self.state == "waiting":
            return 0.0
        return (self.ended or time.monotonic()) - self.started

    def stop(self) -> None:
        """Note that nobody works at it any more."""
        self.ended = time.monotonic()

    @property
    def frames_left(self) -> int:
        """Expected number of frames still to draw."""
        return 0 if self.has_ended else max(self.expected_frames - self.frames, 0)


@dataclass
class Board:
    """Progress of all chapters, with an estimate of the time left.

    Attributes
    ----------
    rows
        One a chapter, in the order in which they are shown.
    workers
        Number of chapters that are made at once.
    """

    rows: list[ChapterProgress]
    workers: int
    by_name: dict[str, ChapterProgress] = field(init=False)

    def __post_init__(self) -> None:
        self.by_name = {row.chapter: row for row in self.rows}

    def add(self, row: ChapterProgress) -> None:
        """Add a row at the end."""
        self.rows.append(row)
        self.by_name[row.chapter] = row

    def take(self, report: Report) -> bool:
        """Note a report, and return whether a new beat has begun."""
        row = self.by_name[report.chapter]
        if row.state == "waiting":
            row.state, row.started = "working", time.monotonic()
        is_new = row.state == "working" and report.beat != row.beat
        row.frames, row.beat = report.frames, report.beat
        return is_new

    def end(self, chapter: str, state: State, frames: int = 0) -> ChapterProgress:
        """Note that a chapter is done or has failed.

        Parameters
        ----------
        chapter, state
            The chapter, and its last state.
        frames
            Number of its frames; 0 for those that were reported.
        """
        row = self.by_name[chapter]
        row.ended = row.ended or time.monotonic()
        row.started = row.started or row.ended
        row.state, row.frames = state, frames or row.frames
        return row

    def seconds_left(self, row: ChapterProgress | None = None) -> float | None:
        """Estimate the time left for a chapter, or for all; None before anything is drawn."""
        drawn = sum(r.frames for r in self.rows)
        elapsed = sum(r.elapsed for r in self.rows)
        if not drawn or not elapsed:
            return None
        if row is not None:
            frames, spent = (row.frames, row.elapsed) if row.frames else (drawn, elapsed)
            return row.frames_left * spent / frames
        rows = [self.seconds_left(r) or 0.0 for r in self.rows]
        return max(max(rows), sum(rows) / self.workers)

    def time_of(self, row: ChapterProgress) -> str:
        """Return the time that a chapter took, or that is left for it; empty when unknown."""
        if row.has_ended:
            return clock(row.elapsed)
        left = self.seconds_left(row)
        return f"{clock(left)} left" if row.state == "working" and left is not None else ""

    def time_left(self) -> str:
        """Return the end of a line that tells the time left for all; empty when unknown."""
        left = self.seconds_left()
        return f", about {clock(left)} left" if left is not None else ""

    def summary(self) -> str:
        """Return the progress of all chapters in one line."""
        done = sum(row.has_ended for row in self.rows)
        frames = sum(row.frames for row in self.rows)
        return f"{done} of {len(self.rows)} chapters, {frames} frames{self.time_left()}"


class Display(Protocol):
    """Shows a board until it is closed."""

    def close(self) -> None:
        """Show nothing any more."""

    def beat_began(self, row: ChapterProgress) -> None:
        """Show that a chapter has come to its next beat."""

    def ended(self, row: ChapterProgress) -> None:
        """Show that a chapter is done or has failed."""


class PlainDisplay:
    """Prints a line at every change, for logs and pipes.

    Parameters
    ----------
    board
        The progress.
    console
        Where it is printed.
    """

    def __init__(self, board: Board, console: Console) -> None:
        self._board = board
        self._console = console

    def close(self) -> None:
        """Nothing to do: the lines stay."""

    def beat_began(self, row: ChapterProgress) -> None:
        """Print the beat."""
        self._print(f"{row.chapter}: {row.beat} at frame {row.frames}{self._board.time_left()}")

    def ended(self, row: ChapterProgress) -> None:
        """Print the result."""
        self._print(f"{row.chapter}: {row.state}, {row.frames} frames in {clock(row.elapsed)}")

    def _print(self, line: str) -> None:
        self._console.print(line, highlight=False, soft_wrap=True)


class LiveDisplay(Progress):
    """Redraws one table in place.

    Parameters
    ----------
    board
        The progress.
    console
        Where it is drawn.
    """

    def __init__(self, board: Board, console: Console) -> None:
        self._board = board
        super().__init__(
            _text_column("{task.description}"),
            BarColumn(bar_width=24),
            _text_column("{task.fields[activity]}", ratio=1),
            _text_column("{task.fields[frames]}", "right"),
            _text_column("{task.fields[time]}", "right"),
            console=console,
            expand=True,
            refresh_per_second=5,
            transient=True,
        )
        for row in board.rows:
            self.add_task(row.chapter, **self._fields(row))
        self.start()

    def close(self) -> None:
        """Take the table away."""
        self.stop()

    def beat_began(self, row: ChapterProgress) -> None:
        """Nothing to do: the table shows it at its next redraw."""

    def ended(self, row: ChapterProgress) -> None:
        """Nothing to do: the table shows it at its next redraw."""

    def get_renderables(self) -> Iterable[RenderableType]:
        """Yield the table as it is now, and a line for all chapters."""
        for task, row in zip(self.task_ids, self._board.rows, strict=False):
            expected = 0 if row.state == "done" else row.expected_frames
            total = max(expected, row.frames, 1)
            self.update(task, total=total, completed=row.frames, **self._fields(row))
        yield self.make_tasks_table(self.tasks)
        yield Text(self._board.summary(), style="bold")

    def _fields(self, row: ChapterProgress) -> dict[str, Any]:
        return {
            "style": STYLES[row.state],
            "activity": row.beat if row.state == "working" else row.state,
            "frames": f"{row.frames} frames" if row.frames else "",
            "time": self._board.time_of(row),
        }


def _text_column(
    text: str, justify: JustifyMethod = "left", ratio: int | None = None
) -> TextColumn:
    """Return a column of text in the style of the task's state."""
    column = Column(no_wrap=True, ratio=ratio)
    return TextColumn(f"[{{task.fields[style]}}]{text}[/]", justify=justify, table_column=column)
