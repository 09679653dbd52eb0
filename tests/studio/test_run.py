"""Trouble during a render: failures, kills, Ctrl-C, two renders at once."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import av
import pytest

from tests.studio.project import Project, eventually, film_files, is_alive, make_project

SLOW = """
import os
import pathlib
import time

from visuals.stage import Stage


class Other(Stage):
    def construct(self):
        self.beat_began("sleeps")
        pathlib.Path("sleeping").write_text(str(os.getpid()))
        time.sleep(600)
"""


@pytest.fixture
def sleepy(project: Project) -> Project:
    """The project with a chapter that never ends; it writes its process' id to ``sleeping``."""
    (project.root / "scenes/other.py").write_text(SLOW)
    return project


def sleeper(project: Project) -> int:
    """Wait until the chapter sleeps, and return its process' id."""
    file = project.root / "sleeping"
    eventually(lambda: file.exists() and file.read_text())
    return int(file.read_text())


def state(process: int) -> str:
    """Return the kernel's letter for what a process does; T is stopped."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]


def test_chapter_that_fails_is_named_and_does_not_stop_the_others(project: Project) -> None:
    project.edit("scenes/quick.py", "self.play", "1 / 0  #")
    result = project.run("-ql")
    assert result.returncode == 1
    assert project.exported("**/*.mp4") == {"480p15/Other.mp4", "480p15/lecture.mp4"}
    log = project.root / ".cache/logs/Quick.log"
    assert result.stderr == (
        "render.sh: Quick failed: ZeroDivisionError: division by zero (scenes/quick.py:13); "
        f"log: {log}\n"
        "render.sh: exports/480p15/lecture.mp4 is without Quick\n"
    )
    assert "Traceback" in log.read_text()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("def (:", "SyntaxError: invalid syntax"),
        ("x = 1", "AttributeError: "),
        ("raise SystemExit(0)", "its process ended with status 0 and no result"),
        ("import os\nos.abort()", "its process was killed by SIGABRT"),
    ],
)
def test_broken_file_is_the_failure_of_its_chapter(
    project: Project, text: str, complaint: str
) -> None:
    (project.root / "scenes/quick.py").write_text(text)
    result = project.run("-ql")
    assert result.returncode == 1
    assert f"Quick failed: {complaint}" in result.stderr
    assert project.exported("**/*.mp4") == {"480p15/Other.mp4", "480p15/lecture.mp4"}


def test_chapter_without_animations_is_no_film(project: Project) -> None:
    project.edit("scenes/other.py", "self.play", "print")
    result = project.run("-ql", "Other")
    assert result.returncode == 1
    assert "Other failed: RuntimeError: Other has no play calls" in result.stderr
    assert project.exported() == set()


def test_killed_worker_is_the_failure_of_its_chapter(sleepy: Project) -> None:
    process = sleepy.start("-ql")
    os.kill(sleeper(sleepy), signal.SIGKILL)
    _, err = process.communicate(timeout=600)
    assert process.returncode == 1
    assert "Other failed: its process was killed by SIGKILL" in err
    assert sleepy.exported("**/*.mp4") == {"480p15/Quick.mp4", "480p15/lecture.mp4"}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stopping_leaves_nothing_running_and_nothing_half(
    sleepy: Project, number: signal.Signals
) -> None:
    process = sleepy.start("-ql")
    worker = sleeper(sleepy)
    eventually(lambda: sleepy.exported() >= film_files("Quick"))
    process.send_signal(number)
    _, err = process.communicate(timeout=600)
    assert process.returncode == 130
    assert err == "render.sh: stopped; finished chapters are kept\n"
    eventually(lambda: not is_alive(worker))
    assert sleepy.exported() == film_files("Quick")
    assert "Quick: fresh" in sleepy.run("-ql", "--why").stdout


def test_a_paused_render_computes_nothing_and_goes_on(sleepy: Project) -> None:
    process = sleepy.start("-ql", "Other")
    worker = sleeper(sleepy)
    process.send_signal(signal.SIGTSTP)
    eventually(lambda: state(process.pid) == state(worker) == "T")
    process.send_signal(signal.SIGCONT)
    eventually(lambda: "T" not in (state(process.pid), state(worker)))
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=600)
    assert process.returncode == 130
    eventually(lambda: not is_alive(worker))


def test_stopping_before_the_workers_are_ready(sleepy: Project) -> None:
    process = sleepy.start("-ql")
    eventually((sleepy.root / ".cache/logs").exists)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=600)
    assert process.returncode == 130
    assert err == "render.sh: stopped; finished chapters are kept\n"
    assert sleepy.exported() == set()


def test_killed_studio_takes_its_workers_with_it(sleepy: Project) -> None:
    process = sleepy.start("-ql", "Other")
    worker = sleeper(sleepy)
    process.kill()
    process.communicate(timeout=600)
    eventually(lambda: not is_alive(worker))
    # What it left behind is no hindrance, and is swept away.
    (sleepy.root / "scenes/other.py").write_text(SLOW.replace("time.sleep(600)", "self.wait(0.1)"))
    assert sleepy.run("-ql", "Other").returncode == 0
    assert list((sleepy.root / ".cache/scratch").iterdir()) == []


PAUSING = """
import os
import pathlib
import time

