"""Failures while a chapter is made, each told in one line."""

from __future__ import annotations

import errno
import os
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from studio.rooms import ROOT

NO_SPACE = "no space left on the disk"

WORKERS = ROOT / "studio" / "workers"
"""Code around every chapter: a failure is never located there."""


class ChapterError(Exception):
    """A chapter that could not be made.

    Parameters
    ----------
    reason
        One line for the user.
    details
        The traceback, for the log.
    """

    def __init__(self, reason: str, details: str = "") -> None:
        super().__init__(reason, details)
        self.reason = reason
        self.details = details

    def __str__(self) -> str:
        return self.reason


class WorkerLostError(Exception):
    """A worker that ended before its job did."""


class ClusterError(Exception):
    """A cluster that cannot be used; its text is one line for the user."""


def is_disk_full(error: BaseException | None) -> bool:
    """Return whether an error, or its cause, is a disk without space."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return True
        error = error.__cause__ or error.__context__
    return False


def shown(text: object) -> str:
    """Return a text as one line that is safe on a terminal: control characters are escaped."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in str(text))


def line_of(error: OSError) -> str:
    """Describe an error of the system in one line: which file, and what is wrong with it."""
    if is_disk_full(error):
        return NO_SPACE
    if error.filename is None:
        return error.strerror or type(error).__name__
    reason = error.strerror
    if error.errno in (errno.EEXIST, errno.ENOTDIR) and reason == os.strerror(error.errno):
        reason = "a folder is needed here, and this is none"
    return f"{os.fsdecode(error.filename)}: {reason}"


def reason_of(error: BaseException) -> str:
    """Describe an error in one line, with the innermost line of the project that it came from."""
    if is_disk_full(error):
        return NO_SPACE
    text = str(error).strip().partition("\n")[0]
    reason = f"{type(error).__name__}: {text}" if text else type(error).__name__
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        file = Path(frame.filename)
        in_project = file.is_relative_to(ROOT) and ".venv" not in file.parts
        if in_project and not file.is_relative_to(WORKERS) and file != Path(__file__):
            return f"{reason} ({file.relative_to(ROOT)}:{frame.lineno})"
    return reason


@contextmanager
def raised_as_chapter_errors() -> Iterator[None]:
    """Turn any error into a :class:`ChapterError`, which can be sent to another process."""
    try:
        yield
    except Exception as error:
        raise ChapterError(reason_of(error), traceback.format_exc()) from None


def redirect_output(log: str | None) -> None:
    """Send the output of this process and of its libraries to a log, unless it is None."""
    if log is not None:
        descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        os.dup2(descriptor, 1)
        os.dup2(descriptor, 2)
        os.close(descriptor)
