"""The command line of ``./bench.sh``."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from rich.console import Console

from scenes.manifest import CHAPTERS
from studio.benchmark.parts import PARTS, Bench
from studio.benchmark.results import Comparison, differences, tables, write_csv
from studio.benchmark.workshop import BenchmarkError, Workshop
from studio.parsers import Parser, UsageError
from studio.quality import FILM_QUALITY, QUALITIES
from studio.rooms import ROOT
from studio.workers.processes import core_count

TABLE_WIDTH = 130
"""Columns that a table needs; a narrower terminal wraps its lines."""

DESCRIPTION = """\
Measure the speed of the render against stock manim (manim -qh, fastcairo off).

parts:
  lecture   all chapters with render.sh, and one after the other with manim
  chapter   each chapter alone: render.sh on all cores, in one process, and manim
  levers    the first chapter in one process, each lever of the engine alone and left out
  scatter   1000 to 20 000 points that appear one by one, and 2 x 1000 with one Dot each
  plain     four scenes as people write them: manim, the engine, the engine with two workers
  small     six small scenes that are hard for the engine, and their geometric mean
  sizes     the first chapter in 1080p60 and 2160p60
  cached    a render with everything in the cache
  all       all of these; two hours on two cores (default)
"""


def build_parser() -> Parser:
    """Return the parser of the command line."""
    parser = Parser(
        prog="bench.sh",
        usage="./bench.sh [options] [part ...]",
        description=DESCRIPTION,
        epilog="Seconds tell as much about the machine as about the program: compare the ratios.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("parts", nargs="*", metavar="part", choices=[*PARTS, "all"], default="all")
    names = [chapter.name for chapter in CHAPTERS]
    parser.add_argument(
        "--chapters", nargs="+", choices=names, metavar="chapter", default=names, help="only these"
    )
    parser.add_argument(
        "-q",
        "--quality",
        choices=[quality.flag for quality in QUALITIES.values() if quality.is_wide],
        default=FILM_QUALITY.flag,
        help="by manim's letters (default %(default)s); 'sizes' has its own",
    )
    parser.add_argument(
        "--csv",
        type=Path,
        default=ROOT / "exports" / "bench" / "bench.csv",
        metavar="FILE",
        help="where the table is written as well (default exports/bench/bench.csv)",
    )
    return parser


def main() -> int:
    """Measure, print the tables and return the exit status: 1 when something could not run."""
    try:
        options = build_parser().parse_args()
    except UsageError as error:
        print(f"bench.sh: {error}", file=sys.stderr)
        return 2
    csv = options.csv.resolve()
    console = Console(highlight=False, soft_wrap=True)
    asked = set(PARTS) if "all" in options.parts else set(options.parts)
    rows: list[Comparison] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        try:
            bench = Bench(
                Workshop(ROOT, Path(folder)),
                {c.name: c.file for c in CHAPTERS if c.name in options.chapters},
                QUALITIES[options.quality],
                say=lambda line: console.print(line, style="dim", markup=False),
            )
            for part in (part for name, part in PARTS.items() if name in asked):
                rows += part(bench)
                write_csv(rows, csv)
        except BenchmarkError as error:
            print(f"bench.sh: {error}", file=sys.stderr)
            return 1
        except KeyboardInterrupt:
            print("bench.sh: stopped", file=sys.stderr)
            return 130
    console.width = max(console.width, TABLE_WIDTH)
    for table in tables(rows):
        console.print(table)
    console.print(f"On {core_count()} cores. x: how many times less than the first of a table.\n")
    for difference in differences(rows):
        console.print(difference, markup=False, style="bold red")
    console.print(f"Wrote {csv}", markup=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
