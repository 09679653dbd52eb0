"""Small scenes, each hard for an engine that lives on what does not change."""

from __future__ import annotations

import numpy as np
from manim import (
    DEGREES,
    LEFT,
    PI,
    RIGHT,
    UP,
    Circle,
    Dot,
    FadeIn,
    FadeOut,
    Flash,
    Mobject,
    NumberPlane,
    Rotate,
    Square,
    Surface,
    ThreeDScene,
    VGroup,
    ZoomedScene,
)

from fastcairo import FastScene

SCENES = ("MovingDots", "DotsWithUpdaters", "Bursts", "Fades", "TurningSurface", "ZoomedDot")


def _dots(count: int) -> VGroup:
    places = np.random.default_rng(0).uniform(-1, 1, (count, 3)) * [6.5, 3.7, 0]
    return VGroup(*(Dot(place, radius=0.06) for place in places))


class MovingDots(FastScene):
    """Six hundred dots, each on a way of its own."""

    def construct(self) -> None:
        """Play the scene."""
        steps = np.random.default_rng(1).normal(size=(600, 3)) * [1, 1, 0]
        dots = _dots(600)
        self.add(dots)
        self.play(*(dot.animate.shift(s) for dot, s in zip(dots, steps, strict=True)), run_time=2)


class DotsWithUpdaters(FastScene):
    """Four hundred dots, each with an updater."""

    def construct(self) -> None:
        """Play the scene."""
        speeds = np.random.default_rng(1).normal(size=(400, 3)) * [1, 1, 0]
        dots = _dots(400)
        for dot, speed in zip(dots, speeds, strict=True):

            def move(mobject: Mobject, dt: float, speed: np.ndarray = speed) -> None:
                mobject.shift(speed * dt)

            dot.add_updater(move)
        self.add(dots)
        self.wait(2)


class Bursts(FastScene):
    """Short plays with many short lines all over the frame."""

    def construct(self) -> None:
        """Play the scene."""
        places = [x * RIGHT + y * UP for x in range(-6, 7, 2) for y in (-3, -1, 1, 3)]
        for _ in range(4):
            self.play(*(Flash(place, flash_radius=0.4) for place in places), run_time=0.5)


class Fades(FastScene):
    """A group of which every member changes on every frame."""

    def construct(self) -> None:
        """Play the scene."""
        squares = VGroup(*(Square(0.5, fill_opacity=0.7) for _ in range(150)))
        squares.arrange_in_grid(10, 15)
        self.play(FadeIn(squares), run_time=0.7)
        self.play(squares.animate.scale(0.7).rotate(0.4), run_time=0.7)
        self.play(FadeOut(squares), run_time=0.7)


class TurningSurface(ThreeDScene, FastScene):
    """A shaded surface in three dimensions, and a camera that goes around it."""

    def construct(self) -> None:
        """Play the scene."""
        self.set_camera_orientation(phi=60 * DEGREES, theta=30 * DEGREES)
        surface = Surface(
            lambda u, v: np.array([u, v, np.sin(u) * np.cos(v)]),
            u_range=(-3, 3),
            v_range=(-3, 3),
            resolution=12,
        )
        self.add(surface)
        self.play(Rotate(surface, PI / 4), run_time=0.5)
        self.wait(0.5)
        self.move_camera(theta=60 * DEGREES, run_time=0.5)


class ZoomedDot(ZoomedScene, FastScene):
    """A dot in a magnifying glass."""

    def construct(self) -> None:
        """Play the scene."""
        dot = Dot()
        self.add(NumberPlane(), dot, Circle())
        self.play(dot.animate.shift(RIGHT), run_time=0.7)
        self.play(dot.animate.shift(LEFT), run_time=0.7)
        self.wait(0.5)
