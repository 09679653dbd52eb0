"""The command line: ``./render.sh``, or ``python -m studio`` after the set-up."""

from __future__ import annotations

import argparse
import os
import re
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from itertools import product
from pathlib import Path
from typing import NoReturn, get_args

from rich.console import Console

from linreg.lesson import (
    DEFAULT_FILE,
    SILENT,
    SPOKEN,
    Lesson,
    LessonError,
    check_lesson,
    chosen_file,
    load_lesson,
)
from scenes.manifest import CHAPTERS, Chapter, lecture_title
from studio.failures import ClusterError, is_disk_full, line_of, shown
from studio.naming import distinct_name, name_of_lesson
from studio.orders import Order, RenderResult
from studio.parsers import UsageError, clean_parser, render_parser, serve_parser
from studio.quality import FILM_QUALITY, QUALITIES, SIZES, Quality
from studio.rooms import ROOT
from studio.run import Studio
from studio.script import SCRIPT, script_of
from studio.store.files import write_atomically
from studio.temporary import temporary_folder
from studio.voices import complaints_of, typed_voice, voice_of
from studio.web.article_page import ARTICLE
from studio.web.server import ServeError, serve
from studio.workers.crews import DrawingCrew, LocalCrew, LocalDrawingCrew
from visuals.language import LanguageError, catalogue
from visuals.language import languages as known_languages
from voice import VoiceError

THEMES: tuple[str, ...] = get_args(Lesson.model_fields["theme"].annotation)
GIB = 2**30

MOST_JOBS = 256
BASE_ADDRESS = re.compile(r"(/|https?://)[^\s\"'<>()\\`{}]*")
LARGEST_CACHE = 1_000_000.0
"""In GiB."""

ENCODING_LIBRARIES = ("av", "numpy", "PIL.Image")
"""Modules that every worker that only encodes needs."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Follow a command and end the program with its exit status."""
    _open_what_is_closed()
    console = Console(highlight=False, soft_wrap=True)
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        if signal.getsignal(signal.SIGTERM) is not signal.SIG_IGN:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
        match words:
            case ["serve", *rest]:
                port = serve_parser().parse_args(rest).port
                serve(ROOT / "exports", port, partial(console.print, markup=False))
                status = 0
            case ["clean", *rest]:
                clean_parser().parse_args(rest)
                status = clean(console)
            case ["script", *rest]:
                status = script(render_parser().parse_args(rest), console, errors)
            case _:
                status = render(render_parser().parse_args(words), console, errors)
    except (UsageError, LessonError, LanguageError, VoiceError, ClusterError, ServeError) as error:
        _complain([str(error)], errors)
        status = 2
    except KeyboardInterrupt:
        errors.print("render.sh: stopped; finished chapters are kept")
        status = 130
    except OSError as error:
        lost = "; nothing that was finished is lost" if is_disk_full(error) else ""
        _complain([f"{line_of(error)}{lost}"], errors)
        status = 1
    with suppress(OSError):
        sys.stderr.flush()
    try:
        sys.stdout.flush()
    except OSError:  # nobody reads it, or the disk is full
        status = status or 1
    # Threads that still wait for a worker to start must not delay the exit.
    os._exit(status)


