"""Measured runs and their ratios: pure arithmetic and text."""

from __future__ import annotations

import csv
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import groupby
from pathlib import Path
from statistics import fmean

from rich.box import SIMPLE
from rich.table import Table

MIB = 2**20
MEGABYTE = 10**6


@dataclass(frozen=True)
class Run:
    """One run of a program that makes films.

    Attributes
    ----------
    frames, film_seconds
        Length of the films.
    wall, cpu
        Seconds, and seconds of processor time, that it took.
    peak, worker_peak
        Largest memory in bytes, of all processes together and of one worker.
    size
        Bytes of the films.
    """

    frames: float
    film_seconds: float
    wall: float
    cpu: float
    peak: float
    worker_peak: float
    size: float

    @property
    def frame_rate(self) -> float:
        """Frames drawn in a second."""
        return self.frames / self.wall


def mean(runs: Sequence[Run]) -> Run:
    """Return the mean of several runs of the same, value by value."""
    return Run(*(fmean(getattr(run, field.name) for run in runs) for field in fields(Run)))


def geometric_mean(runs: Sequence[Run]) -> Run:
    """Return the geometric mean of runs of different films: ratios of such are means of ratios."""
    return Run(
        *(
            statistics.geometric_mean(getattr(run, field.name) for run in runs)
            for field in fields(Run)
        )
    )


def one_after_the_other(runs: Sequence[Run]) -> Run:
    """Return several runs in a row as a single one."""
    total = {field.name: sum(getattr(run, field.name) for run in runs) for field in fields(Run)}
    for peak in ("peak", "worker_peak"):
        total[peak] = max(getattr(run, peak) for run in runs)
    return Run(**total)


@dataclass(frozen=True)
class Comparison:
    """One line of the table: a contender beside its baseline.

    Attributes
    ----------
    part
        The part of the benchmark.
    subject
        The film and its quality.
    contender
        The program that rendered it.
    run
        The mean of its runs.
    baseline
        The mean of the runs that it is compared with; its own where it is the baseline.
    """

    part: str
    subject: str
    contender: str
    run: Run
    baseline: Run

    @property
    def speedup(self) -> float:
        """Ratio of the baseline's wall time to the run's."""
        return self.baseline.wall / self.run.wall

    @property
    def thrift(self) -> float:
        """Ratio of the baseline's processor time to the run's."""
        return self.baseline.cpu / self.run.cpu


@dataclass(frozen=True)
class Column:
    """A column of the table and of the CSV file."""

    heading: str
    key: str
    scale: float = 1.0
    digits: int = 1

    def value(self, row: Comparison) -> float:
        """Return the value of a row, in the unit of the CSV file."""
        value: float = getattr(row if hasattr(row, self.key) else row.run, self.key)
        return value

    def text(self, row: Comparison) -> str:
        """Return the text of a row of the table."""
        return f"{self.value(row) / self.scale:.{self.digits}f}"


COLUMNS = (
    Column("frames", "frames", digits=0),
    Column("film s", "film_seconds"),
    Column("wall s", "wall"),
    Column("CPU s", "cpu"),
    Column("frames/s", "frame_rate", digits=0),
    Column("peak MiB", "peak", MIB, digits=0),
    Column("a worker", "worker_peak", MIB, digits=0),
    Column("film MB", "size", MEGABYTE),
    Column("x wall", "speedup", digits=2),
    Column("x CPU", "thrift", digits=2),
)


def tables(rows: Iterable[Comparison]) -> Iterator[Table]:
    """Yield one table for each subject."""
    for (part, subject), group in groupby(rows, key=lambda row: (row.part, row.subject)):
        table = Table(
            title=f"{part}: {subject}", title_justify="left", title_style="bold", box=SIMPLE
        )
        table.add_column("")
        for column in COLUMNS:
            table.add_column(column.heading, justify="right")
        for row in group:
            table.add_row(row.contender, *(column.text(row) for column in COLUMNS))
        yield table


def write_csv(rows: Iterable[Comparison], path: Path) -> None:
    """Write all rows to a file: seconds, bytes and ratios."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["part", "subject", "contender", *(column.key for column in COLUMNS)])
        for row in rows:
            values = (round(column.value(row), 4) for column in COLUMNS)
            writer.writerow([row.part, row.subject, row.contender, *values])


def differences(rows: Iterable[Comparison]) -> Iterator[str]:
    """Yield one line for each film whose length differs from its baseline's."""
    for row in rows:
        if row.run.frames != row.baseline.frames:
            yield (
                f"{row.subject}, {row.contender}: {row.run.frames:.0f} frames instead of "
                f"{row.baseline.frames:.0f}"
            )
