"""Duties of a process that was forked to draw: die with the parent, and keep quiet."""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
from typing import Any

from manim import config

__all__ = ["INTERRUPTED", "become_a_good_child"]

PR_SET_PDEATHSIG = 1
INTERRUPTED = 130
"""The exit status of a process that Ctrl-C ended."""


def become_a_good_child(parent: int) -> None:
    """Die with the ``parent``, keep quiet, and leave the other cores to the other children."""
    # What the parent left behind is the parent's to clear away: a decoder among it would wait for
    # threads that a fork does not take along, and a look at it all would copy its memory.
    gc.freeze()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(INTERRUPTED)
    config.progress_bar = "none"
    torch: Any = sys.modules.get("torch")
    if torch is not None:  # its thread pool does not survive a fork
        torch.set_num_threads(1)
