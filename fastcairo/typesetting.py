"""Typesetting that two processes may do at once, into one media folder.

Manim writes an SVG file, parses it and removes it, always under the same name for the same text. A
child that draws a play and the parent that steps through it typeset the same texts: without a lock
one would remove the file under the other.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ParamSpec, TypeVar

from manim import config

try:
    import fcntl
except ImportError:  # Windows: no forked plays, and no lock is needed
    fcntl = None  # type: ignore[assignment]

__all__ = ["alone", "typesetting_alone"]

P = ParamSpec("P")
R = TypeVar("R")


@contextmanager
def typesetting_alone() -> Iterator[None]:
    """Keep other processes from typesetting into the same media folder."""
    folder = Path(config.get_dir("media_dir"))
    if fcntl is None:
        yield
        return
    folder.mkdir(parents=True, exist_ok=True)
    # The folder itself is the lock: it leaves no file behind. It is opened each time, because a
    # lock that was open when a child was forked would be held by both.
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def alone(function: Callable[P, R]) -> Callable[P, R]:
    """Return ``function`` that runs in no two processes at once."""

    @functools.wraps(function)
    def locked(*args: P.args, **kwargs: P.kwargs) -> R:
        with typesetting_alone():
            return function(*args, **kwargs)

    return locked
