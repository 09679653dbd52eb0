"""Train on the lesson and print what the lecture's last terminal shows.

python -m linreg [--lesson FILE]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from linreg.lesson import LessonError, load_lesson
from linreg.study.recording import train
from linreg.study.report import report


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
    args = parser.parse_args(argv)
    try:
        lesson = load_lesson(args.lesson)
    except LessonError as error:
        print(error, file=sys.stderr)
        return 2
    print("\n".join(report(train(lesson))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
