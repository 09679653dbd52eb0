"""The benchmark's arithmetic and text, from measurements that are given."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from fastcairo import FastScene
from studio.benchmark import plain, small
from studio.benchmark.parts import (
    CACHED,
    CLOUDS,
    DOTS,
    ONE_WORKER,
    SCATTERS,
    STOCK,
    STUDIO,
    Bench,
)
from studio.benchmark.results import (
    MIB,
    Comparison,
    Run,
    differences,
    geometric_mean,
    mean,
    one_after_the_other,
    tables,
    write_csv,
)
from studio.quality import QUALITIES, Quality


def run(wall: float, cpu: float = 1.0, frames: int = 600, peak: float = 100 * MIB) -> Run:
    return Run(frames, frames / 60, wall, cpu, peak, peak / 2, 3e6)


SLOW = run(wall=60, cpu=80)
ROWS = [
    Comparison("chapter", "Quick 1080p60", STOCK, SLOW, SLOW),
    Comparison("chapter", "Quick 1080p60", STUDIO, run(wall=10, cpu=16), SLOW),
    Comparison("chapter", "Quick 1080p60", ONE_WORKER, run(wall=30, cpu=20), SLOW),
]


def printed(rows: list[Comparison]) -> str:
    console = Console(file=StringIO(), width=130)
    for table in tables(rows):
        console.print(table)
    return console.file.getvalue()  # type: ignore[attr-defined]


def test_table_compares_every_contender_with_its_baseline() -> None:
    lines = printed(ROWS).splitlines()
    (line,) = (line for line in lines if line.split()[:2] == ["render.sh", "600"])
    assert line.split()[1:] == [
        "600",
        "10.0",
        "10.0",
        "16.0",
        "60",
        "100",
        "50",
        "3.0",
        "6.00",
        "5.00",
    ]
    assert lines[0].strip() == "chapter: Quick 1080p60"


def test_the_ratio_of_geometric_means_is_the_mean_of_ratios() -> None:
    stock = geometric_mean([run(wall=8), run(wall=2)])
    ours = geometric_mean([run(wall=1), run(wall=1)])
    assert stock.wall == pytest.approx(4)
    assert Comparison("small", "", STOCK, ours, stock).speedup == pytest.approx(4)


@pytest.mark.parametrize("module", [plain, small])
def test_the_scenes_that_are_measured_are_there(module: Any) -> None:
    for name in module.SCENES:
        assert issubclass(getattr(module, name), FastScene)


def test_csv_has_a_line_a_row(tmp_path: Path) -> None:
    write_csv(ROWS, tmp_path / "new" / "bench.csv")
    with (tmp_path / "new" / "bench.csv").open(newline="") as file:
        lines = list(csv.DictReader(file))
    assert [line["contender"] for line in lines] == [STOCK, STUDIO, ONE_WORKER]
    assert [float(line["speedup"]) for line in lines] == [1, 6, 2]
    assert [float(line["thrift"]) for line in lines] == [1, 5, 4]
    assert float(lines[0]["worker_peak"]) == 50 * MIB


def test_runs_in_a_row_take_the_sum_of_times_and_the_largest_memory() -> None:
    both = one_after_the_other([run(wall=10, peak=5), run(wall=20, frames=60, peak=7)])
    assert (both.frames, both.film_seconds, both.wall, both.cpu) == (660, 11, 30, 2)
    assert (both.peak, both.worker_peak, both.size) == (7, 3.5, 6e6)


def test_mean_of_runs() -> None:
    assert mean([run(wall=10), run(wall=20)]) == run(wall=15)


def test_films_of_different_length_are_named() -> None:
    row = Comparison("chapter", "Quick 1080p60", STUDIO, run(wall=1, frames=599), SLOW)
    assert list(differences([*ROWS, row])) == [
        "Quick 1080p60, render.sh: 599 frames instead of 600"
    ]


class PretendedWorkshop:
    """Renders nothing, notes who was asked, and is slow as manim."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def stock(self, _file: str, scene: str, quality: Quality) -> Run:
        self.asked.append(f"stock {scene} {quality.flag}")
        return run(wall=60)

    def engine(
        self, _file: str, scene: str, _quality: Quality, levers: Iterable[str] | None = None
    ) -> Run:
        self.asked.append(f"engine {scene} {','.join(levers or [])}")
        return run(wall=30)

    def studio(
        self,
        chapters: Sequence[str],
        quality: Quality,
        jobs: int | None = None,
        again: bool = False,
    ) -> Run:
        self.asked.append(f"studio {','.join(chapters)} {quality.flag} {jobs} {again}")
        return run(wall=10, frames=600 * len(chapters))


@pytest.fixture
def bench() -> Bench:
    workshop: Any = PretendedWorkshop()
    return Bench(workshop, {"A": "a.py", "B": "b.py"}, QUALITIES["h"], say=lambda _: None)


def asked(bench: Bench) -> list[str]:
    workshop: Any = bench.workshop
    noted: list[str] = workshop.asked
    return noted


def test_contenders_take_turns_and_manim_renders_a_chapter_once(bench: Bench) -> None:
    rows = [*bench.lecture(), *bench.chapter()]
    both = "studio A,B h None False"
    alone = [f"studio A h {jobs} False" for jobs in (1, None)]
    assert asked(bench)[:6] == [both, "stock A h", "stock B h", both, *alone]
    assert sum(name.startswith("stock") for name in asked(bench)) == 2
    assert [row.speedup for row in rows[:2]] == [1, 12]
    assert list(differences(rows)) == []


def test_every_lever_is_measured_alone_and_left_out(bench: Bench) -> None:
    contenders = [row.contender for row in bench.levers()]
    assert len(contenders) == len(set(contenders))
    for lever in ("damage", "paths", "encoder", "copies"):
        assert f"engine A {lever}" in asked(bench)
        assert {f"only {lever}", f"without {lever}"} < set(contenders)


def test_everything_cached_is_rendered_once_more(bench: Bench) -> None:
    assert [row.contender for row in bench.cached()] == [STUDIO, CACHED]
    assert asked(bench) == ["studio A,B h None False", "studio A,B h None True"]


def test_sizes_are_television_and_cinema(bench: Bench) -> None:
    assert {row.subject for row in bench.sizes()} == {"A 1080p60", "A 2160p60"}


def test_scatter_grows_and_is_compared_with_dots(bench: Bench) -> None:
    rows = list(bench.scatter())
    assert [row.contender for row in rows if row.part == "points"] == [
        f"{count} points" for count in SCATTERS
    ]
    assert {DOTS, CLOUDS} < {row.contender for row in rows if row.part == "scatter"}


BURN = "import time\nwhile time.process_time() < 0.3: pass"
ORPHAN = f"""
import subprocess, sys
print("said")
subprocess.Popen([sys.executable, "-c", {BURN!r}], start_new_session=True)
sys.exit(3)
"""
MEASURE = f"""
import os, pathlib, sys
from studio.benchmark.measuring import measure
log = pathlib.Path(sys.argv[1])
cost = measure([sys.executable, "-c", {ORPHAN!r}], log.parent, dict(os.environ), log)
assert cost.status == 3
assert cost.cpu >= 0.3, cost
assert cost.peak >= cost.worker_peak > 2**20
assert log.read_text() == "said\\n"
"""


def test_processes_that_outlive_the_command_are_counted(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", MEASURE, str(tmp_path / "log")], check=True)
