"""Mobjects that are drawn from values that change, and are drawn anew on every frame."""

from __future__ import annotations

from typing import Self

from manim import Mobject


class Follower(Mobject):
    """Base of mobjects that are drawn from trackers or from functions of them.

    It stands before manim's class in the list of bases: ``class Tangent(Follower, Line)``.
    """

    def follow(self) -> Self:
        """Draw it from the present values."""
        raise NotImplementedError

    def tracked(self) -> Self:
        """Draw it anew on every frame from here on."""
        self.add_updater(lambda follower: follower.follow())
        return self


class Picture(Follower):
    """Base of followers that set the opacities of their parts, and still fade in and out.

    Manim fades between a mobject and a faded copy of it, and keeps both up to date. A faded copy
    that followed would set its opacities back.
    """

    def fade(self, darkness: float = 0.5, family: bool = True) -> Self:
        """Fade it; from here on it does not follow."""
        self.clear_updaters(recursive=False)
        return super().fade(darkness, family)
