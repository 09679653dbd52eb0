"""The contenders: stock manim, the engine in one process, the studio on all cores."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import av

from linreg.lesson_file import LESSON_VARIABLE
from studio.benchmark.measuring import measure
from studio.benchmark.results import Run
from studio.quality import FILM_QUALITY, Quality
from studio.rooms import PACKAGES, ROOMS

SETTINGS = ("lesson.toml", "manim.cfg")


class BenchmarkError(Exception):
    """A run that failed; its text is one line for the user."""


class Workshop:
    """A copy of the project in which all is rendered: no file of the user's is touched.

    It stays the same from the first run to the last, even when the project is edited meanwhile.

    Parameters
    ----------
    root
        The project's root.
    folder
        An empty folder for the copy and all that is rendered.
    """

    def __init__(self, root: Path, folder: Path) -> None:
        self.copy = folder / "project"
        self._media = folder / "media"
        self._log = folder / "log.txt"
        ignored = shutil.ignore_patterns("__pycache__")
        for room in ROOMS:
            shutil.copytree(root / room, self.copy / room, ignore=ignored)
        for name in SETTINGS:
            shutil.copy(root / name, self.copy)
        # Compiled here, so that no measured run has to compile.
        self._run([sys.executable, "-m", "compileall", "-q", *PACKAGES], {}, [])

    def stock(self, file: str, scene: str, quality: Quality) -> Run:
        """Render a scene with manim's own renderer, encoder and functions: ``manim -qh``.

        Parameters
        ----------
        file, scene
            The scene's file, relative to the project's root, and class.
        quality
            Quality of the film.
        """
        return self._manim(file, scene, quality, {"FASTCAIRO_LEVERS": ""})

    def engine(
        self,
        file: str,
        scene: str,
        quality: Quality,
        levers: Iterable[str] | None = None,
        workers: int = 1,
    ) -> Run:
        """Render a scene with plain manim and the engine.

        Parameters
        ----------
        file, scene
            The scene's file, relative to the project's root, and class.
        quality
            Quality of the film.
        levers
            The engine's levers that are on; all when None.
        workers
            Processes that draw at once.
        """
        variables = {"FASTCAIRO_WORKERS": str(workers)}
        if levers is not None:
            variables["FASTCAIRO_LEVERS"] = ",".join(levers)
        return self._manim(file, scene, quality, variables)

    def studio(
        self,
        chapters: Sequence[str],
        quality: Quality,
        jobs: int | None = None,
        again: bool = False,
    ) -> Run:
        """Render chapters as ``./render.sh`` does.

        Parameters
        ----------
        chapters
            By name.
        quality
            Quality of the films.
        jobs
            Number of chapters at once; the studio's default when None.
        again
            Whether the cache of the run before stays.
        """
        if not again:
            for made in (".cache", "exports"):
                shutil.rmtree(self.copy / made, ignore_errors=True)
        at_once = [] if jobs is None else ["--jobs", str(jobs)]
        options = [f"-q{quality.flag}", "--films-only", *at_once]
        command = [sys.executable, "-m", "studio", *options, *chapters]
        folder = self.copy / "exports" / ("" if quality == FILM_QUALITY else quality.name)
        return self._run(command, {}, [folder / f"{chapter}.mp4" for chapter in chapters])

    def _manim(self, file: str, scene: str, quality: Quality, variables: Mapping[str, str]) -> Run:
        shutil.rmtree(self._media, ignore_errors=True)
        size = ["-q", quality.flag, "--media_dir", str(self._media)]
        film = self._media / "videos" / Path(file).stem / quality.name / f"{scene}.mp4"
        return self._run([sys.executable, "-m", "manim", *size, file, scene], variables, [film])

    def _run(
        self, command: Sequence[str], variables: Mapping[str, str], films: Sequence[Path]
    ) -> Run:
        inherited = {
            name: value
            for name, value in os.environ.items()
            if name != LESSON_VARIABLE and not name.startswith("FASTCAIRO_")
        }
        cost = measure(command, self.copy, {**inherited, **variables}, self._log)
        missing = [film.name for film in films if not film.exists()]
        if cost.status != 0 or missing:
            end = self._log.read_text(errors="replace").strip().splitlines()[-1:]
            what = f"status {cost.status}" + (f", without {', '.join(missing)}" if missing else "")
            raise BenchmarkError(f"{' '.join(command[1:])}: {what}: {''.join(end)}")
        lengths = [_length(film) for film in films]
        return Run(
            frames=sum(frames for frames, _ in lengths),
            film_seconds=sum(seconds for _, seconds in lengths),
            wall=cost.wall,
            cpu=cost.cpu,
            peak=cost.peak,
            worker_peak=cost.worker_peak,
            size=sum(film.stat().st_size for film in films),
        )


def _length(film: Path) -> tuple[int, float]:
    """Return a film's frames and seconds."""
    with av.open(film) as container:
        stream = container.streams.video[0]
        assert stream.average_rate is not None
        return stream.frames, float(stream.frames / stream.average_rate)
