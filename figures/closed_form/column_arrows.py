"""Arrows along the column of ones and the column x, from the predictions of now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
from manim import VGroup, VMobject

from figures.closed_form.level_view import LevelView
from visuals.formula import formula
from visuals.plots import Points
from visuals.roles import ROLES_IN_TRAINING
from visuals.segments import Segments
from visuals.space import put_lines
from visuals.theme import Stroke, theme

NAMES = ("bold(1) : x", "bold(x) : x")
"""Names of the columns."""

HEAD, BREADTH = 0.24, 0.2
"""Length and breadth of the head of an arrow, in scene units."""

NAME_AWAY = 0.36
"""Distance of a name from its tip, in scene units."""


class ColumnArrows(VGroup):
    """Two arrows in space, each with its name.

    Parameters
    ----------
    view
        The projection.
    vectors
        The ways from their beginning to their tips, shape (3,) each.
    """

    def __init__(self, view: LevelView, vectors: Sequence[Points]) -> None:
        self.view, self.vectors = view, vectors
        nowhere = np.zeros((1, 3))
        self.shafts = Segments(nowhere, nowhere, theme.DATA, Stroke.LINE)
        self.heads = [
            VMobject(stroke_width=0, fill_color=theme.DATA, fill_opacity=1) for _ in vectors
        ]
        self.names = [formula(f"{{{{ {name} }}}}", ROLES_IN_TRAINING) for name in NAMES]
        super().__init__(self.shafts, *self.heads, *self.names)

    def follow_from(self, here: Points, shown: float) -> Self:
        """Lie where they are seen now.

        Parameters
        ----------
        here
            Where they begin, shape (3,).
        shown
            Share of their length that is drawn.
        """
        start, *ends = self.view.project([here, *(here + shown * way for way in self.vectors)])
        necks = []
        for head, name, end in zip(self.heads, self.names, ends, strict=True):
            size = float(np.linalg.norm(end - start))
            way = (end - start) / max(size, 1e-9)
            side = np.array([-way[1], way[0], 0.0]) * BREADTH / 2
            back = end - way * min(HEAD, size)
            head.set_points_as_corners([end, back + side, back - side, end])
            head.set_fill(opacity=float(size > HEAD))
            necks.append(back)
            name.move_to(end + NAME_AWAY * way)
            name.set_opacity(shown)
        put_lines(self.shafts, np.array([start] * len(necks)), np.array(necks), start)
        self.shafts.set_opacity(float(shown > 0))
        return self
