"""The command line: ``./render.sh``, or ``python -m studio`` after the set-up."""

from __future__ import annotations

import argparse
import os
import shlex
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NoReturn

from rich.console import Console

from linreg.lesson import SILENT
from linreg.lesson_file import LessonError, chosen_file
from studio.drafts.parsers import check_parser, watch_parser
from studio.failures import ClusterError, is_disk_full, line_of, shown
from studio.ordering import orders_of
from studio.orders import Order, RenderResult
from studio.parsers import UsageError, clean_parser, render_parser, serve_parser, slides_parser
from studio.quality import FILM_QUALITY
from studio.rooms import ROOT
from studio.run import Studio
from studio.script import SCRIPT, script_of
from studio.slides.export import FOLDER, SlidesError, films_of, slides_of
from studio.store.cache import publish
from studio.store.files import write_atomically
from studio.temporary import temporary_folder
from studio.voices import complaints_of
from studio.web.server import ServeError, serve
from studio.workers.crews import DrawingCrew, LocalCrew, LocalDrawingCrew
from visuals.language import LanguageError
from voice import VoiceError

GIB = 2**30

USER_ERRORS = (
    UsageError, LessonError, LanguageError, VoiceError, ClusterError, ServeError, SlidesError
)  # fmt: skip
"""Errors whose text is one line for the user."""

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
            case ["slides", *rest]:
                status = slides(slides_parser().parse_args(rest), console, errors)
            case ["check", *rest]:
                status = check(check_parser().parse_args(rest), console, errors)
            case ["watch", *rest]:
                watch(watch_parser().parse_args(rest), console)
                status = 0
            case ["script", *rest]:
                status = script(render_parser().parse_args(rest), console, errors)
            case _:
                status = render(render_parser().parse_args(words), console, errors)
    except USER_ERRORS as error:
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
    orders = orders_of(options)
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


def slides(options: argparse.Namespace, console: Console, errors: Console) -> int:
    """Make slides of the films that are there, and return the exit status.

    Parameters
    ----------
    options
        From :func:`studio.parsers.slides_parser`.
    console, errors
        Standard output, and standard error.

    Raises
    ------
    SlidesError
        When a film is missing.
    """
    studio = Studio(ROOT, console)
    (order,) = orders_of(options)
    with studio.locked(), temporary_folder():
        studio.cache.sweep()
        findings = list(studio.look_up(order).values())
        if not all(finding.entry for finding in findings) and not options.voice:
            _tell_of_silent_films(studio, order, options)
        films = films_of(order, findings, _command("", options))
        if options.heard and not any(film.sounds for film in films):
            raise SlidesError("slides --voice: nobody speaks in these films")
        watch = partial(console.print, markup=False)
        deck, files = slides_of(order, films, studio.cache, heard=options.heard, watch=watch)
        folder = order.folder / FOLDER
        written = publish(files, folder)
        used = {files.folder, *(film.file.parent for film in films)}
        studio.cache.shrink(round(options.cache_limit * GIB), used)
    count = f"{len(deck.slides)} slides in {shown(_short(folder))}/"
    console.print(
        f"Wrote {count}: index.html for a browser, lecture.pptx, lecture.pdf"
        if written
        else f"Nothing to do: {count} as asked for.",
        markup=False,
    )
    _complain([line for film in films for line in film.complaints], errors)
    return 0


def _tell_of_silent_films(studio: Studio, order: Order, options: argparse.Namespace) -> None:
    """Raise an error if there are silent films in place of films that are missing."""
    silent = replace(order, lesson={**order.lesson, "voice": SILENT})
    if silent.lesson != order.lesson and all(f.entry for f in studio.look_up(silent).values()):
        options.voice = SILENT
        command = " ".join([_command("slides", options), *options.chapters])
        raise SlidesError(f"slides: the films that are there are silent: run {command}")


def _command(name: str, options: argparse.Namespace) -> str:
    """Return a command, or a render, for the films that another is about, without chapters."""
    words = ["./render.sh", name] if name else ["./render.sh"]
    if options.quality != FILM_QUALITY.flag:
        words.append(f"-q{options.quality}")
    if options.lesson:
        words.append(f"--lesson {shlex.quote(str(options.lesson))}")
    if options.language:
        words.append(f"--language {options.language}")
    if options.theme:
        words.append(f"--theme {options.theme}")
    if options.voice:
        words.append(f"--voice {shlex.quote(options.voice)}")
    return " ".join(words)


def check(options: argparse.Namespace, console: Console, errors: Console) -> int:
    """Print what the inspection finds in some chapters, and return the exit status.

    Parameters
    ----------
    options
        From :func:`studio.drafts.parsers.check_parser`.
    console, errors
        Standard output, and standard error.
    """
    from studio.drafts import checking  # imports manim, which a render leaves to its workers

    orders = orders_of(options)
    studio = Studio(ROOT, Console(stderr=True, quiet=not errors.is_terminal))
    limit = round(options.cache_limit * GIB)
    findings, failures = checking.check(studio, orders, _crew(options), limit)
    for line in findings:
        console.print(shown(line), markup=False)
    _complain([f"{name} failed: {reason}" for name, reason in failures.items()], errors)
    if not findings and not failures:
        console.print("Nothing was found.")
    return 1 if findings or failures else 0


def watch(options: argparse.Namespace, console: Console) -> None:
    """Show a chapter while it is written, until Ctrl-C.

    Parameters
    ----------
    options
        From :func:`studio.drafts.parsers.watch_parser`.
    console
        Standard output.
    """
    from studio.drafts import watching  # imports manim

    watching.watch(
        Studio(ROOT, Console(quiet=True)),
        partial(orders_of, options),
        port=options.port,
        size=options.jobs,
        cache_limit=round(options.cache_limit * GIB),
        others=[options.lesson or chosen_file()],
        say=partial(console.print, markup=False),
    )


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
    orders = orders_of(options)
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
