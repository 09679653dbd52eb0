"""Every kind of animation and updater gives the frames that manim gives."""

from __future__ import annotations

import numpy as np
import pytest
from manim import (
    BLUE,
    DOWN,
    GREEN,
    LEFT,
    ORIGIN,
    PI,
    RED,
    RIGHT,
    UP,
    UR,
    YELLOW,
    Add,
    AnimationGroup,
    Arc,
    Axes,
    Circle,
    Create,
    DecimalNumber,
    Dot,
    DrawBorderThenFill,
    FadeIn,
    FadeOut,
    FadeTransform,
    GrowFromCenter,
    Indicate,
    LaggedStart,
    LaggedStartMap,
    Line,
    MathTypst,
    MoveAlongPath,
    NumberPlane,
    Rectangle,
    ReplacementTransform,
    Rotate,
    RoundedRectangle,
    Scene,
    ShowPassingFlash,
    Square,
    Star,
    Succession,
    TracedPath,
    Transform,
    Typst,
    Uncreate,
    Unwrite,
    UpdateFromAlphaFunc,
    UpdateFromFunc,
    ValueTracker,
    VGroup,
    VMobject,
    Wait,
    Write,
    always_redraw,
    linear,
    there_and_back,
)

from fastcairo import DotCloud
from fastcairo.testing import assert_equal_frames

SCENES: list[type[Scene]] = []


def scene(kind: type[Scene]) -> type[Scene]:
    """Register a scene of the gallery."""
    SCENES.append(kind)
    return kind


@scene
class Updaters(Scene):
    def construct(self) -> None:
        value = ValueTracker(0)
        dot = Dot().add_updater(lambda mob: mob.move_to((value.get_value(), 1, 0)))
        line = always_redraw(lambda: Line(ORIGIN, dot.get_center(), color=RED))
        number = DecimalNumber(0, mob_class=MathTypst).add_updater(
            lambda mob: mob.set_value(value.get_value())
        )
        spinning = Square(side_length=1).shift(3 * LEFT)
        spinning.add_updater(lambda mob, dt: mob.rotate(dt))
        trace = TracedPath(dot.get_center, stroke_color=GREEN)
        self.add(Rectangle(), line, dot, number, spinning, trace)
        self.play(value.animate.set_value(3), run_time=1)
        self.wait(0.5)
        spinning.clear_updaters()
        self.wait(0.5)
        self.play(UpdateFromFunc(number, lambda mob: mob.next_to(dot, UP)), run_time=0.4)
        self.play(UpdateFromAlphaFunc(spinning, lambda mob, a: mob.set_opacity(a)), run_time=0.4)


@scene
class SceneUpdater(Scene):
    def construct(self) -> None:
        behind, moving = Square(), Circle()
        self.add(behind, moving)
        self.add_updater(lambda dt: behind.shift(dt * RIGHT))
        self.play(moving.animate.shift(UP), run_time=0.6)
        self.wait(0.5)


@scene
class AddedAndRemoved(Scene):
    def construct(self) -> None:
        row = VGroup(
            *(Square(side_length=0.8, fill_opacity=1, color=c) for c in (RED, GREEN, BLUE))
        )
        row.arrange()
        disc = Circle(fill_opacity=1)
        self.add(row)
        self.play(
            Succession(Add(disc), Wait(0.3), FadeOut(row[1]), Create(Dot(UP))),
            row[0].animate.shift(DOWN),
            run_time=1.2,
        )
        self.remove(disc)
        self.play(Uncreate(row[2]), run_time=0.5)

        def alternate(mob: VMobject, alpha: float) -> None:
            if alpha > 0.5:
                self.remove(row[0])
            mob.rotate(alpha)

        self.add(row[0])
        self.play(UpdateFromAlphaFunc(Square(), alternate), run_time=0.8)
        self.wait(0.3)


@scene
class Reordered(Scene):
    def construct(self) -> None:
        discs = [
            Circle(fill_opacity=1, color=c).shift(0.5 * i * RIGHT)
            for i, c in enumerate((RED, GREEN, BLUE, YELLOW))
        ]
        self.add(*discs)
        self.wait(0.3)
        self.bring_to_back(discs[3])
        self.wait(0.3)
        self.bring_to_front(discs[0])
        self.play(discs[1].animate.shift(UP), run_time=0.5)
        self.remove(discs[2])
        self.wait(0.3)
        self.play(discs[0].animate.set_z_index(-1), run_time=0.5)
        self.clear()
        self.wait(0.3)


@scene
class DotsAppear(Scene):
    def construct(self) -> None:
        rng = np.random.default_rng(0)
        cloud = DotCloud(rng.normal(size=(400, 2)), radius=0.05, color=BLUE, opacity=0.6)
        self.add(Axes())
        self.play(Create(cloud), run_time=1.5, rate_func=linear)
        self.add(Square(color=RED))
        self.play(cloud.animate.shift(RIGHT), run_time=0.5)
        self.play(cloud.animate.set_color(GREEN).set_opacity(1), run_time=0.5)
        moved = cloud.positions.copy()
        moved[::40] += 0.5
        cloud.set_positions(moved)
        self.wait(0.3)
        self.play(
            UpdateFromAlphaFunc(
                cloud, lambda mob, a: mob.set_positions(moved + (np.arange(400) < 9)[:, None] * a)
            ),
            run_time=0.5,
        )
        self.play(Uncreate(cloud), run_time=0.7)


