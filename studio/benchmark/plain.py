"""Four scenes as people write them: text, charts, code, dots, formulas, updaters, a plane."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

import numpy as np
import numpy.typing as npt
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
    WHITE,
    YELLOW,
    AnimationGroup,
    Axes,
    Circle,
    Code,
    Create,
    DashedLine,
    DecimalNumber,
    Dot,
    FadeIn,
    FadeOut,
    Indicate,
    LaggedStart,
    Line,
    MathTypst,
    Mobject,
    NumberPlane,
    ReplacementTransform,
    Square,
    Succession,
    SurroundingRectangle,
    Text,
    Transform,
    Uncreate,
    ValueTracker,
    VGroup,
    Write,
    always_redraw,
    linear,
)

from fastcairo import FastScene

SCENES = ("DotsAndCode", "CurvesAndTrackers", "WordsAndFormulas", "PlaneAndUpdaters")

SOURCE = """
def descend(w, grad, lr):
    for _ in range(100):
        w = w - lr * grad(w)
    return w
"""
STEPS = (
    "L = 1/(2 n) sum_(i=1)^n (w x_i + b - y_i)^2",
    "(partial L)/(partial w) = 1/n sum_(i=1)^n (w x_i + b - y_i) x_i",
    "w <- w - eta (partial L)/(partial w)",
)


class DotsAndCode(FastScene):
    """Hundreds of dots one after the other in two charts, a listing, and all of it gone again."""

    def construct(self) -> None:
        """Play the scene."""
        rng = np.random.default_rng(0)
        title = Text("Samples", color=BLUE).to_edge(UP)
        axes = partial(Axes, x_range=[-4, 4, 1], y_range=[-10, 18, 4], x_length=5, y_length=5)
        charts = VGroup(axes(), axes())
        charts.arrange(RIGHT, buff=1).shift(DOWN * 0.4)
        self.play(Write(title), Create(charts))
        features = rng.normal(size=(700, 2))
        labels = features @ [2, -3.4] + 4.2
        dots = [
            [
                Dot(chart.c2p(x, y), radius=0.05, color=YELLOW)
                for x, y in zip(features[:, i], labels, strict=True)
            ]
            for i, chart in enumerate(charts)
        ]
        self.play(*(Succession(*map(Create, group), lag_ratio=0.005) for group in dots))
        self.wait(2)
        self.play(*(Uncreate(VGroup(*group)) for group in dots), Uncreate(charts), run_time=2)
        code = Code(code_string=SOURCE, language="python", add_line_numbers=False)
        self.play(Write(code), run_time=3)
        self.wait(3)
        self.play(FadeOut(code), FadeOut(title))


class CurvesAndTrackers(FastScene):
    """A tangent that rolls along a curve, rectangles under it, a number that follows."""

    def construct(self) -> None:
        """Play the scene."""
        axes = Axes(x_range=[-3, 3, 1], y_range=[0, 9, 3], x_length=9, y_length=5)
        axes.add_coordinates(label_constructor=MathTypst)
        curve = axes.plot(lambda x: x * x, color=BLUE)
        tracker = ValueTracker(-2.5)

        def tangent_point(offset: float) -> npt.NDArray[np.float64]:
            x = tracker.get_value()
            return np.asarray(axes.c2p(x + offset, x * x + 2 * x * offset))

        def follow(mobject: Mobject) -> None:
            assert isinstance(mobject, DecimalNumber)
            mobject.set_value(2 * tracker.get_value())

        dot = always_redraw(lambda: Dot(tangent_point(0), color=YELLOW))
        tangent = always_redraw(lambda: Line(tangent_point(-1), tangent_point(1), color=RED))
        number = DecimalNumber(0, mob_class=Text)  # type: ignore[arg-type]
        number.to_corner(UP + RIGHT)
        number.add_updater(follow)
        self.play(Create(axes), Create(curve), run_time=2)
        self.play(FadeIn(dot, tangent))
        self.add(number)
        self.play(tracker.animate.set_value(2.5), run_time=5, rate_func=linear)
        for dx in (0.5, 0.25, 0.1):
            bars = axes.get_riemann_rectangles(
                curve, x_range=[-2, 2], dx=dx, color=(GREEN, BLUE), fill_opacity=0.6
            )
            self.play(FadeIn(bars))
            self.wait()
            self.play(FadeOut(bars))
        self.play(tracker.animate.set_value(0), run_time=2)
        self.wait()


class WordsAndFormulas(FastScene):
    """Lines of text and formulas that are written, framed, transformed and put away."""

    def construct(self) -> None:
        """Play the scene."""
        words = (f"Step {i}: change one thing at a time" for i in range(1, 6))
        lines = VGroup(*(Text(text, font_size=34) for text in words))
        lines.arrange(DOWN, aligned_edge=LEFT, buff=0.5)
        for line in lines:
            self.play(Write(line), run_time=0.8)
        frame = SurroundingRectangle(lines[0])
        self.play(Create(frame))
        for line in lines[1:]:
            self.play(Transform(frame, SurroundingRectangle(line)), run_time=0.6)
        self.play(FadeOut(frame), lines.animate.scale(0.5).to_corner(UP + LEFT))
        formula = MathTypst(STEPS[0])
        self.play(Write(formula), run_time=2)
        for text in STEPS[1:]:
            following = MathTypst(text)
            self.play(ReplacementTransform(formula, following), run_time=1.5)
            formula = following
            self.play(Indicate(formula))
            self.wait()
        squares = VGroup(*(Square(0.4, color=WHITE) for _ in range(60)))
        squares.arrange_in_grid(4, 15).shift(DOWN * 2.4)
        self.play(LaggedStart(*(FadeIn(s, shift=UP) for s in squares), lag_ratio=0.03, run_time=3))
        turned = [square.animate.rotate(PI / 4).set_fill(BLUE, 0.5).build() for square in squares]
        self.play(AnimationGroup(*turned), run_time=2)
        self.wait(2)


class PlaneAndUpdaters(FastScene):
    """A plane that is sheared, a path through it, and updaters that need each frame."""

    def construct(self) -> None:
        """Play the scene."""
        plane = NumberPlane()
        self.play(Create(plane), run_time=2)
        self.play(plane.animate.apply_matrix(np.array([[1, 0.6], [0.2, 1]])), run_time=3)
        angles = np.arange(200) / 12
        radii = 3 - np.arange(200) / 80
        path = np.stack(
            [radii * np.cos(angles), 0.7 * radii * np.sin(angles), np.zeros(200)], axis=1
        )
        legs = VGroup(*(Line(a, b, color=YELLOW) for a, b in pairwise(path)))
        self.play(Create(legs), run_time=5, rate_func=linear)
        ball = Circle(0.2, color=RED, fill_opacity=1)

        def roll(mobject: Mobject, dt: float) -> None:
            mobject.rotate(dt).shift(RIGHT * dt * 0.3)

        ball.add_updater(roll)
        guide = always_redraw(lambda: DashedLine(ORIGIN, ball.get_center(), color=GREEN))
        self.add(ball, guide)
        self.wait(4)
        self.play(FadeOut(legs, plane))
        self.wait()
