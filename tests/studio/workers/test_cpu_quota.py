from __future__ import annotations

import os
from pathlib import Path

import pytest

from studio.workers import processes
from studio.workers.cpu_quota import cpu_quota


def computer(root: Path, groups: str, **files: str) -> Path:
    """Write what the kernel shows: the process's groups and the files of ``sys/fs/cgroup``."""
    (root / "proc/self").mkdir(parents=True)
    (root / "proc/self/cgroup").write_text(groups)
    for name, text in files.items():
        file = root / "sys/fs/cgroup" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return root


@pytest.mark.parametrize(
    ("groups", "files", "quota"),
    [
        ("0::/\n", {"cpu.max": "200000 100000\n"}, 2),
        ("0::/\n", {"cpu.max": "50000 100000\n"}, 0.5),
        ("0::/\n", {"cpu.max": "max 100000\n"}, None),
        ("0::/\n", {"cpu.max": ""}, None),
        ("0::/\n", {"cpu.max": "much 0\n"}, None),
        ("", {"cpu.max": "200000 100000\n"}, None),
        # The outer group has less to give than the inner one.
        ("0::/a/b\n", {"a/b/cpu.max": "max 100000", "a/cpu.max": "150000 50000"}, 3),
        ("0::/a\n", {"a/cpu.max": "400000 100000", "cpu.max": "100000 100000"}, 1),
        # A path as it is called outside the container.
        ("0::/docker/1f\n", {"cpu.max": "100000 100000"}, 1),
        # Version 1, alone or with a version 2 that steers something else.
        (
            "4:cpu,cpuacct:/docker/1f\n3:cpuset:/\n",
            {"cpu,cpuacct/cpu.cfs_quota_us": "150000", "cpu,cpuacct/cpu.cfs_period_us": "100000"},
            1.5,
        ),
        (
            "3:cpuset:/\n1:cpu:/a\n0::/\n",
            {"cpu/a/cpu.cfs_quota_us": "300000", "cpu/a/cpu.cfs_period_us": "100000"},
            3,
        ),
        ("1:cpu:/\n", {"cpu/cpu.cfs_quota_us": "-1", "cpu/cpu.cfs_period_us": "100000"}, None),
    ],
)
def test_the_smallest_quota_of_all_groups_holds(
    tmp_path: Path, groups: str, files: dict[str, str], quota: float | None
) -> None:
    assert cpu_quota(computer(tmp_path, groups, **files)) == quota


def test_a_system_without_groups_has_no_quota(tmp_path: Path) -> None:
    assert cpu_quota(tmp_path) is None


@pytest.mark.parametrize(
    ("cores", "quota", "count"),
    [(8, None, 8), (8, 2.0, 2), (8, 1.5, 2), (8, 0.1, 1), (2, 16.0, 2)],
)
def test_cores_are_counted_within_the_quota(
    monkeypatch: pytest.MonkeyPatch, cores: int, quota: float | None, count: int
) -> None:
    monkeypatch.setattr(processes, "cpu_quota", lambda: quota)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(cores)), raising=False)
    assert processes.core_count() == count


def test_cores_are_counted_where_there_is_no_affinity(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "cpu_quota", lambda: None)
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    assert processes.core_count() == 4
