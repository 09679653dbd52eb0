"""The code of the step, with a line under what is spoken of and a mark of what is recorded."""

from __future__ import annotations

import numpy as np
from manim import (
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    Circle,
    FadeIn,
    FadeOut,
    Line,
    Transform,
    VGroup,
)

from linreg.optim import sgd
from visuals.layout import Slot, is_wide
from visuals.listing import Listing
from visuals.source import SIDE_COLUMNS, TALL_COLUMNS, body_of, broken
from visuals.theme import Pace, Radius, Stroke, theme
from visuals.typography import Words

UNDER = 0.05
"""Distance of the line below what is spoken of, in scene units."""

AIR = 0.2
"""Distance of the mark of recording from the listing, in scene units."""


class StepCode(VGroup):
    """The body of ``sgd``.

    Parameters
    ----------
    recorded, not_recorded
        Names of both states of the mark.
    """

    def __init__(self, recorded: Words, not_recorded: Words) -> None:
        columns = SIDE_COLUMNS if is_wide() else TALL_COLUMNS
        self.listing = Listing(broken(body_of(sgd), columns))
        self.line = Line(LEFT, RIGHT, color=theme.INK, stroke_width=Stroke.LINE)
        self.line.set_stroke(opacity=0).set_z_index(1)
        self.recorded, self.not_recorded = recorded, not_recorded.set_fill(theme.MUTED)
        self.mark = Circle(radius=Radius.MARK, color=theme.INK, stroke_width=Stroke.LINE)
        self.mark.set_fill(theme.INK, opacity=1)
        super().__init__(self.listing, self.line)

    def put(self, slot: Slot) -> StepCode:
        """Put it at the left of a slot, or at its top in a tall frame."""
        slot.place(self, x=-1, y=0, shrink=False)
        self.mark.next_to(self.listing.panel, UP, buff=AIR).align_to(self.listing.panel, RIGHT)
        for name in (self.recorded, self.not_recorded):
            name.next_to(self.mark, LEFT, buff=AIR)
        return self

    def point_at(self, text: str, run_time: float = Pace.QUICK / 2) -> Animation:
        """Draw the line under a text of the code."""
        code = self.listing.code
        token = code.token(self.listing.line_number(text), text)
        row = self.listing.y_of_line(text) - self.listing.line_height / 2
        start, end = (
            np.array([edge[0], row, 0.0]) for edge in (token.get_left(), token.get_right())
        )
        target = Line(start, end, color=theme.INK, stroke_width=Stroke.LINE)
        if self.line.get_stroke_opacity() == 0:
            self.line.put_start_and_end_on(target.get_start(), target.get_end())
        return Transform(self.line, target.shift(UP * UNDER), run_time=run_time)

    def record(self) -> Animation:
        """Show that what is computed is recorded."""
        return AnimationGroup(FadeIn(self.mark), FadeIn(self.recorded), run_time=Pace.QUICK)

    def stop(self) -> Animation:
        """Switch the recording off."""
        return AnimationGroup(
            FadeOut(self.recorded),
            FadeIn(self.not_recorded),
            self.mark.animate.set_fill(opacity=0).set_stroke(theme.MUTED).build(),
            run_time=Pace.QUICK,
        )
