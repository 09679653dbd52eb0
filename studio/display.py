"""What the user sees while chapters are made: one live table, or plain lines where none can be."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Literal, Protocol, Self, TypeAlias

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from studio.reports import Report

State: TypeAlias = Literal["waiting", "working", "done", "failed"]

UNKNOWN_SECONDS_OF_FILM = 75.0
"""How long a chapter is taken to be before it was ever made."""


@dataclass
class Row:
    """One chapter's progress.

    Attributes
    ----------
    chapter
        Its name.
    expected_frames
        How many frames it will have, as far as is known.
    frames
        Frames drawn so far.
    beat
        The beat that is being drawn.
    state
        Where it stands.
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
    def elapsed(self) -> float:
        """Seconds since the chapter was begun, until it ended."""
        if self.state == "waiting":
            return 0.0
        return (self.ended or time.monotonic()) - self.started

    @property
    def frames_left(self) -> int:
        """Frames still to draw, as far as is known."""
        if self.state in ("done", "failed"):
            return 0
        return max(self.expected_frames - self.frames, 0)


@dataclass
class Board:
    """Progress of all chapters, and how long it will take.

    Attributes
    ----------
    rows
        One row a chapter, in the order in which they are shown.
    workers
        How many chapters are made at once.
    """

    rows: list[Row]
    workers: int
    by_name: dict[str, Row] = field(init=False)

    def __post_init__(self) -> None:
        self.by_name = {row.chapter: row for row in self.rows}

    def take(self, report: Report) -> bool:
        """Note a report, and return whether it tells of a new beat."""
        row = self.by_name[report.chapter]
        if row.state == "waiting":
            row.state, row.started = "working", time.monotonic()
        is_new = row.state == "working" and report.beat != row.beat
        row.frames, row.beat = report.frames, report.beat
        return is_new

    def end(self, chapter: str, state: State, frames: int = 0) -> Row:
        """Note that a chapter is done or has failed."""
        row = self.by_name[chapter]
        row.ended = time.monotonic()
        row.started = row.started or row.ended
        row.state, row.frames = state, frames or row.frames
        return row

    def seconds_left(self, row: Row | None = None) -> float | None:
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


class Display(Protocol):
    """Shows a board. Use it as a context manager."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...

    def beat_began(self, row: Row) -> None:
        """Show that a chapter has come to its next beat."""

    def ended(self, row: Row) -> None:
        """Show that a chapter is done or has failed."""


class PlainDisplay:
    """Prints a line at every change, for logs and pipes."""

    def __init__(self, board: Board, console: Console) -> None:
        self._board = board
        self._console = console

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        pass

    def beat_began(self, row: Row) -> None:
        """Print the beat."""
        left = self._board.seconds_left()
        tail = f", about {clock(left)} left" if left is not None else ""
        self._print(f"{row.chapter}: {row.beat} at frame {row.frames}{tail}")

    def ended(self, row: Row) -> None:
        """Print the outcome."""
        self._print(f"{row.chapter}: {row.state}, {row.frames} frames in {clock(row.elapsed)}")

    def _print(self, line: str) -> None:
        self._console.print(line, highlight=False, soft_wrap=True)


class LiveDisplay:
    """Redraws one table in place."""

    def __init__(self, board: Board, console: Console) -> None:
        self._board = board
        self._live = Live(
            console=console, get_renderable=self._draw, refresh_per_second=5, transient=True
        )

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._live.stop()

    def beat_began(self, row: Row) -> None:
        """Nothing to do: the table shows it at its next redraw."""

    def ended(self, row: Row) -> None:
        """Nothing to do: the table shows it at its next redraw."""

    def _draw(self) -> RenderableType:
        table = Table.grid(padding=(0, 2), expand=True)
        table.add_column("chapter", no_wrap=True)
        table.add_column("bar", width=24)
        table.add_column("beat", overflow="ellipsis", no_wrap=True, ratio=1)
        table.add_column("frames", justify="right", no_wrap=True)
        table.add_column("time", justify="right", no_wrap=True)
        for row in self._board.rows:
            style = {"waiting": "dim", "failed": "red", "done": "green"}.get(row.state, "")
            total = row.frames if row.state == "done" else max(row.expected_frames, row.frames)
            table.add_row(
                row.chapter,
                ProgressBar(total=max(total, 1), completed=row.frames, width=24),
                row.beat if row.state == "working" else row.state,
                f"{row.frames} frames" if row.frames else "",
                self._time_of(row),
                style=style,
            )
        return Group(table, Text(self._summary(), style="bold"))

    def _time_of(self, row: Row) -> str:
        if row.state in ("done", "failed"):
            return clock(row.elapsed)
        left = self._board.seconds_left(row)
        return f"{clock(left)} left" if row.state == "working" and left is not None else ""

    def _summary(self) -> str:
        rows = self._board.rows
        done = sum(row.state in ("done", "failed") for row in rows)
        frames = sum(row.frames for row in rows)
        left = self._board.seconds_left()
        tail = f", about {clock(left)} left" if left is not None else ""
        return f"{done} of {len(rows)} chapters, {frames} frames{tail}"


def clock(seconds: float) -> str:
    """Write a duration as minutes and seconds."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"
