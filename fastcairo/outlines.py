"""Points that bound a mobject, taken from arrays instead of gathered one by one.

Manim lists the anchors of every curve as single points whenever it is asked for a width, a centre,
a gradient or the normal of a face, and makes an array of them again.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from manim import UP, VMobject
from manim.utils.space_ops import get_unit_normal

__all__ = ["get_3d_vmob_unit_normal", "get_points_defining_boundary"]

Points = npt.NDArray[np.float64]

_get_points_of_manim = VMobject.get_points_defining_boundary
_POINTS_PER_CURVE = 4


def _anchors(mobject: VMobject) -> Points | None:
    """Return the anchors of ``mobject`` alone; ``None`` where manim has to find them."""
    if (
        type(mobject).get_anchors is not VMobject.get_anchors
        or "get_anchors" in mobject.__dict__
        or mobject.n_points_per_cubic_curve != _POINTS_PER_CURVE
    ):
        return None
    points = mobject.points
    if len(points) == 1:
        return points
    starts, ends = points[::_POINTS_PER_CURVE], points[_POINTS_PER_CURVE - 1 :: _POINTS_PER_CURVE]
    if len(starts) != len(ends) or points.dtype != np.float64:
        return None
    anchors = np.empty((2 * len(starts), points.shape[1]))
    anchors[::2], anchors[1::2] = starts, ends
    return anchors


def get_points_defining_boundary(self: VMobject) -> Any:
    """Stand in for ``VMobject.get_points_defining_boundary``."""
    found: list[Points] = []
    for member in self.get_family():
        anchors = _anchors(member) if isinstance(member, VMobject) else None
        if anchors is None:
            return _get_points_of_manim(self)
        if len(anchors):
            found.append(anchors)
    return np.concatenate(found) if found else _get_points_of_manim(self)


def get_3d_vmob_unit_normal(vmob: VMobject, point_index: int) -> Any:
    """Stand in for ``manim.mobject.three_d.three_d_utils.get_3d_vmob_unit_normal``."""
    anchors = _anchors(vmob)
    if len(vmob.get_anchors() if anchors is None else anchors) <= 2:
        return np.array(UP)
    points = vmob.points
    count, index = vmob.get_num_points(), point_index
    before = index - 3 if index > 2 else count - 4
    after = index + 3 if index < count - 3 else 3
    normal = get_unit_normal(points[after] - points[index], points[before] - points[index])
    return normal if np.linalg.norm(normal) else np.array(UP)
