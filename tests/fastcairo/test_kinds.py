"""Scenes of the kinds that a fast renderer gets wrong: each is manim's, with one worker and two."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from manim import (
    BLUE,
    DOWN,
    GREEN,
    LEFT,
    ORIGIN,
    RED,
    RIGHT,
    UP,
    AnimationGroup,
    Circle,
    Create,
    DecimalNumber,
    Dot,
    FadeIn,
    FadeOut,
    FadeToColor,
    Indicate,
    LaggedStart,
    Line,
    MathTypst,
    Mobject,
    MoveToTarget,
    MovingCameraScene,
    Rotate,
    Scene,
    ShowPassingFlash,
    Square,
    Succession,
    Text,
    Transform,
    Typst,
    UpdateFromFunc,
    ValueTracker,
    VGroup,
    VMobject,
    Wait,
    Write,
    always_redraw,
    smooth,
)

from tests.fastcairo.films import film

Construct = Callable[[Any], None]
SCENES: list[tuple[Construct, type[Scene]]] = []


def scene(construct: Construct) -> Construct:
    """Register a scene."""
    SCENES.append((construct, Scene))
    return construct


def moving_camera_scene(construct: Construct) -> Construct:
    """Register a scene whose camera moves."""
    SCENES.append((construct, MovingCameraScene))
    return construct


def row(count: int = 4) -> VGroup:
    return VGroup(*(Square(side_length=1, fill_opacity=0.5) for _ in range(count))).arrange()


# Updaters under an animation.


@scene
def number_that_is_set_while_it_fades_in(self: Scene) -> None:
    value = ValueTracker(1)
    number = DecimalNumber(1, mob_class=Text).add_updater(lambda m: m.set_value(value.get_value()))
    self.play(FadeIn(number), value.animate.set_value(8), run_time=0.8)
    self.play(Write(number), value.animate.set_value(3), run_time=0.8)


@scene
def variable_that_fades_in(self: Scene) -> None:
    value = ValueTracker(2)
    number = DecimalNumber(2, mob_class=Text).shift(RIGHT)
    number.add_updater(lambda m: m.set_value(value.get_value()))
    variable = VGroup(Typst("x ="), number)
    self.play(FadeIn(variable, lag_ratio=0.3), run_time=0.6)
    self.play(value.animate.set_value(5), run_time=0.6)


@scene
def updaters_under_a_lag(self: Scene) -> None:
    squares = row().add_updater(lambda m: m.rotate(0.1))
    word = Typst("word").shift(UP).add_updater(lambda m, dt: m.shift(dt * UP))
    self.play(FadeIn(squares, lag_ratio=0.5), Write(word, lag_ratio=0.4), run_time=0.8)
    self.play(squares.animate(lag_ratio=0.5).shift(DOWN), run_time=0.8)
    self.play(FadeOut(squares, word, lag_ratio=0.3), run_time=0.6)


@scene
def updaters_on_a_target_and_on_members(self: Scene) -> None:
    squares = row()
    squares[1].add_updater(lambda m: m.shift(0.05 * UP))
    target = row().shift(DOWN).add_updater(lambda m, dt: m.rotate(dt))
    self.play(Transform(squares, target, lag_ratio=0.4), run_time=0.8)
    other = Square()
    other.target = Circle().shift(UP)
    other.target.add_updater(lambda m: m.shift(0.1 * RIGHT))
    self.play(MoveToTarget(other), run_time=0.6)
    self.play(FadeToColor(squares, RED), run_time=0.6)


@scene
def updater_that_counts(self: Scene) -> None:
    calls = [0]

    def count(mobject: VMobject) -> None:
        calls[0] += 1
        mobject.set_x(calls[0] * 0.1)

    dot = Dot().add_updater(count)
    self.add(dot)
    self.play(Create(Square()), run_time=0.6)
    self.wait(0.4)
    self.play(Rotate(dot), run_time=0.6)


# Texts that are typeset while plays are drawn elsewhere.


@scene
def texts_on_every_frame(self: Scene) -> None:
    value = ValueTracker(0)
    label = always_redraw(lambda: Text(f"{value.get_value():.1f}").shift(UP))
    formula = always_redraw(lambda: MathTypst(f"x = {value.get_value():.1f}").shift(DOWN))
    number = DecimalNumber(0, mob_class=Text).add_updater(lambda m: m.set_value(value.get_value()))
    self.add(label, formula, number)
    for end in (3, -2, 5):
        self.play(value.animate.set_value(end), run_time=0.8)
    self.wait(0.2)


# Successions, whose parts depend on what was before.


@scene
def two_successions(self: Scene) -> None:
    dots = [[Dot(x * RIGHT + y * UP) for x in range(-3, 3)] for y in (-1, 1)]
    self.play(*(Succession(*map(Create, line), lag_ratio=0.2) for line in dots), run_time=1)
    self.play(LaggedStart(*(Succession(*map(FadeOut, line)) for line in dots)), run_time=1)


@scene
def successions_of_what_depends_on_the_beginning(self: Scene) -> None:
    square, disc = Square(), Circle()
    self.play(
        Succession(
            Create(square),
            square.animate.shift(UP),
            Indicate(square),
            Wait(0.2),
            square.animate.shift(RIGHT),
            AnimationGroup(Rotate(square), FadeIn(disc)),
        ),
        run_time=1.6,
    )
    self.play(disc.animate.shift(LEFT), run_time=0.4)


# Things with a memory, and methods of the user's own.


@scene
def rate_function_with_a_memory(self: Scene) -> None:
    seen = [0]

    def rate(alpha: float) -> float:
        seen[0] += 1
        return smooth(alpha) * (1 - 0.5 / seen[0])

    square = Square()
    self.play(square.animate(rate_func=rate).shift(2 * RIGHT), run_time=0.8)
    self.play(square.animate(rate_func=rate).shift(UP), run_time=0.8)


class Wanderer(Square):
    """Square that goes on at every update without having an updater."""

    def update(self, dt: float = 0, recursive: bool = True) -> Wanderer:
        self.shift(0.1 * UP)
        return super().update(dt, recursive)


class Trembling(Square):
    """Square that remembers how often it was interpolated."""

    steps = 0

    def interpolate(self, *args: Any, **kwargs: Any) -> Trembling:
        super().interpolate(*args, **kwargs)
        self.steps += 1
        self.shift(0.05 * self.steps * RIGHT)
        return self


@scene
def methods_of_a_subclass(self: Scene) -> None:
    wanderer, trembling = Wanderer().shift(2 * LEFT), Trembling()
    self.add(wanderer, trembling)
    self.play(Create(Circle()), run_time=0.6)
    self.play(trembling.animate.shift(DOWN), run_time=0.6)
    self.play(VGroup(trembling, row(2)).animate(lag_ratio=0.5).shift(UP), run_time=0.6)


class Pulsing(Circle):
    """Circle whose width is made when it is asked for."""

    width_now = 4.0

    @property
    def stroke_width(self) -> float:
        return self.width_now

    @stroke_width.setter
    def stroke_width(self, width: float) -> None:
        self.width_now = 2 * width


class Hiding(VGroup):
    """Group of which only the first member is seen."""

    def get_family(self, recurse: bool = True) -> list[Any]:
        return super().get_family(recurse)[:2]


@scene
def properties_and_families_of_a_subclass(self: Scene) -> None:
    circle, group = Pulsing(color=RED), Hiding(*row(3))
    self.add(circle, group)
    self.play(circle.animate.shift(UP), run_time=0.6)
    self.play(group.animate.shift(DOWN), FadeIn(Dot()), run_time=0.6)
    self.remove(group[0])
    self.wait(0.2)


@scene
def methods_of_one_instance(self: Scene) -> None:
    square, other, quiet = Square(), Circle().shift(2 * LEFT), Dot(2 * RIGHT)
    square.get_stroke_width = lambda background=False: 0 if background else 12
    other.interpolate_color = lambda *_: other
    quiet.update = lambda *_, **__: quiet.shift(0.1 * UP)
    self.add(square, VGroup(quiet))
    self.play(square.animate.shift(UP), other.animate.set_color(GREEN), run_time=0.8)
    self.play(Transform(other, Square(), path_func=lambda a, b, t: a + t * t * (b - a)))


@scene
def lists_that_submobjects_share(self: Scene) -> None:
    squares = row(2)
    squares[0].marks = squares[1].marks = []
    copy = squares.copy()
    copy[0].marks.append(1)
    copy[1].set_color(RED if copy[1].marks else BLUE)
    self.play(FadeIn(copy), run_time=0.4)


# The camera.


@scene
def background_changed_in_place(self: Scene) -> None:
    square = Square()
    self.add(Circle())
    self.play(square.animate.shift(UP), run_time=0.4)
    self.camera.background[:20] = (0, 0, 200, 255)
    self.play(square.animate.shift(DOWN), run_time=0.4)
    self.camera.background[20:40] = (200, 0, 0, 255)
    self.wait(0.4)


@scene
def background_that_an_updater_writes_to(self: Scene) -> None:
    square = Square()
    self.add(square)
    self.play(square.animate.shift(UP), run_time=0.4)
    taken = self.camera.background
    written: list[int] = []

    def write(_: Mobject) -> None:
        written.append(1)
        taken[10 * len(written) :][:10] = (0, 0, 200, 255)

    square.add_updater(write)
    self.play(Create(Circle()), run_time=0.8)
    self.camera.background_color = BLUE
    self.play(Create(Circle(radius=2)), run_time=0.4)
    square.add_updater(lambda _: self.camera.background[:20].fill(99))
    self.play(Create(Circle(radius=3)), run_time=0.4)


@scene
def pixels_written_between_plays(self: Scene) -> None:
    square = Square()
    self.play(square.animate.shift(UP), run_time=0.4)
    self.camera.pixel_array[:] = 99
    self.play(square.animate.shift(DOWN), run_time=0.4)


@scene
def frame_that_is_moved_between_plays(self: Scene) -> None:
    self.wait(0.2)
    self.camera.frame_center = RIGHT
    self.play(Create(Square()), run_time=0.4)
    self.camera.frame_center = 2 * UP
    self.camera.frame_width = 7
    self.play(Create(Circle()), run_time=0.4)
    self.wait(0.2)


@moving_camera_scene
def moving_frame(self: Any) -> None:
    square = Square()
    self.add(square)
    self.camera.frame.save_state()
    self.play(self.camera.frame.animate.scale(0.5).move_to(square), run_time=0.6)
    self.camera.frame_center = RIGHT
    self.play(square.animate.shift(RIGHT), run_time=0.4)
    self.camera.frame.add_updater(lambda m: m.move_to(square))
    self.add(self.camera.frame)
    self.play(square.animate.shift(UP), run_time=0.6)


# Pictures that the scene itself looks at.


@scene
def frames_that_are_looked_at(self: Scene) -> None:
    square, probe = Square(fill_opacity=1), Dot()

    def look() -> None:
        pixels = self.renderer.get_frame()
        assert np.array_equal(pixels, self.camera.pixel_array)
        assert np.array_equal(pixels, np.array(self.camera.get_image()))
        columns = np.flatnonzero(pixels[:, :, :3].any(axis=(0, 2)))
        probe.set_x((columns.mean() if len(columns) else 0) / 96 * 14 - 7)

    look()
    for step in (RIGHT, UP, 3 * LEFT):
        self.play(square.animate.shift(step), run_time=0.6)
        look()
        self.add(probe)
    self.wait(0.4)
    look()
    self.play(UpdateFromFunc(probe, lambda m: m.shift(0.1 * UP)), run_time=0.6)
    look()
    self.play(Create(Line(ORIGIN, UP)), run_time=0.4)


@scene
def passing_flash(self: Scene) -> None:
    self.add(row())
    for shape in (Circle(radius=2), Square(side_length=3), Line(LEFT * 3, RIGHT * 3 + UP)):
        flash = shape.set_stroke(BLUE, 10)
        self.play(ShowPassingFlash(flash, time_width=0.4), run_time=1)


@scene
def random_numbers(self: Scene) -> None:
    dot = Dot()
    self.add(dot)
    for _ in range(3):
        self.play(Create(Square(side_length=np.random.uniform(1, 3))), run_time=0.4)
        self.play(UpdateFromFunc(dot, lambda m: m.shift(np.random.normal(size=3))), run_time=0.6)


@pytest.mark.parametrize(("construct", "base"), SCENES, ids=[s[0].__name__ for s in SCENES])
def test_the_film_is_that_of_manim(
    construct: Construct, base: type[Scene], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    expected = film(construct, tmp_path, None, base)
    for workers in (1, 2):
        found = film(construct, tmp_path, workers, base)
        assert len(found) == len(expected)
        gaps = [
            int(np.abs(one.astype(int) - other.astype(int)).max())
            for one, other in zip(expected, found, strict=True)
        ]
        assert max(gaps) <= 2, f"{workers} workers: frames differ by {gaps}"
    assert not [r for r in caplog.records if r.levelno >= logging.WARNING]
