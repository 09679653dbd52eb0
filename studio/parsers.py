"""Parsers of the commands: ``./render.sh``, and its ``slides``, ``serve`` and ``clean``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from linreg.lesson import SILENT, SPOKEN, VOICE_SUFFIX
from studio.orders import DEFAULT_BASE
from studio.quality import FILM_QUALITY, QUALITIES, SIZES
from studio.workers.processes import core_count

DESCRIPTION = "Render the lecture: all chapters, or those that are named, into exports/."

EPILOG = """\
Films that are there and unchanged are not made again. Each chapter goes to exports/ as a film with
captions, a small film, a poster, a loop of its best beat, and a page to embed; all chapters
together also as lecture.mp4 with all that belongs to it, and as the article post/index.html.
Stills go to exports/stills/<Chapter>/. Every variant of the film of lesson.toml in 1080p60 gets a
folder with its own name, so that no draft overwrites the film: exports/480p15/, exports/light/,
exports/mylesson-light-480p15/. A lesson that is not in the project's folder, or is called like a
variant, gets six letters more, so that two lessons of one name do not overwrite each other.

other commands: ./render.sh slides makes slides of the films, ./render.sh serve shows exports/ on
localhost, ./render.sh watch shows a chapter while it is written, ./render.sh check inspects frames,
./render.sh clean empties the cache; each has its own --help. ./render.sh script writes every
sentence of the films that were rendered to exports/script.md, for your own voice

exit status: 0 all was written, 1 a chapter failed, 2 the command or the lesson is wrong,
130 stopped by Ctrl-C
"""

SLIDES = """\
Make slides of the films that ./render.sh has rendered: every beat is a slide that plays and holds
its last frame. Nothing is rendered; a film that is missing is named, with the command for it.
"""

SLIDES_EPILOG = """\
They go to exports/slides/, or for a variant of the film to slides/ in its folder: index.html for a
browser, which needs no network and no server; lecture.pptx; and lecture.pdf, the last frames.
Copy the whole folder to take the page elsewhere.

in the browser: right and left, Page Down and Page Up or a remote go on and back, Space plays a
slide again, F fills the screen, S opens the speaker notes, Esc shows all slides, B blackens

