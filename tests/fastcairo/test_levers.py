"""Each lever can be pulled alone, and none changes the pictures."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from manim import (
    BLUE,
    DOWN,
    UP,
    Circle,
    FadeIn,
    LaggedStart,
    Scene,
    Square,
    VGroup,
    Write,
    tempconfig,
)

from fastcairo import DotCloud, FastCairoRenderer, FastScene
from fastcairo.levers import Levers
from fastcairo.testing import differences, fast, rendered_frames

NAMES = [field.name for field in fields(Levers)]


class Mixed(Scene):
    def construct(self) -> None:
        row = VGroup(*(Square(fill_opacity=0.5, side_length=0.7) for _ in range(5))).arrange()
        cloud = DotCloud(np.random.default_rng(0).normal(size=(50, 2)), color=BLUE)
        self.play(LaggedStart(*(FadeIn(square, shift=UP) for square in row)), run_time=0.8)
        self.play(Write(Circle()), FadeIn(cloud), run_time=0.8)
        self.play(row.animate(lag_ratio=0.4).shift(DOWN), run_time=0.8)
        self.wait(0.3)


@pytest.mark.parametrize("lever", NAMES)
def test_each_lever_alone_draws_what_manim_draws(lever: str) -> None:
    frames = rendered_frames(fast(Mixed, Levers.only(lever)))
    assert not list(differences(rendered_frames(Mixed), frames))


def test_no_lever_at_all_draws_what_manim_draws() -> None:
    expected = rendered_frames(Mixed)
    frames = rendered_frames(fast(Mixed, Levers.only()))
    assert all(np.array_equal(*pair) for pair in zip(expected, frames, strict=True))


def test_the_environment_chooses_levers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FASTCAIRO_LEVERS", raising=False)
    assert Levers.from_environment() == Levers()
    monkeypatch.setenv("FASTCAIRO_LEVERS", "damage, paths")
    assert Levers.from_environment() == Levers.only("damage", "paths")
    monkeypatch.setenv("FASTCAIRO_LEVERS", "")
    assert not any(getattr(Levers.from_environment(), name) for name in NAMES)
    monkeypatch.setenv("FASTCAIRO_LEVERS", "damage,brute_force")
    with pytest.raises(ValueError, match="Unknown lever 'brute_force'; allowed are damage"):
        Levers.from_environment()


@pytest.mark.parametrize("text", ["0", "two", "-1", "1.5"])
def test_the_number_of_workers_is_checked(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("FASTCAIRO_WORKERS", text)
    with pytest.raises(ValueError, match="FASTCAIRO_WORKERS must be a positive whole number"):
        FastCairoRenderer()


def test_a_scene_gets_the_engine_unless_it_asks_for_something_else() -> None:
    from manim import CairoRenderer, MovingCameraScene, ThreeDCamera, ThreeDScene

    class Moving(MovingCameraScene, FastScene):
        pass

    class Deep(ThreeDScene, FastScene):
        pass

    with tempconfig({"dry_run": True}):
        assert type(FastScene().renderer) is FastCairoRenderer
        assert type(Moving().renderer) is FastCairoRenderer
        assert type(Deep().renderer) is FastCairoRenderer
        assert type(Deep().camera) is ThreeDCamera
        own = CairoRenderer()
        assert FastScene(renderer=own).renderer is own
