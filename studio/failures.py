"""What can go wrong while a chapter is made."""

from __future__ import annotations

import errno

NO_SPACE = "no space left on the disk"


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
    """Whether an error, or what caused it, is a disk without space."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return True
        error = error.__cause__ or error.__context__
    return False
