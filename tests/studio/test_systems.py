"""Systems other than Linux, as far as they can be tried on Linux."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys

import pytest

from studio.rooms import ROOT
from studio.workers import parent_death


def test_windows_is_refused_in_one_line() -> None:
    code = "import runpy, sys; sys.platform = 'win32'; runpy.run_module('studio', run_name={!r})"
    done = subprocess.run(
        [sys.executable, "-c", code.format("__main__")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "studio: workers are forked, which Windows cannot do; run ./render.sh in WSL"
    ]


def test_only_linux_is_asked_to_end_a_process_with_its_parent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(ctypes, "CDLL", asked.append)
    monkeypatch.setattr(sys, "platform", "darwin")
    parent_death.end_with_parent(os.getppid())
    assert asked == []
