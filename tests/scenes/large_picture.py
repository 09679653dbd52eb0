"""Measures the largest lit picture of a frame, which fills at least half of the body."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from manim import Mobject, VMobject

from visuals.layout import GAP, Slot, body
from visuals.listing import Listing
from visuals.stage import LectureScene
from visuals.theme import Dim

LIT = (1 + Dim.SOFT) / 2
"""Least opacity of what is not dimmed."""

LEAST_SHARE = 0.5 - 0.02
"""Least share of the body that the largest picture fills: half, but for air at its rim."""

LEAST_SIZE = (5.0, 3.6)
"""Least width and height of a picture that something is taught on, in scene units."""

Boxes = npt.NDArray[np.float64]  # rows of left, bottom, right, top


def largest_share(scene: LectureScene) -> float:
    """Return the share of the body that the bounding box of the largest lit group covers.

    A group is all that lies within half a gap of each other. A listing and the largest picture
    beside it count as one, and so do pictures each of which is large enough to teach on.
    """
    slot = body()
    header = {part for whole in scene.header for part in whole.get_family()}
    lit = [leaf for root in scene.mobjects for leaf in _lit_leaves(root) if leaf not in header]
    if not lit:
        return 0.0
    boxes = np.array([_box(leaf) for leaf in lit])
    groups = sorted(_groups(boxes), key=lambda rows: _area(_around(boxes[rows]), slot))
    largest = groups[-1]
    around = _around(boxes[largest])
    code = {part for root in scene.mobjects for part in _in_listings(root)}
    with_code = [rows for rows in groups if any(lit[row] in code for row in rows)]
    if with_code:
        picture = next((rows for rows in reversed(groups) if rows not in with_code), largest)
        around = _around(boxes[[*with_code[-1], *picture]])
    large = [rows for rows in groups if _is_large(_around(boxes[rows]))]
    if len(large) > 1:
        around = _around(boxes[[row for rows in large for row in rows]])
    return _area(around, slot) / (slot.width * slot.height)


def _lit_leaves(root: Mobject) -> Iterator[VMobject]:
    for leaf in root.get_family():
        if isinstance(leaf, VMobject) and len(leaf.points):
            fill = float(np.max(leaf.get_fill_opacities(), initial=0))
            stroke = float(np.max(leaf.get_stroke_opacities(), initial=0))
            if fill >= LIT or (stroke >= LIT and leaf.stroke_width > 0):
                yield leaf


def _in_listings(root: Mobject) -> Iterator[Mobject]:
    for member in root.get_family():
        if isinstance(member, Listing):
            yield from member.get_family()


def _box(leaf: VMobject) -> tuple[float, float, float, float]:
    low, high = leaf.points.min(axis=0), leaf.points.max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _groups(boxes: Boxes) -> list[list[int]]:
    """Return the row numbers of boxes that lie near each other, a list a group."""
    left, bottom, right, top = boxes.T + np.array([[-GAP], [-GAP], [GAP], [GAP]]) / 4
    unseen = np.ones(len(boxes), dtype=bool)
    groups = []
    while unseen.any():
        group, edge = [], [int(np.argmax(unseen))]
        unseen[edge] = False
        while edge:
            row = edge.pop()
            group.append(row)
            near = unseen & (left <= right[row]) & (right >= left[row])
            near &= (bottom <= top[row]) & (top >= bottom[row])
            unseen &= ~near
            edge.extend(np.flatnonzero(near).tolist())
        groups.append(group)
    return groups


def _around(boxes: Boxes) -> tuple[float, float, float, float]:
    low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _is_large(box: tuple[float, float, float, float]) -> bool:
    left, bottom, right, top = box
    return right - left >= LEAST_SIZE[0] and top - bottom >= LEAST_SIZE[1]


def _area(box: tuple[float, float, float, float], slot: Slot) -> float:
    """Return the area of a box inside a slot."""
    left, bottom, right, top = box
    width = min(right, slot.right) - max(left, slot.left)
    height = min(top, slot.top) - max(bottom, slot.bottom)
    return max(width, 0) * max(height, 0)
