"""A worker: makes one chapter in a process of its own, with the project's settings alone.

Plain ``manim`` gives the same pictures. The additions here only watch: the beats, for the display,
the stills and the record of the film, and everything that is read, for the cache.
"""

from __future__ import annotations

import configparser
import importlib.util
import io
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from linreg.lesson_file import LESSON_VARIABLE
from studio.failures import raised_as_chapter_errors, redirect_output
from studio.jobs import BeatTimes, Job, Product
from studio.quality import QUALITIES
from studio.reports import Postbox, Report
from studio.rooms import ROOT
from studio.store.cache import key_of
from studio.store.files import remove
from studio.store.notes import Notes, are_whole
from studio.store.recorder import Recorder
from studio.store.sources import everything

if TYPE_CHECKING:
    from manim import Scene

INSPECTION = "inspection.json"
"""Name of the file that tells what an inspection found; the stills lie beside it."""

NOTES = "notes"
"""Name of the file that tells what plays were drawn from, beside them."""


def make(job: Job, postbox: Postbox) -> Product:
    """Make the film or the stills of a job.

    Call it in a process that ends afterwards: folder, output, environment and manim's settings
    are changed, and all reading is recorded.

    Parameters
    ----------
    job
        The job.
    postbox
        Where to post reports to.

    Raises
    ------
    ChapterError
        When the chapter raises, whatever it raises.
    """
    started = time.monotonic()
    postbox.post(Report(job.label, beat="", beats=0, frames=0))
    with (
        tempfile.TemporaryDirectory(dir=job.scratch, prefix=f"{job.chapter}-") as folder,
        raised_as_chapter_errors(),
    ):
        redirect_output(job.log)
        os.chdir(ROOT)
        lasting = _folder_of_plays(job) or Path(folder)
        recorder = _watch_inputs(job, Path(folder), lasting)
        _configure_manim(job, Path(folder), lasting)
        scene = _staged(job, recorder, postbox)()
        scene.render()
        return Product(
            files=dict(_files_of(job, scene)),
            inputs=replace(recorder.inputs(), speeches=getattr(scene, "speeches", ())),
            frames=_frames(scene),
            seconds=time.monotonic() - started,
        )


def _folder_of_plays(job: Job) -> Path | None:
    """Return the folder for the job's plays with today's sources; delete those of other sources.

    Plays whose notes are damaged are deleted as well: nothing tells what they were drawn from.
    """
    if job.plays is None:
        return None
    folder = Path(job.plays) / key_of(everything(ROOT, job.lesson))
    folder.parent.mkdir(parents=True, exist_ok=True)
    for other in folder.parent.iterdir():
        if other != folder or not are_whole(folder / NOTES, _series_of(folder)):
            remove(other)
    folder.mkdir(exist_ok=True)
    return folder


def _series_of(lasting: Path) -> str:
    """Return a text that tells a job with its sources from all others."""
    return "/".join(lasting.parts[-2:])


def _watch_inputs(job: Job, folder: Path, lasting: Path) -> Recorder:
    """Record all reading from now on; the default lesson is the job's from now on."""
    lesson_file = folder / "lesson.toml"
    lesson_file.write_text(as_toml(job.lesson), encoding="utf-8")
    os.environ[LESSON_VARIABLE] = str(lesson_file)
    notes = Notes(lasting / NOTES, _series_of(lasting))
    return Recorder(ROOT, job.lesson, lesson_file, notes)


def as_toml(values: Mapping[str, Any]) -> str:
    """Return the values of a lesson as TOML, its tables last.

    JSON's scalars and lists are TOML's as well.
    """
    tables = {key: value for key, value in values.items() if isinstance(value, Mapping)}
    plain = {key: value for key, value in values.items() if key not in tables}
    lines = _toml_lines(plain)
    for name, table in tables.items():
        lines += ["", f"[{name}]", *_toml_lines(table)]
    return "\n".join([*lines, ""])


def _toml_lines(values: Mapping[str, Any]) -> list[str]:
    return [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]


def _configure_manim(job: Job, folder: Path, lasting: Path) -> None:
    """Apply the project's ``manim.cfg`` to manim, and no ``manim.cfg`` of the user's.

    Parameters
    ----------
    job
        The job.
    folder
        For everything that manim writes but the plays.
    lasting
        For the plays, the only files that are taken up again: their renderer checks each.
    """
    import manim
    from manim._config.utils import ManimConfig
    from manim.scene.scene_file_writer import SceneFileWriter

    from fastcairo.cores import CORES_VARIABLE
    from fastcairo.renderer import RESUME_VARIABLE
    from fastcairo.writer import FastFileWriter

    if job.cores is not None:
        os.environ[CORES_VARIABLE] = job.cores
    if job.plays is not None:
        os.environ[RESUME_VARIABLE] = _series_of(lasting)

    parser = configparser.ConfigParser()
    for file in (Path(manim.__file__).parent / "_config" / "default.cfg", ROOT / "manim.cfg"):
        with file.open(encoding="utf-8") as lines:
            parser.read_file(lines)
    config = manim.config
    config.update(ManimConfig().digest_parser(parser))
    quality = QUALITIES[job.quality]
    config.pixel_width, config.pixel_height = quality.width, quality.height
    config.frame_rate = quality.frame_rate
    config.frame_width, config.frame_height = quality.frame
    config.format = "mp4" if job.kind == "film" else "png"
    # From the project's root, where this process works: manim formats the path as a template, in
    # which a user's folder may not have braces.
    config.media_dir = os.path.relpath(folder / "media", ROOT)
    config.partial_movie_dir = os.path.relpath(lasting / "segments", ROOT)
    # A scene without the fast renderer is joined under an apostrophe as well.
    quoted = staticmethod(FastFileWriter._concat_manifest_bytes)
    SceneFileWriter._concat_manifest_bytes = quoted  # type: ignore[method-assign]
    config.progress_bar = "none"
    # Plays in the folder were drawn from the same sources: their number identifies them.
    config.disable_caching = True
    config.disable_caching_warning = True


