"""The mean of the first arrows of a fan, as a cross that runs to the mean of all."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import LEFT, RIGHT, UP, Animation, Line, ValueTracker, VGroup, linear

from figures.batch_gradients.gradient_fan import GradientFan
from linreg.study.votes import Vote
from visuals.following import Picture
from visuals.plates import plate
from visuals.theme import Pace, Stroke, theme
from visuals.trackers import go
from visuals.typography import Words

ARM = 0.16
"""Half the length of a stroke of the cross, in scene units."""


class RunningMean(Picture, VGroup):
    """A cross at the mean of the votes that were counted so far.

    Parameters
    ----------
    fan
        The picture.
    vote
        The gradients in it, with the share of the examples behind each.
    name
        Its name, which goes with it.
    """

    def __init__(self, fan: GradientFan, vote: Vote, name: Words) -> None:
        self.fan = fan
        self.means = vote.running_mean.numpy()
        self.counted = ValueTracker(1.0)
        self.cross = VGroup(
            *(
                Line(ARM * (way + UP), -ARM * (way + UP), color=theme.INK, stroke_width=Stroke.BOLD)
                for way in (LEFT, RIGHT)
            )
        )
        self.label = VGroup(plate(name), name)
        super().__init__(self.cross, self.label)
        self.follow().tracked()

    def run(self, run_time: float = Pace.SWEEP) -> Animation:
        """Count one vote after the other."""
        return go(self.counted, len(self.means), run_time, linear)

    def follow(self) -> Self:
        """Stand at the mean of the votes that were counted."""
        at = np.arange(1, len(self.means) + 1)
        now = [np.interp(self.counted.get_value(), at, values) for values in self.means.T]
        place = self.fan.window.at(now)
        self.cross.move_to(place)
        # The name stands on the side from which the arrow of all examples comes.
        room, side = self.fan.window.room, LEFT if self.fan.full[0] >= 0 else RIGHT
        self.label.next_to(place, side, buff=0.3)
        if self.label.get_left()[0] < room.left or self.label.get_right()[0] > room.right:
            self.label.next_to(place, -side, buff=0.3)
        return self
