"""Quantities that several pictures read: one tracker a quantity."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from manim import Animation, ApplyMethod, ValueTracker, smooth

from visuals.theme import Pace

Quantity: TypeAlias = float | ValueTracker
"""A number, or a tracker that other pictures read too."""


def as_tracker(quantity: Quantity) -> ValueTracker:
    """Return the tracker itself, or a new one that holds the number."""
    return quantity if isinstance(quantity, ValueTracker) else ValueTracker(quantity)


def go(
    tracker: ValueTracker,
    value: float,
    run_time: float = Pace.MOVE,
    rate_func: Callable[[float], float] = smooth,
) -> Animation:
    """Take a tracker to a value."""
    return ApplyMethod(tracker.set_value, value, run_time=run_time, rate_func=rate_func)


def step(value: float, start: float, end: float) -> float:
    """Return 0 before the start, 1 after the end, and a straight line between; end may be less."""
    return float(min(max((value - start) / (end - start), 0.0), 1.0))