@scene
class LargeDotsAppear(Scene):
    def construct(self) -> None:
        positions = np.random.default_rng(0).normal(size=(150, 2)) * 2
        cloud = DotCloud(positions, radius=0.3, color=BLUE, opacity=0.5)
        self.add(Square())
        self.play(Create(cloud), run_time=2, rate_func=linear)
        self.play(Uncreate(cloud), run_time=0.7)


@scene
class DotsTransform(Scene):
    def construct(self) -> None:
        rng = np.random.default_rng(1)
        cloud = DotCloud(rng.normal(size=(200, 3)), radius=0.06, color=YELLOW)
        self.play(FadeIn(cloud), run_time=0.5)
        self.play(Transform(cloud, DotCloud(rng.normal(size=(200, 2)), 0.1, RED)), run_time=0.6)
        self.play(Transform(cloud, DotCloud(rng.normal(size=(320, 2)), 0.04)), run_time=0.6)
        self.play(cloud.animate.scale(0.5), run_time=0.4)
        self.play(Transform(cloud, Circle(radius=2, color=GREEN)), run_time=0.6)
        self.play(FadeOut(cloud), run_time=0.4)


@scene
class Transforms(Scene):
    def construct(self) -> None:
        square, star = Square(fill_opacity=0.5), Star(color=RED).shift(2 * RIGHT)
        self.play(Transform(square, star, path_arc=PI / 2), run_time=0.7)
        self.play(ReplacementTransform(square, Circle(color=GREEN)), run_time=0.7)
        self.play(FadeTransform(VGroup(Square()), VGroup(Arc(), Dot())), run_time=0.7)


@scene
class Fades(Scene):
    def construct(self) -> None:
        group = VGroup(*(Square(fill_opacity=0.8) for _ in range(4))).arrange()
        self.play(FadeIn(group, shift=DOWN, scale=0.5, lag_ratio=0.3), run_time=1)
        self.play(Indicate(group[1]), GrowFromCenter(Dot(2 * UP)), run_time=0.7)
        self.play(FadeOut(group[:2], target_position=UR), run_time=0.7)
        self.play(MoveAlongPath(group[3], Arc(radius=2)), run_time=0.6)


@scene
class Lagged(Scene):
    def construct(self) -> None:
        row = VGroup(*(RoundedRectangle(width=0.6, height=0.6) for _ in range(12))).arrange()
        self.play(LaggedStartMap(FadeIn, row, lag_ratio=0.2), run_time=1.2)
        self.play(
            LaggedStart(*(m.animate.shift(UP) for m in row), lag_ratio=0.1),
            row[3].animate(rate_func=there_and_back).set_color(RED),
            run_time=1.2,
        )
        self.play(AnimationGroup(Rotate(row[0]), FadeOut(row[1:]), lag_ratio=0.5), run_time=0.8)


@scene
class TwoAnimationsOfOneMobject(Scene):
    def construct(self) -> None:
        row = VGroup(*(Square(side_length=0.7) for _ in range(5))).arrange()
        self.add(row)
        self.play(
            row.animate(lag_ratio=0.5).shift(UP),
            row.animate(lag_ratio=0.3, rate_func=there_and_back).set_color(RED),
            run_time=1.2,
        )
        row.add_updater(lambda mob: mob.shift(0.05 * DOWN))
        self.play(row.animate(lag_ratio=0.5, suspend_mobject_updating=False).shift(UP), run_time=1)


@scene
class InSuccession(Scene):
    def construct(self) -> None:
        dot = Dot()
        self.play(
            Succession(Create(Square()), FadeIn(dot), dot.animate.shift(UP), FadeOut(dot)),
            run_time=2,
        )
        self.play(ShowPassingFlash(Circle(radius=2, color=YELLOW)), run_time=0.6)


@scene
class TypstText(Scene):
    def construct(self) -> None:
        heading = Typst("Linear regression").scale(1.2).to_edge(UP)
        formula = MathTypst("y = w x + b")
        other = MathTypst("hat(y) = sum_i w_i x_i + b")
        self.play(Write(heading), run_time=1)
        self.play(FadeIn(formula, shift=UP), run_time=0.5)
        self.play(Transform(formula, other), run_time=0.7)
        self.play(DrawBorderThenFill(Typst("code").shift(DOWN)), run_time=0.7)
        self.play(Unwrite(heading), run_time=0.7)


@scene
class Plots(Scene):
    def construct(self) -> None:
        axes = Axes(x_range=[-3, 3], y_range=[-2, 2], tips=False)
        plane = NumberPlane().set_opacity(0.3)
        graph = axes.plot(lambda x: float(np.sin(2 * x)), color=YELLOW)
        area = axes.get_area(graph, x_range=(0, 2), opacity=0.4)
        self.add(plane)
        self.play(Create(axes), run_time=0.7)
        self.play(Create(graph), FadeIn(area), run_time=0.7)
        slope = ValueTracker(-1)
        line = always_redraw(
            lambda: Line(axes.c2p(-3, -3 * slope.get_value()), axes.c2p(3, 3 * slope.get_value()))
        )
        squares = VGroup(
            *(
                always_redraw(
                    lambda x=x: Square(
                        side_length=abs(slope.get_value() * x) * 0.4 + 0.01,
                        fill_opacity=0.3,
                        color=RED,
                    ).move_to(axes.c2p(x, 0))
                )
                for x in (-2, -1, 1, 2)
            )
        )
        self.add(line, squares)
        self.play(slope.animate.set_value(0.5), run_time=1)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_frames_equal_those_of_manim(scene: type[Scene]) -> None:
    assert_equal_frames(scene)
