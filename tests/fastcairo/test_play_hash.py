"""A play's hash tells plays apart wherever manim's does, and is the same in every process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import manim as m
import numpy as np
import pytest
from manim.utils.hashing import get_hash_from_play_call as hash_of_manim

from fastcairo.play_hash import get_hash_from_play_call

SIZE = 1.0


def grow(mobject: m.Mobject) -> None:
    mobject.scale(SIZE)


class Settings:
    def __init__(self, step: float) -> None:
        self.step = step

    def move(self, mobject: m.Mobject) -> None:
        mobject.shift(self.step * m.UP)


def updated(updater: Any) -> Callable[[], Any]:
    return lambda: [m.Square().add_updater(updater)]


def with_global(size: float) -> Any:
    names = dict(globals(), SIZE=size)
    return type(grow)(grow.__code__, names, "grow")


#: Mobjects, or an animation, that differ in one thing from those before.
VARIANTS: dict[str, Callable[[], Any]] = {
    "square": lambda: [m.Square()],
    "point": lambda: [m.Square().shift(1e-6 * m.UP)],
    "colour": lambda: [m.Square(color=m.RED)],
    "width": lambda: [m.Square(stroke_width=3)],
    "z_index": lambda: [m.Square().set_z_index(1)],
    "two": lambda: [m.Square(), m.Circle()],
    "order": lambda: [m.Circle(), m.Square()],
    "child": lambda: [m.Square().add(m.Dot())],
    "attribute": lambda: [m.Square().set(note="a")],
    "attribute_2": lambda: [m.Square().set(note="b")],
    "list": lambda: [m.Square().set(note=[1, 2])],
    "tuple": lambda: [m.Square().set(note={"a": {1: (1.5, None)}})],
    "shared": lambda: [m.Square().set(note=[[SHARED, SHARED]])],
    "updater": updated(lambda x: x.rotate(1)),
    "updater_constant": updated(lambda x: x.rotate(2)),
    "updater_method": updated(lambda x: x.shift(1)),
    "updater_default": updated(lambda x, a=1: x.rotate(a)),
    "updater_default_2": updated(lambda x, a=2: x.rotate(a)),
    "closure": updated((lambda a: lambda x: x.rotate(a))(1)),
    "closure_2": updated((lambda a: lambda x: x.rotate(a))(2)),
    "closure_array": updated((lambda a: lambda x: x.shift(a))(np.arange(3))),
    "closure_array_2": updated((lambda a: lambda x: x.shift(a))(np.arange(3.0))),
    "method": lambda: [m.Square().add_updater(Settings(1).move)],
    "method_2": lambda: [m.Square().add_updater(Settings(2).move)],
    "global": lambda: [m.Square().add_updater(with_global(1))],
    "global_2": lambda: [m.Square().add_updater(with_global(2))],
    "animation": lambda: m.FadeIn(m.Square()),
    "run_time": lambda: m.FadeIn(m.Square(), run_time=2),
    "rate": lambda: m.FadeIn(m.Square(), rate_func=m.linear),
    "own_rate": lambda: m.FadeIn(m.Square(), rate_func=lambda t: t * t),
    "class": lambda: m.FadeOut(m.Square()),
    "target": lambda: m.Transform(m.Square(), m.Circle()),
    "target_2": lambda: m.Transform(m.Square(), m.Circle(radius=2)),
    "tracker": lambda: m.ValueTracker(1).animate.set_value(3).build(),
    "tracker_2": lambda: m.ValueTracker(1).animate.set_value(4).build(),
    "random": lambda: [m.Square().set(generator=np.random.default_rng(1))],
    "image": lambda: [m.ImageMobject(np.zeros((2, 2, 3), dtype=np.uint8))],
    "image_2": lambda: [m.ImageMobject(np.ones((2, 2, 3), dtype=np.uint8))],
}
SHARED: list[int] = []


def digests(function: Any) -> dict[str, str]:
    found = {}
    with m.tempconfig({"dry_run": True}):
        scene = m.Scene()
        for name, make in VARIANTS.items():
            made = make()
            animations, mobjects = ([], made) if isinstance(made, list) else ([made], [])
            found[name] = function(
                scene,
                scene.camera,
                animations,
                mobjects,
                backend="cairo",
                encoder_fingerprint="x",
                renderer_state=(),
            )
    return found


def test_plays_that_differ_have_different_hashes() -> None:
    ours, theirs = digests(get_hash_from_play_call), digests(hash_of_manim)
    for one in VARIANTS:
        for other in VARIANTS:
            if theirs[one] != theirs[other]:
                assert ours[one] != ours[other], f"{one} and {other}"
    assert len(set(ours.values())) >= len(set(theirs.values()))


def test_equal_plays_have_equal_hashes() -> None:
    assert digests(get_hash_from_play_call) == digests(get_hash_from_play_call)


@pytest.mark.parametrize("what", ["encoder_fingerprint", "background_color", "frame_width"])
def test_encoder_and_camera_count(what: str) -> None:
    def digest(changed: bool) -> str:
        with m.tempconfig({"dry_run": True}):
            scene = m.Scene()
        if changed and what != "encoder_fingerprint":
            setattr(scene.camera, what, m.RED if "color" in what else 9.0)
        fingerprint = "other" if changed and what == "encoder_fingerprint" else "x"
        return get_hash_from_play_call(scene, scene.camera, [], [], encoder_fingerprint=fingerprint)

    assert digest(False) == digest(False) != digest(True)


def test_a_hash_is_the_same_in_every_process() -> None:
    code = (
        "from tests.fastcairo.test_play_hash import *;"
        "print(sorted(digests(get_hash_from_play_call).items()))"
    )
    root = Path(__file__).resolve().parents[2]
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1