exit status: 0 all was written, 1 a file could not be written, 2 the command is wrong or a film is
missing, 130 stopped by Ctrl-C
"""


class UsageError(Exception):
    """A command that cannot be followed; its text is one line for the user."""


class Parser(argparse.ArgumentParser):
    """An argument parser that takes words in any order, and whose errors are one line."""

    def parse_args(  # type: ignore[override]  # of its overloads
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> argparse.Namespace:
        """Parse words, chapters between options included."""
        return self.parse_intermixed_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        """Raise instead of printing the usage first.

        Raises
        ------
        UsageError
            Always.
        """
        if message.startswith("unrecognized arguments: "):
            words = message.removeprefix("unrecognized arguments: ").split(" ")
            unknown = [word for word in words if word.startswith("-")]
            known = ", ".join(a.option_strings[-1] for a in self._actions if a.option_strings)
            what = (
                f"unknown option {' '.join(unknown)}" if unknown else f"too much: {' '.join(words)}"
            )
            message = f"{what}; allowed are {known}"
        raise UsageError(message)


def render_parser() -> Parser:
    """Return the parser of ``./render.sh``."""
    parser = Parser(
        prog="render.sh",
        usage="./render.sh [options] [chapter ...]\n"
        "       ./render.sh slides [options] [chapter ...]\n       ./render.sh serve [--port N]\n"
        "       ./render.sh watch [options] chapter\n"
        "       ./render.sh check [options] [chapter ...]\n"
        "       ./render.sh script [options] [chapter ...]\n       ./render.sh clean",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_films(parser)
    parser.add_argument(
        "--voice",
        metavar="NAME|FILE",
        help="instead of the lesson's voice: default, none, or a piper voice, which ends in .onnx",
    )
    parser.add_argument(
        "--matrix",
        nargs="+",
        action="extend",
        default=[],
        metavar="AXIS=A,B",
        help="all combinations in one go, of language=..., theme=dark,light and size="
        + ",".join(SIZES),
    )
    parser.add_argument(
        "--base",
        default=DEFAULT_BASE,
        metavar="ADDRESS",
        help="where the exported folder lies on the site, for the Markdown, MyST and MDX forms, as "
        "in /course/linreg/ (default %(default)s)",
    )
    parser.add_argument(
        "--stills", action="store_true", help="the last frame of every beat as PNG, and no films"
    )
    parser.add_argument(
        "--films-only",
        action="store_true",
        help="the chapters' films with their captions, and nothing that is made of them",
    )
    parser.add_argument(
        "--list", action="store_true", help="name the chapters in order, with their titles"
    )
    parser.add_argument(
        "--why", action="store_true", help="say why each chapter would be rendered, and stop"
    )
    parser.add_argument(
        "-j",
        "--jobs",
        type=int,
        default=core_count(),
        metavar="N",
        help="chapters to render at once (default: one a core, here %(default)s)",
    )
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="render on the workers of a Dask cluster, as in tcp://host:8786, instead of here",
    )
    _add_cache_limit(parser)
    return parser


class _FilmsVoice(argparse.Action):
    """Notes that the voice is heard, and whose films are meant when the option names a voice.

    Another word behind the option is a chapter, as behind ``--matrix``.
    """

    def __call__(
        self,
        parser: argparse.ArgumentParser,  # noqa: ARG002
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,  # noqa: ARG002
    ) -> None:
        """Take the word behind the option, if there is one."""
        word = str(values or "")
        if word in (SILENT, SPOKEN) or word.endswith(VOICE_SUFFIX):
            namespace.voice = word
        elif word:
            namespace.matrix = [word]
        namespace.heard = word != SILENT


def slides_parser() -> Parser:
    """Return the parser of ``./render.sh slides``."""
    parser = Parser(
        prog="render.sh slides",
        usage="./render.sh slides [options] [chapter ...]",
        description=SLIDES,
        epilog=SLIDES_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_films(parser)
    parser.add_argument(
        "--voice",
        action=_FilmsVoice,
        nargs="?",
        metavar="NAME|FILE",
        help="with the voice of the films; with a name or file, of the films that "
        "./render.sh --voice has rendered with it: none, or a piper voice",
    )
    _add_cache_limit(parser)
    parser.set_defaults(heard=False, matrix=[], stills=False, jobs=1, base=DEFAULT_BASE)
    return parser


def _add_films(parser: Parser) -> None:
    """Add the options that say which films are meant."""
    parser.add_argument(
        "chapters", nargs="*", metavar="chapter", help="chapters by name, see --list"
    )
    parser.add_argument(
        "-q",
        "--quality",
        choices=QUALITIES,
        default=FILM_QUALITY.flag,
        help="size and frame rate by manim's letters, as in -ql, v for 9:16 or s for a square: "
        + ", ".join(f"{q.flag} {q.name}" for q in QUALITIES.values())
        + f" (default {FILM_QUALITY.flag})",
    )
    add_lesson(parser)


def add_lesson(parser: Parser) -> None:
    """Add the options that say which lesson is meant, and what is changed of it."""
    parser.add_argument(
        "--lesson",
        type=Path,
        metavar="FILE",
        help="the numbers of the lesson (default: the file that $LESSON names, or lesson.toml)",
    )
    parser.add_argument(
        "--language", metavar="CODE", help="instead of the lesson's language: a folder of locales/"
    )
    parser.add_argument("--theme", metavar="dark|light", help="instead of the lesson's theme")


def _add_cache_limit(parser: Parser) -> None:
    parser.add_argument(
        "--cache-limit",
        type=float,
        default=4.0,
        metavar="GIB",
        help="size that the cache is cut to after a render, least recently used first "
        "(default %(default)s)",
    )


def serve_parser() -> Parser:
    """Return the parser of ``./render.sh serve``."""
    parser = Parser(
        prog="render.sh serve",
        usage="./render.sh serve [--port N]",
        description="Show exports/ on localhost, as readers will see it.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--port",
        type=int,
        default=8000,
        metavar="N",
        help="port to listen at, 0 for any that is free (default %(default)s)",
    )
    return parser


def clean_parser() -> Parser:
    """Return the parser of ``./render.sh clean``."""
    return Parser(
        prog="render.sh clean",
        usage="./render.sh clean",
        description="Empty the cache. Exported files stay.",
        allow_abbrev=False,
    )
