"""Names of the sides of the first rectangle: its error and its input."""

from __future__ import annotations

from typing import Self

from manim import DOWN, LEFT, RIGHT, UP, ValueTracker, VGroup

from figures.gradient_derivation.signed_areas import SignedAreas
from visuals.following import Picture
from visuals.formula import formula
from visuals.plots import LABEL_GAP
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Size


class SideNames(Picture, VGroup):
    """The letters r, beside the upright side, and x, beside the level one.

    Parameters
    ----------
    areas
        The rectangles, the first of which is named while it lies in the plot.

    Attributes
    ----------
    high_shown, wide_shown
        Trackers of their opacities.
    """

    def __init__(self, areas: SignedAreas) -> None:
        self.areas = areas
        self.high_shown, self.wide_shown = ValueTracker(0), ValueTracker(0)
        self.high = formula("{{ r : error }}", ROLES_IN_TRAINING, size=Size.TITLE)
        self.wide = formula("{{ x : x }}", ROLES_IN_TRAINING, size=Size.TITLE)
        super().__init__(self.high, self.wide)
        self.follow().tracked()

    def follow(self) -> Self:
        """Stand beside the sides of now."""
        x, y, width, height = self.areas.first_box()
        middle = RIGHT * x + UP * y
        up = UP if self.areas.plot.pushes.push[self.areas.first] < 0 else DOWN
        side = middle + RIGHT * width / 2
        room = self.areas.plot.chart.axes[0].get_right()[0] - side[0]
        out = RIGHT if room > self.high.width + LABEL_GAP else LEFT
        self.high.next_to(side, out, buff=LABEL_GAP)
        self.wide.next_to(middle + up * height / 2, up, buff=LABEL_GAP)
        self.high.set_opacity(self.high_shown.get_value())
        self.wide.set_opacity(self.wide_shown.get_value())
        return self
