"""Drawing of one submobject, as a value that can be compared and drawn again.

Manim draws every moving submobject anew on every frame, whether or not it changed. A
:class:`Shape` is the complete description of one drawing: equal keys mean equal pixels. It does not
refer to its mobject, so that it can be redrawn as it was after the mobject has moved on.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import cairo
import numpy as np
import numpy.typing as npt
from manim import VMobject
from manim.camera.camera import CAP_STYLE_MAP, LINE_JOIN_MAP
from manim.constants import CapStyleType, LineJointType

from fastcairo.dots import DotCloud
from fastcairo.overrides import is_plain, keeps
from fastcairo.paths import (
    POINTS_PER_CURVE,
    CairoPath,
    append_path,
    append_path_slowly,
    cairo_path,
    path_data,
)

__all__ = ["Box", "IntArray", "Shape", "ShapeKey", "View", "shape_key"]

if TYPE_CHECKING:
    Context: TypeAlias = cairo.Context[cairo.ImageSurface]
else:
    Context = cairo.Context  # pycairo's class takes no parameter at run time
FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

SAME_POINT = 1e-3  # in scene units, far above what manim takes for one point
MITER_LIMIT = 10.0  # Cairo's default, which manim does not change
ANTIALIASING_MARGIN = 1.5
FLOAT64 = np.dtype(np.float64)


class Box(NamedTuple):
    """Half-open rectangle of pixels."""

    left: int
    top: int
    right: int
    bottom: int


class View(NamedTuple):
    """Map from scene units to pixels: the camera's matrix without rotation, and the canvas."""

    x_scale: float
    y_scale: float
    x_offset: float
    y_offset: float
    unit_line_width: float
    pixel_width: int
    pixel_height: int

    @property
    def everything(self) -> Box:
        """The whole canvas."""
        return Box(0, 0, self.pixel_width, self.pixel_height)


class ShapeKey(NamedTuple):
    """Everything that the pixels of a vectorized mobject depend on."""

    points: bytes
    fill: bytes
    stroke: bytes
    stroke_width: float
    background_stroke: bytes
    background_stroke_width: float
    joint: LineJointType
    cap: CapStyleType
    tolerance: float
    gradient: tuple[float, ...] | None
    is_dots: bool


_HOOKS = (
    "get_fill_rgbas",
    "get_stroke_rgbas",
    "get_stroke_width",
    "get_background_image",
    "get_gradient_start_and_end_points",
    "get_subpath_split_indices_from_points",
    "consider_points_equals_2d",
)
_DRAWN = (
    "points",
    "fill_rgbas",
    "stroke_rgbas",
    "stroke_width",
    "background_image",
    "background_stroke_rgbas",
    "background_stroke_width",
    "joint_type",
    "cap_style",
    "tolerance_for_point_equality",
)
_known_kinds: dict[type, bool] = {}


def _draws_like_a_vmobject(kind: type) -> bool:
    """Tell whether ``kind`` leaves alone all that manim's camera asks a mobject."""
    known = _known_kinds.get(kind)
    if known is None:
        known = _known_kinds[kind] = keeps(kind, VMobject, _HOOKS) and is_plain(kind, _DRAWN)
    return known


def _float_bytes(array: npt.NDArray[Any]) -> bytes:
    return (array if array.dtype is FLOAT64 else array.astype(FLOAT64)).tobytes()


