"""Binding of the server that forks workers to the studio's life.

The server imports this module before anything else, and by that alone ends when the studio does,
however that ends; a worker in turn binds itself to the server.
"""

from __future__ import annotations

import os

from studio.workers.prctl import end_with_parent

STUDIO_VARIABLE = "STUDIO_PROCESS"
"""Variable that tells the server the studio's process id."""

if STUDIO_VARIABLE in os.environ:
    end_with_parent(int(os.environ.pop(STUDIO_VARIABLE)))

SERVER_PROCESS = os.getpid()
"""Process id of the server, in the server and in every worker that is forked from it."""


def end_with_server() -> None:
    """Let the kernel end this worker when the server ends."""
    end_with_parent(SERVER_PROCESS)
