"""Plays chapters for the tests: small, in a folder of their own, under a given lesson."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import inspect
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import av
from manim import tempconfig

from fastcairo.testing import Frame, forget_formulas, keep_frames
from linreg.lesson import Lesson
from linreg.lesson_file import check_lesson, load_lesson
from scenes.manifest import Chapter
from studio.rooms import DRAWING_ROOMS, ROOT
from visuals.stage import LectureScene

COMPUTING = ("linreg.", "visuals.scales")
"""Beginnings of the modules whose results a frame may show as numbers."""

SILENT_LESSON = check_lesson({**load_lesson().model_dump(), "voice": "none"})
"""The project's lesson without a voice."""

SMALL = {"pixel_width": 426, "pixel_height": 240, "frame_rate": 5}
ENDS_ALONE = {"frame_rate": 1}
"""For who looks at the ends of beats alone: as few frames as a second may have."""

TALL = {"pixel_width": 270, "pixel_height": 480, "frame_width": 8.0, "frame_height": 8 * 16 / 9}
SQUARE = {"pixel_width": 360, "pixel_height": 360, "frame_width": 12.0, "frame_height": 12.0}


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
def recording(seen: list[object]) -> Iterator[None]:
    """Keep what the package answers in the meantime, and not what it is asked.

    Its functions, and the methods and properties of its classes, are replaced wherever a module
    holds them.
    """
    replaced: list[tuple[Any, str, Any]] = []

    def recorded(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            answer = function(*args, **kwargs)
            seen.append(answer)
            return answer

        return call

    def replace(owner: Any, name: str, new: Any) -> None:
        replaced.append((owner, name, vars(owner)[name]))
        setattr(owner, name, new)

    ours = [
        module
        for name, module in list(sys.modules.items())
        if name.split(".")[0] in DRAWING_ROOMS or re.match(r"s\d\d_", name)
    ]
    classes = set()
    for module in ours:
        for name, value in list(vars(module).items()):
            if not (getattr(value, "__module__", None) or "").startswith(COMPUTING):
                continue
            if inspect.isfunction(value):
                replace(module, name, recorded(value))
            elif inspect.isclass(value) and not issubclass(value, Lesson):
                classes.add(value)
    for owner in classes:
        for name, value in list(vars(owner).items()):
            if inspect.isfunction(value) and not name.startswith("__"):
                replace(owner, name, recorded(value))
            elif isinstance(value, property) and value.fget is not None:
                replace(owner, name, property(recorded(value.fget)))
    try:
        yield
    finally:
        for owner, name, value in replaced:
            setattr(owner, name, value)


def play(
    chapter: Chapter,
    lesson: Lesson,
    media: Path,
    watch: Callable[[LectureScene, str], None],
    frames: list[Frame] | None = None,
    headings: list[str] | None = None,
    **frame: float,
) -> LectureScene:
    """Render a chapter small.

    Parameters
    ----------
    chapter, lesson
        Chapter and numbers.
    media
        Folder of the film.
    watch
        Sees the scene at the end of every beat.
    frames
        Takes every frame, those of a still stretch once.
    headings
        Takes the key of every heading.
    frame
        Settings of manim.
    """
    told = lesson
    base = load(chapter)

    class Watched(base):  # type: ignore[misc, valid-type]
        given_lesson = told

        def beat_ended(self, name: str) -> None:
            super().beat_ended(name)
            watch(self, name)

        def head(self, key: str) -> None:
            if headings is not None:
                headings.append(key)
            super().head(key)

    Watched.__name__ = chapter.name
    settings = {
        **SMALL,
        **frame,
        "media_dir": str(media),
        "progress_bar": "none",
        "verbosity": "ERROR",
    }
    with tempconfig({**settings, "disable_caching": True}):
        forget_formulas()
        scene = Watched()
        kept = [] if frames is None else keep_frames(scene)
        scene.render()
    if frames is not None:
        frames.extend(kept)
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
