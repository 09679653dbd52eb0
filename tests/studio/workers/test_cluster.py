"""Rendering on a cluster: a real scheduler and two workers, on this machine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from studio.failures import ChapterError
from studio.workers.remote import check_sources, sources
from tests.studio.project import REPOSITORY, Project, eventually, is_alive

HESITANT = """
import os
import pathlib
import time

from manim import Circle

from visuals.stage import Stage


class Other(Stage):
    def construct(self):
        sleeping = pathlib.Path("sleeping")
        self.beat_began("turns")
        if not sleeping.exists():
            sleeping.write_text(str(os.getpid()))
            time.sleep(600)
        self.play(Circle().animate(run_time=0.2).rotate(1))
"""


@dataclass
class Cluster:
    """A scheduler and two workers.

    Attributes
    ----------
    address
        Of the scheduler.
    workers
        By process id.
    """

    address: str
    workers: dict[int, subprocess.Popen[bytes]]


@pytest.fixture
def cluster(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster whose workers have the project, as they would on machines of their own."""
    pytest.importorskip("distributed", reason="needs requirements-cluster.txt")
    (project.root / "scenes/other.py").write_text(HESITANT)
    folder = tmp_path_factory.mktemp("cluster")
    address_file = folder / "scheduler.json"
    dask = [sys.executable, "-m", "dask"]
    quietly = ["--no-dashboard", "--scheduler-file", str(address_file)]

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        with (folder / f"{len(processes)}.log").open("wb") as log:
            return subprocess.Popen([*dask, *arguments], cwd=project.root, stdout=log, stderr=log)

    processes: list[subprocess.Popen[bytes]] = []
    try:
        listening = ["--host", "tcp://127.0.0.1", "--port", "0"]
        processes.append(start("scheduler", *listening, *quietly))
        eventually(address_file.exists)
        one = ["--nthreads", "1", "--no-nanny", "--local-directory", str(folder)]
        for _ in range(2):
            processes.append(start("worker", *one, *quietly))
        for number in (1, 2):
            log = folder / f"{number}.log"
            eventually(lambda log=log: "Registered to" in log.read_text())
        address = next(
            word
            for line in (folder / "0.log").read_text().splitlines()
            for word in line.split()
            if word.startswith("tcp://127.0.0.1:")
        )
        yield Cluster(address, {process.pid: process for process in processes[1:]})
    finally:
        for process in processes:
            process.kill()
            process.wait()


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def hesitating(project: Project) -> int:
    """Wait until the chapter sleeps, and return its process' id."""
    file = project.root / "sleeping"
    eventually(lambda: file.exists() and file.read_text())
    return int(file.read_text())


def test_lost_worker_has_its_chapter_done_again(project: Project, cluster: Cluster) -> None:
    process = project.start("-ql", "--scheduler", cluster.address)
    chapter = hesitating(project)
    os.kill(parent_of(chapter), signal.SIGKILL)
    out, err = process.communicate(timeout=600)
    assert process.returncode == 0, err
    assert {"480p15/Quick.mp4", "480p15/Other.mp4"} < project.exported()
    assert "Quick: moves at frame 3" in out  # reports come from far away as well
    eventually(lambda: not is_alive(chapter))
    assert project.run("-ql").stdout.startswith("Nothing to do")


def test_stopping_ends_the_chapter_on_its_worker(project: Project, cluster: Cluster) -> None:
    process = project.start("-ql", "--scheduler", cluster.address, "Other")
    chapter = hesitating(project)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=600)
    assert process.returncode == 130
    assert "render.sh: stopped; finished chapters are kept" in err
    eventually(lambda: not is_alive(chapter))
    assert all(worker.poll() is None for worker in cluster.workers.values())


def test_no_scheduler_is_one_line_and_status_2(project: Project) -> None:
    pytest.importorskip("distributed", reason="needs requirements-cluster.txt")
    result = project.run("-ql", "--scheduler", "nowhere")
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1
    assert "tcp://host:8786" in result.stderr


def test_other_sources_are_one_line() -> None:
    here = sources(REPOSITORY)
    check_sources(here)
    other = {**here, "visuals/stage.py": "another digest", "manim": "0.1"}
    with pytest.raises(ChapterError) as failure:
        check_sources(other)
    assert "manim and 1 more differs" in failure.value.reason
    assert len(failure.value.reason.splitlines()) == 1
