"""An orthographic projection of three dimensions by two angles."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from manim import DEGREES, ValueTracker, VectorizedPoint

from visuals.plots import Points

HIGHEST_ELEVATION = 16 * DEGREES
"""The highest elevation of the view above the turntable."""


class Projection:
    """The direction of view, as two angles in radians, and the middle of the picture.

    At azimuth 0 and elevation 0 feature one runs from left to right, at a quarter turn
    feature two.

    Parameters
    ----------
    reach
        Radius of the turntable, in units of the features.
    y_range
        Of the labels.
    half, height
        Radius of the turntable and height of the label's axis, in scene units.

    Attributes
    ----------
    azimuth, elevation
        Trackers.
    center
        The middle of the picture; moved, everything follows.
    """

    def __init__(
        self, reach: float, y_range: tuple[float, float], half: float, height: float
    ) -> None:
        self.reach, self.y_range, self.half, self.height = reach, y_range, half, height
        self.azimuth, self.elevation = ValueTracker(0), ValueTracker(0)
        self.center = VectorizedPoint()

    @property
    def tilt(self) -> float:
        """Elevation as a share of the highest."""
        return self.elevation.get_value() / HIGHEST_ELEVATION

    @property
    def right(self) -> float:
        """The x of the turntable's right edge, in scene units."""
        return float(self.center.get_location()[0]) + self.half

    def turned(self, features: npt.ArrayLike) -> tuple[Points, Points]:
        """Return how far right and how far away features (n, 2) lie, in radii, shapes (n,)."""
        x1, x2 = np.asarray(features, dtype=float).T / self.reach
        cos, sin = math.cos(self.azimuth.get_value()), math.sin(self.azimuth.get_value())
        return cos * x1 + sin * x2, cos * x2 - sin * x1

    def project(self, points: npt.ArrayLike) -> Points:
        """Return where points (x1, x2, y) are seen, shape (n, 3) for (n, 3)."""
        at = np.asarray(points, dtype=float)
        right, away = self.turned(at[:, :2])
        low, high = self.y_range
        upright = ((at[:, 2] - low) / (high - low) - 0.5) * self.height
        elevation = self.elevation.get_value()
        up = upright * math.cos(elevation) + away * self.half * math.sin(elevation)
        seen = np.column_stack([right * self.half, up, np.zeros_like(up)])
        return np.asarray(seen + self.center.get_location())

    def floor(self, features: npt.ArrayLike) -> Points:
        """Return where features (n, 2) are seen on the turntable, shape (n, 3)."""
        at = np.asarray(features, dtype=float)
        return self.project(np.column_stack([at, np.full(len(at), self.y_range[0])]))

    def rim(self, y: npt.ArrayLike) -> Points:
        """Return where labels (n,) are seen above the turntable's leftmost point, (n, 3)."""
        values = np.asarray(y, dtype=float)
        angle = self.azimuth.get_value()
        left = -self.reach * np.array([math.cos(angle), math.sin(angle)])
        return self.project(np.column_stack([np.tile(left, (len(values), 1)), values]))
