"""What every test needs of the process that it runs in."""

from __future__ import annotations

import signal

import pytest


@pytest.fixture(scope="session", autouse=True)
def _ctrl_c_is_heard() -> None:
    """Let programs under test hear Ctrl-C even when a shell that runs these tests aside hides it.

    A program inherits that a signal is ignored, but not that it is handled.
    """
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
