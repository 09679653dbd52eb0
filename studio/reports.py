"""Reports of progress that workers send while they work.

No film depends on a report: sending one never waits and never fails. Datagrams do that without a
lock, which a killed worker could keep.
"""

from __future__ import annotations

import json
import socket
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

LONGEST = 4096
"""Bytes of the longest report."""


@dataclass(frozen=True)
class Report:
    """Progress of one chapter.

    Attributes
    ----------
    chapter
        The job's label.
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
    """Address for the reports of workers on this machine; can be sent to them.

    Attributes
    ----------
    address
        Path of the :class:`Mailbox`'s socket.
    """

    address: str

    def post(self, report: Report) -> None:
        """Send a report, or drop it when the mailbox is closed or full."""
        with (
            suppress(OSError),
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as sender,
        ):
            sender.sendto(json.dumps(asdict(report)).encode(), self.address)


class Mailbox:
    """Receiver of the workers' reports. Close it in the end."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="studio-")
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
        self.postbox = Postbox(str(Path(self._folder.name) / "reports"))
        self._socket.bind(self.postbox.address)

    def close(self) -> None:
        """Take no more reports; later ones are dropped."""
        self._socket.close()
        self._folder.cleanup()

    def take(self) -> Iterator[Report]:
        """Yield the reports that have come in, oldest first."""
        with suppress(BlockingIOError):
            while True:
                yield Report(**json.loads(self._socket.recv(LONGEST)))
