"""Signals, closed output and strange words on the command line."""

from __future__ import annotations

import os
import signal
import subprocess

import pytest

from studio.failures import shown
from tests.studio.project import Project, eventually, is_alive

SLEEPS = """
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


def test_an_ignored_hangup_stays_ignored(project: Project) -> None:
    (project.root / "scenes/other.py").write_text(SLEEPS)
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        process = project.start("-ql", "Other")
    finally:
        signal.signal(signal.SIGHUP, before)
    sleeping = project.root / "sleeping"
    eventually(lambda: sleeping.exists() and sleeping.read_text())
    process.send_signal(signal.SIGHUP)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(2)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == 130
    eventually(lambda: not is_alive(int(sleeping.read_text())))


def test_ctrl_c_while_modules_are_imported(project: Project) -> None:
    # The manifest is imported by the command line, before it does anything.
    project.edit(
        "scenes/manifest.py", "from data", "import pathlib, time\n"
        "pathlib.Path('importing').touch()\ntime.sleep(600)\nfrom data",
    )  # fmt: skip
    process = project.start("--list")
    eventually((project.root / "importing").exists)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert len(err.splitlines()) == 1
    assert err.startswith("render.sh: stopped")


@pytest.mark.parametrize("redirection", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-", ">/dev/full"])
def test_closed_output_is_no_traceback(project: Project, redirection: str) -> None:
    command = ["sh", "-c", f'exec "$@" {redirection}', "sh", *project.command, "--list"]
    result = subprocess.run(command, cwd=project.root, capture_output=True, text=True, check=False)
    assert result.returncode == (1 if "full" in redirection else 0)
    assert len(result.stderr.splitlines()) <= 1


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--jobs", "300000"], "--jobs 300000: allowed is 1 or more, at most 256"),
        (["--jobs", "-1"], "--jobs -1: allowed is 1 or more"),
        (["--cache-limit", "inf"], "--cache-limit inf: allowed is 0 or more, at most"),
        (["--cache-limit", "1e300"], "--cache-limit 1e+300: allowed is 0 or more, at most"),
        (["--cache-limit", "nan"], "--cache-limit nan: allowed is 0 or more"),
        (["--cache-limit", "-1"], "--cache-limit -1.0: allowed is 0 or more"),
        (["--matrix", "theme=dark", "Nowhere"], "unknown chapter Nowhere; allowed are Quick"),
        (["\x1b[31mred\x07\n"], r"unknown chapter \x1b[31mred\x07\n; allowed are"),
        (["--lesson", "a\x1b]0;title\x07.toml"], r"a\x1b]0;title\x07.toml: cannot be read"),
    ],
)
def test_strange_words_are_one_line(project: Project, arguments: list[str], complaint: str) -> None:
    result = project.run(*arguments, "--why")
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1
    assert complaint in result.stderr
    assert result.stdout == ""


def test_control_characters_in_keys_are_escaped(project: Project) -> None:
    lesson = project.root / "lesson.toml"
    lesson.write_text('"\\u001b[31m\\u0007\\u009b" = 1\n' + lesson.read_text())
    result = project.run("--list")
    assert result.returncode == 2
    assert r"\x1b[31m\x07\x9b is not a key" in result.stderr


def test_matrix_takes_what_it_is_given_and_no_chapter(project: Project) -> None:
    result = project.run("--why", "--matrix", "theme=dark", "--matrix", "theme=light", "Quick")
    assert [line.partition(":")[0] for line in result.stdout.splitlines()] == [
        "Quick dark",
        "Quick light",
    ]
    result = project.run("--why", "--matrix", "theme=dark", "size=480p", "Other", "Quick")
    assert [line.partition(":")[0] for line in result.stdout.splitlines()] == ["Quick", "Other"]


def test_the_reason_of_a_play_that_failed_elsewhere_is_told(project: Project) -> None:
    project.edit("visuals/stage.py", "from manim import", "from fastcairo import FastScene as")
    project.edit("scenes/other.py", "import Circle", "import Circle, UpdateFromFunc")
    project.edit(
        "scenes/other.py",
        "        self.play(",
        "        def fail(_):\n"
        "            raise ValueError('no such angle')\n"
        "        self.play(UpdateFromFunc(Circle(), fail), run_time=0.2)\n"
        "        self.play(",
    )
    result = project.run("-ql", "Other", "-j2", FASTCAIRO_WORKERS="2")
    assert result.returncode == 1
    assert "no such angle" in result.stderr


def test_shown_text_is_one_line() -> None:
    assert shown("für\n\t\x1b[0m\u202e\udcff 字") == "für\\n\\t\\x1b[0m\\u202e\\udcff 字"
    assert shown(os.sep) == "/"
