"""The bowl made of parabolas, and a dot on its floor with an upright to the bowl."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
from manim import Animation, AnimationGroup, ValueTracker, VGroup
from manim import Dot as Disc

from visuals.following import Picture
from visuals.plots import Points
from visuals.segments import Segments
from visuals.space import put_lines
from visuals.theme import Pace, Radius, Stroke, theme
from visuals.trackers import go
from visuals.weight_map import WeightMap

SLICES = 15
"""Parabolas that make the bowl."""

SAMPLES = 81
"""Points of a parabola."""

THIN = 0.7
"""Opacity of the parabolas beside the first."""


class Slices(Picture, VGroup):
    """The loss over w1 at one w2, and the same at others on both sides of it.

    Parameters
    ----------
    bowl
        The loss over both weights.
    w2
        Of the first parabola.

    Attributes
    ----------
    drawn, spread, others_lit, first_lit
        Trackers from 0 to 1: how much of the first parabola is drawn, how far others stand on
        both sides of it, and opacities.
    """

    def __init__(self, bowl: WeightMap, w2: float) -> None:
        self.bowl, self.w2 = bowl, w2
        self.drawn, self.spread = ValueTracker(0), ValueTracker(0)
        self.others_lit, self.first_lit = ValueTracker(THIN), ValueTracker(1)
        nowhere = np.zeros((1, 3))
        self.first = Segments(nowhere, nowhere, theme.LOSS, Stroke.BOLD)
        self.others = Segments(nowhere, nowhere, theme.LOSS, Stroke.THIN)
        super().__init__(self.others, self.first)
        self.follow().tracked()

    def melt(self, run_time: float = Pace.MOVE) -> Animation:
        """Let all parabolas vanish."""
        fading = go(self.others_lit, 0, run_time), go(self.first_lit, 0, run_time)
        return AnimationGroup(*fading, run_time=run_time)

    def follow(self) -> Self:
        """Draw the parabolas as they are seen now."""
        view, home = self.bowl.view, self.bowl.view.center.get_location()
        low, high = view.low[1], view.high[1]
        spread = self.spread.get_value()
        all_at = np.linspace(low, high, SLICES)
        reach = spread * max(high - self.w2, self.w2 - low)
        at = []
        if spread:
            at = [w2 for w2 in all_at if abs(w2 - self.w2) <= reach]
            at += [w for w in (self.w2 - reach, self.w2 + reach) if low <= w <= high]
        pieces = [self._parabola(w2, 1.0) for w2 in at] or [(np.zeros((0, 3)),) * 2]
        starts, ends = (np.vstack(part) for part in zip(*pieces, strict=True))
        put_lines(self.others, starts, ends, home)
        put_lines(self.first, *self._parabola(self.w2, self.drawn.get_value()), home)
        self.others.set_opacity(self.others_lit.get_value())
        self.first.set_opacity(self.first_lit.get_value())
        return self

    def _parabola(self, w2: float, drawn: float) -> tuple[Points, Points]:
        """Return the pieces of a parabola below the rim, from its left end on, (k, 3) each."""
        bowl, view = self.bowl, self.bowl.view
        w1 = np.linspace(view.low[0], view.high[0], SAMPLES)
        weights = np.column_stack([w1, np.full(SAMPLES, w2)])
        losses = bowl.losses(weights)
        rim = min(bowl.top, float(bowl.losses(bowl.lowest)[0]) + bowl.climb)
        seen = view.project(np.column_stack([weights, losses]))
        kept = losses <= rim
        kept = kept[:-1] & kept[1:]
        begun = np.cumsum(kept) <= drawn * kept.sum()
        return seen[:-1][kept & begun], seen[1:][kept & begun]


class FloorDot(Picture, VGroup):
    """Weights as a dot on the floor of the bowl, and an upright to their loss.

    Attributes
    ----------
    w1, w2
        Trackers of the weights.
    risen
        Tracker of the share of the upright that is drawn, from 0 to 1.
    """

    def __init__(self, bowl: WeightMap, weights: npt.ArrayLike) -> None:
        self.bowl = bowl
        first, second = np.asarray(weights, dtype=float).reshape(-1)
        self.w1, self.w2 = ValueTracker(first), ValueTracker(second)
        self.risen = ValueTracker(0)
        nowhere = np.zeros((1, 3))
        self.upright = Segments(nowhere, nowhere, theme.LOSS, Stroke.LINE)
        self.foot = Disc(radius=Radius.MARK, color=theme.MODEL)
        self.top = Disc(radius=Radius.MARK, color=theme.LOSS)
        super().__init__(self.upright, self.foot, self.top)
        self.follow().tracked()

    def to(self, weights: npt.ArrayLike, run_time: float = Pace.MOVE) -> Animation:
        """Move to other weights, shape (2,)."""
        w1, w2 = np.asarray(weights, dtype=float).reshape(-1)
        moves = go(self.w1, float(w1), run_time), go(self.w2, float(w2), run_time)
        return AnimationGroup(*moves, run_time=run_time)

    def follow(self) -> Self:
        """Stand where the weights are seen now."""
        at = self.w1.get_value(), self.w2.get_value()
        view = self.bowl.view
        loss = float(self.bowl.losses([at])[0]) * self.risen.get_value()
        foot, top = view.project(view.clipped([(*at, 0.0), (*at, loss)]))
        put_lines(self.upright, foot[None], top[None], foot)
        self.foot.move_to(foot)
        self.top.move_to(top).set_opacity(float(self.risen.get_value() > 0))
        return self
