"""The speaking process, as the one who started it sees it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import weakref
from pathlib import Path
from typing import IO, Any

from voice.errors import VoiceError

ROOT = Path(__file__).parent.parent

ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""Drawing needs the other processors."""


class Speaker:
    """A process that speaks, started when it is first asked.

    Whoever draws stays without a neural network and without its threads, and may fork freely: a
    forked process that asks gets a speaking process of its own.

    Parameters
    ----------
    voice
        "default", or the file of a piper voice.
    speed
        Its pace.
    """

    def __init__(self, voice: str, speed: float) -> None:
        self._arguments = [str(speed), voice]
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def ask(self, request: dict[str, str]) -> tuple[dict[str, Any], bytes]:
        """Return the answer to a request and the file that comes with it.

        Raises
        ------
        VoiceError
            When the voice fails.
        """
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.flush()
            answer: dict[str, Any] = json.loads(process.stdout.readline())
            if "error" in answer:
                raise VoiceError(f"the voice failed: {answer['error']}")
            content = process.stdout.read(answer["size"])
        except (OSError, json.JSONDecodeError) as error:
            self._process = None
            raise VoiceError(f"the voice ended without an answer ({_end(process)})") from error
        if len(content) < answer["size"]:
            self._process = None
            raise VoiceError(f"the voice ended before its answer did ({_end(process)})")
        return answer, content

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._owner != os.getpid():
            self._owner = os.getpid()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "voice", *self._arguments],
                cwd=ROOT,
                env={**os.environ, **ONE_THREAD},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            weakref.finalize(self, _finish, self._process, self._owner)
        return self._process


def _finish(process: subprocess.Popen[bytes], owner: int) -> None:
    """End a speaking process by ending its input."""
    if owner == os.getpid():
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> str:
    """End a process, and tell how it ended."""
    pipes: list[IO[bytes] | None] = [process.stdin, process.stdout]
    for pipe in pipes:
        try:
            if pipe is not None:
                pipe.close()
        except OSError:
            pass  # it ended before it read what was written
    try:
        return f"status {process.wait(timeout=5)}"
    except subprocess.TimeoutExpired:
        process.kill()
        return f"status {process.wait()}"
