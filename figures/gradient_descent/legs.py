"""The two numbers of a gradient as the legs of its arrow."""

from __future__ import annotations

import numpy as np
from manim import Line, VGroup

from visuals.formula import formula
from visuals.map_marks import put_beside
from visuals.numbers import Num
from visuals.plates import plate
from visuals.plots import Points
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Stroke, theme
from visuals.weight_map import WeightMap

AWAY = 0.12
"""Distance of a number from its leg, in scene units."""


class Legs(VGroup):
    """The gradient's part for w1 along the first axis and, from its end, that for w2.

    Parameters
    ----------
    weight_map
        The map, seen from above.
    start, gradient
        Shape (2,) each.
    length
        Length of an arrow, in units of a weight, for a gradient of one.

    Attributes
    ----------
    first, second
        A leg with its number.
    """

    def __init__(
        self, weight_map: WeightMap, start: Points, gradient: Points, length: float
    ) -> None:
        across, along = length * gradient
        corner = start + np.array([across, 0.0])
        tip = corner + np.array([0.0, along])
        begin, bend, end = (weight_map.at(*point) for point in (start, corner, tip))
        ways = (0.0, -np.sign(along) or 1.0), (np.sign(across) or 1.0, 0.0)
        legs = []
        for number, (leg, way, part) in enumerate(
            zip(((begin, bend), (bend, end)), ways, gradient, strict=True), 1
        ):
            label = formula(
                f"{{{{ g_(w_{number}) = %(part)s : grad }}}}",
                ROLES_IN_TRAINING,
                part=Num(float(part)),
            )
            named = VGroup(plate(label), label)
            put_beside(named, (leg[0] + leg[1]) / 2, way, AWAY)
            line = Line(*leg, color=theme.GRADIENT, stroke_width=Stroke.LINE)
            legs.append(VGroup(line, named))
        self.first, self.second = legs
        super().__init__(*legs)
