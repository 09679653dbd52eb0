"""Names beside parts of a fan: the gradient of all examples, and the circle of one spread."""

from __future__ import annotations

from typing import Self

from manim import DOWN, LEFT, RIGHT, UP, VGroup

from figures.batch_gradients.gradient_fan import HEAD_LENGTH, GradientFan
from visuals.following import Picture
from visuals.plates import plate
from visuals.readout import Readout
from visuals.theme import theme
from visuals.typography import Words

AWAY = 0.15
"""Distance of a name from its thing, in scene units."""

CORNER = 0.25
"""Distance of a name from both sides of a corner, in scene units."""

ASIDE = 0.3
"""Share of its width by which a name stands aside of the tip."""


def name_of_full(fan: GradientFan, name: Words) -> VGroup:
    """Return the name of the gradient of all examples, on a plate beside its tip."""
    name.set_fill(theme.GRADIENT)
    tip, home = fan.window.at(fan.full), fan.window.origin
    name.next_to(tip, UP if tip[1] >= home[1] else DOWN, buff=2 * AWAY)
    name.shift(ASIDE * name.width * (RIGHT if tip[0] >= home[0] else LEFT))
    return VGroup(plate(name), name)


def name_of_side(fan: GradientFan, name: Words) -> VGroup:
    """Return the name of the side of the gradient of all examples, in its farthest corner."""
    name.set_fill(theme.GRADIENT)
    across, along = (RIGHT if fan.full[0] >= 0 else LEFT), (UP if fan.full[1] >= 0 else DOWN)
    room = fan.window.room
    corner = room.center + across * room.width / 2 + along * room.height / 2
    name.move_to(corner - CORNER * (across + along), across + along)
    return VGroup(plate(name), name)


class SpreadName(Picture, VGroup):
    """The spread as a live number beside its circle.

    Parameters
    ----------
    fan
        The picture.
    name
        Name of the spread.
    """

    def __init__(self, fan: GradientFan, name: Words) -> None:
        self.fan = fan
        self.number = Readout(lambda: fan.spread, 2, name, color=theme.INK)
        self.ground = plate(self.number)
        super().__init__(self.ground, self.number)
        self.follow().tracked()

    def follow(self) -> Self:
        """Stand right of circle and tip, or left of it where the frame ends."""
        room = self.fan.window.room
        self.number.follow()
        circle = self.fan.circle
        apart = 2 * AWAY + max(0.0, HEAD_LENGTH - circle.width / 2)
        beyond = circle.get_right()[0] + apart + AWAY + self.number.width - room.right
        if beyond <= 1.5 * AWAY:
            self.number.next_to(circle, RIGHT, buff=apart - max(beyond, 0))
        else:
            self.number.next_to(circle, LEFT, buff=apart)
        self.ground.move_to(self.number)
        return self