def shape_key(mobject: VMobject) -> ShapeKey | None:
    """Return the key of what ``mobject`` itself (not its family) draws.

    Returns
    -------
    ShapeKey or None
        ``None`` when the drawing cannot be described: a background image, or a class that
        overrides how it is drawn.
    """
    if not _draws_like_a_vmobject(type(mobject)) or mobject.n_points_per_cubic_curve != 4:
        return None
    state = mobject.__dict__
    if state["background_image"]:
        return None
    for hook in _HOOKS:
        if hook in state:
            return None
    fill = state.get("fill_rgbas")
    stroke = state.get("stroke_rgbas")
    width = state["stroke_width"]
    background_width = state["background_stroke_width"]
    background = state.get("background_stroke_rgbas") if background_width > 0 else None
    gradient = None
    if (
        (fill is not None and len(fill) != 1)
        or (stroke is not None and len(stroke) != 1)
        or (background is not None and len(background) != 1)
    ):
        start, end = mobject.get_gradient_start_and_end_points()
        gradient = (float(start[0]), float(start[1]), float(end[0]), float(end[1]))
        if not np.isfinite(gradient).all():
            return None
    return ShapeKey(
        _float_bytes(state["points"]),
        b"" if fill is None else _float_bytes(fill),
        b"" if stroke is None else _float_bytes(stroke),
        float(width),
        b"" if background is None else _float_bytes(background),
        background_width,
        state["joint_type"],
        state["cap_style"],
        state["tolerance_for_point_equality"],
        gradient,
        isinstance(mobject, DotCloud),
    )


def _rgbas(data: bytes) -> list[list[float]]:
    return np.frombuffer(data).reshape(-1, 4).tolist()


@lru_cache(maxsize=1024)
def _visible_rgbas(data: bytes) -> list[list[float]] | None:
    """Return the colours, or ``None`` when all are transparent."""
    rgbas = _rgbas(data)
    return rgbas if any(rgba[3] > 0 for rgba in rgbas) else None


