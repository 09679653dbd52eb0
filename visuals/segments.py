"""Many straight segments as one mobject: rules, dashes, grids that move on every frame."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
from manim import BackgroundRectangle, Mobject, VGroup, VMobject
from manim.utils.color import ParsableManimColor

from visuals.theme import Stroke, theme

PLATE_BORDER = 0.06

DASH_SHARE = 0.6
"""Share of a dashed line that is drawn."""

_ALONG = np.linspace(0, 1, 4)[:, None]
"""Where the four points of a straight cubic lie."""


class Segments(VMobject):
    """Straight segments of one colour and width.

    Parameters
    ----------
    starts, ends
        Ends of the segments, each of shape (n, 3), in scene units.
    color
        What is past, unless said otherwise.
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
        """Move the segments to other ends, shapes (n, 3); n may change."""
        first, last = np.asarray(starts, dtype=float), np.asarray(ends, dtype=float)
        cubics = first[:, None] + (last - first)[:, None] * _ALONG
        self.points = cubics.reshape(-1, 3)
        return self

    def set_opacity(self, opacity: float, family: bool = True) -> Self:
        """Set the opacity of the segments; there is nothing to fill."""
        self.set_stroke(opacity=opacity, family=family)
        return self


def dashes(
    starts: npt.ArrayLike, ends: npt.ArrayLike, count: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Cut lines into dashes, whatever space they lie in.

    Parameters
    ----------
    starts, ends
        Ends of the lines, each of shape (n, d).
    count
        Dashes a line.

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


def even_dashes(
    starts: npt.ArrayLike, ends: npt.ArrayLike, length: float
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Cut lines of any lengths into dashes of one length; the last of each may be shorter.

    Parameters
    ----------
    starts, ends
        Ends of the lines, each of shape (n, d).
    length
        Of a dash, in the lines' own units.

    Returns
    -------
    starts, ends
        Ends of the dashes, each of shape (number of dashes, d).
    """
    first, last = np.asarray(starts, dtype=float), np.asarray(ends, dtype=float)
    way = last - first
    whole = np.maximum(np.linalg.norm(way, axis=1), 1e-9)
    counts = np.ceil(whole * DASH_SHARE / length).astype(int)
    line = np.repeat(np.arange(len(first)), counts)
    number = np.concatenate([np.arange(count) for count in counts])
    begin = number * length / DASH_SHARE
    shares = (np.minimum(at, whole[line]) / whole[line] for at in (begin, begin + length))
    cut = [first[line] + way[line] * share[:, None] for share in shares]
    return cut[0], cut[1]


def stand_beside(
    label: Mobject, start: npt.ArrayLike, end: npt.ArrayLike, share: float, gap: float = 0.2
) -> None:
    """Stand a label above a line that rises, falls or lies level, clear of it.

    Parameters
    ----------
    label
        What is moved.
    start, end
        Ends of the line, shape (3,), from left to right.
    share
        Where along the line.
    gap
        Least distance, in scene units.
    """
    first, last = np.asarray(start, dtype=float), np.asarray(end, dtype=float)
    along = (last - first) / max(float(np.linalg.norm(last - first)), 1e-9)
    normal = np.array([-along[1], along[0], 0.0])
    reach = (abs(normal[0]) * label.width + abs(normal[1]) * label.height) / 2
    label.move_to(first + (last - first) * share + normal * (reach + gap))


def plated(label: VMobject) -> VGroup:
    """Put a label on a plate of the frame's own colour, so that no dot runs through it."""
    plate = BackgroundRectangle(label, color=theme.BACKGROUND, fill_opacity=1, buff=PLATE_BORDER)
    return VGroup(plate, label)
