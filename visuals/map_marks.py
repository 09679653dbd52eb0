"""Marks of places on the map of the loss, with their names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

import numpy as np
import numpy.typing as npt
from manim import Circle, ManimColor, Mobject, VGroup, VMobject
from manim import Dot as Disc

from visuals.following import Picture
from visuals.plates import plate
from visuals.plots import Points
from visuals.theme import Radius, Stroke, theme
from visuals.weight_map import WeightMap

NAME_AWAY = 0.22
"""Distance of a name from its mark, in scene units."""

RING = 0.17
"""Radius of the mark of the bottom, in scene units."""

Where = Callable[[], npt.ArrayLike]


def put_beside(name: Mobject, place: Points, way: npt.ArrayLike, away: float = NAME_AWAY) -> None:
    """Put a name beside a place, in a direction of the scene, shape (2,) or (3,)."""
    out = np.zeros(3)
    out[: len(np.asarray(way))] = way
    out /= max(float(np.linalg.norm(out)), 1e-9)
    reach = abs(out[0]) * name.width / 2 + abs(out[1]) * name.height / 2
    name.move_to(place + out * (away + reach))


class Named(Picture, VGroup):
    """A mark at weights on the map, with a name that lies on a plate; off the map it is unseen.

    The name stands on the other side of the mark where it would leave the map.

    Parameters
    ----------
    weight_map
        The map.
    where
        Returns the weights of now, shape (2,).
    mark
        The mark.
    name
        The name, or none.
    way
        Direction of the name from the mark, shape (2,).
    away
        Distance of the name, in scene units.
    """

    def __init__(
        self,
        weight_map: WeightMap,
        where: Where,
        mark: VMobject,
        name: VMobject | None = None,
        way: npt.ArrayLike = (1.0, 0.0),
        away: float = NAME_AWAY,
    ) -> None:
        self.weight_map, self.where, self.mark = weight_map, where, mark
        self.way, self.away = way, away
        self.name_on_plate = VGroup(plate(name), name) if name is not None else VGroup()
        super().__init__(mark, self.name_on_plate)
        self.opacities = [
            (part, part.get_fill_opacity(), part.get_stroke_opacity())
            for part in self.family_members_with_points()
        ]
        self.follow().tracked()

    def follow(self) -> Self:
        """Lie where the weights are seen now."""
        weights = np.asarray(self.where(), dtype=float)
        place = self.weight_map.lifted(weights)[0]
        view = self.weight_map.view
        low, high = view.low[:2], view.high[:2]
        shown = float(((low <= weights) & (weights <= high)).all())
        self.mark.move_to(place)
        if len(self.name_on_plate):
            put_beside(self.name_on_plate, place, self.way, self.away)
            left, right = view.project([[*low, 0.0], [*high, 0.0]])[:, 0]
            name = self.name_on_plate
            if name.get_right()[0] > right or name.get_left()[0] < left:
                put_beside(name, place, -np.asarray(self.way), self.away)
        for part, fill, stroke in self.opacities:
            part.set_fill(opacity=shown * fill, family=False)
            part.set_stroke(opacity=shown * stroke, family=False)
        return self


def dot_mark(color: ManimColor | None = None) -> Disc:
    """Return a dot, the mark of weights; the model's unless a color is given."""
    return Disc(radius=Radius.MARK, color=theme.MODEL if color is None else color)


def bottom_mark(color: ManimColor | None = None) -> Circle:
    """Return a ring, the mark of the bottom, in which a dot is seen to arrive.

    It has the color of the truth; another one where the bottom is not the truth.
    """
    ring = theme.TRUTH if color is None else color
    return Circle(radius=RING, color=ring, stroke_width=Stroke.BOLD)
