"""The processor time that a container is granted, which the number of cores does not tell.

Container engines set a quota on the control group (cgroup) of a container: so many microseconds of
processor time in a period. A process with more threads than that is stopped in each period.

References
----------
"CPU Interface Files" in the kernel's ``Documentation/admin-guide/cgroup-v2.rst``, and
``Documentation/scheduler/sched-bwc.rst`` for version 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

UNLIMITED = ("max", "-1")


def cpu_quota(root: Path = Path("/")) -> float | None:
    """Return how many cores' time this process may use, or None without a quota.

    The quota of every group around the process counts, so the smallest one holds.

    Parameters
    ----------
    root
        The folder that holds ``proc`` and ``sys``.
    """
    quotas = []
    for folder, version in _groups(root):
        with suppress(OSError, ValueError, ZeroDivisionError):
            if version == 2:
                quota, period = (folder / "cpu.max").read_text().split()
            else:
                quota = (folder / "cpu.cfs_quota_us").read_text().strip()
                period = (folder / "cpu.cfs_period_us").read_text().strip()
            if quota not in UNLIMITED:
                quotas.append(int(quota) / int(period))
    return min(quotas, default=None)


def _groups(root: Path) -> Iterator[tuple[Path, int]]:
    """Yield the folders of the process's control groups, outer ones too, with their version."""
    mounts = root / "sys/fs/cgroup"
    try:
        lines = (root / "proc/self/cgroup").read_text().splitlines()
    except OSError:  # no Linux
        return
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if not controllers:
            # Where both versions are in use, version 2 is mounted one level down.
            tops = [(mounts, 2), (mounts / "unified", 2)]
        elif "cpu" in controllers.split(","):
            tops = [(mounts / controllers, 1), (mounts / "cpu", 1)]
        else:
            continue
        inner = PurePosixPath(path.lstrip("/"))
        # A container may see its path from outside, which does not exist in it: the outer
        # folders are tried as well.
        for top, version in tops:
            for group in (inner, *inner.parents):
                yield top / group, version
