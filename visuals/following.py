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
