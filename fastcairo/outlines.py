"""Points that bound a mobject, taken from arrays instead of gathered one by one.

Manim lists the anchors of every curve as single points whenever it is asked for a width, a centre,
a gradient or the normal of a face, and makes an array of them again. It looks for the least and the
greatest of them, and for the ends of subpaths, one number after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
from manim import UP, Mobject, VMobject
from manim.utils.space_ops import get_unit_normal

from fastcairo.overrides import has_own, keeps

__all__ = [
    "get_3d_vmob_unit_normal",
    "get_critical_point",
    "get_points_defining_boundary",
    "get_subpaths_from_points",
    "reduce_across_dimension",
]

Points = npt.NDArray[np.float64]

_get_points_of_manim = VMobject.get_points_defining_boundary
_get_critical_point_of_manim = Mobject.get_critical_point
_get_extremum_of_manim = Mobject.get_extremum_along_dim
_reduce_of_manim = Mobject.reduce_across_dimension
_get_subpaths_of_manim = VMobject.get_subpaths_from_points
_POINTS_PER_CURVE = 4
_REDUCTIONS: dict[Callable[..., Any], np.ufunc] = {min: np.minimum, max: np.maximum}
_SPLITTERS = (
    "consider_points_equals",
    "get_subpath_split_indices_from_points",
    "_gen_subpaths_from_points",
)


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


def reduce_across_dimension(
    self: Mobject, reduce_func: Callable[[Iterable[float]], float], dim: int
) -> Any:
    """Stand in for ``Mobject.reduce_across_dimension``."""
    reduction = _REDUCTIONS.get(reduce_func)
    if reduction is None:
        return _reduce_of_manim(self, reduce_func, dim)
    found = []
    if len(self.points):
        extreme = reduction.reduce(self.points[:, dim])
        if extreme != extreme:  # which of them Python takes depends on where the NaN is
            return _reduce_of_manim(self, reduce_func, dim)
        found.append(extreme)
    for submobject in self.submobjects:
        extreme = submobject.reduce_across_dimension(reduce_func, dim)
        if extreme is not None:
            found.insert(0, extreme)
            found = [reduce_func(found)]
    return found[0] if found else None


def get_critical_point(self: Mobject, direction: Any) -> Any:
    """Stand in for ``Mobject.get_critical_point``."""
    if (
        type(self).get_extremum_along_dim is not _get_extremum_of_manim
        or "get_extremum_along_dim" in self.__dict__
    ):
        return _get_critical_point_of_manim(self, direction)
    result = np.zeros(self.dim)
    points = np.asarray(self.get_points_defining_boundary())
    if len(points) == 0:
        return result
    low, high = np.minimum.reduce(points), np.maximum.reduce(points)
    for dim in range(self.dim):
        key = direction[dim]
        if key < 0:
            result[dim] = low[dim]
        elif key == 0:
            result[dim] = (low[dim] + high[dim]) / 2
        else:
            result[dim] = high[dim]
    return result


def get_subpaths_from_points(self: VMobject, points: Any) -> Any:
    """Stand in for ``VMobject.get_subpaths_from_points``."""
    if not keeps(type(self), VMobject, _SPLITTERS) or has_own(self, _SPLITTERS):
        return _get_subpaths_of_manim(self, points)
    least = self.n_points_per_cubic_curve
    ranges = self.get_subpath_split_indices_from_points(points).tolist()
    return [points[start:end] for start, end in ranges if end - start >= least]
