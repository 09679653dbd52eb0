"""Processors go to one holder at a time, and come back when it ends."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from fastcairo.cores import Core, Cores

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Cores.create(tmp_path, 2)
    return tmp_path


def in_child(*cores: Core) -> int:
    """Fork a process that holds some of this process' processors until it is killed."""
    pid = os.fork()
    if not pid:
        signal.pause()
        os._exit(0)
    for core in cores:
        core.release()
    return pid


def test_a_core_has_one_holder(folder: Path) -> None:
    cores = Cores(folder)
    second = cores.take()
    assert second is not None
    assert second.number != cores.own.number or second.number is None
    assert cores.take() is None
    second.release()
    assert cores.take() is not None


def test_a_killed_holder_gives_its_core_back(folder: Path) -> None:
    cores = Cores(folder)
    core = cores.take()
    assert core is not None
    pid = in_child(core)
    assert cores.take() is None
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    assert cores.take() is not None


def test_holders_are_bound_only_when_there_is_one_for_every_core(tmp_path: Path) -> None:
    numbers = sorted(os.sched_getaffinity(0))
    for count in (len(numbers) - 1, len(numbers), 2 * len(numbers)):
        folder = tmp_path / str(count)
        folder.mkdir()
        Cores.create(folder, count)
        found = [file.read_text() for file in sorted(folder.iterdir())]
        expected = [str(n) for n in numbers * 2][:count] if count >= len(numbers) else [""] * count
        assert found == expected


def test_who_shares_cores_moves_to_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = os.sched_getaffinity(0)
    Cores.create(tmp_path, len(before))
    monkeypatch.setenv("FASTCAIRO_CORES", str(tmp_path))
    pid = os.fork()
    if not pid:
        cores = Cores.from_environment()
        os._exit(0 if cores and {cores.own.number} == os.sched_getaffinity(0) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert os.sched_getaffinity(0) == before
