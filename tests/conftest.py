"""What every test needs of the process that it runs in."""

from __future__ import annotations

import signal

import pytest


@pytest.fixture(scope="session", autouse=True)
def _signals_are_heard() -> None:
    """Let programs under test hear what a shell or nohup hides from those that run aside.

    A program inherits that a signal is ignored, but not that it is handled.
    """
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) == signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
