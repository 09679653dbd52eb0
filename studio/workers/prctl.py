"""Two settings of Linux' ``prctl`` for families of processes."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
"""From Linux' ``prctl.h``."""


def end_with_parent(parent: int) -> None:
    """Let the kernel end this process when its parent ends; only Linux' kernel does.

    Parameters
    ----------
    parent
        The parent's process id: where it has already ended, this process ends now.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
