"""Times as viewers read them."""

from __future__ import annotations

ROUNDING = 1e-6
"""Seconds by which a time that is a sum of frames may miss its whole second."""


def clock(seconds: float, with_hours: bool = False) -> str:
    """Write a time in whole seconds, rounded down.

    Parameters
    ----------
    seconds
        The time.
    with_hours
        Whether hours are written even when there are none.

    Returns
    -------
    text
        As in ``1:05``, or ``1:01:05``.
    """
    minutes, rest = divmod(int(seconds + ROUNDING), 60)
    hours, minutes = divmod(minutes, 60)
    if hours or with_hours:
        return f"{hours}:{minutes:02}:{rest:02}"
    return f"{minutes}:{rest:02}"
