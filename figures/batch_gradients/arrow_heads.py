"""Heads of many arrows as one mobject."""

from __future__ import annotations

import numpy as np
from manim import ManimColor, VMobject

from visuals.plots import Points
from visuals.segments import straight_cubics


class ArrowHeads(VMobject):
    """Filled triangles at the tips of arrows that start at one point."""

    def __init__(self, color: ManimColor) -> None:
        super().__init__(stroke_width=0, fill_color=color, fill_opacity=1)

    def put(self, start: Points, tips: Points, length: float) -> None:
        """Draw the heads of arrows from one point, shape (3,), to their tips, shape (n, 3)."""
        ways = tips - start
        lengths = np.linalg.norm(ways, axis=1, keepdims=True)
        kept = lengths[:, 0] > 1e-9
        if length < 1e-3 or not kept.any():
            self.points = start.reshape(1, 3).copy()
            return
        along = ways[kept] / lengths[kept]
        across = np.column_stack([-along[:, 1], along[:, 0], np.zeros(len(along))])
        size = np.minimum(length, 0.6 * lengths[kept])
        neck, side = tips[kept] - size * along, 0.45 * size * across
        corners = np.stack([tips[kept], neck + side, neck - side], axis=1)
        ends = np.roll(corners, -1, axis=1)
        self.points = straight_cubics(corners.reshape(-1, 3), ends.reshape(-1, 3))
