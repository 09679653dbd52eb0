"""Two clouds of points that appear one by one: as one mobject each, and as one ``Dot`` a point.

The same two lines of manim play both. The variable ``SCATTER_POINTS`` says how many points the
two clouds have together.
"""

from __future__ import annotations

import os

import numpy as np
import numpy.typing as npt
from manim import Create, Dot, Scene, ShowIncreasingSubsets, VGroup, linear

from fastcairo import DotCloud, FastScene

POINTS_VARIABLE = "SCATTER_POINTS"
RUN_TIME = 8.0
RADIUS = 0.025


def _centres() -> list[npt.NDArray[np.float64]]:
    """Return the points of both clouds, each of shape (n, 3)."""
    count = int(os.environ[POINTS_VARIABLE]) // 2
    rng = np.random.default_rng(0)
    clouds = rng.normal([[[-3.4, 0, 0]], [[3.4, 0, 0]]], [0.9, 0.9, 0], (2, count, 3))
    return list(clouds)


class OneMobject(FastScene):
    """A cloud is one mobject."""

    def construct(self) -> None:
        """Show the points of both clouds one by one."""
        clouds = [DotCloud(centres, RADIUS) for centres in _centres()]
        self.play(*(Create(cloud, run_time=RUN_TIME, rate_func=linear) for cloud in clouds))
        self.wait()


class OneDotEach(Scene):
    """A cloud is a group of dots."""

    def construct(self) -> None:
        """Show the points of both clouds one by one."""
        clouds = [_dots(centres) for centres in _centres()]
        self.play(*(Create(cloud, run_time=RUN_TIME, rate_func=linear) for cloud in clouds))
        self.wait()


class OneDotEachAtOnce(Scene):
    """A cloud is a group of dots that appear whole: the fastest way that manim has."""

    def construct(self) -> None:
        """Show the points of both clouds one by one."""
        clouds = [_dots(centres) for centres in _centres()]
        self.play(*(ShowIncreasingSubsets(cloud, run_time=RUN_TIME) for cloud in clouds))
        self.wait()


def _dots(centres: npt.NDArray[np.float64]) -> VGroup:
    return VGroup(*(Dot(centre, RADIUS) for centre in centres))
