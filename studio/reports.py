"""How far the workers are: short notes that are sent while they work.

A note is a courtesy. Sending one never waits and never fails, and a film does not depend on it.
Datagrams do that with no lock that a killed worker could keep.
"""

from __future__ import annotations

import json
import socket
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

LONGEST = 4096
"""Bytes of the longest note."""


@dataclass(frozen=True)
class Report:
    """Where a chapter stands.

    Attributes
    ----------
    chapter
        What the job calls the chapter.
    beat
        Name of the beat that is being drawn; empty before the first.
    beats
        Number of beats begun so far.
    frames
        Number of frames drawn so far.
    """

    chapter: str
    beat: str
    beats: int
    frames: int


@dataclass(frozen=True)
class Postbox:
    """Where workers on this machine post their reports; can be sent to them.

    Attributes
    ----------
    address
        Path of the :class:`Mailbox`'s socket.
    """

    address: str

    def post(self, report: Report) -> None:
        """Send a report, or drop it when nobody takes it."""
        with (
            suppress(OSError),
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as sender,
        ):
            sender.sendto(json.dumps(asdict(report)).encode(), self.address)


class Mailbox:
    """Where the studio finds the reports of its workers. Use it as a context manager."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="studio-")
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
        self.postbox = Postbox(str(Path(self._folder.name) / "reports"))
        self._socket.bind(self.postbox.address)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Take no more reports; what is sent from here on is dropped."""
        self._socket.close()
        self._folder.cleanup()

    def take(self) -> Iterator[Report]:
        """Yield the reports that have come in, oldest first."""
        with suppress(BlockingIOError):
            while True:
                yield Report(**json.loads(self._socket.recv(LONGEST)))
