"""Names on the curves over one error, and tangents with names."""

from __future__ import annotations

from typing import Self

from manim import DOWN, LEFT, RIGHT, ValueTracker, VGroup

from figures.mse_curve.changing_curve import ChangingCurve
from visuals.following import Follower, Picture
from visuals.formula import formula
from visuals.plots import LABEL_GAP, Points
from visuals.roles import ROLES_IN_TRAINING
from visuals.tangents import CurveDot, Tangent
from visuals.theme import Size, theme
from visuals.trackers import Quantity, as_tracker
from visuals.typography import Math, Typeset


class NamedTangent(Picture, VGroup):
    """A tangent with its point of touch and a name, that move along a curve.

    Parameters
    ----------
    curve
        The curve.
    error
        The error at which it touches: a number, or a tracker.
    names
        The name, and those that take its place later.

    Attributes
    ----------
    names
        As given.
    error
        Tracker of the error.
    named
        Tracker of the number of the name that is shown, -1 for none.
    """

    def __init__(self, curve: ChangingCurve, error: Quantity, *names: Typeset) -> None:
        self.curve, self.error, self.names = curve, as_tracker(error), VGroup(*names)
        self.named = ValueTracker(0)
        self.line = Tangent(curve.chart, self.error, curve.height_at, curve.slope_at)
        self.dot = CurveDot(curve.chart, self.error, curve.height_at, theme.GRADIENT)
        super().__init__(self.line, self.dot, self.names)
        self.follow().tracked()

    def follow(self) -> Self:
        """Touch the curve of now; the name stands on its outer side."""
        self.line.follow()
        self.dot.follow()
        out = RIGHT if self.error.get_value() > 0 else LEFT
        for number, name in enumerate(self.names):
            name.next_to(self.dot, 0.5 * DOWN + out, buff=LABEL_GAP)
            name.set_opacity(float(number == round(self.named.get_value())))
        return self


class CurveName(Follower, VGroup):
    """The name of a curve, beside one of its points.

    Parameters
    ----------
    name
        The name, as math.
    curve
        The curve.
    error
        Where it is named.
    side
        Direction from the curve to the name.
    size
        Height of an em, in scene units.
    """

    def __init__(
        self,
        name: str,
        curve: ChangingCurve,
        error: float,
        side: Points,
        size: float = Size.BODY,
    ) -> None:
        self.curve, self.error, self.side = curve, error, side
        self.title = formula(name, ROLES_IN_TRAINING, size)
        super().__init__(self.title)
        self.follow().tracked()

    def follow(self) -> Self:
        """Stand beside the curve of now."""
        self.title.next_to(self.curve.at(self.error), self.side, buff=LABEL_GAP)
        return self


def slope_names(word: str, *slopes: str) -> list[Typeset]:
    """Return the names of tangents with these slopes, after the word for a slope."""
    return [_slope_name(f'"{word}" = {slope}') for slope in slopes]


def _slope_name(text: str) -> Math:
    name = Math(text, color=theme.GRADIENT)
    if "error" in name.labels:
        name.part("error").set_fill(theme.LOSS)
    return name
