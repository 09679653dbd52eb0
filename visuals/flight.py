"""Dots that fly one after the other, as cards that are dealt, and dots that swell."""

from __future__ import annotations

import numpy as np
from manim import Animation, Mobject, UpdateFromAlphaFunc, linear, smooth, there_and_back

from fastcairo import DotCloud
from visuals.plots import Points
from visuals.theme import Pace

SWELLING = 0.45
"""Growth of a radius, as a share of it."""


def flight(
    cloud: DotCloud,
    ends: Points,
    radius: float | None = None,
    share: float = 1.0,
    run_time: float = Pace.MOVE,
    gather: float = 1.0,
    from_nowhere: bool = False,
) -> Animation:
    """Let the dots of a cloud fly to new places, in the order of their numbers.

    Parameters
    ----------
    cloud
        The dots.
    ends
        Their new places, shape (n, 3).
    radius
        Radius at the end; by default it stays.
    share
        Part of the time that each dot is in the air: with 1 all fly together.
    run_time
        Of the whole flight, in seconds.
    gather
        With less than 1 the first dots start alone, and the others closer and closer together.
    from_nowhere
        Whether a dot is not to be seen before it starts: it leaves another one behind.
    """
    starts, first = cloud.positions.copy(), cloud.radius
    last = first if radius is None else radius
    delays = (1 - share) * np.linspace(0, 1, len(starts)) ** gather

    def put(_: Mobject, alpha: float) -> None:
        gone = np.clip((alpha - delays) / share, 0, 1)
        gone = (gone * gone * (3 - 2 * gone))[:, None]
        now = starts + gone * (ends - starts)
        cloud.set_positions(now[delays <= alpha] if from_nowhere else now)
        cloud.radius = first + smooth(alpha) * (last - first)

    return UpdateFromAlphaFunc(cloud, put, run_time=run_time, rate_func=linear)


def breath(
    cloud: DotCloud, radius: float, by: float = SWELLING, run_time: float = Pace.MOVE
) -> Animation:
    """Make the dots of a cloud larger for a moment, and give them their radius again.

    They grow by a share of the radius.
    """

    def swell(_: Mobject, alpha: float) -> None:
        cloud.radius = radius * (1 + by * alpha)

    return UpdateFromAlphaFunc(cloud, swell, run_time=run_time, rate_func=there_and_back)
