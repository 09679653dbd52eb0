"""Parsers of ``./render.sh check`` and ``./render.sh watch``."""

from __future__ import annotations

import argparse

from linreg.lesson import SILENT
from studio.parsers import Parser, add_lesson, render_parser
from studio.quality import QUALITIES
from studio.workers.processes import core_count

DRAFT = "l"
"""Quality of stills and films that are looked at while a chapter is written."""

CHECK = """\
Inspect the last frame of every beat: text over text, outside the margins, too small. Each finding
is one line that names chapter and beat, the texts, and the place in scene units.
"""

CHECK_EPILOG = """\
exit status: 0 nothing was found, 1 something was, or a chapter failed, 2 the command or the lesson
is wrong, 130 stopped by Ctrl-C
"""

WATCH = """\
Show a chapter on localhost while it is written: the last frame of every beat with its sentences and
with what the inspection found outlined, then the film in low quality. When a file is saved, what it
changes is made again, and the page is loaded again.
"""


def check_parser() -> Parser:
    """Return the parser of ``./render.sh check``."""
    parser = _parser("check", "[options] [chapter ...]", CHECK, CHECK_EPILOG)
    parser.add_argument(
        "chapters", nargs="*", metavar="chapter", help="chapters by name (default: all)"
    )
    _add_options(parser)
    parser.set_defaults(voice=SILENT)
    return parser


def watch_parser() -> Parser:
    """Return the parser of ``./render.sh watch``."""
    parser = _parser("watch", "[options] chapter", WATCH, "Ctrl-C ends it.")
    parser.add_argument("chapters", nargs=1, metavar="chapter", help="a chapter by its name")
    _add_options(parser)
    parser.add_argument(
        "--voice",
        metavar="NAME|FILE",
        help="of the film, instead of the lesson's voice: default, none, or a piper voice",
    )
    parser.add_argument(
        "--port",
        type=int,
        default=8001,
        metavar="N",
        help="port to listen at, 0 for any that is free (default %(default)s)",
    )
    return parser


def _parser(name: str, usage: str, description: str, epilog: str) -> Parser:
    return Parser(
        prog=f"render.sh {name}",
        usage=f"./render.sh {name} {usage}",
        description=description,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def _add_options(parser: Parser) -> None:
    """Add the options of both, and the values of those that only a render has."""
    parser.add_argument(
        "-q",
        "--quality",
        choices=QUALITIES,
        default=DRAFT,
        help="size by manim's letters, as in -qh, or v for 9:16 (default %(default)s)",
    )
    add_lesson(parser)
    parser.add_argument(
        "-j",
        "--jobs",
        type=int,
        default=core_count(),
        metavar="N",
        help="chapters to draw at once (default: one a core, here %(default)s)",
    )
    rendering = vars(render_parser().parse_args([]))
    own = {action.dest for action in parser._actions}
    parser.set_defaults(**{name: rendering[name] for name in rendering.keys() - own})
