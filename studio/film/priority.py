"""Ordinary scheduling for an encoder that takes real-time scheduling where it may."""

from __future__ import annotations

import os
import sys
from pathlib import Path

TASKS = Path("/proc/self/task")
"""Threads of this process, on Linux."""


def take_turns() -> None:
    """Give every thread of this process its turns like any other's.

    The AV1 encoder SVT makes its threads, and the one that opens it, real-time threads when root
    runs it, as in most containers: nothing else then gets a core until it is done. A thread that
    may not be changed stays as it is.
    """
    if sys.platform != "linux":
        return
    for task in TASKS.iterdir():
        thread = int(task.name)
        try:
            if os.sched_getscheduler(thread) != os.SCHED_OTHER:
                os.sched_setscheduler(thread, os.SCHED_OTHER, os.sched_param(0))
        except OSError:
            continue  # it has ended meanwhile, or belongs to somebody else
