"""Every kind of mobject and camera is drawn as manim draws it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from manim import (
    BLUE,
    DEGREES,
    DOWN,
    GREEN,
    LEFT,
    ORANGE,
    PI,
    RED,
    RIGHT,
    UL,
    UP,
    UR,
    WHITE,
    YELLOW,
    Add,
    Circle,
    Create,
    Cube,
    CurvedArrow,
    DashedLine,
    DashedVMobject,
    Difference,
    Dot,
    FadeIn,
    ImageMobject,
    Intersection,
    Line,
    MovingCameraScene,
    PMobject,
    Polygon,
    Rotate,
    Scene,
    Square,
    Star,
    Succession,
    Surface,
    ThreeDScene,
    Transform,
    Triangle,
    Union,
    VGroup,
    VMobject,
    Wait,
    ZoomedScene,
)

from fastcairo.testing import assert_equal_frames

SCENES: list[type[Scene]] = []


def scene(kind: type[Scene]) -> type[Scene]:
    """Register a scene of the gallery."""
    SCENES.append(kind)
    return kind


@scene
class ZIndex(Scene):
    def construct(self) -> None:
        squares = VGroup(*(Square(side_length=2, fill_opacity=1, color=c) for c in (RED, GREEN)))
        squares.arrange(RIGHT, buff=-1)
        squares[0].set_z_index(2)
        disc = Circle(fill_opacity=0.7, color=BLUE).set_z_index(1)
        self.add(squares, disc)
        self.wait(0.5)
        self.play(disc.animate.shift(2 * LEFT), run_time=0.7)
        squares[1].set_z_index(3)
        self.play(squares[0].animate.shift(RIGHT), Rotate(disc, PI), run_time=0.7)
        self.wait(0.5)


@scene
class Foreground(Scene):
    def construct(self) -> None:
        label = Square(side_length=1, fill_opacity=1, color=YELLOW)
        self.add_foreground_mobject(label)
        disc = Circle(fill_opacity=1, color=BLUE)
        self.play(FadeIn(disc), run_time=0.5)
        self.play(disc.animate.shift(RIGHT), run_time=0.5)
        self.remove_foreground_mobject(label)
        self.play(disc.animate.shift(LEFT), run_time=0.5)


@scene
class Transparency(Scene):
    def construct(self) -> None:
        discs = VGroup(
            *(
                Circle(radius=1.5, fill_opacity=0.4, stroke_opacity=0.5, stroke_width=20, color=c)
                for c in (RED, GREEN, BLUE)
            )
        ).arrange(RIGHT, buff=-1.2)
        self.add(discs)
        self.play(discs[1].animate.shift(UP).set_opacity(0.2), run_time=0.7)
        self.play(discs.animate.scale(0.5), run_time=0.7)


@scene
class Gradients(Scene):
    def construct(self) -> None:
        square = Square(fill_opacity=1).set_color([RED, GREEN, BLUE])
        sheen = Circle(fill_opacity=1, color=BLUE).set_sheen(0.6, UR).shift(3 * RIGHT)
        line = Line(LEFT, RIGHT, stroke_width=20).set_color([RED, YELLOW]).shift(2 * UP)
        parent = Square(fill_opacity=0.5).set_color([RED, BLUE]).shift(3 * LEFT)
        parent.add(Circle(radius=0.3).move_to(parent))
        self.add(square, sheen, line, parent)
        self.play(Rotate(square, PI / 3), sheen.animate.set_sheen(0.9, UL), run_time=0.7)
        self.play(line.animate.shift(4 * DOWN), parent[0].animate.shift(2 * DOWN), run_time=0.7)


@scene
class BackgroundStroke(Scene):
    def construct(self) -> None:
        star = Star(color=YELLOW, fill_opacity=1).set_stroke(RED, 20, background=True)
        square = Square(fill_opacity=1, color=BLUE, side_length=3)
        self.add(square, star)
        self.play(star.animate.shift(RIGHT), run_time=0.7)
        self.play(square.animate.shift(RIGHT), run_time=0.7)


@scene
class Joints(Scene):
    def construct(self) -> None:
        zigzag = VMobject(stroke_width=24, color=ORANGE).set_points_as_corners(
            [3 * LEFT, UP, LEFT + 0.2 * DOWN, 2 * RIGHT, 0.8 * RIGHT + UP, 3 * RIGHT + 2 * UP]
        )
        needle = Triangle(stroke_width=15).stretch(0.15, 0).shift(4 * RIGHT)
        arrow = CurvedArrow(2 * LEFT + 2 * DOWN, 2 * RIGHT + 2 * DOWN)
        self.add(zigzag, needle, arrow)
        self.play(zigzag.animate.shift(DOWN), run_time=0.7)
        self.play(Rotate(needle, PI / 2), Create(arrow), run_time=0.7)
        self.play(needle.animate.shift(3 * LEFT), zigzag.animate.stretch(0.1, 0), run_time=0.7)


@scene
class Dashes(Scene):
    def construct(self) -> None:
        circle = DashedVMobject(Circle(radius=2), num_dashes=30)
        line = DashedLine(4 * LEFT, 4 * RIGHT, color=GREEN)
        self.play(Create(line), Create(circle), run_time=0.8)
        self.play(line.animate.rotate(1), run_time=0.6)


@scene
class Booleans(Scene):
    def construct(self) -> None:
        left, right = Square().shift(0.5 * LEFT), Circle().shift(0.5 * RIGHT)
        style: dict[str, Any] = {"color": RED, "fill_opacity": 0.6}
        shapes = VGroup(
            Union(left, right, **style),
            Intersection(left, right, **style),
            Difference(left, right, **style),
        ).arrange()
        self.play(FadeIn(shapes), run_time=0.5)
        self.play(Transform(shapes[0], shapes[2].copy()), run_time=0.7)


@scene
class MovingCamera(MovingCameraScene):
    def construct(self) -> None:
        square, disc = Square(fill_opacity=0.5), Circle(color=RED).shift(3 * RIGHT)
        self.add(square, disc)
        self.play(square.animate.shift(UP), run_time=0.5)
        self.play(self.camera.frame.animate.scale(0.5).move_to(disc), run_time=0.7)
        self.play(disc.animate.shift(LEFT), run_time=0.5)
        self.wait(0.5)
        self.camera.frame.shift(LEFT)
        self.play(disc.animate.shift(LEFT), run_time=0.5)


@scene
class Zoomed(ZoomedScene):
    def construct(self) -> None:
        dot = Dot()
        self.add(dot, Square(side_length=0.5))
        self.activate_zooming(animate=False)
        self.play(dot.animate.shift(0.3 * RIGHT), run_time=0.5)
        self.play(self.zoomed_camera.frame.animate.shift(0.5 * UP), run_time=0.5)


@scene
class ThreeD(ThreeDScene):
    def construct(self) -> None:
        self.set_camera_orientation(phi=60 * DEGREES, theta=30 * DEGREES)
        cube = Cube(side_length=2, fill_opacity=0.7)
        surface = Surface(lambda u, v: np.array([u, v, u * v]), resolution=4)
        self.add(cube, surface.shift(2 * RIGHT))
        self.play(Rotate(cube, PI / 4), run_time=0.4)
        self.move_camera(theta=50 * DEGREES, run_time=0.4)


@scene
class Images(Scene):
    def construct(self) -> None:
        pixels = np.arange(16 * 16 * 3, dtype=np.uint8).reshape(16, 16, 3)
        image = ImageMobject(pixels).scale(8)
        square, disc = Square(color=RED), Circle(color=BLUE)
        self.play(Create(square), run_time=0.5)
        self.add(image)
        self.play(disc.animate.shift(RIGHT), run_time=0.5)
        self.play(image.animate.shift(RIGHT), run_time=0.5)
        self.remove(image)
        self.play(square.animate.shift(LEFT), run_time=0.5)
        self.play(Succession(Wait(0.4), Add(image), Wait(0.4)), Rotate(disc, PI), run_time=1)
        self.wait(0.5)


@scene
class Pixels(Scene):
    def construct(self) -> None:
        points = PMobject(stroke_width=4)
        points.add_points(np.random.default_rng(0).normal(size=(100, 3)), color=YELLOW)
        square = Square()
        self.add(square)
        self.play(square.animate.shift(UP), run_time=0.4)
        self.add(points)
        self.play(square.animate.shift(DOWN), run_time=0.4)
        self.play(points.animate.shift(RIGHT), run_time=0.4)
        self.remove(points)
        self.play(square.animate.shift(RIGHT), run_time=0.4)


@scene
class BackgroundColour(Scene):
    def construct(self) -> None:
        square = Square(fill_opacity=0.5)
        self.play(Create(square), run_time=0.5)
        self.camera.background_color = BLUE
        self.play(square.animate.shift(UP), run_time=0.5)
        self.wait(0.4)


@scene
class OutsideTheFrame(Scene):
    def construct(self) -> None:
        square = Square(fill_opacity=1).shift(10 * LEFT)
        broken = VMobject(color=WHITE).set_points_as_corners([LEFT, RIGHT])
        broken.points[1, 0] = np.nan
        huge = Polygon(100 * LEFT, 100 * UP, 100 * RIGHT, 100 * DOWN, fill_opacity=0.2)
        self.add(square, broken, huge)
        self.play(square.animate.shift(6 * RIGHT), run_time=0.7)
        self.play(square.animate.shift(20 * RIGHT), run_time=0.7)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_frames_equal_those_of_manim(scene: type[Scene]) -> None:
    assert_equal_frames(scene)
