"""A view of a box that can be tilted until a plane in it lies level."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from manim import ValueTracker

from visuals.plots import Points
from visuals.space import View


class LevelView(View):
    """A view that can be tilted until the plane through its middle lies level.

    Parameters
    ----------
    view
        The view before that, whose trackers it shares.
    normal
        Of the plane, shape (3,).
    home
        The middle of the box in the scene when the plane lies level, shape (3,).

    Attributes
    ----------
    level
        Tracker from 0 to 1: how far it is tilted.
    size
        Tracker of how many times larger than at first everything is seen.
    """

    def __init__(self, view: View, normal: Points, home: Points) -> None:
        self.__dict__.update(view.__dict__)
        self.home = home
        self.level, self.size = ValueTracker(0), ValueTracker(1)
        upright = np.array([0.0, 0.0, 1.0])
        axis = np.cross(normal, upright)
        self.tilt = math.atan2(float(np.linalg.norm(axis)), float(normal @ upright))
        self.about = unit(axis)

    @property
    def axes(self) -> Points:
        """Right, up and towards the eye, as unit vectors of the box, shape (3, 3)."""
        return np.asarray(super().axes @ self._turned(self.level.get_value()))

    def project(self, points: npt.ArrayLike) -> Points:
        """Return where points are seen in the scene, shape (n, 3) for (n, 3)."""
        middle = self.center.get_location()
        seen = self.size.get_value() * (super().project(points) - middle)
        return np.asarray(middle + self.level.get_value() * (self.home - middle) + seen)

    def levelled(self, way: Points) -> Points:
        """Return a way in space as it is when the plane lies level, shape (3,)."""
        return np.asarray(self._turned(1.0) @ way)

    def _turned(self, level: float) -> Points:
        """Return the rotation of the box when it is tilted so far, shape (3, 3)."""
        angle = self.tilt * level
        a, b, c = self.about
        cross = np.array([[0, -c, b], [c, 0, -a], [-b, a, 0]])
        return np.asarray(
            np.eye(3) + math.sin(angle) * cross + (1 - math.cos(angle)) * cross @ cross
        )


def unit(vector: npt.ArrayLike) -> Points:
    """Return a vector of length one in the same direction."""
    at = np.asarray(vector, dtype=float)
    return np.asarray(at / max(float(np.linalg.norm(at)), 1e-12))