class Shape:
    """One drawing, with its path and bounds made when first needed.

    Parameters
    ----------
    key
        What is drawn.
    view
        Where the canvas is.
    whole_paths
        Whether Cairo gets the path at once rather than curve by curve.
    """

    __slots__ = ("_bounds", "_path", "fill", "key", "stroke", "view", "whole_paths")

    def __init__(self, key: ShapeKey, view: View, *, whole_paths: bool) -> None:
        self.key = key
        self.view = view
        self.whole_paths = whole_paths
        self.fill = _visible_rgbas(key.fill)
        self.stroke = _visible_rgbas(key.stroke) if key.stroke_width > 0 else None
        self._path: CairoPath | None = None
        self._bounds: Box | None = None

    def take_over(self, other: Shape) -> bool:
        """Take what is known of a shape with the same points; ``False`` when it has others."""
        key, known = self.key, other.key
        if (
            type(self) is not type(other)
            or self.view is not other.view
            or key.points != known.points
            or key.tolerance != known.tolerance
        ):
            return False
        self._path = other._path
        if (
            key.stroke_width == known.stroke_width
            and key.background_stroke_width == known.background_stroke_width
            and key.joint == known.joint
            and key.cap == known.cap
            and bool(self.fill) == bool(other.fill)
            and bool(self.stroke) == bool(other.stroke)
        ):
            self._bounds = other._bounds
        return True

    @property
    def points(self) -> FloatArray:
        """Control points, shape (n, 3)."""
        return np.frombuffer(self.key.points).reshape(-1, 3)

    @property
    def bounds(self) -> Box:
        """Pixels that the shape may touch; empty when it draws nothing."""
        if self._bounds is None:
            self._bounds = self._find_bounds()
        return self._bounds

    def _find_bounds(self) -> Box:
        key = self.key
        points = self.points
        has_background = key.background_stroke_width > 0
        if len(points) < POINTS_PER_CURVE or not (self.fill or self.stroke or has_background):
            return Box(0, 0, 0, 0)
        low, high = np.minimum.reduce(points).tolist(), np.maximum.reduce(points).tolist()
        if not all(map(math.isfinite, (*low, *high))):
            return Box(0, 0, 0, 0)
        view = self.view
        margin = ANTIALIASING_MARGIN
        if self.stroke or has_background:
            width = max(key.stroke_width if self.stroke else 0.0, key.background_stroke_width)
            half = width * view.unit_line_width / 2 * max(view.x_scale, -view.y_scale)
            margin += half * self._reach_of_joints()
        x_0, x_1 = view.x_offset + low[0] * view.x_scale, view.x_offset + high[0] * view.x_scale
        y_0, y_1 = view.y_offset + high[1] * view.y_scale, view.y_offset + low[1] * view.y_scale
        return Box(
            min(max(int(x_0 - margin), 0), view.pixel_width),
            min(max(int(y_0 - margin), 0), view.pixel_height),
            min(max(int(x_1 + margin) + 1, 0), view.pixel_width),
            min(max(int(y_1 + margin) + 1, 0), view.pixel_height),
        )

    def _reach_of_joints(self) -> float:
        """Return how far the stroke reaches from the path, in half line widths."""
        cap_reach = 1.5 if self.key.cap is CapStyleType.SQUARE else 1.0
        points = self.points
        if (
            len(points) == POINTS_PER_CURVE
            or LINE_JOIN_MAP[self.key.joint] != cairo.LINE_JOIN_MITER
        ):
            return cap_reach
        curves = points[: len(points) // POINTS_PER_CURVE * POINTS_PER_CURVE, :2].reshape(-1, 4, 2)
        following = np.concatenate([curves[1:], curves[:1]])
        gaps = np.abs(curves[:, 3] - following[:, 0]).max(axis=1)
        if (gaps[:-1] > SAME_POINT).any():
            return MITER_LIMIT  # several subpaths, each with a joint where it closes
        joints = slice(None if gaps[-1] <= SAME_POINT else -1)
        (x, y), (next_x, next_y) = (
            (curves[joints, 3] - curves[joints, 2]).T,
            (following[joints, 1] - following[joints, 0]).T,
        )
        along, across = x * next_x + y * next_y, np.abs(x * next_y - y * next_x)
        if not (along.any() and (np.abs(along) + across).all()):
            return MITER_LIMIT  # a handle on its anchor: no telling where the path comes from
        # A miter is 1 / cos(turn / 2) half widths long, and bevelled beyond the limit.
        miter = 1 / max(math.cos(float(np.arctan2(across, along).max()) / 2), 1e-9)
        return MITER_LIMIT if miter > MITER_LIMIT * 0.99 else max(cap_reach, miter * 1.02)

    def damage_since(self, previous: Shape) -> list[Box] | IntArray:
        """Return the pixels that differ when this shape takes the place of ``previous``."""
        return [previous.bounds, self.bounds]

    def paint(self, context: Context, path: CairoPath | None = None) -> None:
        """Draw the shape, or the same style along another ``path``, as manim's camera does."""
        key = self.key
        if path is None:
            if self._path is None:
                rows = path_data(self.points, key.tolerance)
                if rows is None:
                    return
                self._path = cairo_path(rows)
            path = self._path
        context.new_path()
        (append_path if self.whole_paths else append_path_slowly)(context, path)
        if key.background_stroke_width > 0:
            background = _rgbas(key.background_stroke) or [[0.0, 0.0, 0.0, 0.0]]
            self._outline(context, background, key.background_stroke_width)
        if self.fill:
            self._set_source(context, self.fill)
            context.fill_preserve()
        if self.stroke:
            self._outline(context, self.stroke, key.stroke_width)

    def _outline(self, context: Context, rgbas: list[list[float]], width: float) -> None:
        self._set_source(context, rgbas)
        context.set_line_width(width * self.view.unit_line_width)
        context.set_line_join(LINE_JOIN_MAP[self.key.joint])
        context.set_line_cap(CAP_STYLE_MAP[self.key.cap])
        context.stroke_preserve()

    def _set_source(self, context: Context, rgbas: list[list[float]]) -> None:
        """Set a colour or gradient; red and blue change places as manim's pixels are RGBA."""
        if len(rgbas) == 1:
            red, green, blue, alpha = rgbas[0]
            context.set_source_rgba(blue, green, red, alpha)
            return
        assert self.key.gradient is not None
        pattern = cairo.LinearGradient(*self.key.gradient)
        for (red, green, blue, alpha), offset in zip(
            rgbas, np.linspace(0, 1, len(rgbas)).tolist(), strict=True
        ):
            pattern.add_color_stop_rgba(offset, blue, green, red, alpha)
        context.set_source(pattern)
