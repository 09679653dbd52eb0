"""Train on the lesson and print the numbers of the run.

python -m linreg [--lesson FILE]          two features, as the lecture's terminal shows
python -m linreg single [--lesson FILE]   one feature, every digit
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from linreg.lesson_file import LessonError, load_lesson
from linreg.study.recording import train
from linreg.study.report import report
from linreg.study.single_run import (
    report_single,
    run_single,
)


def main(argv: list[str] | None = None) -> int:
    """Run the command; 0 when it trained, 2 when the lesson is not valid."""
    parser = argparse.ArgumentParser(
        prog="python -m linreg",
        description="Train linear regression from scratch.",
    )
    parser.add_argument(
        "--lesson",
        type=Path,
        metavar="FILE",
        help="the lesson (default: $LESSON, or lesson.toml)",
    )
    parser.add_argument(
        "data",
        nargs="?",
        choices=("single",),
        help="the data set with a single feature",
    )
    args = parser.parse_args(argv)
    try:
        lesson = load_lesson(args.lesson)
    except LessonError as error:
        print(error, file=sys.stderr)
        return 2
    lines = (
        report_single(run_single(lesson.single_feature))
        if args.data
        else report(train(lesson))
    )
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
