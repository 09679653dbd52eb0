"""Thousands of dots as one mobject, so that a cloud costs one submobject instead of thousands.

Manim copies, interpolates, sorts and draws every ``Dot`` by itself: eight cubic curves and one
Python round trip each, on every frame. Here a dot is a single cubic of zero length, which Cairo
draws as a disc because its caps are round. Any renderer draws the cloud right; the damage renderer
redraws only the dots that differ from the frame before.
"""

from __future__ import annotations

from typing import Any, Self, cast

import numpy as np
import numpy.typing as npt
from manim import Mobject, VMobject
from manim.constants import CapStyleType
from manim.utils.color import ParsableManimColor

__all__ = ["DotCloud"]

POINTS_PER_DOT = 4
STROKE_WIDTH_PER_UNIT_RADIUS = 200.0  # a stroke of width 1 is 0.01 units wide


class DotCloud(VMobject):
    """Dots of one radius and one colour.

    Parameters
    ----------
    positions
        Array of shape (n, 3), or (n, 2) for dots in the plane z = 0, in scene units; n > 0.
    radius
        Radius of every dot in scene units.
    color
        Colour of every dot; manim's default colour when ``None``.
    opacity
        Opacity of the dots, between 0 and 1. Dots that overlap are one shape: the overlap is
        no darker than the rest.
    **kwargs
        Handed to :class:`manim.VMobject`.

    Raises
    ------
    ValueError
        If ``positions`` has another shape or no dot at all.

    Examples
    --------
    >>> cloud = DotCloud([[0, 0], [1, 2]], radius=0.05)
    >>> cloud.count, cloud.positions[1].tolist()
    (2, [1.0, 2.0, 0.0])
    """

    def __init__(
        self,
        positions: npt.ArrayLike,
        radius: float = 0.04,
        color: ParsableManimColor | None = None,
        opacity: float = 1.0,
        **kwargs: Any,
    ) -> None:
        if color is not None:
            kwargs["color"] = color
        super().__init__(
            stroke_width=radius * STROKE_WIDTH_PER_UNIT_RADIUS,
            stroke_opacity=opacity,
            fill_opacity=0.0,
            cap_style=CapStyleType.ROUND,
            **kwargs,
        )
        self.set_positions(positions)

    @property
    def count(self) -> int:
        """Number of dots."""
        return len(self.points) // POINTS_PER_DOT

    @property
    def positions(self) -> npt.NDArray[np.float64]:
        """Centres of the dots, shape (n, 3): a view, not to be written to."""
        return self.points[: self.count * POINTS_PER_DOT : POINTS_PER_DOT]

    def set_positions(self, positions: npt.ArrayLike) -> Self:
        """Move the dots to ``positions``, shape (n, 3) or (n, 2); n may change."""
        centres = np.asarray(positions, dtype=np.float64)
        if centres.ndim != 2 or centres.shape[1] not in (2, 3) or len(centres) == 0:
            raise ValueError(
                f"DotCloud positions must have shape (n, 3) or (n, 2) with n > 0; "
                f"got {centres.shape}."
            )
        if centres.shape[1] == 2:
            centres = np.column_stack([centres, np.zeros(len(centres))])
        self.points = np.repeat(centres, POINTS_PER_DOT, axis=0)
        return self

    @property
    def radius(self) -> float:
        """Radius of every dot in scene units."""
        return float(self.stroke_width) / STROKE_WIDTH_PER_UNIT_RADIUS

    @radius.setter
    def radius(self, radius: float) -> None:
        self.set_stroke(width=radius * STROKE_WIDTH_PER_UNIT_RADIUS)

    def set_opacity(self, opacity: float, family: bool = True) -> Self:
        """Set the opacity of the dots; a cloud has no fill, so the fill stays transparent."""
        self.set_stroke(opacity=opacity, family=family)
        return self

    def pointwise_become_partial(self, vmobject: VMobject, a: float, b: float) -> Self:
        """Show the dots of ``vmobject`` with index in ``[a * n, b * n)``, each one whole.

        A lone point, which draws nothing, stays when no dot is shown: manim loses sight of a
        mobject without points in the middle of an animation.
        """
        count = len(vmobject.points) // POINTS_PER_DOT
        first = min(max(int(a * count), 0), count)
        last = count if b >= 1 else min(max(int(b * count), first), count)
        if first == last:
            self.points = vmobject.points[:1].copy()
        else:
            self.points = vmobject.points[first * POINTS_PER_DOT : last * POINTS_PER_DOT].copy()
        return self

    def align_points(self, vmobject: Mobject) -> Self:
        """Repeat dots of the smaller cloud until both have equally many."""
        if not isinstance(vmobject, DotCloud):
            return super().align_points(cast("VMobject", vmobject))
        self.align_rgbas(vmobject)
        count = max(self.count, vmobject.count)
        for cloud in (self, vmobject):
            if cloud.count < count:
                cloud.set_positions(cloud.positions[np.arange(count) * cloud.count // count])
        return self

    def get_points_defining_boundary(self) -> npt.NDArray[np.float64]:
        """Centres of the dots, without manim's detour through a list of tuples."""
        if self.submobjects:
            return super().get_points_defining_boundary()
        return self.positions if self.count else self.points
