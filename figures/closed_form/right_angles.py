"""Marks of the right angles between the least error and both columns."""

from __future__ import annotations

from typing import Self

import numpy as np

from figures.closed_form.level_view import LevelView, unit
from linreg.study.three_examples import ThreeExamples
from visuals.segments import Segments
from visuals.theme import Stroke, theme

SIDES = 0.5, 0.3
"""Sides of the marks with the column of ones and the column x, in lengths of the least error; they
differ, so that no line of one lies on the other."""


class RightAngles(Segments):
    """A mark in space for each column, at the predictions of least error.

    Parameters
    ----------
    view
        The projection.
    three
        The examples.
    """

    def __init__(self, view: LevelView, three: ThreeExamples) -> None:
        self.view, self.three = view, three
        nowhere = np.zeros((1, 3))
        super().__init__(nowhere, nowhere, theme.INK, Stroke.LINE)

    def follow(self, shown: float) -> Self:
        """Lie where they are seen now.

        Parameters
        ----------
        shown
            Opacity.
        """
        label, shadow = self.three.y.numpy(), self.three.shadow.numpy()
        starts, ends = [], []
        for column, share in zip((np.ones(3), self.three.x.numpy()), SIDES, strict=True):
            side = share * self.three.distance
            up, along = (side * unit(way) for way in (label - shadow, column))
            seen = self.view.project([shadow + along, shadow + along + up, shadow + up])
            starts += [*seen[:-1]]
            ends += [*seen[1:]]
        self.set_segments(np.array(starts), np.array(ends))
        self.set_opacity(shown)
        return self
