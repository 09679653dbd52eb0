"""Many straight segments as one mobject, for rules, dashes and grids that move on every frame."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
from manim import VMobject
from manim.utils.color import ParsableManimColor

from visuals.theme import Stroke, theme

DASH_SHARE = 0.6
"""Length of a dash, as a share of the distance from dash to dash."""

_ALONG = np.linspace(0, 1, 4)[:, None]
"""Positions of the four points of a straight cubic along it."""


class Segments(VMobject):
    """Straight segments of one colour and width.

    Parameters
    ----------
    starts, ends
        Ends of the segments, each of shape (n, 3), in scene units.
    color
        Colour of the segments; by default muted.
    stroke_width
        In manim's unit.
    """

    def __init__(
        self,
        starts: npt.ArrayLike,
        ends: npt.ArrayLike,
        color: ParsableManimColor | None = None,
        stroke_width: float = Stroke.THIN,
    ) -> None:
        super().__init__(color=theme.MUTED if color is None else color, stroke_width=stroke_width)
        self.set_segments(starts, ends)

    def set_segments(self, starts: npt.ArrayLike, ends: npt.ArrayLike) -> Self:
        """Replace the segments by others, with ends of shape (n, 3); n may change."""
        self.points = straight_cubics(starts, ends)
        return self

    def set_opacity(self, opacity: float, family: bool = True) -> Self:
        """Set the opacity of the segments, which have no fill."""
        self.set_stroke(opacity=opacity, family=family)
        return self


def straight_cubics(starts: npt.ArrayLike, ends: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return segments, ends of shape (n, 3) each, as manim's cubic curves, shape (4 n, 3)."""
    first, last = np.asarray(starts, dtype=float), np.asarray(ends, dtype=float)
    cubics: npt.NDArray[np.float64] = first[:, None] + (last - first)[:, None] * _ALONG
    return cubics.reshape(-1, 3)


def dashes(
    starts: npt.ArrayLike, ends: npt.ArrayLike, count: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Cut lines in any number of dimensions into dashes.

    Parameters
    ----------
    starts, ends
        Ends of the lines, each of shape (n, d).
    count
        Number of dashes of each line.

    Returns
    -------
    starts, ends
        Ends of the dashes, each of shape (n * count, d).
    """
    first, last = np.asarray(starts, dtype=float), np.asarray(ends, dtype=float)
    step = 1 / (count - 1 + DASH_SHARE)
    begin = np.arange(count)[:, None] * step
    way = (last - first)[:, None]
    cut = [first[:, None] + way * at for at in (begin, begin + DASH_SHARE * step)]
    return cut[0].reshape(-1, first.shape[1]), cut[1].reshape(-1, first.shape[1])