def _open_what_is_closed() -> None:
    """Let output that the user has closed go nowhere: no other file may take its place."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free is this one
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, "w" if number else "r", closefd=False))  # noqa: SIM115


def clean(console: Console) -> int:
    """Empty the cache, and return the exit status."""
    studio = Studio(ROOT, console)
    with studio.locked():
        freed = studio.cache.clear()
    console.print(f"emptied {studio.cache.folder} ({freed / 2**20:.0f} MiB)")
    return 0


def script(options: argparse.Namespace, console: Console, errors: Console) -> int:
    """Write the scripts of what a command asks for, and return the exit status.

    Parameters
    ----------
    options
        From :func:`studio.parsers.render_parser`.
    console, errors
        Standard output, and standard error.
    """
    studio = Studio(ROOT, console)
    orders = _orders(options)
    written = []
    with studio.locked():
        for order in orders:
            text, complaints = script_of(order, studio.cache)
            _complain(complaints, errors)
            if text:
                target = order.folder / SCRIPT
                write_atomically(target, text.encode())
                written.append(target)
    for target in written:
        console.print(f"Wrote {shown(_short(target))}", markup=False)
    return 0 if len(written) == len(orders) else 1


def render(options: argparse.Namespace, console: Console, errors: Console) -> int:
    """Render what a parsed command asks for, or tell about it.

    Parameters
    ----------
    options
        From :func:`studio.parsers.render_parser`.
    console, errors
        Standard output, and standard error.

    Returns
    -------
    status
        The exit status.

    Raises
    ------
    UsageError, LessonError, LanguageError
        When the command or the lesson is wrong; nothing was done then.
    ClusterError
        When the cluster cannot be used.
    """
    studio = Studio(ROOT, console)
    orders = _orders(options)
    if options.list:
        _list(orders[0], console)
    elif options.why:
        for order in orders:
            _explain(studio, order, console)
    else:
        encoders = partial(LocalCrew, options.jobs, ENCODING_LIBRARIES)
        limit = round(options.cache_limit * GIB)
        with temporary_folder():
            result = studio.render(
                orders, _crew(options), None if options.films_only else encoders, limit
            )
        return _conclude(orders, result, console, errors)
    return 0


def _crew(options: argparse.Namespace) -> Callable[[], DrawingCrew]:
    """Return the function that starts the crew for the chapters."""
    if options.scheduler is None:
        return partial(LocalDrawingCrew, options.jobs)
    try:
        from studio.workers.cluster import ClusterCrew  # needs packages that nothing else does
    except ModuleNotFoundError as error:
        raise UsageError(
            f"--scheduler: {error.name} is missing: pip install -r requirements-cluster.txt"
        ) from error
    return partial(ClusterCrew, options.scheduler, ROOT)


def _orders(options: argparse.Namespace) -> list[Order]:
    """Check all options, before anything is done."""
    if not 1 <= options.jobs <= MOST_JOBS:
        raise UsageError(f"--jobs {options.jobs}: allowed is 1 or more, at most {MOST_JOBS}")
    if not 0 <= options.cache_limit <= LARGEST_CACHE:
        raise UsageError(
            f"--cache-limit {options.cache_limit}: allowed is 0 or more, at most {LARGEST_CACHE}"
        )
    if not BASE_ADDRESS.fullmatch(options.base):
        raise UsageError(
            f"--base {options.base!r}: allowed is an address that begins with / or https:// and "
            "has no space, quote or bracket, as in /course/linreg/"
        )
    file = options.lesson or chosen_file()
    lesson = load_lesson(file)
    axes = _axes([part for part in options.matrix if "=" in part])
    languages = axes.get("language", [options.language or lesson.language])
    themes = axes.get("theme", [options.theme or lesson.theme])
    sizes = axes.get("size", [QUALITIES[options.quality].size])
    # Names that stand behind the values of --matrix are chapters.
    named = [part for part in options.matrix if "=" not in part]
    chapters = _chapters([*options.chapters, *named])
    orders = []
    for language, theme, size in product(languages, themes, sizes):
        voice = typed_voice(options.voice) if options.voice else lesson.voice
        values = {**lesson.model_dump(), "language": language, "theme": theme, "voice": voice}
        quality = SIZES[size] if "size" in axes else QUALITIES[options.quality]
        catalogue(language)
        for chapter in chapters:
            chapter.title(language)  # a language may lack a chapter
        asked = check_lesson(values, source="command line")
        voice_of(values)  # complains before anything is done
        differing = zip((language, theme, size), (languages, themes, sizes), strict=True)
        order = Order(
            chapters=tuple(chapters),
            lesson=asked.model_dump(mode="json"),
            quality=quality,
            kind="stills" if options.stills else "film",
            folders={other: _folder(file, lesson, asked, other, quality) for other in THEMES},
            translations={
                code: folder
                for code in known_languages()
                if (folder := _folder(file, lesson, _in(code, asked), theme, quality))
                and (code in languages or (folder / ARTICLE).exists())
            },
            title=lecture_title(language) if len(chapters) == len(CHAPTERS) else "",
            base=options.base.rstrip("/") + "/",
            variant=" ".join(value for value, others in differing if len(others) > 1),
        )
        orders.append(order)
    return orders


def _in(code: str, lesson: Lesson) -> Lesson:
    """Return a lesson in another language."""
    return lesson.model_copy(update={"language": code})


def _folder(file: Path, lesson: Lesson, asked: Lesson, theme: str, quality: Quality) -> Path:
    """Return the folder of a film: exports/, or a folder in it that names the differences.

    Parameters
    ----------
    file, lesson
        The lesson's file, and the lesson as it stands there.
    asked
        The lesson as the command line has it.
    theme, quality
        Those of the film.
    """
    voice = {SILENT: "silent", SPOKEN: SPOKEN}.get(asked.voice) or distinct_name(Path(asked.voice))
    variant = [
        "" if file.resolve() == DEFAULT_FILE else name_of_lesson(file),
        asked.language if asked.language != lesson.language else "",
        theme if theme != lesson.theme else "",
        voice if asked.voice != lesson.voice else "",
        quality.name if quality != FILM_QUALITY else "",
    ]
    return ROOT / "exports" / "-".join(filter(None, variant))


def _axes(matrix: Sequence[str]) -> dict[str, list[str]]:
    """Return the values of each axis of the matrix."""
    allowed = {
        "language": None,  # checked by its catalogue
        "theme": THEMES,
        "size": tuple(SIZES),
    }
    axes: dict[str, list[str]] = {}
    for part in matrix:
        axis, _, text = part.partition("=")
        if axis not in allowed or not text:
            known = ", ".join(f"{name}=..." for name in allowed)
            raise UsageError(f"--matrix {part}: allowed are {known}")
        axes[axis] = list(dict.fromkeys([*axes.get(axis, []), *text.split(",")]))
        for value in axes[axis]:
            values = allowed[axis]
            if values is not None and value not in values:
                raise UsageError(f"--matrix {axis}={value}: allowed are {', '.join(values)}")
    return axes


def _chapters(names: Sequence[str]) -> list[Chapter]:
    known = [chapter.name for chapter in CHAPTERS]
    for name in names:
        if name not in known:
            raise UsageError(f"unknown chapter {name}; allowed are {', '.join(known)}")
    return [chapter for chapter in CHAPTERS if not names or chapter.name in names]


def _list(order: Order, console: Console) -> None:
    width = max(len(chapter.name) for chapter in order.chapters)
    for chapter in order.chapters:
        title = chapter.title(order.lesson["language"])
        console.print(f"{chapter.name:<{width}}  {title}", markup=False)


def _explain(studio: Studio, order: Order, console: Console) -> None:
    for job, finding in studio.look_up(order).items():
        verdict = "stale: " + ", ".join(finding.reasons) if finding.reasons else "fresh"
        console.print(shown(f"{job.label}: {verdict}"), markup=False)


def _conclude(
    orders: Sequence[Order], result: RenderResult, console: Console, errors: Console
) -> int:
    """Print written files and failures, and return the exit status."""
    if result.written:
        console.print("Wrote")
        for path in result.written:
            console.print(f"  {shown(_short(path))}", markup=False)
    elif not result.failures:
        count = len(orders[0].chapters)
        folders = ", ".join(f"{shown(_short(order.folder))}/" for order in orders)
        chapters = "the chapter" if count == 1 else f"all {count} chapters"
        console.print(f"Nothing to do: {chapters} in {folders} as asked for.", markup=False)
    _complain([f"{name} failed: {reason}" for name, reason in result.failures.items()], errors)
    _complain([*result.complaints, *complaints_of([order.lesson for order in orders])], errors)
    lacking = result.lacking.items()
    _complain([f"{_short(film)} is without {', '.join(names)}" for film, names in lacking], errors)
    return 1 if result.failures else 0


def _complain(complaints: Sequence[str], errors: Console) -> None:
    for complaint in dict.fromkeys(complaints):
        errors.print(f"render.sh: {shown(complaint)}", markup=False)


def _short(path: Path) -> Path:
    """Return a path relative to the current folder where that is shorter."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
