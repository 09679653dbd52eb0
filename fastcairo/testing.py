"""Render a scene with manim and with the engine, and compare the frames before encoding.

For the tests of this room, and for any project that wants to see its own scenes drawn right.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from manim import Camera, Scene, tempconfig
from manim.mobject.svg.svg_mobject import SVG_HASH_TO_MOB_MAP

from fastcairo.drawing import CAMERAS
from fastcairo.levers import Levers
from fastcairo.renderer import FastCairoRenderer
from fastcairo.scene import FastScene

__all__ = [
    "assert_equal_frames",
    "differences",
    "fast",
    "forget_formulas",
    "keep_frames",
    "rendered_frames",
]

Frame = npt.NDArray[np.uint8]

SMALL: dict[str, Any] = {
    "pixel_width": 426,
    "pixel_height": 240,
    "frame_rate": 6,
    "dry_run": True,
    "disable_caching": True,
    "progress_bar": "none",
    "verbosity": "ERROR",
}
LARGEST_DIFFERENCE = 2
IDENTICAL_SHARE = 0.999


def fast(scene: type[Scene], levers: Levers | None = None) -> type[Scene]:
    """Return ``scene`` drawn by the engine, with all levers or with those given."""

    class Engine(FastScene):
        def __init__(self, camera_class: type[Camera] = Camera, **kwargs: Any) -> None:
            if levers is not None and camera_class in CAMERAS:
                kwargs["renderer"] = FastCairoRenderer(camera_class, levers=levers)
            super().__init__(camera_class=camera_class, **kwargs)

    return type(f"Fast{scene.__name__}", (scene, Engine), {})


def keep_frames(scene: Scene) -> list[Frame]:
    """Return a list to which every frame that a scene renders from here on is added.

    The frames of a still stretch are added once.
    """
    frames: list[Frame] = []
    renderer: Any = scene.renderer
    add_frame = renderer.add_frame

    def keep(frame: object, num_frames: int = 1) -> None:
        frames.append(renderer.get_frame())
        add_frame(frame, num_frames)

    renderer.add_frame = keep
    return frames


def forget_formulas() -> None:
    """Let the next scene typeset anew.

    Manim gives a formula that it has met before other stroke widths than one it has not.
    """
    SVG_HASH_TO_MOB_MAP.clear()


def rendered_frames(scene_class: type[Scene], **settings: Any) -> list[Frame]:
    """Return every frame of a scene, those of a still stretch once."""
    forget_formulas()
    with tempconfig(SMALL | settings):
        scene = scene_class()
        frames = keep_frames(scene)
        scene.render()
        renderer: Any = scene.renderer
        frames.append(renderer.get_frame())
    return frames


def differences(stock: list[Frame], engine: list[Frame]) -> Iterator[str]:
    """Yield a line for each frame in which two renderings of a scene differ too much."""
    if len(stock) != len(engine):
        yield f"{len(engine)} frames instead of {len(stock)}"
    for number, (expected, drawn) in enumerate(zip(stock, engine, strict=False)):
        gaps = np.abs(expected.astype(np.int16) - drawn.astype(np.int16)).max(axis=2)
        identical = float((gaps == 0).mean())
        if gaps.max() > LARGEST_DIFFERENCE or identical < IDENTICAL_SHARE:
            where = np.unravel_index(gaps.argmax(), gaps.shape)
            yield (
                f"frame {number}: differs by up to {gaps.max()} at row, column "
                f"{tuple(map(int, where))}; {identical:.3%} of the pixels are identical"
            )


def assert_equal_frames(scene: type[Scene], **settings: Any) -> None:
    """Fail, naming scene and frame, unless the engine draws ``scene`` as manim does.

    Parameters
    ----------
    scene
        A scene that derives from ``manim.Scene`` but not from ``FastScene``.
    **settings
        Entries of manim's configuration; a small picture and few frames by default.
    """
    faults = list(
        differences(rendered_frames(scene, **settings), rendered_frames(fast(scene), **settings))
    )
    assert not faults, f"{scene.__name__}: " + "; ".join(faults)