def _load(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(file.stem, file)
    if spec is None or spec.loader is None:
        raise ImportError(f"{file} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[file.stem] = module
    spec.loader.exec_module(module)
    return module


def _staged(job: Job, recorder: Recorder, postbox: Postbox) -> type[Scene]:
    """Return a class of the chapter that reports its progress."""
    chapter: type[Any] = getattr(_load(ROOT / job.file), job.chapter)

    class Watched(chapter):  # type: ignore[misc]
        """The chapter, reporting where it is and keeping the last frame of every beat."""

        given_lesson = recorder.lesson()
        handed_over = (*getattr(chapter, "handed_over", ()), "begun", "stills", "faults")
        begun: list[BeatTimes] = []  # noqa: RUF012 (one scene a process)
        stills: dict[str, bytes] = {}  # noqa: RUF012
        faults: dict[str, list[Mapping[str, Any]]] = {}  # noqa: RUF012

        def beat_began(self, name: str) -> None:
            super().beat_began(name)
            self.begun.append(BeatTimes(name, self.time, self.time))
            self._report()

        def beat_ended(self, name: str) -> None:
            super().beat_ended(name)
            self.begun[-1] = replace(self.begun[-1], end=self.time)
            if job.kind != "film":
                still = f"{len(self.begun):02}-{name}.png"
                self.stills[still] = _picture(self)
                if job.kind == "inspection":
                    self.faults[still] = _faults(self)
            self._report()

        def play(self, *args: Any, **kwargs: Any) -> None:
            super().play(*args, **kwargs)
            self._report()

        def add_sound(self, *args: Any, **kwargs: Any) -> None:
            """Leave the sound out: the studio mixes it for the film that viewers get."""

        def _report(self) -> None:
            beat = self.begun[-1].name if self.begun else ""
            postbox.post(Report(job.label, beat, len(self.begun), _frames(self)))

    Watched.__name__ = Watched.__qualname__ = chapter.__name__
    Watched.__module__ = chapter.__module__
    return Watched


def _frames(scene: Scene) -> int:
    from manim import config

    return round(scene.time * config.frame_rate)


def _picture(scene: Any) -> bytes:
    """Return the visible frame as PNG."""
    renderer = scene.renderer
    renderer.static_image = None  # the still part of the last play: it would be drawn twice
    renderer.update_frame(scene)
    buffer = io.BytesIO()
    renderer.camera.get_image().save(buffer, "PNG")
    return buffer.getvalue()


def _faults(scene: Scene) -> list[Mapping[str, Any]]:
    """Return everything that is wrong with the frame, as plain records."""
    from visuals.inspection import inspected

    return [asdict(fault) for fault in inspected(scene)]


def _files_of(job: Job, scene: Any) -> Iterator[tuple[str, bytes]]:
    if job.kind == "inspection":
        yield INSPECTION, json.dumps(_inspection(scene)).encode()
        yield from scene.stills.items()
        return
    if job.kind == "stills":
        for name, picture in scene.stills.items():
            yield f"stills/{job.chapter}/{name}", picture
        return
    plan = scene.renderer.file_writer.output_plan
    yield f"{job.chapter}.mp4", plan.primary_artifact.read_bytes()
    if plan.subcaption_file.exists():
        yield f"{job.chapter}.srt", plan.subcaption_file.read_bytes()
    record = {**_measures(plan.primary_artifact), "beats": [asdict(b) for b in scene.begun]}
    yield f"{job.chapter}.json", json.dumps(record).encode()


def _inspection(scene: Any) -> dict[str, Any]:
    """Return a record of the beats with their stills and faults, and of the frame in units."""
    from manim import config

    beats = zip(scene.begun, scene.faults.items(), strict=True)
    return {
        "frame": [config.frame_width, config.frame_height],
        "beats": [{**asdict(b), "still": still, "faults": faults} for b, (still, faults) in beats],
    }


def _measures(film: Path) -> dict[str, int]:
    """Return a film's size in pixels, its frames a second and the number of its frames."""
    import av

    with av.open(film) as container:
        stream = container.streams.video[0]
        return {
            "width": stream.width,
            "height": stream.height,
            "frame_rate": round(stream.average_rate or 0),
            "frames": stream.frames,
        }
