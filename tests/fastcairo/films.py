"""Films of the engine's tests: small, and read back as they were encoded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
from manim import Scene, tempconfig
from manim.mobject.svg.svg_mobject import SVG_HASH_TO_MOB_MAP

from fastcairo import FastCairoRenderer, FastScene

Planes = npt.NDArray[np.uint8]

SMALL: dict[str, Any] = {
    "pixel_width": 426,
    "pixel_height": 240,
    "frame_rate": 10,
    "progress_bar": "none",
    "verbosity": "ERROR",
}
TINY: dict[str, Any] = SMALL | {
    "pixel_width": 96,
    "pixel_height": 54,
    "frame_rate": 5,
    "disable_caching": True,
    "seed": 0,
    # Without loss, so that a difference of one level can be seen in the film.
    "video_encoder_options": {"qp": "0", "preset": "ultrafast", "threads": "1"},
}
LARGEST_DIFFERENCE = 2


def frames_of(scene: Scene) -> list[npt.NDArray[np.uint8]]:
    """Decode the film of a scene that was rendered."""
    film: Path = scene.output_plan.primary_artifact
    with av.open(film) as container:
        return [frame.to_ndarray(format="gray") for frame in container.decode(video=0)]


def film(
    construct: Callable[[Scene], None],
    folder: Path,
    workers: int | None,
    base: type[Scene] = Scene,
    **settings: Any,
) -> list[Planes]:
    """Render a scene into a tiny film and return its frames, in the encoder's colour space.

    Parameters
    ----------
    construct
        The scene.
    folder
        Where the film goes.
    workers
        Processes that the engine draws with; ``None`` is stock manim.
    base
        Class of the scene.
    **settings
        More entries of manim's configuration.
    """
    SVG_HASH_TO_MOB_MAP.clear()
    bases = (base,) if workers is None else (base, FastScene) if base is not Scene else (FastScene,)
    kind = type("Tiny", bases, {"construct": lambda self: construct(self)})
    with tempconfig(TINY | {"media_dir": str(folder / str(workers))} | settings):
        scene = kind()
        if workers is not None and isinstance(scene.renderer, FastCairoRenderer):
            scene = kind(renderer=FastCairoRenderer(scene.camera_class, workers=workers))
        scene.render()
        path: Path = scene.output_plan.primary_artifact
        with av.open(path) as container:
            return [frame.to_ndarray() for frame in container.decode(video=0)]


def outcome(
    construct: Callable[[Scene], None], folder: Path, workers: int | None, **settings: Any
) -> list[Planes] | str:
    """Return the frames of a scene, or the error that it ends with."""
    try:
        return film(construct, folder, workers, **settings)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def fault(expected: list[Planes] | str, found: list[Planes] | str) -> str | None:
    """Return in which way two outcomes differ, or ``None``; errors may differ in their words."""
    if isinstance(expected, str) or isinstance(found, str):
        if isinstance(expected, str) and isinstance(found, str):
            return None
        return f"manim: {_word(expected)}; engine: {_word(found)}"
    if len(expected) != len(found):
        return f"{len(found)} frames instead of {len(expected)}"
    gaps = [
        int(np.abs(one.astype(int) - other.astype(int)).max())
        for one, other in zip(expected, found, strict=True)
    ]
    wrong = {number: gap for number, gap in enumerate(gaps) if gap > LARGEST_DIFFERENCE}
    return f"frames differ by up to {wrong}" if wrong else None


def _word(result: list[Planes] | str) -> str:
    return result if isinstance(result, str) else "a film"