from manim import Circle

from visuals.stage import Stage


class Other(Stage):
    def construct(self):
        self.beat_began("turns")
        for number in range(3):
            if number == 2 and "PAUSE" in os.environ:
                pathlib.Path(os.environ["PAUSE"]).touch()
                time.sleep(600)
            self.play(Circle().animate(run_time=0.2).rotate(self.lesson.lr))
        self.beat_ended("turns")
"""


def test_killed_render_is_taken_up_at_the_play(
    project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    project.edit("visuals/stage.py", "from manim import", "from fastcairo import FastScene as")
    (project.root / "scenes/other.py").write_text(PAUSING)

    def drawn() -> dict[str, int]:
        plays = (project.root / ".cache/plays").rglob("uncached_*.mp4")
        return {play.name: play.stat().st_mtime_ns for play in plays}

    def kill_in_the_third_play() -> dict[str, int]:
        pause = tmp_path_factory.mktemp("pause") / "reached"
        process = project.start("-ql", "Other", PAUSE=str(pause))
        eventually(lambda: pause.exists() and len(drawn()) == 2, seconds=60)
        process.kill()
        process.communicate(timeout=600)
        return drawn()

    first = kill_in_the_third_play()
    assert kill_in_the_third_play() == first
    project.edit("lesson.toml", "lr =", "lr = 0.2 #")
    changed = kill_in_the_third_play()
    assert not changed.items() & first.items()
    result = project.run("-ql", "Other")
    assert result.returncode == 0, result.stderr
    assert drawn() == {}
    with av.open(project.root / "exports/480p15/Other.mp4") as film:
        assert film.streams.video[0].frames == 3 * 3


def test_two_at_once_make_everything_once(project: Project) -> None:
    processes = [project.start("-ql") for _ in range(2)]
    outputs = [process.communicate(timeout=600)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert sum("Nothing to do" in output for output in outputs) == 1
    assert sum("Wrote" in output for output in outputs) == 1
    assert sum("waiting for it" in output for output in outputs) == 1


def test_a_project_may_stand_in_a_folder_of_any_name(tmp_path: Path) -> None:
    project = make_project(tmp_path / "it's \"100%\" #{b} [0] %03d 'a' \\ ü")
    result = project.run("-ql", "--films-only")
    assert result.returncode == 0, result.stderr
    assert film_files("Quick", "Other") <= project.exported()


def test_plain_lines_without_a_terminal(project: Project) -> None:
    result = project.run("-ql", FORCE_COLOR="", NO_COLOR="1")
    assert "\x1b" not in result.stdout
    assert "Quick: moves at frame 3" in result.stdout
    assert "Quick: done, 6 frames in " in result.stdout


def test_live_table_on_a_terminal(project: Project) -> None:
    master, terminal = os.openpty()
    process = subprocess.Popen(
        [*project.command, "-ql"],
        cwd=project.root,
        stdout=terminal,
        stderr=terminal,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
    )
    os.close(terminal)
    output = b""
    while True:
        try:
            chunk = os.read(master, 65536)
        except OSError:  # the other end is closed
            break
        if not chunk:
            break
        output += chunk
    assert process.wait() == 0
    assert b"chapters, " in output
    assert b"exports/480p15/Quick.mp4" in output
