"""Processes that end when the one that started them does, however that ends.

The server that workers are forked from imports this before anything else, and by that alone is
bound to the studio; a worker binds itself to the server.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
"""From Linux' ``prctl.h``: choose the signal that a process gets when its parent ends."""

STUDIO = "STUDIO_PROCESS"
"""Variable that tells the server the studio's process id."""


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


if STUDIO in os.environ:
    end_with_parent(int(os.environ.pop(STUDIO)))

SERVER = os.getpid()
"""Process id of the server, as the workers that are forked from it know it."""
