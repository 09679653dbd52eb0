"""Plays chapters for the tests: small, in a folder of their own, under a given lesson."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import av
from manim import tempconfig

from linreg.lesson import Lesson
from scenes.manifest import Chapter
from visuals.stage import LectureScene

ROOT = Path(__file__).parent.parent.parent
SMALL = {"pixel_width": 426, "pixel_height": 240, "frame_rate": 5}


def load(chapter: Chapter) -> type[LectureScene]:
    """Load a chapter's class by file and name."""
    file = ROOT / chapter.file
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[file.stem] = module
    spec.loader.exec_module(module)
    return getattr(module, chapter.name)


@contextmanager
def recording(results: list[object]) -> Iterator[None]:
    """Keep what the functions of ``linreg`` return to scenes and visuals in the meantime."""
    replaced: list[tuple[ModuleType, str, object]] = []

    def recorded(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            result = function(*args, **kwargs)
            results.append(result)
            return result

        return call

    drawing = [
        module
        for name, module in list(sys.modules.items())
        if name.split(".")[0] == "visuals" or name.startswith("s0")
    ]
    for module in drawing:
        for name, value in list(vars(module).items()):
            home = getattr(value, "__module__", None) or ""
            if callable(value) and not isinstance(value, type) and home.startswith("linreg"):
                replaced.append((module, name, value))
                setattr(module, name, recorded(value))
    try:
        yield
    finally:
        for module, name, value in replaced:
            setattr(module, name, value)


def play(
    chapter: Chapter, lesson: Lesson, media: Path, watch: Callable[[LectureScene, str], None]
) -> LectureScene:
    """Render a chapter small; ``watch`` sees the scene at the end of every beat."""
    told = lesson
    base = load(chapter)

    class Watched(base):  # type: ignore[misc, valid-type]
        lesson = told

        def beat_ended(self, name: str) -> None:
            super().beat_ended(name)
            watch(self, name)

    Watched.__name__ = chapter.name
    settings = {**SMALL, "media_dir": str(media), "progress_bar": "none", "verbosity": "ERROR"}
    with tempconfig({**settings, "disable_caching": True}):
        scene = Watched()
        scene.render()
    return scene


def film_of(chapter: Chapter, media: Path) -> Path:
    """Return where manim put a chapter's film."""
    return next(media.rglob(f"{chapter.name}.mp4"))


def frames_of(film: Path) -> list[str]:
    """Return a digest of every frame of a film."""
    with av.open(str(film)) as container:
        return [
            hashlib.sha256(frame.to_ndarray().tobytes()).hexdigest()
            for frame in container.decode(video=0)
        ]
